import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schema, validate } from '@octokit/graphql-schema';
import type { CreatedIssue } from '../../../../src/core/proposal.ts';
import { ADD_ITEM, FIND_BOARD, SET_FIELD } from '../../../../src/services/github/boardWire.ts';
import { createGitHubWriter } from '../../../../src/services/github/writes.ts';
import { FakeGitHub } from './fakeGitHub.ts';

const ISSUE: CreatedIssue = {
  repository: 'acme/app',
  number: 12,
  url: 'https://ghes.example/acme/app/issues/12',
  nodeId: 'I_12',
  databaseId: 1012,
};
const WRITE = {
  type: 'addToBoard',
  owner: 'acme',
  number: 213,
  priority: { field: 'Priority', option: 'Critical' },
  timebox: { field: 'Timebox (hours)', hours: 4 },
} as const;
const FIELDS = [
  { id: 'F1', name: 'Title', dataType: 'TITLE' },
  {
    id: 'F2',
    name: 'Priority',
    dataType: 'SINGLE_SELECT',
    options: [
      { id: 'O1', name: '🚨 critical' },
      { id: 'O2', name: '🔴 High' },
    ],
  },
  { id: 'F3', name: 'timebox  (Hours)', dataType: 'NUMBER' },
  {},
  null,
];
const context = (issue?: CreatedIssue) => ({ issue, abort: new AbortController().signal });

interface Sent {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Answers the three queries; `setField` may be replaced by a failure. */
function board(fields: readonly unknown[], setField: object = { data: { updateProjectV2ItemFieldValue: {} } }) {
  const sent: Sent[] = [];
  const github = new FakeGitHub().on('POST /graphql', ({ body }) => {
    const { query, variables } = body as Sent;
    sent.push({ query, variables });
    if (query === FIND_BOARD) {
      const url = 'https://ghes.example/orgs/acme/projects/213';
      return { body: { data: { repositoryOwner: { projectV2: { id: 'P1', url, fields: { nodes: fields } } } } } };
    }
    return { body: query === ADD_ITEM ? { data: { addProjectV2ItemById: { item: { id: 'T1' } } } } : setField };
  });
  return { github, sent };
}

test('the queries are valid against GitHub’s own schema', () => {
  for (const query of [FIND_BOARD, ADD_ITEM, SET_FIELD]) assert.deepEqual(validate(query), []);
  assert.ok(schema);
});

test('the issue is added, its priority found by the word, its hours set', async () => {
  const { github, sent } = board(FIELDS);
  const outcome = await createGitHubWriter(github.ports()).apply(WRITE, context(ISSUE));
  assert.deepEqual(outcome, { url: 'https://ghes.example/orgs/acme/projects/213', issue: undefined, warnings: [] });
  assert.deepEqual(
    sent.map(({ variables }) => variables),
    [
      { owner: 'acme', number: 213 },
      { projectId: 'P1', contentId: 'I_12' },
      { projectId: 'P1', itemId: 'T1', fieldId: 'F2', value: { singleSelectOptionId: 'O1' } },
      { projectId: 'P1', itemId: 'T1', fieldId: 'F3', value: { number: 4 } },
    ],
  );
});

test('fields and options that are not there are warnings', async () => {
  const { github, sent } = board([{ id: 'F2', name: 'Priority', dataType: 'SINGLE_SELECT', options: [] }]);
  const { warnings } = await createGitHubWriter(github.ports()).apply(WRITE, context(ISSUE));
  assert.deepEqual(warnings, [
    "the board's field Priority has no option Critical",
    'the board has no field Timebox (hours)',
  ]);
  assert.equal(sent.length, 2);
});

test('a field that GitHub will not set is a warning, with its words', async () => {
  const refusal = { errors: [{ type: 'FORBIDDEN', message: 'No write access to the field' }] };
  const { github } = board(FIELDS, refusal);
  const { warnings } = await createGitHubWriter(github.ports()).apply(WRITE, context(ISSUE));
  assert.match(warnings[0] ?? '', /No write access/u);
});

test('what stops the board itself is an error', async (t) => {
  const cases = [
    { name: 'no such board', answer: { body: { data: { repositoryOwner: null } } }, reason: 'notFound' },
    {
      name: 'not found',
      answer: { body: { errors: [{ type: 'NOT_FOUND', message: 'no' }], data: null } },
      reason: 'notFound',
    },
    {
      name: 'scope',
      answer: { body: { errors: [{ type: 'INSUFFICIENT_SCOPES', message: 'no' }] } },
      reason: 'forbidden',
    },
    { name: 'limit', answer: { body: { errors: [{ type: 'RATE_LIMITED', message: 'no' }] } }, reason: 'rateLimited' },
    { name: 'lost socket', answer: { status: 0 }, reason: 'offline' },
    { name: 'server error', answer: { status: 502, body: 'x' }, reason: 'badResponse' },
    { name: 'signed out', answer: { status: 401, body: { message: 'Bad credentials' } }, reason: 'unauthenticated' },
  ];
  for (const { name, answer, reason } of cases) {
    await t.test(name, async () => {
      const github = new FakeGitHub().on('POST /graphql', answer);
      await assert.rejects(createGitHubWriter(github.ports()).apply(WRITE, context(ISSUE)), { reason });
      assert.equal(github.sent.length, 1);
    });
  }
});

test('without an issue there is nothing to add', async () => {
  const github = new FakeGitHub();
  await assert.rejects(createGitHubWriter(github.ports()).apply(WRITE, context()), { reason: 'refused' });
  assert.equal(github.sent.length, 0);
});
