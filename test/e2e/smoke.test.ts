import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';

test('the queue fills from all three kinds of source, by turn, and nothing outside this machine is asked', async (t) => {
  const { vscode } = await openSampleTeamFor(t, { viewport: { width: 1280, height: 1400 } });

  await vscode.window.statusBar('responder.duty').waitFor();
  await vscode.window.openContainer('Responder');
  const queue = vscode.window.view('Queue');
  for (const group of ['Waiting on us', 'In progress', 'Waiting on them', 'Snoozed', 'Owned by others'])
    await queue.treeItem(new RegExp(`^${group}, \\d+ items?\\b`, 'u')).waitFor();
  for (const row of [
    /^Issue, Expired refresh token .*, acme\/app, .* asked .* ago, nobody on the team has replied$/u,
    /^Thread, Customer behind a proxy.*, #integrations, .* asked .* ago, nobody on the team has replied$/u,
    /^Alert, Webhook deliveries wait .*, Alertmanager, .*, The alert began to fire .* ago$/u,
  ])
    await queue.treeItem(row).waitFor();

  assert.deepEqual(vscode.browser.outside, []);
});
