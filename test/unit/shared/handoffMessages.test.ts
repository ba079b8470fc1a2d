import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  parseFromHandoff,
  parsePageState,
  parseToHandoff,
  type ToHandoff,
} from '../../../src/shared/handoffMessages.ts';
import { arbitraryRecord, draft, entry } from '../core/handoffSamples.ts';

test('a draft survives the way between page and host, which is JSON', () => {
  fc.assert(
    fc.property(arbitraryRecord, (notes) => {
      const message = { type: 'save', draft: { ...notes, to: undefined } };
      assert.deepEqual(parseFromHandoff(JSON.parse(JSON.stringify(message))), message);
      assert.deepEqual(parsePageState(JSON.parse(JSON.stringify({ draft: notes }))), { draft: notes });
    }),
  );
});

test('messages of the host are read as they were sent', () => {
  const messages: readonly ToHandoff[] = [
    { type: 'fresh', draft: draft({ open: [entry()] }) },
    {
      type: 'targets',
      targets: [
        { where: 'slack', place: '#a' },
        { where: 'issue', unavailable: 'no' },
      ],
    },
    { type: 'saved', revision: 3 },
    { type: 'saveFailed', revision: 3, message: 'full' },
    { type: 'copied' },
    {
      type: 'posts',
      posts: [
        { where: 'slack', status: 'posted', url: 'https://a.example/', warnings: ['x'] },
        { where: 'issue', status: 'failed', message: 'no' },
      ],
    },
  ];
  for (const message of messages) assert.deepEqual(parseToHandoff(JSON.parse(JSON.stringify(message))), message);
});

test('what is no message is none, whatever it is', () => {
  fc.assert(
    fc.property(fc.anything(), (raw) => {
      assert.equal(parseFromHandoff({ ...(raw as object), type: 'save' }), undefined);
      assert.equal(parseToHandoff(raw), undefined);
      assert.equal(parsePageState(raw), undefined);
    }),
  );
});

test('addresses that may not be opened do not get in', () => {
  const url = 'javascript:alert(1)';

  assert.equal(parseFromHandoff({ type: 'open', url }), undefined);
  const parsed = parseFromHandoff({ type: 'save', draft: draft({ open: [entry({ url })] }) });
  assert.ok(parsed?.type === 'save');
  assert.equal(parsed.draft.sections[1]?.entries[0]?.url, undefined);
});

test('every section is there once, in order, and no id stands twice', () => {
  const sections = [
    { id: 'open', entries: [entry({ id: 'a' }), entry({ id: 'a', note: 'twin' })] },
    { id: 'startHere', entries: [entry({ id: 'b' })] },
  ];
  const parsed = parseFromHandoff({ type: 'save', draft: { ...draft(), sections } });

  assert.ok(parsed?.type === 'save');
  assert.deepEqual(
    parsed.draft.sections.map(({ id, entries }) => `${id}:${entries.map((each) => each.id).join()}`),
    ['startHere:b', 'open:a', 'inProgress:', 'converted:', 'resolved:', 'keepInMind:'],
  );
});

test('notes beyond all reason are refused', () => {
  const endless = draft({ open: [entry({ note: 'x'.repeat(10_000_000) })] });

  assert.equal(parseFromHandoff({ type: 'save', draft: endless }), undefined);
});
