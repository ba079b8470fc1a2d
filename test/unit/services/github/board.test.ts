import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schema, validate } from '@octokit/graphql-schema';
import type { CreatedIssue, Write } from '../../../../src/core/proposal.ts';
import {
  ADD_ITEM,
  CLEAR_FIELD,
  FIND_BOARD,
  FIND_ITEMS,
  READ_ITEM,
  REMOVE_ITEM,
  SET_FIELD,
} from '../../../../src/services/github/boardWire.ts';
import { createGitHubWriter } from '../../../../src/services/github/writes.ts';
import { FakeGitHub, issue as issueRow } from './fakeGitHub.ts';

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
      { id: 'O9', name: '🟢 Low' },
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

const ADDED = { data: { addProjectV2ItemById: { item: { id: 'T1' } } } };

interface Known {
  readonly fields?: readonly unknown[];
  /** By which the issue is on boards. */
  readonly items?: readonly unknown[];
  readonly setField?: object;
}

/** Answers the queries; `setField` may be a failure. */
function board({ fields = FIELDS, items = [], setField = { data: {} } }: Known = {}) {
  const sent: Sent[] = [];
  const github = new FakeGitHub().on('POST /graphql', ({ body }) => {
    const { query, variables } = body as Sent;
    if (query === FIND_BOARD) {
      const url = 'https://ghes.example/orgs/acme/projects/213';
      return { body: { data: { repositoryOwner: { projectV2: { id: 'P1', url, fields: { nodes: fields } } } } } };
    }
    if (query === FIND_ITEMS) return { body: { data: { node: { projectItems: { nodes: items } } } } };
    if (query === READ_ITEM) return { body: { data: { node: items[0] ?? null } } };
    sent.push({ query, variables });
    return { body: query === ADD_ITEM ? ADDED : setField };
  });
  return { github, sent, writer: createGitHubWriter(github.ports()) };
}

/** The issue on the board, and on another one that is not ours. */
const LOW = { optionId: 'O9', field: { id: 'F2' } };
const item = (...values: readonly object[]) => ({ id: 'T1', project: { id: 'P1' }, fieldValues: { nodes: values } });
const ELSEWHERE = { ...item(LOW), id: 'T0', project: { id: 'P0' } };
const REMOVAL: Write = { type: 'removeFromBoard', projectId: 'P1', contentId: 'I_12' };

test('the queries are valid against GitHub’s own schema', () => {
  for (const query of [FIND_BOARD, FIND_ITEMS, READ_ITEM, ADD_ITEM, SET_FIELD, CLEAR_FIELD, REMOVE_ITEM])
    assert.deepEqual(validate(query), []);
  assert.ok(schema);
});

test('the issue is added, its priority found by the word, its hours set; taken back it leaves the board', async () => {
  const { writer, sent } = board({ items: [ELSEWHERE, null] });
  const outcome = await writer.apply(WRITE, context(ISSUE));
  assert.deepEqual(outcome, {
    url: 'https://ghes.example/orgs/acme/projects/213',
    issue: undefined,
    warnings: [],
    undo: [REMOVAL],
  });
  assert.deepEqual(
    sent.map(({ variables }) => variables),
    [
      { projectId: 'P1', contentId: 'I_12' },
      { projectId: 'P1', itemId: 'T1', fieldId: 'F2', value: { singleSelectOptionId: 'O1' } },
      { projectId: 'P1', itemId: 'T1', fieldId: 'F3', value: { number: 4 } },
    ],
  );
});

test('an issue that was on the board stays there, and its fields get their former values back', async () => {
  const { writer, sent } = board({ items: [ELSEWHERE, item(LOW, {})] });
  const { undo } = await writer.apply(WRITE, context(ISSUE));
  assert.deepEqual(
    sent.map(({ query }) => query),
    [SET_FIELD, SET_FIELD],
  );
  const fields = [
    { fieldId: 'F2', value: { type: 'option', optionId: 'O9' }, names: { field: 'Priority', value: '🟢 Low' } },
    { fieldId: 'F3', value: undefined, names: { field: 'timebox (Hours)', value: undefined } },
  ];
  assert.deepEqual(undo, [{ type: 'restoreBoardFields', projectId: 'P1', itemId: 'T1', fields }]);
});

test('what has the values already is not written to', async () => {
  const { writer, sent } = board({
    items: [item({ optionId: 'O1', field: { id: 'F2' } }, { number: 4, field: { id: 'F3' } })],
  });
  assert.deepEqual((await writer.apply(WRITE, context(ISSUE))).undo, []);
  assert.deepEqual(sent, []);
});

test('fields and options that are not there are warnings', async () => {
  const { writer, sent } = board({
    fields: [{ id: 'F2', name: 'Priority', dataType: 'SINGLE_SELECT', options: [] }],
  });
  const { warnings } = await writer.apply(WRITE, context(ISSUE));
  assert.deepEqual(warnings, [
    "the board's field Priority has no option Critical",
    'the board has no field Timebox (hours)',
  ]);
  assert.equal(sent.length, 1);
});

test('a field that GitHub will not set is a warning, with its words, and nothing to restore', async () => {
  const setField = { errors: [{ type: 'FORBIDDEN', message: 'No write access to the field' }] };
  const { writer } = board({ items: [item(LOW)], setField });
  const { warnings, undo } = await writer.apply(WRITE, context(ISSUE));
  assert.match(warnings[0] ?? '', /No write access/u);
  assert.deepEqual(undo, []);
});

test('an answer that does not say whether the issue is on the board stops before anything is written', async () => {
  const { github, sent, writer } = board();
  const answer = github.routes.get('POST /graphql');
  github.on('POST /graphql', (request) =>
    (request.body as Sent).query === FIND_ITEMS ? { body: { data: { node: null } } } : answer?.(request),
  );
  await assert.rejects(writer.apply(WRITE, context(ISSUE)), { reason: 'badResponse' });
  assert.deepEqual(sent, []);
});

const PRIORITY = {
  type: 'setBoardPriority',
  repository: 'acme/app',
  number: 12,
  board: { owner: 'acme', number: 213 },
  field: 'priority',
  option: 'High',
} as const satisfies Write;

test('a priority is set on an issue by its number, which is put on the board when it is not there', async () => {
  const { github, writer, sent } = board();
  github.on('GET /repos/acme/app/issues/12', { body: issueRow(12) });
  assert.deepEqual((await writer.apply(PRIORITY, context())).undo, [REMOVAL]);
  assert.deepEqual(
    sent.map(({ variables }) => variables),
    [
      { projectId: 'P1', contentId: 'I_12' },
      { projectId: 'P1', itemId: 'T1', fieldId: 'F2', value: { singleSelectOptionId: 'O2' } },
    ],
  );
});

test('a priority that the board does not know is refused before anything is changed', async () => {
  const { writer, sent } = board();
  await assert.rejects(writer.apply({ ...PRIORITY, option: 'Whenever' }, context()), { reason: 'refused' });
  assert.deepEqual(sent, []);
});

test('fields get their values back where they differ, and an empty one is cleared', async () => {
  const { writer, sent } = board({ items: [item(LOW, { number: 4, field: { id: 'F3' } })] });
  const write = {
    type: 'restoreBoardFields',
    projectId: 'P1',
    itemId: 'T1',
    fields: [
      { fieldId: 'F2', value: { type: 'option', optionId: 'O9' } },
      { fieldId: 'F3', value: undefined },
    ],
  } as const satisfies Write;
  const { undo } = await writer.apply(write, context());
  assert.deepEqual(sent, [{ query: CLEAR_FIELD, variables: { projectId: 'P1', itemId: 'T1', fieldId: 'F3' } }]);
  assert.deepEqual(undo, [{ ...write, fields: [{ fieldId: 'F3', value: { type: 'number', number: 4 } }] }]);
});

test('what is off the board needs no removal, and its fields cannot be restored', async () => {
  for (const gone of [board(), board({ items: [ELSEWHERE] })]) {
    await gone.writer.apply(REMOVAL, context());
    const restore: Write = { type: 'restoreBoardFields', projectId: 'P1', itemId: 'T1', fields: [] };
    await assert.rejects(gone.writer.apply(restore, context()), { reason: 'notFound' });
    assert.deepEqual(gone.sent, []);
  }
  const there = board({ items: [item()] });
  await there.writer.apply(REMOVAL, context());
  assert.deepEqual(
    there.sent.map(({ query }) => query),
    [REMOVE_ITEM],
  );
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
    { name: 'server error', answer: { status: 502, body: 'x' }, reason: 'serverError' },
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
