import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noUndoOf, UNDO_WITHIN_MS, undo } from '../../../src/actions/undo.ts';
import type { Proposal, StepState, StoredProposal, Write } from '../../../src/core/proposal.ts';

const NOW = Date.UTC(2026, 10, 18, 11);
const BACK: Write = { type: 'deleteMessage', channel: 'C01', ts: '1.2' };

function stored(undo: readonly Write[], over: Partial<Proposal> = {}): StoredProposal {
  const state: StepState = {
    status: 'done',
    outcome: { url: 'https://slack.example', issue: undefined, warnings: [], undo },
  };
  const proposal: Proposal = {
    id: 'p',
    createdAt: NOW,
    kind: 'reply',
    signalIds: [],
    title: 'T',
    steps: [{ type: 'replyInThread', channel: 'C01', threadTs: '1.2', markdown: 'Hi', marker: 'm' }],
    decision: undefined,
    undoes: undefined,
    ...over,
  };
  return { proposal, approvedAt: NOW, states: [state] };
}

test('a write can be taken back for a day from when it was approved, and not a moment longer', () => {
  const one = stored([BACK]);
  for (const [now, reason] of [
    [NOW, undefined],
    [NOW + UNDO_WITHIN_MS, undefined],
    [NOW + UNDO_WITHIN_MS + 1, 'tooLongAgo'],
  ] as const) {
    assert.equal(noUndoOf(one, { all: [one], now }), reason);
    assert.equal(undo(one, { id: 'u', now }) === undefined, reason !== undefined);
  }
});

test('where the service knows no way it is said so, however soon', () => {
  const one = stored([]);
  assert.equal(noUndoOf(one, { all: [one], now: NOW }), 'noWay');
});

test('what was taken back, or is about to be, is not taken back twice', () => {
  const one = stored([BACK]);
  const back = stored([], { id: 'u', kind: 'undo', undoes: 'p' });
  assert.equal(noUndoOf(one, { all: [one, back], now: NOW }), 'undoneAlready');
  assert.equal(noUndoOf(one, { all: [one, stored([], { id: 'x', undoes: 'q' })], now: NOW }), undefined);
});
