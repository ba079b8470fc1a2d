import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepState, StoredProposal, Write } from '../../../src/core/proposal.ts';
import { progressOf, unfinishedConversion } from '../../../src/core/proposalProgress.ts';

const issue = {
  repository: 'acme/app',
  number: 12,
  url: 'https://github.example/acme/app/issues/12',
  nodeId: 'I_12',
  databaseId: 12,
};
const done: StepState = {
  status: 'done',
  outcome: { url: issue.url, issue, warnings: ['Labels were dropped'], undo: [] },
};
const waiting: StepState = { status: 'waiting' };
const sending: StepState = { status: 'sending' };
const refused: StepState = { status: 'failed', reason: 'refused', message: 'no', permanent: true, retryAt: undefined };
const offline: StepState = {
  status: 'failed',
  reason: 'offline',
  message: 'no answer',
  permanent: false,
  retryAt: undefined,
};

const putOff: StepState = { ...offline, reason: 'rateLimited', unsent: true };

const create: Write = {
  type: 'createIssue',
  repository: 'acme/app',
  title: 't',
  body: 'b',
  labels: [],
  assignees: [],
  marker: 'm',
  since: 0,
};
const reply: Write = { type: 'replyInThread', channel: 'C01', threadTs: '1.2', markdown: 'x', marker: 'm' };

function stored(states: readonly StepState[], over: Partial<StoredProposal['proposal']> = {}): StoredProposal {
  const proposal = {
    id: 'p-1',
    createdAt: 0,
    kind: 'convert' as const,
    signalIds: ['slack:C01:1.2'],
    title: 't',
    steps: [create, reply],
    decision: undefined,
    undoes: undefined,
    ...over,
  };
  return { proposal, approvedAt: 1, states };
}

test('a half-done conversion knows its issue, what is left, and what was dropped', () => {
  const progress = progressOf(stored([done, offline]));

  assert.equal(progress.issue?.number, 12);
  assert.deepEqual(progress.left, [reply]);
  assert.deepEqual(progress.next, { step: reply, state: offline });
  assert.deepEqual(progress.warnings, ['Labels were dropped']);
  assert.equal(progress.untouched, false);
});

test('a finished one has nothing left', () => {
  assert.equal(progressOf(stored([done, done])).next, undefined);
});

const UNTOUCHED: readonly (readonly [string, readonly StepState[], boolean])[] = [
  ['nothing was begun', [waiting, waiting], true],
  ['the service refused the first step', [refused, waiting], true],
  ['the service put the first step off before it was sent', [putOff, waiting], true],
  ['the first step may have arrived', [offline, waiting], false],
  ['it was cut off while sending', [sending, waiting], false],
  ['the issue exists', [done, refused], false],
];

for (const [what, states, untouched] of UNTOUCHED) {
  test(`when ${what}, something ${untouched ? 'cannot' : 'may'} be outside`, () => {
    assert.equal(progressOf(stored(states)).untouched, untouched);
  });
}

test('the unfinished conversion of an item is found by any of its signals', () => {
  const begun = stored([done, waiting]);

  assert.equal(unfinishedConversion([begun], ['github:acme/app#1', 'slack:C01:1.2']), begun);
  assert.equal(unfinishedConversion([begun], ['github:acme/app#1']), undefined);
  assert.equal(unfinishedConversion([stored([done, done])], ['slack:C01:1.2']), undefined);
  assert.equal(
    unfinishedConversion([stored([waiting, waiting], { kind: 'postHandoff' })], ['slack:C01:1.2']),
    undefined,
  );
});
