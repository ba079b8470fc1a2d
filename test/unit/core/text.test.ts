import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ageOf } from '../../../src/core/age.ts';
import { readMarkers, writeMarker } from '../../../src/core/marker.ts';
import { oneLine, plainText, truncate } from '../../../src/core/plainText.ts';
import { findUrls, normalizeUrl, safeUrl } from '../../../src/core/url.ts';

test('a marker is read back whatever the id, and text around it does not matter', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), fc.string(), (id, around) => {
      const safe = around.replaceAll('<!--', '');
      assert.deepEqual(readMarkers('item', `${safe}${writeMarker('item', id)}${safe}`), [id]);
    }),
  );
});

test('markers of another kind, cut or damaged ones are not markers', () => {
  assert.deepEqual(readMarkers('item', writeMarker('reply', 'a')), []);
  assert.deepEqual(readMarkers('item', writeMarker('item', 'a').slice(0, -1)), []);
  assert.deepEqual(readMarkers('item', '<!-- responder-duty:item:%E0%A4%A -->'), []);
});

for (const [text, normal] of [
  ['https://GitHub.example/Acme/App/pull/12#discussion_r1', 'https://github.example/acme/app/issues/12'],
  ['https://github.example/acme/app/issues/12/?a=b', 'https://github.example/acme/app/issues/12'],
  [
    'https://acme.slack.example/archives/C01/p1700000000000200?thread_ts=1700000000.000100&cid=C01',
    'https://acme.slack.example/archives/c01/p1700000000000100',
  ],
  ['javascript:alert(1)', undefined],
  ['https://user:pass@github.example/a', undefined],
  ['file:///etc/passwd', undefined],
  ['not an address', undefined],
] as const)
  test(`the normal form of ${text}`, () => assert.equal(normalizeUrl(text), normal));

test('addresses are found in prose, in brackets and in Slack’s marks, without the punctuation after them', () => {
  const text = 'See https://a.example/x, (https://b.example/y). <https://c.example/z|here> **https://d.example/w**';

  assert.deepEqual(findUrls(text), [
    'https://a.example/x',
    'https://b.example/y',
    'https://c.example/z',
    'https://d.example/w',
  ]);
});

test('only web addresses are safe to open', () => {
  assert.equal(safeUrl('command:workbench.action.quit'), undefined);
  assert.equal(safeUrl(12), undefined);
  assert.equal(safeUrl('https://a.example/x'), 'https://a.example/x');
  assert.equal(safeUrl(`https://a.example/${'x'.repeat(3000)}`), undefined);
});

test('a line holds no control characters, no text direction tricks and no line breaks', () => {
  assert.equal(oneLine('a\u202Eb\u0007\n\n c\u200B', 80), 'ab c');
  assert.equal(plainText('a\r\nb\u0000', 80), 'a\nb');
  assert.equal(oneLine('👩‍👩‍👧 ok', 80), '👩‍👩‍👧 ok');
});

test('cutting keeps within the length and never splits a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
      const cut = truncate(text, length);
      assert.ok(cut.length <= Math.max(length, 1));
      if (text.isWellFormed()) assert.ok(cut.isWellFormed());
    }),
  );
});

for (const [elapsed, unit, count] of [
  [-5, 'now', 0],
  [59_999, 'now', 0],
  [60_000, 'minute', 1],
  [3_600_000, 'hour', 1],
  [86_400_000, 'day', 1],
  [20 * 86_400_000, 'week', 2],
] as const)
  test(`${elapsed} ms is ${count} ${unit}`, () => assert.deepEqual(ageOf(elapsed), { unit, count }));
