import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoardPriority } from '../../../../src/core/priority.ts';
import type { Write } from '../../../../src/core/proposal.ts';
import { signal } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';

fakeVscode();
const { stepNotes } = await import('../../../../src/host/gate/previewNotes.ts');

const issue = signal({ id: 'github:acme/app#12', labels: ['bug', 'reactive'], assignees: ['kai-sample'] });
const BOARD = new Map<number, BoardPriority>([
  [1, { isOnBoard: true, before: 'Low', after: '🚨 Critical' }],
  [2, { isOnBoard: true, before: undefined, after: 'High' }],
  [3, { isOnBoard: false, before: undefined, after: 'High' }],
]);
const OPEN = { isPrivate: false, members: 90 };
const facts = {
  issueOf: (id: string) => (id === issue.id ? issue : undefined),
  boardPriorityOf: ({ number }: { readonly number: number }) => BOARD.get(number),
  turnOf: () => undefined,
  isPublic: (repository: string) => ({ 'acme/app': true, 'acme/secret': false })[repository],
  ofChannel: (id: string) => (id === 'C02' ? { isPrivate: true, members: 7 } : id === 'C03' ? OPEN : undefined),
  channelName: (id: string) => (id === 'C01' ? '#integrations' : undefined),
};
const at = { repository: 'acme/app', number: 12 } as const;
const notes = (write: Write, undoes?: string): string => stepNotes(write, { undoes }, facts).join('\n');

test('what exists is shown as it is and as it will be', () => {
  assert.match(
    notes({ type: 'label', ...at, add: ['question', 'bug'], remove: ['reactive'] }),
    /^Before: bug, reactive\nAfter: bug, question\n/u,
  );
  assert.match(notes({ type: 'assign', ...at, add: [], remove: ['kai-sample'] }), /Before: kai-sample\nAfter: None/u);
  assert.match(notes({ type: 'closeIssue', ...at, reason: 'completed' }), /Before: open\nAfter: closed/u);
});

test('an issue is the same however its repository is spelt', () => {
  const close: Write = { type: 'closeIssue', repository: 'Acme/App', number: 12, reason: 'completed' };
  assert.match(notes(close), /Before: open\nAfter: closed/u);
});

test('a priority on the board is named as the board calls it, as far as that is known', () => {
  const board = { owner: 'acme', number: 213 };
  const set = (number: number): string =>
    notes({ type: 'setBoardPriority', repository: 'acme/app', number, board, field: 'Priority', option: 'Critical' });
  assert.match(set(1), /^Before: Low\nAfter: 🚨 Critical\n/u);
  assert.match(set(2), /^Before: None\nAfter: High\n/u);
  assert.match(set(3), /^Before: not on the board\nAfter: High\n/u);
  assert.match(set(4), /^Before: what the board has when this is sent\nAfter: Critical\n/u);
});

test('what gives a board its values back names them; those whose names nobody kept are not named', () => {
  const option = { fieldId: 'F', value: { type: 'option', optionId: 'O' }, names: { field: 'Priority', value: 'Low' } };
  const none = { fieldId: 'G', value: undefined, names: { field: 'Hours', value: undefined } };
  const restore = (...fields: readonly object[]): string =>
    notes({ type: 'restoreBoardFields', projectId: 'P', itemId: 'T', fields } as Write);
  assert.match(restore(option, none), /^Before: what the board has .*\nAfter: Priority: Low, Hours: None\n/u);
  assert.doesNotMatch(restore(option, { fieldId: 'G', value: undefined }), /After/u);
});

test('of what nobody has seen no former value is invented', () => {
  assert.doesNotMatch(
    notes({ type: 'label', repository: 'acme/docs', number: 3, add: ['bug'], remove: [] }),
    /Before/u,
  );
});

test('who will see it is said as far as it is known', () => {
  const label = (repository: string): string =>
    notes({ type: 'label', repository, number: 3, add: ['bug'], remove: [] });
  assert.match(label('acme/app'), /Who sees it: everybody, acme\/app is public/u);
  assert.match(label('acme/secret'), /everybody who can read acme\/secret, which is private/u);
  assert.match(label('acme/docs'), /everybody who can read acme\/docs$/mu);
  const said: Write = { type: 'replyInThread', channel: 'C01', threadTs: '1.2', markdown: 'Hi', marker: 'm' };
  assert.match(notes(said), /everybody who can read #integrations/u);
  assert.match(notes({ ...said, channel: 'C02' }), /the members of C02, a private channel: 7/u);
  assert.match(notes({ ...said, channel: 'C03' }), /everybody in the workspace, C03 is a public channel/u);
});

test('whether it can be taken back is said before it is written', () => {
  assert.match(notes({ type: 'resolve', incident: 'Q1' }), /Undo: not possible/u);
  const said: Write = { type: 'postMessage', channel: 'integrations', markdown: 'Hi', marker: 'm', since: 0 };
  assert.match(notes(said), /Undo: for a day, deletes the text/u);
  assert.match(notes(said, 'p1'), /Undo: not possible, this is an undo/u);
});
