import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';

test('the queue fills from all three kinds of source, and nothing outside this machine is asked', async (t) => {
  const { vscode } = await openSampleTeamFor(t, { viewport: { width: 1280, height: 1400 } });

  await vscode.window.statusBar('responder.duty').waitFor();
  await vscode.window.openContainer('Responder');
  const queue = vscode.window.view('Queue');
  for (const source of [/^GitHub/, /^Slack/, /^Alerts/]) await queue.row(source).first().waitFor();

  assert.deepEqual(vscode.browser.outside, []);
});
