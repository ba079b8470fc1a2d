import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreatedIssue, Proposal, Write } from '../../../src/core/proposal.ts';
import type { SourceFailure } from '../../../src/core/sourceStatus.ts';
import { eventOf, isRecorded } from '../../../src/outbox/record.ts';
import { failedState, fillIn } from '../../../src/outbox/steps.ts';
import { ServiceError } from '../../../src/services/service.ts';

const ISSUE: CreatedIssue = {
  repository: 'acme/app',
  number: 12,
  url: 'https://github.example/acme/app/issues/12',
  nodeId: 'I_1',
  databaseId: 1,
};

function reply(markdown: string): Write {
  return { type: 'replyInThread', channel: 'C1', threadTs: '1.2', markdown, marker: 'm' };
}

function create(over: Partial<Extract<Write, { type: 'createIssue' }>> = {}): Write {
  return {
    type: 'createIssue',
    repository: 'acme/app',
    title: 'Sync stops',
    body: 'It says {{issue}}',
    labels: [],
    assignees: [],
    marker: '<!-- responder-duty:handoff:h%201 -->',
    since: 0,
    ...over,
  };
}

test('what a text says of the issue is filled in, every time, literally', () => {
  const odd = { ...ISSUE, url: `${ISSUE.url}?$&$1` };
  assert.deepEqual(
    fillIn(reply('Planned as {{issue}} ({{issueUrl}}), {{issue}}! {{other}} {{issueurl}}'), odd),
    reply(`Planned as acme/app#12 (${odd.url}), acme/app#12! {{other}} {{issueurl}}`),
  );
});

test('an issue is created with the body that was approved, and without an issue nothing is filled in', () => {
  assert.deepEqual(fillIn(create(), ISSUE), create());
  assert.deepEqual(fillIn(reply('{{issue}}'), undefined), reply('{{issue}}'));
});

const failures: readonly [SourceFailure, boolean][] = [
  ['refused', true],
  ['forbidden', true],
  ['notFound', true],
  ['unauthenticated', false],
  ['offline', false],
  ['serverError', false],
  ['rateLimited', false],
  ['badResponse', false],
];
for (const [reason, permanent] of failures) {
  test(`a write that fails as ${reason} is ${permanent ? '' : 'not '}permanent; a look that does never is`, () => {
    const error = new ServiceError(reason, 'the service says\nno');
    const state = { status: 'failed', reason, message: 'the service says no', retryAt: undefined };
    assert.deepEqual(failedState(error, 'write'), { ...state, permanent });
    assert.deepEqual(failedState(error, 'look'), { ...state, permanent: false });
  });
}

test('an unexpected error is a bad response, and its message, which may quote the reply, stays out', () => {
  assert.deepEqual(failedState(new SyntaxError('Unexpected token in "secret"'), 'write'), {
    status: 'failed',
    reason: 'badResponse',
    message: 'SyntaxError',
    permanent: false,
    retryAt: undefined,
  });
});

const CONVERT: Proposal = {
  id: 'p1',
  createdAt: 100,
  kind: 'convert',
  signalIds: ['a', 'b'],
  title: 'The item',
  steps: [],
  undoes: undefined,
  decision: { timeboxMinutes: 240, priority: 'high' },
};
const outcome = { url: ISSUE.url, issue: ISSUE, warnings: [], undo: [] };

test('a conversion is recorded when its issue exists or is planned, other steps are not', () => {
  const { repository, number, url } = ISSUE;
  const event = { type: 'converted', repository, number, url, timeboxMinutes: 240, priority: 'high' };
  assert.deepEqual(eventOf(CONVERT, create(), outcome), { ...event, title: 'Sync stops' });
  const plan: Write = { type: 'planIssue', repository, number, labels: [], assignees: [] };
  assert.deepEqual(eventOf(CONVERT, plan, outcome), { ...event, title: 'The item' });
  assert.equal(eventOf(CONVERT, reply(''), { ...outcome, issue: undefined }), undefined);
});

test('a handoff is recorded wherever it is posted, under its own id', () => {
  const handoff: Proposal = { ...CONVERT, kind: 'postHandoff', decision: undefined };
  const { url } = ISSUE;
  assert.deepEqual(eventOf(handoff, create(), outcome), {
    type: 'handoffPosted',
    handoffId: 'h 1',
    where: 'issue',
    url,
  });
  const post: Write = { type: 'postMessage', channel: 'x', markdown: '', marker: 'none', since: 0 };
  const slack = { url, issue: undefined, warnings: [], undo: [] };
  assert.deepEqual(eventOf(handoff, post, slack), { type: 'handoffPosted', handoffId: 'p1', where: 'slack', url });
});

test('only an entry of this very proposal counts as recorded', () => {
  const event = eventOf(CONVERT, create(), outcome);
  assert.ok(event);
  const recorded = (at: number, signalIds: string[]): boolean =>
    isRecorded([{ id: 'entry', at, signalIds, event }], event, CONVERT);
  assert.equal(recorded(100, ['b', 'a']), true);
  assert.equal(recorded(99, ['a', 'b']), false, 'an earlier conversion to the same issue');
  assert.equal(recorded(100, ['a']), false, 'another item');
  const other = { ...event, url: 'https://github.example/acme/app/issues/13' };
  assert.equal(isRecorded([{ id: 'entry', at: 100, signalIds: ['a', 'b'], event: other }], event, CONVERT), false);
});
