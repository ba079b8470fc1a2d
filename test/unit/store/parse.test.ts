import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JournalEvent } from '../../../src/core/journal.ts';
import type { StepState, StoredProposal, Write } from '../../../src/core/proposal.ts';
import { DRAFT_ROW, HANDOFF_ROW, JOURNAL_ROW, SIGNAL_ROW, STATUS_ROW } from '../../../src/store/parse.ts';
import { PROPOSAL_ROW } from '../../../src/store/proposalRow.ts';
import { signal } from '../../support/build.ts';

const GIVEN = { repository: 'acme/app', marker: '<!-- m -->', since: 1, labels: ['a'], assignees: [] };
const { repository, marker, since, labels, assignees } = GIVEN;
const WRITES: { readonly [T in Write['type']]: Extract<Write, { type: T }> } = {
  createIssue: { type: 'createIssue', title: 't', body: 'b', ...GIVEN },
  planIssue: { type: 'planIssue', repository, number: 1, labels, assignees },
  addToBoard: {
    type: 'addToBoard',
    owner: 'acme',
    number: 1,
    priority: { field: 'P', option: 'High' },
    timebox: undefined,
  },
  commentOnIssue: { type: 'commentOnIssue', repository, number: 1, body: 'b', marker, since },
  replyInThread: { type: 'replyInThread', channel: 'C1', threadTs: '1.2', markdown: 'm', marker },
  postMessage: { type: 'postMessage', channel: 'x', markdown: 'm', marker, since },
  assign: { type: 'assign', repository: 'acme/app', number: 3, add: ['kai-sample'], remove: [] },
  react: { type: 'react', channel: 'C01', ts: '1.2', name: 'eyes', remove: true },
  label: { type: 'label', repository, number: 1, add: ['a'], remove: [] },
  closeIssue: { type: 'closeIssue', repository, number: 1, reason: 'notPlanned' },
  reopenIssue: { type: 'reopenIssue', repository, number: 1 },
  deleteComment: { type: 'deleteComment', repository, commentId: 7 },
  deleteMessage: { type: 'deleteMessage', channel: 'C1', ts: '1.2' },
  setBoardPriority: {
    type: 'setBoardPriority',
    repository,
    number: 1,
    board: { owner: 'acme', number: 213 },
    field: 'Priority',
    option: 'High',
  },
  restoreBoardFields: {
    type: 'restoreBoardFields',
    projectId: 'P',
    itemId: 'I',
    fields: [
      { fieldId: 'F', value: { type: 'option', optionId: 'O' } },
      { fieldId: 'G', value: undefined },
      { fieldId: 'H', value: undefined, names: { field: 'Hours', value: undefined } },
      { fieldId: 'I', value: { type: 'number', number: 4 }, names: { field: 'Hours', value: '4' } },
    ],
  },
  removeFromBoard: { type: 'removeFromBoard', projectId: 'P', contentId: 'I' },
  silence: {
    type: 'silence',
    url: 'http://127.0.0.1:9093',
    matchers: [{ name: 'alertname', value: 'X', isRegex: false, isEqual: true }],
    endsAt: 5,
    createdBy: 'Noor',
    comment: 'c',
    marker,
  },
  expireSilence: { type: 'expireSilence', url: 'http://127.0.0.1:9093', silenceId: 's' },
  acknowledge: { type: 'acknowledge', incident: 'Q1' },
  resolve: { type: 'resolve', incident: 'Q1' },
  addNote: { type: 'addNote', incident: 'Q1', text: 't', marker: 'm' },
  deleteNote: { type: 'deleteNote', incident: 'Q1', noteId: 'N1' },
};
const STATES: readonly StepState[] = [
  { status: 'waiting' },
  { status: 'sending' },
  { status: 'done', outcome: { url: 'https://x.example/', issue: undefined, warnings: [], undo: [] } },
  { status: 'failed', reason: 'rateLimited', message: '429', permanent: false, retryAt: undefined },
];
const EVENTS: { readonly [T in JournalEvent['type']]: Extract<JournalEvent, { type: T }> } = {
  converted: {
    type: 'converted',
    repository,
    number: 1,
    url: 'https://x.example/',
    title: 't',
    timeboxMinutes: 240,
    priority: 'low',
  },
  keptInMind: { type: 'keptInMind', text: 'x' },
  handoffPosted: { type: 'handoffPosted', handoffId: 'h', where: 'slack', url: 'https://x.example/' },
  claimed: { type: 'claimed' },
  released: { type: 'released' },
  done: { type: 'done' },
  reopened: { type: 'reopened' },
  snoozed: { type: 'snoozed', until: { type: 'time', at: 5 } },
  woken: { type: 'woken' },
  prioritised: { type: 'prioritised', priority: 'low' },
  noted: { type: 'noted', text: 'x' },
  started: { type: 'started', minutes: 30 },
  paused: { type: 'paused' },
  resumed: { type: 'resumed' },
  extended: { type: 'extended', minutes: 15, reason: 'x' },
  stopped: { type: 'stopped' },
  timeLogged: { type: 'timeLogged', minutes: -5, reason: '' },
  checked: { type: 'checked', watchId: 'w' },
  attempted: {
    type: 'attempted',
    proposalId: 'p',
    kind: 'reply',
    title: 't',
    step: 0,
    steps: 1,
    write: 'replyInThread',
    result: 'failed',
    url: undefined,
    reason: 'offline',
    message: 'no answer',
    tries: 4,
    isLook: true,
  },
  merged: { type: 'merged' },
  keptApart: { type: 'keptApart', off: ['a'] },
  reviewsTaken: { type: 'reviewsTaken' },
  reviewsKept: { type: 'reviewsKept', bundle: 'reviews:x', who: 'Kai', until: 5 },
  responded: { type: 'responded', who: 'Kai', startedAt: 1, targetMinutes: 60, tookMinutes: 40 },
  issueClosed: {
    type: 'issueClosed',
    repository,
    number: 1,
    url: 'https://x.example/',
    title: 't',
    reason: 'notPlanned',
    drafts: 2,
    unread: [{ id: 'slack:C1:1.2', reason: 'forbidden' }],
    place: 'slack:C1:1.2',
  },
  undone: { type: 'undone', entryId: 'e', givesBack: true },
};

function stored(steps: readonly Write[], states: readonly StepState[]): StoredProposal {
  const proposal = {
    id: 'p',
    createdAt: 1,
    kind: 'convert',
    signalIds: [],
    title: '',
    steps,
    decision: undefined,
    undoes: undefined,
  } as const;
  return { proposal, approvedAt: 2, states };
}

test('every kind of write, in every state, is read as it was written', () => {
  for (const write of Object.values(WRITES)) {
    for (const state of STATES) {
      const value = stored([write], [state]);
      assert.deepEqual(PROPOSAL_ROW.read(PROPOSAL_ROW.write(value)), value);
    }
  }
});

test('a transfer, which was a kind of its own once, is a conversion', () => {
  const value = stored([WRITES.planIssue], [{ status: 'waiting' }]);
  const old = (text: string): string => text.replace('"kind":"convert"', '"kind":"transfer"');
  assert.deepEqual(PROPOSAL_ROW.read(old(PROPOSAL_ROW.write(value))), value);
  const entry = { id: 'entry', at: 1, signalIds: ['a'], event: EVENTS.attempted };
  const { event } = JOURNAL_ROW.read(JOURNAL_ROW.write(entry).replace(/"kind":"\w+"/u, '"kind":"transfer"')) ?? {};
  assert.ok(event?.type === 'attempted' && event.kind === 'convert');
});

test('every kind of journal event is read as it was written', () => {
  for (const event of Object.values(EVENTS)) {
    const value = { id: 'entry', at: 1, signalIds: ['a'], event };
    assert.deepEqual(JOURNAL_ROW.read(JOURNAL_ROW.write(value)), value);
  }
});

test('a proposal with another number of states than steps is none', () => {
  assert.equal(PROPOSAL_ROW.read(PROPOSAL_ROW.write(stored([WRITES.planIssue], []))), undefined);
});

test('signals of any text are read as they were written', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, fc.array(text), (id, title, names) => {
      const value = signal({ id, title, labels: names, author: undefined });
      assert.deepEqual(SIGNAL_ROW.read(SIGNAL_ROW.write(value)), value);
    }),
  );
});

test('no text makes a format throw', () => {
  const formats = [SIGNAL_ROW, STATUS_ROW, JOURNAL_ROW, PROPOSAL_ROW, DRAFT_ROW, HANDOFF_ROW];
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      for (const format of formats) assert.equal(format.read(text), undefined);
    }),
  );
});
