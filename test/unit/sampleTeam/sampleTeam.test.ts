import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { Octokit } from '@octokit/rest';
import { WebClient } from '@slack/web-api';
import { FAULT } from '../../team/proxy/faults.ts';
import { type SampleTeam, startSampleTeam } from '../../team/sampleTeam.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

describe('the sample team', () => {
  let team: SampleTeam;
  let github: Octokit;
  let slack: WebClient;

  before(async () => {
    team = await startSampleTeam();
    github = new Octokit({ auth: team.githubToken, baseUrl: team.githubUrl, log: silent });
    slack = new WebClient(team.slackToken, { slackApiUrl: team.slackUrl, retryConfig: { retries: 0 } });
  });
  after(() => team.stop());
  beforeEach(() => {
    team.proxy.heal();
    team.proxy.clear();
  });

  const titles = async (q: string): Promise<readonly string[]> => {
    const { data } = await github.rest.search.issuesAndPullRequests({ q });
    return data.items.map((item) => item.title);
  };

  test('Noor is signed in to both services', async () => {
    assert.equal((await github.rest.users.getAuthenticated()).data.login, 'noor-sample');
    const me = await slack.auth.test();
    assert.deepEqual([me.user_id, me.url], ['U02NOO', 'https://integrations-sample.slack.example/']);
  });

  test('a known ETag is answered 304, and a changed list is not', async () => {
    const list = { owner: 'acme', repo: 'app', labels: 'team/integrations' };
    const first = await github.rest.issues.listForRepo(list);
    const headers = { 'if-none-match': first.headers.etag };
    await assert.rejects(github.rest.issues.listForRepo({ ...list, headers }), { status: 304 });
    const [seen] = team.proxy.requests({ service: 'github' }).slice(-1);
    assert.equal(seen?.headers['if-none-match'], first.headers.etag);
    assert.equal(seen?.status, 304);
    const issue = await team.github.openIssue('acme/app', { title: 'One more', labels: ['team/integrations'] });
    assert.equal((await github.rest.issues.listForRepo({ ...list, headers })).data[0]?.number, issue.number);
    await team.github.closeIssue('acme/app', issue.number);
  });

  test('issue lists hold pull requests, pages, and what changed since', async () => {
    const all = await github.paginate(github.rest.issues.listForRepo, {
      owner: 'acme',
      repo: 'app',
      state: 'all',
      per_page: 5,
    });
    assert.equal(all.length, (await team.github.issues('acme/app')).length);
    assert.ok(all.some((issue) => issue.pull_request !== undefined));
    const since = new Date(team.now() - 4 * 3_600_000).toISOString();
    const recent = await github.rest.issues.listForRepo({ owner: 'acme', repo: 'app', since });
    assert.ok(recent.data.length > 0 && recent.data.length < all.length);
    assert.ok(recent.data.every((issue) => issue.updated_at >= since.slice(0, 19)));
  });

  test('an unknown token is refused as each service refuses', async () => {
    const stranger = new Octokit({ auth: 'ghp_stranger', baseUrl: team.githubUrl, log: silent });
    await assert.rejects(stranger.rest.users.getAuthenticated(), { status: 401 });
    const strangerInSlack = new WebClient('xoxp-stranger', { slackApiUrl: team.slackUrl });
    await assert.rejects(strangerInSlack.auth.test(), /invalid_auth/u);
  });

  test('search honours the qualifiers that the emulator ignores', async () => {
    assert.deepEqual(await titles('is:open is:issue team:acme/integrations'), [
      'Glossary: connection, installation, integration',
      'Nightly export takes four hours',
    ]);
    assert.deepEqual(await titles('is:open is:pr team-review-requested:acme/integrations'), [
      'Document the scopes of the Slack app',
      'Honour retry-after in the importer',
    ]);
    assert.deepEqual(await titles('is:open is:pr review-requested:@me'), [
      'Keep the method when a redirect is followed',
    ]);
    assert.deepEqual(await titles('is:open team:acme/integrations updated:>2099-01-01'), []);
    assert.deepEqual(await titles('is:pr team-review-requested:acme/integrations -author:bo-sample is:open'), [
      'Document the scopes of the Slack app',
    ]);
    assert.ok((await titles('repo:acme/app label:"rate limits" is:issue')).length === 1);
    await assert.rejects(titles('repo:acme/nowhere is:issue'), { status: 422 });
    await assert.rejects(titles('wether:sunny'), { status: 422 });
  });

  test('notifications tell when nothing is new and how often to ask', async () => {
    const first = await github.rest.activity.listNotificationsForAuthenticatedUser();
    assert.equal(first.headers['x-poll-interval'], '60');
    assert.deepEqual(
      new Set(first.data.map((each) => each.reason)),
      new Set(['team_mention', 'review_requested', 'mention', 'assign', 'subscribed']),
    );
    const headers = { 'if-modified-since': first.headers['last-modified'] };
    await assert.rejects(github.rest.activity.listNotificationsForAuthenticatedUser({ headers }), { status: 304 });
  });

  test('what GitHub refuses is refused', async () => {
    const at = { owner: 'acme', repo: 'app' };
    const body = 'x'.repeat(65_537);
    await assert.rejects(github.rest.issues.create({ ...at, title: 'long', body }), /body is too long/u);
    await assert.rejects(github.rest.issues.createComment({ ...at, issue_number: 1, body }), { status: 422 });
    await assert.rejects(github.request('POST /repos/{owner}/{repo}/issues', { ...at, body: 'no title' } as never), {
      status: 422,
    });
  });

  test('a pull request is an issue too', async () => {
    const pull = (await team.github.issues('acme/app')).find((issue) => issue.pull_request !== undefined);
    const { data } = await github.rest.issues.get({ owner: 'acme', repo: 'app', issue_number: pull?.number ?? 0 });
    assert.equal(data.title, pull?.title);
    assert.match(data.html_url, /^https:\/\/github\.example\/acme\/app\/pull\/\d+$/u);
  });

  test('the board takes an issue and its priority, checked against the real schema', async () => {
    const { data: issue } = await github.rest.issues.create({ owner: 'acme', repo: 'app', title: 'For the board' });
    const found = await github.graphql<{ organization: { projectV2: { id: string; fields: { nodes: Field[] } } } }>(
      `query($login: String!, $number: Int!) { organization(login: $login) { projectV2(number: $number) { id title fields(first: 50) {
        nodes { __typename ... on ProjectV2SingleSelectField { id name options { id name } } ... on ProjectV2Field { id name dataType } } } } } }`,
      { login: 'acme', number: 213 },
    );
    const { id: projectId, fields } = found.organization.projectV2;
    const priority = fields.nodes.find((field) => field.name === 'Priority');
    const timebox = fields.nodes.find((field) => field.name === 'Timebox (hours)');
    const option = priority?.options?.find((each) => each.name === '🟡 Medium');
    const add = `mutation($projectId: ID!, $contentId: ID!) { addProjectV2ItemById(input: { projectId: $projectId, contentId: $contentId }) { item { id } } }`;
    const added = await github.graphql<Added>(add, { projectId, contentId: issue.node_id });
    const again = await github.graphql<Added>(add, { projectId, contentId: issue.node_id });
    const itemId = added.addProjectV2ItemById.item.id;
    assert.equal(again.addProjectV2ItemById.item.id, itemId);
    const set = `mutation($input: UpdateProjectV2ItemFieldValueInput!) { updateProjectV2ItemFieldValue(input: $input) { projectV2Item { id } } }`;
    await github.graphql(set, {
      input: { projectId, itemId, fieldId: priority?.id, value: { singleSelectOptionId: option?.id } },
    });
    await github.graphql(set, { input: { projectId, itemId, fieldId: timebox?.id, value: { number: 4 } } });
    const shown = (await team.board.items()).find((item) => item.number === issue.number);
    assert.deepEqual(shown?.fields, { Priority: '🟡 Medium', 'Timebox (hours)': 4 });
    const wrong = { input: { projectId, itemId, fieldId: priority?.id, value: { singleSelectOptionId: 'nope' } } };
    await assert.rejects(github.graphql(set, wrong), /does not belong to the field/u);
    const unknown = github.graphql(add, { projectId, contentId: 'I_unknown' });
    await assert.rejects(unknown, (error: { errors?: { type?: string }[] }) => error.errors?.[0]?.type === 'NOT_FOUND');
    await assert.rejects(github.graphql('{ organization(login: "acme") { nonsense } }'), /Cannot query field/u);
    const back = await github.graphql<{
      node: { projectItems: { nodes: { id: string; fieldValueByName: { name: string } }[] } };
    }>(
      `query($id: ID!) { node(id: $id) { ... on Issue { projectItems(first: 5) { nodes { id fieldValueByName(name: "Priority") {
        ... on ProjectV2ItemFieldSingleSelectValue { name } } } } } } }`,
      { id: issue.node_id },
    );
    assert.deepEqual(back.node.projectItems.nodes, [{ id: itemId, fieldValueByName: { name: '🟡 Medium' } }]);
  });

  test('Slack history honours oldest, limit and cursor', async () => {
    const channel = 'C01INTEG';
    const all = (await slack.conversations.history({ channel })).messages ?? [];
    const oldest = all[2]?.ts ?? '';
    const recent = await slack.conversations.history({ channel, oldest });
    assert.deepEqual(
      recent.messages?.map((each) => each.ts),
      all.slice(0, 2).map((each) => each.ts),
    );
    const inclusive = await slack.conversations.history({ channel, oldest, inclusive: true });
    assert.equal(inclusive.messages?.length, 3);
    const pages: string[] = [];
    for await (const page of slack.paginate('conversations.history', { channel, limit: 2 })) {
      const { messages } = page as unknown as { messages: { ts: string }[] };
      pages.push(...messages.map((each) => each.ts));
    }
    assert.deepEqual(
      pages,
      all.map((each) => each.ts),
    );
  });

  test('the parent of a thread says so, in history and in the thread', async () => {
    const replay = team.messages.get('replay');
    const at = { channel: replay?.channel ?? '', ts: replay?.ts ?? '' };
    const history = await slack.conversations.history({
      channel: at.channel,
      latest: at.ts,
      inclusive: true,
      limit: 1,
    });
    const replies = await slack.conversations.replies(at);
    const [parent] = history.messages ?? [];
    assert.equal(parent?.thread_ts, at.ts);
    assert.equal(parent?.reply_count, 3);
    assert.equal(parent?.latest_reply, replies.messages?.at(-1)?.ts);
    assert.equal(replies.messages?.length, 4);
    await assert.rejects(slack.conversations.replies({ ...at, ts: '1.000001' }), /thread_not_found/u);
    const link = await slack.chat.getPermalink({ channel: at.channel, message_ts: at.ts });
    assert.equal(link.permalink, replay?.permalink);
    assert.match(link.permalink ?? '', /^https:\/\/integrations-sample\.slack\.example\/archives\/C01INTEG\/p\d+$/u);
  });

  test('mentions are in text and in blocks, and the user groups are known', async () => {
    const groups = await slack.usergroups.list({ include_users: true });
    assert.deepEqual(
      groups.usergroups?.map((group) => group.handle),
      ['integrations-team', 'integrations-eng'],
    );
    const [inText] = await team.slack.messages('dev-infra');
    assert.match(inText?.text ?? '', /<!subteam\^S0ENG>/u);
    assert.match(JSON.stringify(inText?.blocks), /"usergroup_id":"S0ENG"/u);
    const onlyBlocks = team.messages.get('mentionBlocks');
    const [form] = await team.slack.messages('feedback-dogfood');
    assert.equal(form?.ts, onlyBlocks?.ts);
    assert.doesNotMatch(form?.text ?? '', /S0TEAM/u);
    const found = await slack.search.messages({ query: '@integrations-team', sort: 'timestamp' });
    assert.deepEqual(
      found.messages?.matches?.map((each) => each.ts),
      [form?.ts, team.messages.get('mentionTeam')?.ts],
    );
  });

  test('an app of the team is refused where it was not invited', async () => {
    const bot = new WebClient(team.slackBotToken, { slackApiUrl: team.slackUrl });
    assert.equal((await bot.conversations.history({ channel: 'C01INTEG', limit: 1 })).ok, true);
    await assert.rejects(bot.conversations.history({ channel: 'C01INFRA' }), /not_in_channel/u);
    await assert.rejects(bot.search.messages({ query: 'x' }), /not_allowed_token_type/u);
    const mine = (await bot.users.conversations({ types: 'public_channel,private_channel' })).channels ?? [];
    assert.ok(!mine.some((channel) => channel.name === 'dev-infra'));
  });

  test('a post keeps its metadata and blocks; refused blocks leave nothing', async () => {
    const metadata = { event_type: 'responder_duty', event_payload: { marker: 'reply:1' } };
    const blocks = [{ type: 'markdown', text: '**Handoff**' }] as never;
    const posted = await slack.chat.postMessage({
      channel: 'integrations-internal',
      text: 'Handoff',
      blocks,
      metadata,
    } as never);
    assert.equal(posted.channel, 'C01INTER');
    const channel = 'C01INTER';
    const plain = await slack.conversations.history({ channel, limit: 1 });
    const whole = await slack.conversations.history({ channel, limit: 1, include_all_metadata: true });
    assert.equal(plain.messages?.[0]?.metadata, undefined);
    assert.deepEqual(whole.messages?.[0]?.metadata, metadata);
    assert.equal(whole.messages?.[0]?.blocks?.[0]?.type, 'markdown');
    const long = [{ type: 'markdown', text: 'x'.repeat(12_001) }] as never;
    await assert.rejects(slack.chat.postMessage({ channel, text: 'x', blocks: long }), /invalid_blocks/u);
    assert.equal((await team.slack.messages('integrations-internal'))[0]?.ts, posted.ts);
    await assert.rejects(slack.apiCall('no.suchMethod'), /unknown_method/u);
  });

  test('Alertmanager shows what fires and what is silenced', async () => {
    const query = new URLSearchParams({ filter: 'team="integrations"' });
    const response = await fetch(`${team.alertmanagerUrl}/api/v2/alerts?${query.toString()}`);
    const alerts = (await response.json()) as {
      labels: { alertname: string };
      status: { state: string };
      annotations: Record<string, string>;
    }[];
    const states = Object.fromEntries(alerts.map((each) => [each.labels.alertname, each.status.state]));
    assert.deepEqual(states, {
      WebhookQueueLag: 'active',
      TokenRefreshFailures: 'active',
      SlackRateLimited: 'active',
      ImportStalled: 'suppressed',
    });
    assert.ok(alerts.some((each) => each.annotations['runbook_url']?.startsWith('https://')));
    assert.equal(team.proxy.requests({ service: 'alertmanager', path: '/api/v2/alerts' }).length, 1);
  });

  test('faults: an answer, a lost reply, a cut socket, and healing', async () => {
    const create = { owner: 'acme', repo: 'app', title: 'Only once' };
    const creations = { service: 'github', method: 'POST', path: '/repos/acme/app/issues' } as const;
    const count = async (): Promise<number> => (await team.github.issues('acme/app')).length;
    const before = await count();
    team.proxy.fail(creations, FAULT.secondaryLimit(60), 1);
    await assert.rejects(github.rest.issues.create(create), { status: 403 });
    team.proxy.fail(creations, FAULT.dropBefore, 1);
    await assert.rejects(github.rest.issues.create(create));
    assert.equal(await count(), before);
    team.proxy.fail(creations, FAULT.dropAfter, 1);
    await assert.rejects(github.rest.issues.create(create));
    assert.equal(await count(), before + 1);
    const end = team.proxy.fail({ service: 'slack' }, FAULT.tooManyRequests(7));
    const impatient = new WebClient(team.slackToken, { slackApiUrl: team.slackUrl, rejectRateLimitedCalls: true });
    await assert.rejects(impatient.auth.test(), { code: 'slack_webapi_rate_limited_error', retryAfter: 7 });
    end();
    assert.equal((await impatient.auth.test()).ok, true);
    team.proxy.fail({ path: '/user' }, FAULT.hang);
    const hanging = fetch(`${team.githubUrl}/user`, { signal: AbortSignal.timeout(100) });
    await assert.rejects(hanging, { name: 'TimeoutError' });
    assert.equal(team.proxy.requests(creations).length, 3);
    assert.deepEqual(team.proxy.requests(creations)[0]?.body, { title: 'Only once' });
  });

  test('a test can wait for a request, and is told when it does not come', async () => {
    const waiting = team.proxy.waitFor({ service: 'github', path: '/user' });
    const { data } = await github.rest.users.getAuthenticated();
    assert.equal((await waiting)[0]?.status, 200);
    assert.equal(data.login, 'noor-sample');
    await assert.rejects(team.proxy.waitFor({ path: '/never' }, { timeout: 20 }), { name: 'AbortError' });
  });

  test('the team file is on GitHub too', async () => {
    const at = { owner: 'acme', repo: 'team-notes', path: 'responder.yml' };
    const { data } = await github.rest.repos.getContent(at);
    assert.ok('content' in data);
    const local = await readFile(join(team.folder, 'responder.yml'), 'utf8');
    assert.equal(Buffer.from(data.content, 'base64').toString('utf8'), local);
    const raw = await github.rest.repos.getContent({ ...at, path: 'docs/rotation.md', mediaType: { format: 'raw' } });
    assert.match(raw.data as unknown as string, /^# Who is on duty/u);
  });

  test('no token is ever recorded', async () => {
    await slack.auth.test();
    await github.rest.users.getAuthenticated();
    assert.doesNotMatch(JSON.stringify(team.proxy.requests()), /ghp_|xox[pb]-/u);
  });

  test('the folder holds the team file and a rotation in which Noor is on duty', async () => {
    const file = await readFile(join(team.folder, 'responder.yml'), 'utf8');
    assert.ok(file.includes(team.alertmanagerUrl));
    const page = await readFile(join(team.folder, 'docs', 'rotation.md'), 'utf8');
    assert.equal(page.match(/^\| \w+ \d+–\w+ \d+ \| \w+ \|$/gmu)?.length, 13);
  });
});

interface Field {
  readonly id: string;
  readonly name: string;
  readonly options?: readonly { readonly id: string; readonly name: string }[];
}

interface Added {
  readonly addProjectV2ItemById: { readonly item: { readonly id: string } };
}
