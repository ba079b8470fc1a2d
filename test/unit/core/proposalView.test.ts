import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STALE_AFTER_MS } from '../../../src/core/approval.ts';
import type { Outcome, Proposal, StepState, StoredProposal, Write } from '../../../src/core/proposal.ts';
import { WRITE_TYPES } from '../../../src/core/proposal.ts';
import { type ProposalView, projectProposals, waitingForPerson } from '../../../src/core/proposalView.ts';
import { reachOf, serviceOf, wayBackOf } from '../../../src/core/reach.ts';

const NOW = Date.UTC(2026, 10, 18, 11);
const REPLY: Write = { type: 'replyInThread', channel: 'C01', threadTs: '1.2', markdown: 'Hi', marker: 'm' };
const LABEL: Write = { type: 'label', repository: 'acme/app', number: 12, add: ['bug'], remove: [] };
const OUTCOME: Outcome = { url: 'https://slack.example', issue: undefined, warnings: [], undo: [] };
const DONE: StepState = { status: 'done', outcome: OUTCOME };
const WAITING: StepState = { status: 'waiting' };

function failed(over: Partial<Extract<StepState, { status: 'failed' }>> = {}): StepState {
  return { status: 'failed', reason: 'forbidden', message: 'no', permanent: true, retryAt: undefined, ...over };
}

function stored(
  states: readonly StepState[],
  over: { readonly approvedAt?: number | undefined; readonly proposal?: Partial<Proposal> } = {},
): StoredProposal {
  const proposal: Proposal = {
    id: 'p',
    createdAt: NOW - 60_000,
    kind: 'reply',
    signalIds: ['slack:C01:1.2'],
    title: 'A receiver answers 421',
    steps: [REPLY, LABEL].slice(0, states.length),
    decision: undefined,
    undoes: undefined,
    ...over.proposal,
  };
  return { proposal, approvedAt: 'approvedAt' in over ? over.approvedAt : NOW, states };
}

function viewOf(...all: readonly StoredProposal[]): readonly ProposalView[] {
  return projectProposals(all, { now: NOW, channelName: (id) => (id === 'C01' ? '#integrations' : undefined) });
}

test('a proposal that nobody approved waits, names its places as people do, and can be rewritten', () => {
  const [view] = viewOf(stored([WAITING, WAITING], { approvedAt: undefined }));
  assert.deepEqual(view, {
    id: 'p',
    kind: 'reply',
    title: 'A receiver answers 421',
    phase: 'waiting',
    createdAt: NOW - 60_000,
    places: ['#integrations', 'acme/app#12'],
    failure: undefined,
    isBegun: false,
    hasWords: true,
    canEdit: true,
  });
});

test('one that was refused says by whom and why; its words may still be changed', () => {
  const [view] = viewOf(stored([failed()]));
  assert.equal(view?.phase, 'stopped');
  assert.deepEqual(view?.failure, { reason: 'forbidden', service: 'slack', retryAt: undefined });
  assert.equal(view?.canEdit, true);
});

test('what may have reached its service is not rewritten', () => {
  for (const states of [
    [failed({ reason: 'offline', permanent: false })],
    [DONE, failed()],
    [{ status: 'sending' } as const, WAITING],
  ])
    assert.ok(
      viewOf(stored(states, { approvedAt: 0 })).every(({ canEdit }) => !canEdit),
      JSON.stringify(states),
    );
});

test('only what is still to be written is named', () => {
  const [view] = viewOf(stored([DONE, failed()]));
  assert.deepEqual(view?.places, ['acme/app#12']);
  assert.equal(view?.isBegun, true);
  assert.equal(view?.failure?.service, 'github');
});

test('an approval is good for an hour, and for an hour after the moment to which a service put it off', () => {
  const waits = failed({ reason: 'rateLimited', permanent: false, retryAt: NOW - 10 });
  const old = { approvedAt: NOW - 2 * STALE_AFTER_MS };
  assert.equal(viewOf(stored([WAITING], old))[0]?.phase, 'stale');
  assert.equal(viewOf(stored([waits], old))[0]?.phase, 'going');
});

test('what is done, and what is on its way for less than a minute, is not listed; what takes longer is', () => {
  const sentAt = (before: number): StoredProposal => stored([WAITING], { approvedAt: NOW - before });
  assert.deepEqual(viewOf(sentAt(0), sentAt(59_999), stored([DONE])), []);
  for (const one of [sentAt(60_000), stored([{ status: 'sending' }], { approvedAt: NOW - 60_000 })]) {
    const [view] = viewOf(one);
    assert.deepEqual([view?.phase, view?.failure], ['going', undefined]);
  }
});

test('a claim is listed as anything else is that waits: for a person, or for its service', () => {
  const claim = { proposal: { kind: 'claim' } } as const;
  const retryAt = NOW + 5 * 60_000;
  const limited = failed({ reason: 'rateLimited', permanent: false, retryAt });
  assert.deepEqual(viewOf(stored([WAITING], claim)), [], 'its row has changed already, and it is sent within a second');
  const [view] = viewOf(stored([limited], claim));
  assert.deepEqual([view?.phase, view?.failure], ['going', { reason: 'rateLimited', service: 'slack', retryAt }]);
  assert.equal(viewOf(stored([WAITING], { ...claim, approvedAt: undefined }), stored([failed()], claim)).length, 2);
});

test('the words of a claim are not rewritten while it goes on by itself: its row tells of it already', () => {
  const putOff = failed({ reason: 'rateLimited', permanent: false, unsent: true });
  const edits = (over: Partial<StoredProposal>): readonly boolean[] =>
    viewOf({ ...stored([putOff], { proposal: { kind: 'claim' } }), ...over }).map(({ canEdit }) => canEdit);
  assert.deepEqual([edits({}), edits({ approvedAt: undefined })], [[false], [true]]);
});

test('what goes on by itself does not wait for a person', () => {
  const offline = failed({ reason: 'offline', permanent: false });
  const views = viewOf(
    stored([WAITING], { approvedAt: undefined }),
    stored([WAITING], { approvedAt: NOW - 2 * STALE_AFTER_MS }),
    stored([failed()]),
    stored([offline]),
  );
  assert.deepEqual([views.length, waitingForPerson(views)], [4, 3]);
});

test('the oldest is first; of two of one moment the order never changes', () => {
  const at = (id: string, createdAt: number): StoredProposal =>
    stored([WAITING], { approvedAt: undefined, proposal: { id, createdAt } });
  const [a, b, c] = [at('a', 2), at('b', 2), at('c', 1)];
  for (const order of [
    [a, b, c],
    [c, b, a],
    [b, c, a],
  ])
    assert.deepEqual(
      viewOf(...order).map(({ id }) => id),
      ['c', 'a', 'b'],
    );
});

test('each kind of write has a place, a service, and a word on how it is taken back', () => {
  const samples = new Map<Write['type'], Partial<Write>>([
    ['postMessage', { channel: 'integrations' }],
    ['setBoardPriority', { board: { owner: 'acme', number: 213 } }],
  ]);
  for (const type of Object.values(WRITE_TYPES)) {
    const incident = ['acknowledge', 'resolve', 'addNote', 'deleteNote'].includes(type);
    const silence = type === 'silence' || type === 'expireSilence';
    const inChannel = ['replyInThread', 'postMessage', 'react', 'deleteMessage'].includes(type);
    const write = {
      type,
      ...(incident ? { incident: 'Q1' } : silence ? { url: 'https://alerts.example' } : {}),
      ...(inChannel ? { channel: 'C01' } : { repository: 'acme/app', number: 12, owner: 'acme' }),
      ...samples.get(type),
    } as Write;
    assert.equal(
      serviceOf(type),
      incident ? 'pagerduty' : silence ? 'alertmanager' : inChannel ? 'slack' : 'github',
      type,
    );
    assert.ok(reachOf(write).type.length > 0 && wayBackOf(write).length > 0, type);
  }
});
