import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';
import { FAULT } from '../team/proxy/faults.ts';
import { bySource } from './conversion.ts';

const thread = /^Thread, Customer behind a proxy/;

test('a source that fails says so in one row, keeps what was known, and recovers', async (t) => {
  const { team, vscode } = await openSampleTeamFor(t, { viewport: { width: 1280, height: 1500 }, settings: bySource });
  const { window } = vscode;
  const { proxy } = team;
  const queue = window.view('Queue');
  await window.openContainer('Responder');
  for (const group of [/^GitHub, \d+ items$/, /^Slack, \d+ items$/, /^Alerts, \d+ items$/])
    await queue.treeItem(group).waitFor();
  const refresh = (): Promise<void> => queue.titleAction('Refresh');
  const isUntouched = async (): Promise<void> => {
    await queue.treeItem(thread).waitFor();
    const warnings = queue.rows().locator('.codicon-warning');
    assert.equal(await warnings.count(), 1, 'one row');
    await queue.treeItem(/^GitHub, \d+ items$/).waitFor();
    await queue.treeItem(/^Alert, Webhook deliveries wait/).waitFor();
  };

  await t.test('a token that is refused: sign in', async () => {
    proxy.fail({ service: 'slack' }, FAULT.slackError('invalid_auth'));
    await refresh();
    await queue.treeItem(/^Not signed in to Slack, click to sign in · last updated .*(?:ago|now)$/).waitFor();
    await isUntouched();
    await queue.inlineAction('Not signed in to Slack', 'Sign In…');
    await window.quickInput().title.getByText('Slack').waitFor();
    await window.quickInput().cancel();
  });

  await t.test('a rate limit: when it is tried again', async () => {
    proxy.heal();
    // Long enough that its row is there still when Refresh is pressed on it.
    proxy.fail({ service: 'slack' }, FAULT.tooManyRequests(8));
    await refresh();
    await queue.treeItem(/^Slack: rate limit reached, retrying at \d\d:\d\d · last updated/).waitFor();
    await isUntouched();
  });

  await t.test('no connection: Refresh tries again', async () => {
    proxy.heal();
    proxy.fail({ service: 'slack' }, FAULT.dropBefore);
    await queue.inlineAction('Slack: rate limit reached', 'Refresh');
    await queue.treeItem(/^Slack cannot be reached, retrying at \d\d:\d\d · last updated/).waitFor();
    await isUntouched();
  });

  await t.test('it answers again: the row is gone', async () => {
    proxy.heal();
    await queue.inlineAction('Slack cannot be reached', 'Refresh');
    await queue.treeItem(/^Slack cannot be reached/).waitFor({ state: 'detached' });
    await queue.treeItem(thread).waitFor();
    assert.equal(await queue.rows().locator('.codicon-warning').count(), 0);
  });

  await t.test('a record that cannot be read is skipped, counted, and in the log', async () => {
    const replace = (body: string): string => JSON.stringify([...(JSON.parse(body) as unknown[]), { labels: 7 }]);
    proxy.fail({ service: 'alertmanager' }, { type: 'replaceBody', replace });
    await refresh();
    await queue.treeItem(/^1 record skipped because/).waitFor();
    await queue.treeItem(/^Alert, Webhook deliveries wait/).waitFor();
    await queue.inlineAction('1 record skipped', 'Show Log');
    await window.page
      .locator('.panel .view-lines')
      .getByText(/a\susable\sfingerprint/)
      .waitFor();
  });
});
