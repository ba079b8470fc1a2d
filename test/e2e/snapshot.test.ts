import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';
import type { VSCode } from '../support/vscode/openVsCode.ts';
import type { ViewPane } from '../support/vscode/workbench.ts';
import { FAULT } from '../team/proxy/faults.ts';
import { bySource } from './conversion.ts';

const groups = [/^GitHub, \d+ items$/, /^Slack, \d+ items$/, /^Alerts, \d+ items$/];

/** Where this machine keeps what it knows of the one team that was watched. */
async function teamFolder({ server }: VSCode): Promise<string> {
  const storage = path.join(server.dataFolder, 'data/User/globalStorage/responder-duty.responder-duty');
  const [folder = ''] = await readdir(storage);
  return path.join(storage, folder);
}

async function shows(queue: ViewPane): Promise<void> {
  for (const group of groups) await queue.treeItem(group).waitFor();
  await queue.treeItem(/^Thread, Customer behind a proxy/).waitFor();
}

test('the next start shows at once what was known, also when a file was damaged', async (t) => {
  const { team, vscode } = await openSampleTeamFor(t, { viewport: { width: 1280, height: 1500 }, settings: bySource });
  const { window } = vscode;
  const { proxy } = team;
  const queue = window.view('Queue');
  await window.openContainer('Responder');
  await shows(queue);

  await t.test('the tree and the status bar are there before any service has answered', async () => {
    proxy.fail({}, FAULT.hang);
    proxy.clear();
    await window.reload();
    await shows(queue);
    await window.statusBar('responder.duty').getByText('Noor').waitFor();
    assert.ok(Number(await window.badge('Responder').textContent()) > 0);
    assert.deepEqual(
      proxy.requests().filter(({ status }) => status !== 0),
      [],
    );
  });

  await t.test('whoever began without a network is known once a service answers', async () => {
    const duty = window.statusBar('responder.duty');
    await duty.getByText(/Noor ·/).waitFor();
    proxy.heal();
    await window.command('Responder: Refresh');
    await duty.getByText('Noor (you)').waitFor();
  });

  await t.test('a damaged store is set aside with a message, and the tree fills again', async () => {
    await vscode.server.stop();
    const folder = await teamFolder(vscode);
    for (const file of await readdir(folder))
      if (/^(?:responder\.db|snapshot)/u.test(file))
        await writeFile(path.join(folder, file), 'no database at all\n'.repeat(500));
    await vscode.restart();
    await window.toast('The local data was damaged, so it starts anew. The old data is kept as').waitFor();
    await window.openContainer('Responder');
    await shows(queue);
    const kept = (await readdir(folder)).filter((file) => /damaged/u.test(file));
    assert.ok(kept.length > 0);
  });
});
