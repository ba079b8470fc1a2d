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

test('a folder of its own without a template offers none, and keeps the organization’s away', async () => {
  for (const name of ['config.yml', 'CONFIG.YAML', '.gitkeep']) {
    const github = new FakeGitHub()
      .on(`GET ${FOLDER}`, { body: [file(name)] })
      .on(`GET ${SHARED}`, { body: [file('bug.md')] })
      .on(`GET ${SHARED}/bug.md`, markdown('Ours'));
    const templates = new IssueTemplates(github.ports());
    for (const status of [200, 304]) {
      assert.deepEqual(await templates.read('acme/app', abort), { templates: [], skipped: 0 });
      assert.deepEqual(github.take(), [`GET ${FOLDER} ${String(status)}`, 'GET /repos/acme/app/contents 404']);
    }
  }
});

test('beside a folder that only configures, the single template is offered', async () => {
  const github = new FakeGitHub()
    .on(`GET ${FOLDER}`, { body: [file('config.yml')] })
    .on('GET /repos/acme/app/contents', { body: [file('ISSUE_TEMPLATE.md', { path: 'ISSUE_TEMPLATE.md' })] })
    .on('GET /repos/acme/app/contents/ISSUE_TEMPLATE.md', { body: '## What?', headers: TEXT });
  const { templates } = await new IssueTemplates(github.ports()).read('acme/app', abort);
  assert.deepEqual(
    templates.map(({ path }) => path),
    ['ISSUE_TEMPLATE.md'],
  );
});

test('a file may be called as its people like', async () => {
  const names = [
    '01_🐛_bug.yml',
    '👩🏽\u200d💻.md',
    'bug&crash.md',
    'Fehler – melden, bitte!.md',
    '{owner}:x.md',
    '%2e%2e?#.md',
    '不具合.MD',
    'it\'s "so".md',
  ];
  const github = new FakeGitHub().on(`GET ${FOLDER}`, { body: names.map((name) => file(name)) });
  for (const name of names) {
    const form = `name: ${JSON.stringify(name)}\nbody:\n  - type: input\n    attributes:\n      label: What?\n`;
    const text = name.endsWith('.yml') ? { body: form, headers: TEXT } : markdown(JSON.stringify(name));
    github.on(`GET ${FOLDER}/${encodeURIComponent(name)}`, text);
  }
  const found = await new IssueTemplates(github.ports()).read('acme/app', abort);
  assert.deepEqual(
    found.templates.map(({ path }) => path),
    names.map((name) => `.github/ISSUE_TEMPLATE/${name}`),
  );
  assert.equal(found.skipped, 0);
  assert.equal(github.take().length, names.length + 1);
});

test('a file whose name hides something is not asked for, but counted', async () => {
  const names = [
    'a\u0000.md',
    'a\nb.md',
    'a\u202eb.md',
    'a\u2066b.md',
    'a\ud800.md',
    'a\u2028.md',
    'a\\b.md',
    'a\u007f.md',
  ];
  const github = new FakeGitHub()
    .on(`GET ${FOLDER}`, { body: [...names.map((name) => file(name)), file('bug.md')] })
    .on(`GET ${FOLDER}/bug.md`, markdown('Bug'));
  const found = await new IssueTemplates(github.ports()).read('acme/app', abort);
  assert.deepEqual([found.templates.map(({ name }) => name), found.skipped], [['Bug'], names.length]);
  assert.deepEqual(github.take(), [`GET ${FOLDER} 200`, `GET ${FOLDER}/bug.md 200`]);
});

test('nobody has any: none, after three requests', async () => {
  const github = new FakeGitHub();
  assert.deepEqual(await new IssueTemplates(github.ports()).read('acme/app', abort), { templates: [], skipped: 0 });
  assert.deepEqual(github.take(), [`GET ${FOLDER} 404`, 'GET /repos/acme/app/contents 404', `GET ${SHARED} 404`]);
});

test('rows that are no template, lead elsewhere or are too many are not asked for; what is left out is counted', async () => {
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
  const { templates, skipped } = await new IssueTemplates(github.ports()).read('acme/app', abort);
  assert.equal(templates.length, 12);
  assert.equal(skipped, 28 + 1, 'those beyond the twelfth, and the one that is too long');
  assert.equal(github.take().length, 13);
});

test('a failure says why', async () => {
  const github = new FakeGitHub().on(`GET ${FOLDER}`, { status: 500, body: {} });
  await assert.rejects(new IssueTemplates(github.ports()).read('acme/app', abort), { name: 'ServiceError' });
  await assert.rejects(new IssueTemplates(github.ports()).read('../..', abort), { reason: 'refused' });
});
