import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Write } from '../../../src/core/proposal.ts';
import { FormerValues } from '../../../src/wiring/formerValues.ts';
import { proposal } from '../../support/build.ts';

const MINUTE = 60_000;
const LABEL: Write = { type: 'label', repository: 'Acme/App', number: 12, add: ['bug'], remove: [] };
const PRIORITY = {
  type: 'setBoardPriority',
  repository: 'acme/app',
  number: 12,
  board: { owner: 'acme', number: 213 },
  field: 'Priority',
  option: 'High',
} as const satisfies Write;

const writing = (...steps: readonly Write[]) => proposal({ steps });

function reading(watched: readonly string[] = []) {
  const state = { labels: ['ux'], now: 0, isOffline: false };
  const asked: string[] = [];
  const values = new FormerValues({
    issueFacts: async ({ repository, number }) => {
      asked.push(`${repository}#${number}`);
      if (state.isOffline) throw new Error('offline');
      return { labels: state.labels, assignees: [], state: 'open' };
    },
    boardPriority: async ({ option }) => {
      asked.push(option);
      return { isOnBoard: true, before: undefined, after: option };
    },
    isWatched: (id) => watched.includes(id),
    now: () => state.now,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return { state, asked, values };
}

test('an issue that is not watched is read once for a preview, whatever changes it; a watched one is not', async () => {
  const { asked, values } = reading(['github:acme/docs#3']);
  const watched: Write = { ...LABEL, repository: 'acme/docs', number: 3 };
  const close: Write = { type: 'closeIssue', repository: 'acme/app', number: 12, reason: 'completed' };
  assert.equal(values.issueOf('github:acme/app#12'), undefined);
  assert.equal(await values.learn([writing(LABEL, close), writing(LABEL, watched)]), true);
  assert.deepEqual(values.issueOf('github:acme/app#12')?.labels, ['ux']);
  assert.deepEqual(asked, ['Acme/App#12']);
});

test('each later preview reads again, and says so only where it is otherwise', async () => {
  const { asked, state, values } = reading();
  await values.learn([writing(LABEL)]);
  await values.learn([writing(LABEL)]);
  assert.equal(asked.length, 1, 'the same preview, after an edit');
  state.now = MINUTE;
  assert.equal(await values.learn([writing(LABEL)]), false);
  state.now = 2 * MINUTE;
  state.labels = ['bug'];
  assert.equal(await values.learn([writing(LABEL)]), true);
  assert.deepEqual(values.issueOf('github:acme/app#12')?.labels, ['bug']);
});

test('what cannot be read now disturbs nobody, and what was read long ago is not said', async () => {
  const { state, values } = reading();
  await values.learn([writing(LABEL)]);
  state.isOffline = true;
  state.now = MINUTE;
  assert.equal(await values.learn([writing(LABEL)]), false);
  assert.ok(values.issueOf('github:acme/app#12') !== undefined);
  state.now = 6 * MINUTE;
  assert.equal(values.issueOf('github:acme/app#12'), undefined);
});

test('a board is asked what the issue has there; what only says something changes nothing', async () => {
  const { asked, values } = reading();
  const said: Write = { type: 'replyInThread', channel: 'C01', threadTs: '1.2', markdown: 'Hi', marker: 'm' };
  assert.equal(await values.learn([writing(said)]), false);
  assert.equal(await values.learn([writing(PRIORITY, { ...PRIORITY, option: 'Low' })]), true);
  assert.equal(values.boardPriorityOf(PRIORITY)?.after, 'High');
  assert.deepEqual(asked, ['High', 'Low']);
});
