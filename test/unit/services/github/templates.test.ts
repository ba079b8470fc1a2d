import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IssueTemplates } from '../../../../src/services/github/templates.ts';
import { FakeGitHub } from './fakeGitHub.ts';

const abort = new AbortController().signal;
const FOLDER = '/repos/acme/app/contents/.github/ISSUE_TEMPLATE';
const SHARED = '/repos/acme/.github/contents/.github/ISSUE_TEMPLATE';
const TEXT = { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' };

function file(name: string, over: Readonly<Record<string, unknown>> = {}) {
  return { type: 'file', name, path: `.github/ISSUE_TEMPLATE/${name}`, sha: `sha-${name}`, size: 100, ...over };
}

function markdown(name: string) {
  return { body: `---\nname: ${name}\n---\ntext\n`, headers: TEXT };
}

test('the templates of a repository; a second look is one request that says 304', async () => {
  const github = new FakeGitHub()
    .on(`GET ${FOLDER}`, { body: [file('bug.md'), file('config.yml'), file('ask.md')] })
    .on(`GET ${FOLDER}/bug.md`, markdown('Bug'))
    .on(`GET ${FOLDER}/ask.md`, { body: '# no head', headers: TEXT });
  const templates = new IssueTemplates(github.ports());
  const found = await templates.read('acme/app', abort);
  assert.deepEqual([found.templates.map(({ name }) => name), found.skipped], [['Bug'], 1]);
  assert.deepEqual(github.take(), [`GET ${FOLDER} 200`, `GET ${FOLDER}/bug.md 200`, `GET ${FOLDER}/ask.md 200`]);
  assert.deepEqual(await templates.read('acme/app', abort), found);
  assert.deepEqual(github.take(), [`GET ${FOLDER} 304`]);
});

test('of a changed folder only the changed files are read', async () => {
  let rows = [file('bug.md'), file('ask.md')];
  const github = new FakeGitHub()
    .on(`GET ${FOLDER}`, () => ({ body: rows }))
    .on(`GET ${FOLDER}/bug.md`, markdown('Bug'))
    .on(`GET ${FOLDER}/ask.md`, markdown('Ask'));
  const templates = new IssueTemplates(github.ports());
  await templates.read('acme/app', abort);
  github.take();
  rows = [file('bug.md', { sha: 'other' }), file('ask.md')];
  await templates.read('acme/app', abort);
  assert.deepEqual(github.take(), [`GET ${FOLDER} 200`, `GET ${FOLDER}/bug.md 200`]);
});

test('where a repository has none, the organization’s are offered', async () => {
  const github = new FakeGitHub()
    .on(`GET ${SHARED}`, { body: [file('bug.md')] })
    .on(`GET ${SHARED}/bug.md`, markdown('Ours'));
  const { templates } = await new IssueTemplates(github.ports()).read('acme/app', abort);
  assert.deepEqual(
    templates.map(({ name }) => name),
    ['Ours'],
  );
});

test('a single template is offered where there is no folder of them; a second look reads nothing again', async () => {
  const bare = { body: '## What happened?\n', headers: TEXT };
  for (const [place, dirs] of [
    ['.github', ['docs', '.github']],
    ['', ['src', '.github']],
    ['docs', ['docs']],
  ] as const) {
    const path = place === '' ? 'ISSUE_TEMPLATE.md' : `${place}/issue_template.md`;
    const row = file('ISSUE_TEMPLATE.md', { path });
    const root = [...dirs.map((name) => ({ type: 'dir', name, path: name, sha: name, size: 0 })), file('x.md')];
    const github = new FakeGitHub()
      .on('GET /repos/acme/app/contents', { body: place === '' ? [...root, row] : root })
      .on('GET /repos/acme/app/contents/.github', { body: place === '.github' ? [row] : [] })
      .on('GET /repos/acme/app/contents/docs', { body: [row] })
      .on(`GET /repos/acme/app/contents/${path}`, bare);
    const templates = new IssueTemplates(github.ports());
    const found = await templates.read('acme/app', abort);
    assert.deepEqual(
      found.templates.map(({ kind, path: at, name }) => [kind, at, name]),
      [['markdown', path, path.split('/').at(-1)]],
    );
    github.take();
    assert.deepEqual(await templates.read('acme/app', abort), found);
    assert.ok(github.take().every((request) => request.endsWith(' 304') || request === `GET ${FOLDER} 404`));
  }
});

test('nobody has any: none, after three requests', async () => {
  const github = new FakeGitHub();
  assert.deepEqual(await new IssueTemplates(github.ports()).read('acme/app', abort), { templates: [], skipped: 0 });
  assert.deepEqual(github.take(), [`GET ${FOLDER} 404`, 'GET /repos/acme/app/contents 404', `GET ${SHARED} 404`]);
});

test('rows that are no template, lead elsewhere or are too many are not asked for', async () => {
  const rows = [
    file('x.md', { path: '../../../secrets.md' }),
    file('y.md', { path: '.github/ISSUE_TEMPLATE/../../y.md' }),
    file('z.md', { size: 10_000_000 }),
    file('d', { type: 'dir' }),
    file('a.txt'),
    null,
    ...Array.from({ length: 40 }, (_, at) => file(`${String(at)}.md`)),
  ];
  const github = new FakeGitHub().on(`GET ${FOLDER}`, { body: rows });
  for (let at = 0; at < 40; at += 1) github.on(`GET ${FOLDER}/${String(at)}.md`, markdown(`T${String(at)}`));
  const { templates } = await new IssueTemplates(github.ports()).read('acme/app', abort);
  assert.equal(templates.length, 12);
  assert.equal(github.take().length, 13);
});

test('a failure says why', async () => {
  const github = new FakeGitHub().on(`GET ${FOLDER}`, { status: 500, body: {} });
  await assert.rejects(new IssueTemplates(github.ports()).read('acme/app', abort), { name: 'ServiceError' });
  await assert.rejects(new IssueTemplates(github.ports()).read('../..', abort), { reason: 'refused' });
});
