import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseEditable, writeEditable } from '../../../../src/host/gate/editable.ts';

test('what is written for editing is read back the same', () => {
  const line = fc.stringMatching(/^[^\s\n\r](?:[^\n\r]*[^\s\n\r])?$/u);
  const body = fc.array(fc.oneof(line, fc.constantFrom('', '---', 'title: x', '- y')), { maxLength: 5 });
  fc.assert(
    fc.property(line, fc.array(line, { maxLength: 4 }), body, (title, labels, lines) => {
      const issue = { title, labels, body: lines.join('\n').trim() };
      assert.deepEqual(parseEditable(writeEditable(issue)), issue);
    }),
  );
});

test('the head may be written loosely, with any line ends', () => {
  assert.deepEqual(
    parseEditable('\n---\r\nTitle:  New: one \r\nlabels:\r\n  - a, b\r\n-\r\n---\r\n\r\nfirst\r\n---\r\nrest'),
    {
      title: 'New: one',
      labels: ['a, b'],
      body: 'first\n---\nrest',
    },
  );
});

test('no labels and no body are fine', () => {
  assert.deepEqual(parseEditable('---\ntitle: x\n---'), { title: 'x', labels: [], body: '' });
});

test('a damaged head is told, not guessed', () => {
  assert.equal(parseEditable(''), 'noHead');
  assert.equal(parseEditable('title: x\n---\nbody'), 'noHead');
  assert.equal(parseEditable('---\ntitle: x\nbody'), 'noHead');
  assert.equal(parseEditable('---\nlabels:\n- a\n---\nbody'), 'noTitle');
  assert.equal(parseEditable('---\ntitle:  \n---\nbody'), 'noTitle');
});
