import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mostSimilar } from '../../../../src/core/similar.ts';
import { findSimilarIssues } from '../../../../src/services/github/similarIssues.ts';
import { createGitHubSource } from '../../../../src/services/github/source.ts';
import { IssueTemplates } from '../../../../src/services/github/templates.ts';
import { createGitHubWriter } from '../../../../src/services/github/writes.ts';
import { signal } from '../../../support/build.ts';
import { type SampleTeam, startSampleTeam } from '../../../team/sampleTeam.ts';
import { FakeGitHub, Followed, LABEL_WATCH, NOTIFICATIONS_WATCH, TEAM_WATCH } from './fakeGitHub.ts';

const LABELS = { ...LABEL_WATCH, repositories: ['acme/app', 'acme/docs'] };
const WEEK_MS = 7 * 86_400_000;

let team: SampleTeam;
before(async () => {
  team = await startSampleTeam();
});
after(() => team.stop());

function ports() {
  const { log } = new FakeGitHub().ports();
  return { token: async () => team.githubToken, now: () => team.now(), apiUrl: team.githubUrl, log };
}

test('the sample team: a cold cycle reads each place once', async () => {
  const request = new Followed().request([LABELS, TEAM_WATCH, NOTIFICATIONS_WATCH], { since: team.now() - WEEK_MS });
  const { changed, skipped, failedPlaces } = await createGitHubSource(ports()).poll(request);
  assert.deepEqual([skipped, failedPlaces], [[], []]);
  const lists = team.proxy.requests({ service: 'github', path: /\/issues$/u });
  assert.deepEqual(
    lists.map(({ path }) => path),
    ['/repos/acme/app/issues', '/repos/acme/docs/issues', '/search/issues', '/search/issues', '/search/issues'],
  );
  assert.ok(changed.length > 10);
  const kinds = new Set(changed.map(({ kind }) => kind));
  for (const kind of ['issue', 'mention', 'reviewRequest'] as const) assert.ok(kinds.has(kind), kind);
});

test('the sample team: an unchanged cycle is answered with 304 only', async () => {
  const followed = new Followed();
  const since = team.now() - WEEK_MS;
  // A source of its own for each, so that the notifications do not wait for their interval.
  const poll = async () => {
    team.proxy.clear();
    const result = await createGitHubSource(ports()).poll(followed.request([LABELS, NOTIFICATIONS_WATCH], { since }));
    followed.apply(result);
    return result;
  };
  await poll();
  await poll();
  const { changed, gone } = await poll();
  assert.deepEqual([changed, gone], [[], []]);
  assert.deepEqual(
    team.proxy.requests({ service: 'github' }).map(({ path, status }) => [path, status]),
    [
      ['/repos/acme/app/issues', 304],
      ['/repos/acme/docs/issues', 304],
      ['/notifications', 304],
    ],
  );
});

test('the sample team: an issue whose answer was lost is found, and put on the board', async () => {
  const writer = createGitHubWriter(ports());
  const context = { issue: undefined, abort: new AbortController().signal };
  const marker = '<!-- responder-duty:item:slack%3AC01%3A1 -->';
  const write = {
    type: 'createIssue',
    repository: 'acme/app',
    title: 'Sync stops',
    body: `It stops.\n\n${marker}`,
    labels: ['reactive'],
    assignees: ['noor-sample'],
    marker,
    since: team.now(),
  } as const;
  assert.equal(await writer.find(write, context), undefined);
  const creation = { service: 'github', method: 'POST', path: '/repos/acme/app/issues' } as const;
  team.proxy.clear();
  team.proxy.fail(creation, { type: 'drop', when: 'after' }, 1);
  await assert.rejects(writer.apply(write, context), { reason: 'offline' });
  assert.equal(team.proxy.requests(creation).length, 1);
  const created = await writer.find(write, context);
  assert.deepEqual(created?.warnings, []);
  const labels = { ...LABELS, label: 'reactive' };
  const { changed } = await createGitHubSource(ports()).poll(new Followed().request([labels]));
  assert.deepEqual(changed.find(({ title }) => title === 'Sync stops')?.markers, ['slack:C01:1']);
  const board = {
    type: 'addToBoard',
    owner: 'acme',
    number: 213,
    priority: { field: 'priority', option: 'high' },
    timebox: undefined,
  } as const;
  assert.deepEqual((await writer.apply(board, { ...context, issue: created?.issue })).warnings, []);
  const items = await team.board.items();
  assert.deepEqual(items.find(({ number }) => number === created?.issue?.number)?.fields, { Priority: '🔴 High' });
});

test('the sample team: an issue about the same is found by two searches, closed or open', async () => {
  const abort = new AbortController().signal;
  const same = await team.github.openIssue('acme/app', {
    title: 'Receivers behind one address refuse deliveries',
    body: '```\n2026-10-02 08:00:00 Error: misdirected request for host 7\n```',
  });
  await team.github.closeIssue('acme/app', same.number);
  const matter = {
    title: 'Deliveries to one receiver fail with 421',
    text: '12:01:44 Error: misdirected request for host 31',
    names: [],
    mentions: [],
    alertNames: [],
    own: [],
  };
  team.proxy.clear();
  const { candidates, failure } = await findSimilarIssues('acme/app', matter, ports(), abort);
  assert.equal(failure, undefined);
  assert.equal(team.proxy.requests({ service: 'github' }).length, 2);
  const [first] = mostSimilar(matter, candidates);
  assert.deepEqual(first?.candidate.number, same.number);
  assert.deepEqual(first.candidate.state, 'closed');
  assert.deepEqual(
    first.reasons.map(({ type }) => type),
    ['errorLine'],
  );
});

test('the sample team: issue templates are read through the contents of the repository', async () => {
  const abort = new AbortController().signal;
  const templates = new IssueTemplates(ports());
  assert.deepEqual(await templates.read('acme/docs', abort), { templates: [], skipped: 0 });
  await team.github.putFile('acme/docs', '.github/ISSUE_TEMPLATE.md', 'What happened?\n');
  const single = await templates.read('acme/docs', abort);
  assert.deepEqual(
    single.templates.map(({ path }) => path),
    ['.github/ISSUE_TEMPLATE.md'],
  );
  await team.github.putFile('acme/docs', '.github/ISSUE_TEMPLATE/ask.md', '---\nname: Ask\n---\nWhat?\n');
  await team.github.putFile('acme/docs', '.github/ISSUE_TEMPLATE/config.yml', 'blank_issues_enabled: false\n');
  const { templates: found } = await templates.read('acme/docs', abort);
  assert.deepEqual(
    found.map(({ name }) => name),
    ['Ask'],
  );
  team.proxy.clear();
  await templates.read('acme/docs', abort);
  assert.deepEqual(
    team.proxy.requests({ service: 'github' }).map(({ status }) => status),
    [304],
  );
});

test('the sample team: what was done to an issue is read in order, with who did it', async () => {
  const { number, html_url: url } = await team.github.openIssue('acme/app', {
    title: 'Sync stops at noon',
    by: 'Ines',
  });
  await team.github.addLabel('acme/app', number, 'bug', { by: 'Kai' });
  await team.github.closeIssue('acme/app', number, { by: 'Kai' });
  await team.github.reopenIssue('acme/app', number, { by: 'Ines' });
  await team.github.closeIssue('acme/app', number, { by: 'Kai' });
  const issue = signal({ id: `github:acme/app#${number}`, url });
  const source = createGitHubSource(ports());
  const abort = new AbortController().signal;
  const { events = [], skipped } = (await source.readEvents?.(issue, abort)) ?? {};
  assert.equal(skipped, 0);
  assert.deepEqual(
    events.map(({ deed, who }) => [deed.type, who]),
    [
      ['labeled', 'kai-sample'],
      ['closed', 'kai-sample'],
      ['reopened', 'ines-sample'],
      ['closed', 'kai-sample'],
    ],
  );
  const { closedAt } = await source.readConversation(issue, abort);
  assert.equal(closedAt, events.at(-1)?.at);
});
