import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIND_BOARD } from '../../../../src/services/github/boardWire.ts';
import {
  boardPriority,
  issueFacts,
  issueLabels,
  issuesOnBoard,
  repositoryLabels,
} from '../../../../src/services/github/issueFacts.ts';
import { FakeGitHub } from './fakeGitHub.ts';

const abort = new AbortController().signal;
const BOARD = { owner: 'acme', number: 213 };

function issue(number: number) {
  const html_url = `https://ghes.example/acme/app/issues/${number}`;
  return {
    body: { id: number, node_id: `I_${number}`, number, html_url, labels: [{ name: 'bug' }, 'ux'], state: 'open' },
  };
}

test('a repository’s labels, page by page; what is none, or would read otherwise than it is, is left out', async () => {
  const github = new FakeGitHub();
  github.on('GET /repos/acme/app/labels', ({ path }) => {
    const next = `<${github.apiUrl}/repos/acme/app/labels?per_page=100&page=2>; rel="next"`;
    return path.includes('page=2')
      ? { body: [{ name: 'ux' }] }
      : { body: [{ name: 'bug' }, {}, 7, { name: 'a\u202eb' }, { name: '' }], headers: { link: next } };
  });
  assert.deepEqual(await repositoryLabels('acme/app', github.ports(), abort), ['bug', 'ux']);
  assert.equal(github.take().length, 2);
});

test('a next page at another address is not followed, and what is no repository is not asked for', async () => {
  const link = '<https://evil.example/labels>; rel="next"';
  const github = new FakeGitHub().on('GET /repos/acme/app/labels', { body: [{ name: 'bug' }], headers: { link } });
  assert.deepEqual(await repositoryLabels('acme/app', github.ports(), abort), ['bug']);
  assert.equal(github.take().length, 1);
  await assert.rejects(repositoryLabels('acme/../x', github.ports(), abort), { reason: 'refused' });
  await assert.rejects(repositoryLabels('acme/none', github.ports(), abort), { reason: 'notFound' });
});

test('the labels of an issue as they are now', async () => {
  const github = new FakeGitHub().on('GET /repos/acme/app/issues/7', issue(7));
  assert.deepEqual(await issueLabels({ repository: 'acme/app', number: 7 }, github.ports(), abort), ['bug', 'ux']);
});

function withBoard(projectV2: unknown, values: readonly unknown[] = []) {
  return new FakeGitHub()
    .on('GET /repos/acme/app/issues/7', issue(7))
    .on('GET /repos/acme/app/issues/8', issue(8))
    .on('POST /graphql', ({ body }) => {
      const { query, variables } = body as { query: string; variables: { contentId?: string } };
      if (query === FIND_BOARD) return { body: { data: { repositoryOwner: { projectV2 } } } };
      const own = { id: 'T1', project: { id: 'P1' }, fieldValues: { nodes: values } };
      const nodes = variables.contentId === 'I_7' ? [null, own] : [{ ...own, project: { id: 'P2' } }];
      return { body: { data: { node: { projectItems: { nodes } } } } };
    });
}

test('of some issues those on the board; a board that is not there holds none', async () => {
  const issues = [7, 8].map((number) => ({ repository: 'acme/app', number }));
  const there = withBoard({ id: 'P1', fields: { nodes: [] } });
  assert.deepEqual(await issuesOnBoard(issues, BOARD, there.ports(), abort), [issues[0]]);
  assert.deepEqual(await issuesOnBoard(issues, BOARD, withBoard(null).ports(), abort), []);
});

test('what a write may change of an issue, as it is now', async () => {
  const closed = { ...issue(7).body, state: 'closed', assignees: [{ login: 'kai-sample' }] };
  const github = new FakeGitHub().on('GET /repos/acme/app/issues/7', { body: closed });
  assert.deepEqual(await issueFacts({ repository: 'acme/app', number: 7 }, github.ports(), abort), {
    labels: ['bug', 'ux'],
    assignees: ['kai-sample'],
    state: 'closed',
  });
});

const OPTIONS = [
  { id: 'O1', name: '🚨 Critical' },
  { id: 'O9', name: 'Low\n' },
];
const PRIORITY = { id: 'F2', name: 'Priority', dataType: 'SINGLE_SELECT', options: OPTIONS };
for (const [what, over, values, expected] of [
  ['has one', {}, [{ optionId: 'O9', field: { id: 'F2' } }], { isOnBoard: true, before: 'Low', after: '🚨 Critical' }],
  ['has none', {}, [], { isOnBoard: true, before: undefined, after: '🚨 Critical' }],
  ['is not on it', { number: 8 }, [], { isOnBoard: false, before: undefined, after: '🚨 Critical' }],
  ['would get one that it does not know', { option: 'Whenever' }, [], undefined],
  ['has one that it does not name', {}, [{ optionId: 'O7', field: { id: 'F2' } }], undefined],
] as const) {
  test(`the priority of an issue on a board, as the board calls it: it ${what}`, async () => {
    const github = withBoard({ id: 'P1', fields: { nodes: [PRIORITY] } }, values);
    const write = {
      type: 'setBoardPriority',
      repository: 'acme/app',
      number: 7,
      board: BOARD,
      field: 'Priority',
      option: 'Critical',
      ...over,
    } as const;
    assert.deepEqual(await boardPriority(write, github.ports(), abort), expected);
  });
}
