import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeMarker } from '../../../../src/core/marker.ts';
import type { CreatedIssue, Write } from '../../../../src/core/proposal.ts';
import { createGitHubWriter } from '../../../../src/services/github/writes.ts';
import { ServiceError } from '../../../../src/services/service.ts';
import { FakeGitHub, issue, NOW } from './fakeGitHub.ts';

const MARKER = writeMarker('issue', 'p-2');
const CREATE = {
  type: 'createIssue',
  repository: 'acme/app',
  title: 'Sync stops',
  body: `It stops.\n\n${MARKER}`,
  labels: ['reactive', 'Team/Integrations'],
  assignees: ['noor-sample'],
  marker: MARKER,
  since: NOW,
} as const satisfies Write;
const COMMENT = {
  type: 'commentOnIssue',
  repository: 'acme/app',
  number: 5,
  body: `Planned.\n\n${MARKER}`,
  marker: MARKER,
  since: NOW,
} as const satisfies Write;
const context = (created?: CreatedIssue) => ({ issue: created, abort: new AbortController().signal });

test('an issue is created with one request, and what GitHub left out is a warning', async () => {
  const github = new FakeGitHub().on('POST /repos/acme/app/issues', {
    status: 201,
    body: issue(12, { body: CREATE.body, assignees: [] }),
  });
  const outcome = await createGitHubWriter(github.ports()).apply(CREATE, context());
  assert.deepEqual(outcome, {
    url: 'https://ghes.example/acme/app/issues/12',
    issue: {
      repository: 'acme/app',
      number: 12,
      url: 'https://ghes.example/acme/app/issues/12',
      nodeId: 'I_12',
      databaseId: 1012,
    },
    warnings: ['label not set: reactive', 'assignee not set: noor-sample'],
    undo: [{ type: 'closeIssue', repository: 'acme/app', number: 12, reason: 'notPlanned' }],
  });
  assert.deepEqual(
    github.sent.map(({ body }) => body),
    [{ title: CREATE.title, body: CREATE.body, labels: CREATE.labels, assignees: CREATE.assignees }],
  );
});

test('a creation whose answer is lost is never sent again, and is found by its marker', async () => {
  const created: unknown[] = [];
  const github = new FakeGitHub()
    .on('POST /repos/acme/app/issues', () => {
      created.push(
        issue(12, { body: CREATE.body, user: { login: 'Noor-Sample' }, created_at: '2026-11-18T12:00:03Z' }),
      );
      return { status: 0 };
    })
    .on('GET /user', { body: { login: 'noor-sample' } })
    .on('GET /repos/acme/app/issues', () => ({ body: [issue(11), ...created] }));
  const writer = createGitHubWriter(github.ports());
  assert.equal(await writer.find(CREATE, context()), undefined);
  await assert.rejects(writer.apply(CREATE, context()), (error) => {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.reason, 'offline');
    return true;
  });
  assert.equal(created.length, 1);
  assert.equal((await writer.find(CREATE, context()))?.issue?.number, 12);
  const list = github.sent.findLast(({ path }) => path.startsWith('/repos/acme/app/issues?'));
  assert.match(list?.path ?? '', /state=all&sort=created&direction=desc&since=2026-11-18T11%3A55%3A00.000Z/u);
});

test('what has the marker and was written before the proposal was made is not its', async () => {
  const own = { body: CREATE.body, user: { login: 'noor-sample' }, state: 'closed' };
  const at = (number: number, ms: number) => issue(number, { ...own, created_at: new Date(NOW + ms).toISOString() });
  const undone = at(10, -6 * 60_000);
  const github = new FakeGitHub()
    .on('GET /user', { body: { login: 'noor-sample' } })
    .on('GET /repos/acme/app/issues', { body: [undone] });
  const writer = createGitHubWriter(github.ports());
  assert.equal(await writer.find(CREATE, context()), undefined);
  // The clocks differ by no more than that.
  github.on('GET /repos/acme/app/issues', { body: [undone, at(11, -4 * 60_000)] });
  assert.equal((await writer.find(CREATE, context()))?.issue?.number, 11);
});

test('a marker that somebody else wrote is not ours', async () => {
  const github = new FakeGitHub()
    .on('GET /user', { body: { login: 'noor-sample' } })
    .on('GET /repos/acme/app/issues', { body: [issue(12, { body: MARKER, user: { login: 'mallory-sample' } })] });
  assert.equal(await createGitHubWriter(github.ports()).find(CREATE, context()), undefined);
});

for (const [name, marker, association, expected] of [
  ['of a teammate, that every machine would write alike', writeMarker('loop', 'x'), 'MEMBER', true],
  ['of a stranger who forged one', writeMarker('loop', 'x'), 'NONE', false],
  ['of a teammate, that is their own', writeMarker('reply', 'x'), 'MEMBER', false],
] as const)
  test(`a comment with the marker, ${name}: ${expected ? 'it is there' : 'it is not ours'}`, async () => {
    const comment = {
      id: 5,
      html_url: 'https://ghes.example/acme/docs/issues/3#issuecomment-5',
      body: `Fixed.\n\n${marker}`,
      user: { login: 'kai-sample', type: 'User' },
      author_association: association,
      created_at: '2026-11-18T09:00:00Z',
    };
    const github = new FakeGitHub()
      .on('GET /user', { body: { login: 'noor-sample' } })
      .on('GET /repos/acme/docs/issues/3/comments', { body: [comment] });
    const write = { type: 'commentOnIssue', repository: 'acme/docs', number: 3, body: '', marker, since: NOW } as const;
    const found = await createGitHubWriter(github.ports()).find(write, context());
    assert.equal(found?.url, expected ? comment.html_url : undefined);
  });

test('a list too long to look through is no proof that nothing was written', async () => {
  const github = new FakeGitHub();
  github.on('GET /user', { body: { login: 'noor-sample' } }).on('GET /repos/acme/app/issues', {
    body: [issue(1)],
    headers: { link: `<${github.apiUrl}/repos/acme/app/issues?page=2>; rel="next"` },
  });
  await assert.rejects(createGitHubWriter(github.ports()).find(CREATE, context()), { reason: 'badResponse' });
});

test('answers of GitHub to a creation become reasons', async (t) => {
  const cases = [
    { status: 401, reason: 'unauthenticated' },
    { status: 403, reason: 'forbidden' },
    { status: 404, reason: 'notFound' },
    { status: 410, reason: 'refused' },
    { status: 422, reason: 'refused' },
    { status: 429, reason: 'rateLimited' },
    { status: 408, reason: 'serverError' },
    { status: 500, reason: 'serverError' },
    { status: 503, reason: 'serverError' },
  ];
  for (const { status, reason } of cases) {
    await t.test(String(status), async () => {
      const github = new FakeGitHub().on('POST /repos/acme/app/issues', { status, body: { message: 'No' } });
      await assert.rejects(createGitHubWriter(github.ports()).apply(CREATE, context()), { reason });
      assert.equal(github.sent.length, 1);
    });
  }
});

test('a body over the limit is refused before it is sent', async () => {
  const github = new FakeGitHub();
  const write = { ...CREATE, body: 'x'.repeat(65_537) };
  await assert.rejects(createGitHubWriter(github.ports()).apply(write, context()), { reason: 'refused' });
  assert.equal(github.sent.length, 0);
});

test('a comment is written once and found again', async () => {
  const row = {
    id: 9,
    html_url: 'https://ghes.example/acme/app/issues/5#issuecomment-9',
    body: COMMENT.body,
    user: { login: 'noor-sample' },
  };
  const github = new FakeGitHub()
    .on('GET /user', { body: { login: 'noor-sample' } })
    .on('POST /repos/acme/app/issues/5/comments', { status: 201, body: row })
    .on('GET /repos/acme/app/issues/5/comments', { body: [row] });
  const writer = createGitHubWriter(github.ports());
  const undo = [{ type: 'deleteComment', repository: 'acme/app', commentId: 9 }];
  const outcome = { url: row.html_url, issue: undefined, warnings: [], undo };
  assert.deepEqual(await writer.apply(COMMENT, context()), outcome);
  assert.deepEqual(await writer.find(COMMENT, context()), outcome);
  assert.equal(github.sent.filter(({ method }) => method === 'POST').length, 1);
});

test('an existing issue is planned: what it lacks is added, refusals are warnings, and only that is taken back', async () => {
  let labels = ['Reactive', 'bug'];
  const github = new FakeGitHub()
    .on('POST /repos/acme/app/issues/5/labels', ({ body }) => {
      assert.deepEqual(body, { labels: ['Team/Integrations'] });
      labels = [...labels, 'team/integrations'];
      return { body: [] };
    })
    .on('POST /repos/acme/app/issues/5/assignees', { status: 403, body: { message: 'Must have push access' } })
    .on('GET /repos/acme/app/issues/5', () => ({ body: issue(5, { labels, assignees: [] }) }));
  const { labels: wanted, assignees, repository } = CREATE;
  const write = { type: 'planIssue', repository, number: 5, labels: wanted, assignees } as const;
  const outcome = await createGitHubWriter(github.ports()).apply(write, context());
  assert.equal(outcome.issue?.nodeId, 'I_5');
  assert.deepEqual(outcome.warnings, ['assignee not set: noor-sample', 'GitHub answered 403: Must have push access']);
  assert.deepEqual(outcome.undo, [{ type: 'label', repository, number: 5, add: [], remove: ['Team/Integrations'] }]);
});

test('the token and the text are in no line of the log', async () => {
  const github = new FakeGitHub().on('POST /repos/acme/app/issues', {
    status: 422,
    body: { message: 'bad ghp_secretsecret?x=1' },
  });
  await assert.rejects(createGitHubWriter(github.ports()).apply(CREATE, context()), (error) => {
    assert.doesNotMatch(String(error), /secretsecret|x=1/u);
    return true;
  });
  assert.ok(github.lines.length > 0);
  assert.doesNotMatch(github.lines.join('\n'), /secretsecret|It stops/u);
});

const ASSIGN = {
  type: 'assign',
  repository: 'acme/app',
  number: 5,
  add: ['Noor-sample', 'kai-sample'],
  remove: ['mika-sample'],
} as const satisfies Write;

const ISSUE = '/repos/acme/app/issues/5';

test('assignees are added and removed, and whom GitHub dropped or kept is a warning', async () => {
  const left = issue(5, { assignees: [{ login: 'noor-sample' }, { login: 'mika-sample' }] });
  const github = new FakeGitHub()
    .on(`GET ${ISSUE}`, { body: issue(5, { assignees: [{ login: 'Mika-sample' }] }) })
    .on(`POST ${ISSUE}/assignees`, { status: 201, body: issue(5) })
    .on(`DELETE ${ISSUE}/assignees`, { body: left });
  const outcome = await createGitHubWriter(github.ports()).apply(ASSIGN, context());
  assert.deepEqual(outcome, {
    url: 'https://ghes.example/acme/app/issues/5',
    issue: undefined,
    warnings: ['assignee not set: kai-sample', 'assignee not removed: Mika-sample'],
    undo: [{ type: 'assign', repository: 'acme/app', number: 5, add: [], remove: ['Noor-sample'] }],
  });
  assert.deepEqual(
    github.sent.map(({ method, body }) => [method, body]),
    [
      ['GET', undefined],
      ['POST', { assignees: ASSIGN.add }],
      ['DELETE', { assignees: ['Mika-sample'] }],
    ],
  );
});

test('assigning asks for the difference alone, sends it once, and is looked for never', async () => {
  const github = new FakeGitHub().on(`GET ${ISSUE}`, { body: issue(5) }).on(`POST ${ISSUE}/assignees`, { status: 0 });
  const writer = createGitHubWriter(github.ports());
  assert.equal(await writer.find(ASSIGN, context()), undefined);
  assert.deepEqual(github.take(), []);
  await assert.rejects(writer.apply(ASSIGN, context()), { reason: 'offline' });
  assert.deepEqual(
    github.sent.map(({ method, body }) => [method, body]),
    [
      ['GET', undefined],
      ['POST', { assignees: ['kai-sample'] }],
    ],
  );
  github.take();
  const { warnings, undo } = await writer.apply({ ...ASSIGN, add: ['NOOR-sample'] }, context());
  assert.deepEqual([warnings, undo], [[], []]);
  assert.ok(github.take().every((line) => line.startsWith('GET')));
});

test('labels are added and removed by their difference, each by its name; one that somebody removed first is fine', async () => {
  let labels = ['bug', 'needs: info?'];
  const github = new FakeGitHub()
    .on(`GET ${ISSUE}`, () => ({ body: issue(5, { labels }) }))
    .on(`POST ${ISSUE}/labels`, () => {
      labels = ['bug', 'reactive'];
      return { body: [] };
    })
    .on(`DELETE ${ISSUE}/labels/needs%3A%20info%3F`, { status: 404, body: { message: 'Label does not exist' } });
  const write: Write = {
    type: 'label',
    repository: 'acme/app',
    number: 5,
    add: ['Bug', 'reactive'],
    remove: ['Needs: info?', 'absent'],
  };
  const { warnings, undo } = await createGitHubWriter(github.ports()).apply(write, context());
  assert.deepEqual(warnings, []);
  assert.deepEqual(undo, [{ ...write, add: ['needs: info?'], remove: ['reactive'] }]);
  assert.deepEqual(github.sent.find(({ method }) => method === 'POST')?.body, { labels: ['reactive'] });
});

test('a label whose name would mean another path is refused', async () => {
  const github = new FakeGitHub().on(`GET ${ISSUE}`, { body: issue(5, { labels: ['..'] }) });
  const write: Write = { type: 'label', repository: 'acme/app', number: 5, add: [], remove: ['..'] };
  await assert.rejects(createGitHubWriter(github.ports()).apply(write, context()), { reason: 'refused' });
  assert.ok(github.take().every((line) => line.startsWith('GET')));
});

const COMMENT_PATH = '/repos/acme/app/issues/comments/9';
const DELETE: Write = { type: 'deleteComment', repository: 'acme/app', commentId: 9 };

test('a comment is deleted only when our account wrote it', async (t) => {
  const ours = { id: 9, body: 'x', user: { login: 'Noor-sample' } };
  const cases = [
    { name: 'ours', comment: ours, account: { body: { login: 'noor-sample' } }, deleted: true },
    {
      name: 'of another',
      comment: { ...ours, user: { login: 'kai-sample' } },
      account: { body: { login: 'noor-sample' } },
    },
    { name: 'of nobody known', comment: { id: 9 }, account: { body: { login: 'noor-sample' } } },
    { name: 'an app, with our mark', comment: { ...ours, body: MARKER }, account: { status: 403 }, deleted: true },
    { name: 'an app, without it', comment: ours, account: { status: 403 } },
  ];
  for (const { name, comment, account, deleted = false } of cases) {
    await t.test(name, async () => {
      const github = new FakeGitHub()
        .on('GET /user', account)
        .on(`GET ${COMMENT_PATH}`, { body: comment })
        .on(`DELETE ${COMMENT_PATH}`, { status: 204, body: '' });
      const deleting = createGitHubWriter(github.ports()).apply(DELETE, context());
      if (deleted) assert.deepEqual((await deleting).undo, []);
      else await assert.rejects(deleting, { reason: 'forbidden' });
      assert.equal(
        github.take().some((line) => line.startsWith('DELETE')),
        deleted,
      );
    });
  }
});

test('a comment that is gone is gone, whoever deleted it and whenever', async () => {
  const github = new FakeGitHub().on('GET /user', { body: { login: 'noor-sample' } });
  const writer = createGitHubWriter(github.ports());
  await writer.apply(DELETE, context());
  github.on(`GET ${COMMENT_PATH}`, { body: { id: 9, user: { login: 'noor-sample' } } });
  assert.equal((await writer.apply(DELETE, context())).url, 'https://ghes.example/acme/app');
  assert.ok(github.take().includes(`DELETE ${COMMENT_PATH} 404`));
});

test('an issue is closed and opened only when it is not so already', async (t) => {
  const close: Write = { type: 'closeIssue', repository: 'acme/app', number: 5, reason: 'notPlanned' };
  const reopen: Write = { type: 'reopenIssue', repository: 'acme/app', number: 5 };
  const cases = [
    { write: close, before: { state: 'open' }, sent: { state: 'closed', state_reason: 'not_planned' }, undo: [reopen] },
    { write: close, before: { state: 'closed', state_reason: 'completed' }, sent: undefined, undo: [] },
    { write: reopen, before: { state: 'open' }, sent: undefined, undo: [] },
    { write: reopen, before: { state: 'closed', state_reason: 'not_planned' }, sent: { state: 'open' }, undo: [close] },
    {
      write: reopen,
      before: { state: 'closed', state_reason: 'completed' },
      sent: { state: 'open' },
      undo: [{ ...close, reason: 'completed' }],
    },
  ];
  for (const { write, before, sent, undo } of cases) {
    await t.test(`${write.type} of ${JSON.stringify(before)}`, async () => {
      const github = new FakeGitHub()
        .on(`GET ${ISSUE}`, { body: issue(5, before) })
        .on(`PATCH ${ISSUE}`, ({ body }) => ({ body: issue(5, body as Record<string, unknown>) }));
      assert.deepEqual((await createGitHubWriter(github.ports()).apply(write, context())).undo, undo);
      assert.deepEqual(github.sent.find(({ method }) => method === 'PATCH')?.body, sent);
    });
  }
});
