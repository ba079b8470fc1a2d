import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import type { SeenRequest } from '../team/proxy/record.ts';
import { bySource } from './conversion.ts';

/** Of a dead window the other learns by its lease. */
const TAKE_OVER_MS = 15_000;

async function showsQueue(window: Workbench): Promise<void> {
  await window.openContainer('Responder');
  for (const group of [/^GitHub, \d+ items$/, /^Slack, \d+ items$/, /^Alerts, \d+ items$/])
    await window.view('Queue').treeItem(group).waitFor();
}

/** How often each list was asked for. */
function askedTimes(requests: readonly SeenRequest[]): ReadonlyMap<string, number> {
  const asked = requests.filter(({ path }) => !/^\/user$|auth\.test$/u.test(path)); // each window learns who it is
  const of = ({ path, search, body }: SeenRequest): string => `${path}?${search} ${JSON.stringify(body)}`;
  return new Map([...Map.groupBy(asked, of)].map(([list, times]) => [list, times.length]));
}

test('two windows of a person ask as one, and the other takes over when one is gone', async (t) => {
  const { team, vscode } = await openSampleTeamFor(t, { viewport: { width: 1280, height: 1500 }, settings: bySource });
  const { proxy } = team;
  const first = vscode.window;
  await showsQueue(first);

  const second = await vscode.openWindow();
  await showsQueue(second);
  await second.statusBar('responder.duty').getByText('Noor (you)').waitFor();
  const twice = [...askedTimes(proxy.requests({ service: 'github' }))].filter(([, times]) => times > 1);
  assert.deepEqual(twice, [], 'the second window asked for nothing that the first had');

  await t.test('a wish in the window that follows is answered by the one that asks, once', async () => {
    proxy.clear();
    await team.github.openIssue('acme/app', {
      title: 'Uploads of 0 bytes never end',
      body: 'Since today.',
      by: 'Ines',
      labels: ['team/integrations'],
    });
    await second.command('Responder: Refresh');
    for (const window of [first, second])
      await window
        .view('Queue')
        .treeItem(/^Issue, Uploads of 0 bytes/)
        .waitFor();
    const lists = askedTimes(proxy.requests({ service: 'github', path: /^\/repos\/acme\/\w+\/issues$/ }));
    assert.deepEqual([...lists.values()], [1, 1], [...lists.keys()].join('\n'));
  });

  await t.test('the asking window is closed: the other asks within 15 s', async () => {
    await vscode.closeWindow(first);
    proxy.clear();
    // The first window has just polled: its own next poll would come much later.
    await proxy.waitFor({ service: 'slack', path: '/api/conversations.history' }, { timeout: TAKE_OVER_MS });
    await second
      .view('Queue')
      .treeItem(/^Issue, Uploads of 0 bytes/)
      .waitFor();
  });
});
