import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { proposalPhase } from '../../../src/core/approval.ts';
import type { SqliteStore } from '../../../src/store/sqliteStore.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

const CREATED = Date.UTC(2026, 10, 18, 11);
const MINUTE = 60_000;

/** The tables as the second version left them. */
const SECOND = `
  CREATE TABLE record (
    kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT, change INTEGER NOT NULL, PRIMARY KEY (kind, id)
  ) STRICT;
  CREATE INDEX record_by_change ON record (change);
  CREATE TABLE journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL) STRICT;
  CREATE TRIGGER journal_is_never_edited BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
  CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
  CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
  PRAGMA user_version = 2;`;

const ISSUE = {
  repository: 'acme/app',
  number: 12,
  url: 'https://github.example/acme/app/issues/12',
  nodeId: 'I_12',
  databaseId: 1012,
};
const CREATE = {
  type: 'createIssue',
  repository: 'acme/app',
  title: 'Sync stops “at 5 o’clock”',
  body: 'It stops.\n\n```\n{"a": [1, null]}\n```',
  labels: ['reactive'],
  assignees: [],
  marker: '<!-- responder-duty:item:slack%3AC01%3A1.2 -->',
  since: CREATED,
};
const BOARD = { type: 'addToBoard', owner: 'acme', number: 213, priority: null, timebox: null };
const REPLY = { type: 'replyInThread', channel: 'C01', threadTs: '1.2', markdown: '{{issue}}', marker: 'm' };

function proposalRow(id: string, states: readonly object[], steps: readonly object[] = [CREATE, BOARD, REPLY]): object {
  const decision = { timeboxMinutes: 240, priority: 'high' };
  const proposal = { id, createdAt: CREATED, kind: 'convert', signalIds: ['a'], title: 'Sync stops', steps, decision };
  return { proposal, states };
}

const JOURNAL = [
  { id: 'j1', at: CREATED, signalIds: ['a'], event: { type: 'claimed' } },
  { id: 'j2', at: CREATED + 1, signalIds: ['a'], event: { type: 'snoozed', until: { type: 'reply' } } },
  {
    id: 'half:converted',
    at: CREATED + 2,
    signalIds: ['a'],
    event: {
      type: 'converted',
      repository: 'acme/app',
      number: 12,
      url: ISSUE.url,
      title: 'Sync stops',
      timeboxMinutes: 240,
      priority: 'high',
    },
  },
  { id: 'j3', at: CREATED + 3, signalIds: ['a'], event: { type: 'undone', entryId: 'j1' } },
];

/** A store of the second version, opened by this one. */
function upgraded(
  t: TestContext,
  proposals: readonly object[],
): { readonly store: SqliteStore; readonly folder: string } {
  const folder = tempFolder(t);
  const db = new DatabaseSync(join(folder, 'responder.db'));
  db.exec(SECOND);
  const put = db.prepare('INSERT INTO record (kind, id, json, change) VALUES (?, ?, ?, ?)');
  for (const [index, row] of proposals.entries()) {
    put.run('proposals', (row as { proposal: { id: string } }).proposal.id, JSON.stringify(row), index + 1);
  }
  put.run('proposals', 'dropped', null, proposals.length + 1);
  const append = db.prepare('INSERT INTO journal (json) VALUES (?)');
  for (const entry of JOURNAL) append.run(JSON.stringify(entry));
  db.close();
  return { store: openWindow(t, folder, () => CREATED), folder };
}

test('proposals of the second version go on where they stopped, as if approved when they were made', (t) => {
  const outcome = { url: ISSUE.url, issue: ISSUE, warnings: ['label not set: reactive'] };
  const failed = { status: 'failed', reason: 'forbidden', message: 'no access', permanent: true };
  const { store } = upgraded(t, [
    proposalRow('waiting', [{ status: 'waiting' }, { status: 'waiting' }, { status: 'waiting' }]),
    proposalRow('half', [{ status: 'done', outcome }, { status: 'sending' }, { status: 'waiting' }]),
    proposalRow('stopped', [{ status: 'done', outcome }, failed, { status: 'waiting' }]),
    proposalRow('empty', [], []),
  ]);
  const proposals = store.proposals();
  assert.deepEqual([...proposals.keys()].toSorted(), ['empty', 'half', 'stopped', 'waiting']);
  for (const { proposal, approvedAt } of proposals.values()) {
    assert.deepEqual([approvedAt, proposal.undoes], [CREATED, undefined]);
  }
  const done = { status: 'done', outcome: { ...outcome, undo: [] } };
  assert.deepEqual(
    proposals.get('waiting')?.states,
    [1, 2, 3].map(() => ({ status: 'waiting' })),
  );
  assert.deepEqual(proposals.get('half')?.states, [done, { status: 'sending' }, { status: 'waiting' }]);
  assert.deepEqual(proposals.get('stopped')?.states, [done, { ...failed, retryAt: undefined }, { status: 'waiting' }]);
  assert.deepEqual(proposals.get('half')?.proposal.steps, [
    CREATE,
    { ...BOARD, priority: undefined, timebox: undefined },
    REPLY,
  ]);

  const half = proposals.get('half');
  assert.ok(half !== undefined);
  assert.equal(proposalPhase(half, CREATED + 59 * MINUTE), 'going');
  assert.equal(proposalPhase(half, CREATED + 61 * MINUTE), 'stale', 'longer ago a person is asked again');
});

test('what a claim of the second version did can be taken back', (t) => {
  const assign = { type: 'assign', repository: 'acme/app', number: 5, add: ['noor-sample'], remove: [] };
  const react = { type: 'react', channel: 'C01', ts: '1.2', name: 'eyes', remove: false };
  const outcome = { url: ISSUE.url, issue: null, warnings: [] };
  const states = [1, 2, 3].map(() => ({ status: 'done', outcome }));
  const { store } = upgraded(t, [proposalRow('claim', states, [assign, react, { ...react, remove: true }])]);
  assert.deepEqual(
    store
      .proposals()
      .get('claim')
      ?.states.map((state) => state.status === 'done' && state.outcome.undo),
    [[{ ...assign, add: [], remove: ['noor-sample'] }], [{ ...react, remove: true }], [react]],
  );
});

test('the journal survives an upgrade, entry by entry, and stays append-only', (t) => {
  const { store, folder } = upgraded(t, []);
  assert.deepEqual(
    store.journal().map(({ id, at, signalIds, event }) => ({ id, at, signalIds, event })),
    JOURNAL,
  );
  const late = { id: 'j4', at: CREATED + 4, signalIds: [], event: { type: 'keptInMind', text: 'x' } } as const;
  store.append(late);
  assert.deepEqual(
    openWindow(t, folder)
      .journal()
      .map(({ id }) => id),
    [...JOURNAL.map(({ id }) => id), 'j4'],
  );
  const db = new DatabaseSync(join(folder, 'responder.db'));
  t.after(() => db.close());
  assert.throws(() => db.exec("UPDATE journal SET json = '{}'"), /append-only/u);
});

test('an upgrade happens once: what is stored after it stays as it is', (t) => {
  const { store, folder } = upgraded(t, [proposalRow('p', [{ status: 'waiting' }], [REPLY])]);
  const stored = store.proposals().get('p');
  assert.ok(stored !== undefined);
  const changed = { ...stored, approvedAt: undefined, proposal: { ...stored.proposal, undoes: 'other' } };
  store.saveProposal(changed);
  assert.deepEqual(openWindow(t, folder).proposals().get('p'), changed);
});
