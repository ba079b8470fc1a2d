import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';
import type { ViewPane, Workbench } from '../support/vscode/workbench.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import { bySource } from './conversion.ts';

interface OpenQueue {
  readonly team: SampleTeam;
  readonly window: Workbench;
  readonly queue: ViewPane;
}

/** A window so high that every row is there, and the Queue in it, filled from each kind of source. */
async function openQueueFor(test: TestContext): Promise<OpenQueue> {
  const { team, vscode } = await openSampleTeamFor(test, {
    viewport: { width: 1280, height: 1500 },
    settings: bySource,
  });
  const { window } = vscode;
  await window.openContainer('Responder');
  const queue = window.view('Queue');
  for (const group of [
    /^GitHub, \d+ items?$/,
    /^Slack, \d+ items?$/,
    /^Alerts, \d+ items?$/,
    /^PagerDuty, \d+ items?$/,
    /^Checks, \d+ items?$/,
  ])
    await queue.treeItem(group).waitFor();
  return { team, window, queue };
}

/** What a screen reader says of the rows below a group, in order. */
async function saidBelow(queue: ViewPane, group: RegExp): Promise<readonly string[]> {
  const said = await queue
    .rows()
    .evaluateAll((rows) => rows.map((row) => [row.ariaLevel ?? '', row.ariaLabel ?? ''] as const));
  const start = said.findIndex(([, label]) => group.test(label)) + 1;
  const end = said.findIndex(([level], index) => index >= start && level === '1');
  return said.slice(start, end < 0 ? undefined : end).map(([, label]) => label);
}

test('the Queue holds what waits for the team, in words', async (t) => {
  const { queue } = await openQueueFor(t);

  await t.test('signals that link each other are one item', async () => {
    const twice = queue.treeItem(
      /^Issue, Webhook deliveries arrive twice .*, acme\/app, .* ago, nobody on the team has replied$/,
    );
    await queue.expand('Webhook deliveries arrive twice');
    const mention = queue.treeItem(/^Mention, Whom do I ask about .*, #dev-infra · .* ago$/);
    await mention.waitFor();
    assert.equal(await twice.first().getAttribute('aria-expanded'), 'true');
    await twice.first().locator('.monaco-tl-twistie').click();
    await mention.waitFor({ state: 'detached' });
  });

  await t.test('every row says kind, title, place, age, and whose turn it is and why', async () => {
    const said = (
      await Promise.all(
        [/^GitHub/, /^Slack/, /^Alerts/, /^PagerDuty/, /^Checks/].map((group) => saidBelow(queue, group)),
      )
    ).flat();
    const kinds = 'Issue|Pull request|Review request|Mention|Thread|Alert';
    const reasons = 'asked|wrote|came|answered|began to fire|Silenced until|asks the team|took it|is assigned to it';
    for (const label of said)
      assert.match(
        label,
        new RegExp(
          `^(?:${kinds}), .+, (?:acme/|#|Alertmanager|Integrations hub|Checks).*(?:ago|just now), .*(?:${reasons})`,
          'u',
        ),
      );
  });

  await t.test('what is silenced comes last and says so', async () => {
    const alerts = await saidBelow(queue, /^Alerts/);
    assert.match(alerts.at(-1) ?? '', /^Alert, Import w-20417 .*, silenced, Alertmanager,/);
    assert.equal(alerts.filter((label) => label.includes('silenced')).length, 1);
  });

  await t.test('resting on a row tells more', async () => {
    const hover = await queue.hover('Webhook deliveries arrive twice');
    const text = await hover.innerText();
    for (const part of [
      'Issue by bo-sample',
      'acme/app',
      'When a receiver needs more than 10 s',
      'nobody on the team has replied',
    ])
      assert.ok(text.includes(part), text);
  });
});

test('by turn: what waits on us is counted, what asks nothing is folded away', async (t) => {
  const { vscode } = await openSampleTeamFor(t, { viewport: { width: 1280, height: 1500 } });
  const { window } = vscode;
  await window.openContainer('Responder');
  const queue = window.view('Queue');
  const us = queue.treeItem(/^Waiting on us, \d+ items(?:, |$)/);
  const owned = queue.treeItem(/^Owned by others, \d+ items?$/);
  for (const group of [us, owned]) await group.waitFor();
  // A read source after another: the tree and the badge follow.
  await queue.treeItem(/^Alert, Webhook deliveries wait .*, The alert began to fire .* ago$/).waitFor();
  await queue
    .treeItem(/^Thread, Customer behind a proxy.*, Ines asked .* ago, nobody on the team has replied$/)
    .waitFor();
  await queue.treeItem(/^Review request, Document the scopes.*, ines-sample asks the team for a review$/).waitFor();

  await t.test('the badge counts what waits on us, and nothing that another has', async () => {
    const counted = await window.badge('Responder').textContent();
    // The badge changes at once, rows a moment later.
    await queue.treeItem(new RegExp(`^Waiting on us, ${counted} items(?:, |$)`, 'u')).waitFor();
  });

  await t.test('what others have is folded, and opens', async () => {
    assert.equal(await owned.getAttribute('aria-expanded'), 'false');
    const taken = queue.treeItem(
      /^Thread, Does the sync honour.*, Kai has it, .*, Kai took it with 👀 or acknowledged it$/,
    );
    assert.equal(await taken.count(), 0);
    await queue.expand(/^Owned by others/);
    await taken.waitFor();
  });
});

test('an item opens where it lives, by mouse and by keyboard', async (t) => {
  const { team, window, queue } = await openQueueFor(t);
  /** Which is the most urgent depends on the weekday. */
  const firstUrl = async (): Promise<string | undefined> => {
    const [first = ''] = await saidBelow(queue, /^GitHub/);
    const issues = [...(await team.github.issues('acme/app')), ...(await team.github.issues('acme/docs'))];
    return issues.find(({ title }) => first.startsWith(`Issue, ${title}, `))?.html_url;
  };

  await t.test('a click', async () => {
    await queue.click('Expired refresh token');
    assert.equal(await window.openWebsite(), team.issues.get('token')?.url);
  });

  await t.test('Copy Link in the menu', async () => {
    const copied = await window.copiedBy(() => queue.menu('Customer behind a proxy', 'Copy Link'));
    assert.equal(copied, team.messages.get('proxy')?.permalink);
  });

  await t.test('arrow keys and Enter', async () => {
    await window.command('Responder: Focus on Queue View');
    await queue.pane().getByRole('tree', { name: 'Queue' }).press('Home');
    await window.keys('ArrowDown', 'Enter');
    assert.equal(await window.openWebsite(), await firstUrl());
  });

  await t.test('commands of the palette are about the selected row', async () => {
    const copied = await window.copiedBy(() => window.command('Responder: Copy Link'));
    assert.equal(copied, await firstUrl());
    await window.command('Responder: Open in Browser');
    assert.equal(await window.openWebsite(), await firstUrl());
  });
});

test('a refresh asks only for what changed, and the tree keeps its place', async (t) => {
  const { team, window, queue } = await openQueueFor(t);
  const { proxy } = team;
  const refresh = async (): Promise<void> => {
    proxy.clear();
    await window.command('Responder: Refresh');
    // The last list of a cycle; GitHub's searches keep a distance.
    await proxy.waitFor(
      { service: 'github', path: '/search/issues', where: ({ search }) => search.includes('team-review-requested') },
      { timeout: 20_000 },
    );
  };
  await queue.expand('Sync stops after a repository is renamed');
  await queue.treeItem(/^Review request, Keep the method/).waitFor();
  await queue.click('Webhook deliveries arrive twice');
  await window.answerDialog('Cancel');
  const keepsItsPlace = async (): Promise<void> => {
    await queue.treeItem(/^Review request, Keep the method/).waitFor();
    assert.equal(await queue.treeItem(/^Issue, Webhook deliveries/).getAttribute('aria-selected'), 'true');
  };
  await keepsItsPlace();

  await refresh();
  await refresh();
  const requests = proxy.requests({ service: 'github' });
  assert.deepEqual(
    requests.filter(({ status }) => status !== 304).map(({ path, search }) => `${path}?${search}`),
    [],
  );
  assert.ok(requests.length >= 5, 'all lists were asked');
  await keepsItsPlace();

  await team.github.openIssue('acme/app', {
    title: 'Uploads of 0 bytes never end',
    body: 'Since today.',
    by: 'Ines',
    labels: ['team/integrations'],
  });
  await refresh();
  await queue
    .treeItem(/^Issue, Uploads of 0 bytes never end, .*acme\/app, just now, .+ asked just now, nobody/)
    .waitFor();
  await keepsItsPlace();
});
