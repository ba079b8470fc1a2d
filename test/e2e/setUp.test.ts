import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { bySource } from './conversion.ts';

async function emptyFolder(test: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'responder-empty-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits for the question, so that the answer is not typed into the one before. */
async function answer(window: Workbench, number: number, text: string): Promise<void> {
  const input = window.quickInput();
  await input.title.filter({ hasText: `Set Up Your Team (${number}/5)` }).waitFor();
  await input.type(text);
}

async function startSetUp(window: Workbench): Promise<void> {
  await window.openContainer('Responder');
  await window.view('Queue').welcomeButton('Set Up Your Team');
}

test('a team without a file sets itself up with five answers', async (t) => {
  const folder = await emptyFolder(t);
  const { vscode } = await openSampleTeamFor(t, { folder, settings: bySource });
  const { window } = vscode;
  const file = path.join(folder, 'responder.yml');
  const queue = window.view('Queue');
  const duty = window.statusBar('responder.duty');

  await t.test('the Queue says what is missing', async () => {
    await window.openContainer('Responder');
    await queue.welcome().getByText('Responder Duty reads one file').waitFor();
    assert.equal(await duty.count(), 0, 'nobody is known to be on duty');
  });

  await t.test('Escape gives up and writes nothing', async () => {
    await startSetUp(window);
    await answer(window, 1, 'Integrations, Europe/Berlin');
    await answer(window, 2, 'Noor');
    await window.quickInput().title.filter({ hasText: '(3/5)' }).waitFor();
    await window.quickInput().cancel();
    await window.quickInput().box.waitFor({ state: 'hidden' });
    assert.equal(existsSync(file), false);
  });

  await t.test('a zone that does not exist is refused with the reason', async () => {
    await startSetUp(window);
    await answer(window, 1, 'Integrations, Europe/Berlim');
    await window.quickInput().message.getByText('Europe/Berlim is not a time zone such as Europe/Berlin').waitFor();
  });

  await t.test('five answers make a team file, and the tree starts to work', async () => {
    await answer(window, 1, 'Integrations, Europe/Berlin');
    await answer(window, 2, 'Noor (noor-sample, U02NOO), Kai (kai-sample)');
    await answer(window, 3, 'team/integrations in acme/app');
    await answer(window, 4, '');
    await answer(window, 5, 'acme/app, #integrations-internal');
    await window.tab('responder.yml').waitFor();
    await queue.treeItem(/^GitHub, \d+ items$/).waitFor();
    await queue.treeItem(/^Issue, Expired refresh token .*, acme\/app,/).waitFor();
    await duty.getByText('Noor (you)').waitFor();
    await window.statusBar('status.problems').getByLabel('No Problems').waitFor();
  });

  await t.test('a mistake is marked on its line, and the last good team stays in force', async () => {
    await window.editor().click();
    await window.keys('Control+Home', 'ArrowDown', 'ArrowDown', 'End');
    await window.page.keyboard.type('X');
    await window.keys('Control+S');
    await window.command('Problems: Focus on Problems View');
    const problem = window.page.getByRole('treeitem', { name: /^Error: `timezone` must be a time zone .* at line 3/ });
    await problem.waitFor();
    await duty.getByText('Noor (you)').waitFor();
    await window.isStored('responder.lastGoodTeam');
    await window.reload();
    await duty.getByText('Noor (you)').waitFor();
    await queue.treeItem(/^Issue, Expired refresh token/).waitFor();
  });
});
