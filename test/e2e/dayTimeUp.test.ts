import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { moveClockFor } from '../support/movedClock.ts';
import { repository } from '../support/paths.ts';
import { writeExtension } from '../support/vscode/writeExtension.ts';
import { answerQuestions, isAsked, issueTitled, isTold, shownText } from './conversion.ts';
import { isSaid, openDayFor, refresh, standsIn } from './day.ts';

const THREAD = 'Customer behind a proxy';
const TITLE = 'The allow list has to know the new range';

test('a timebox comes to its end, is extended, and what outgrows the limit is planned with all that was tried', async (t) => {
  const clock = await moveClockFor(t);
  const day = await openDayFor(t, {
    clock,
    settings: { 'responder.notifications': 'important' },
    extensions: [repository, await standInForGit(t)],
  });
  const { team, window, queue } = day;
  const input = window.quickInput();
  const bar = window.statusBar('responder.timebox');
  const stands = (text: string | RegExp): Promise<void> => bar.filter({ hasText: text }).waitFor();
  const quiet = (): Promise<void> => window.command('Notifications: Clear All Notifications');
  /** The machine slept, and the time counts. Before it time was written down up to half a minute ago, or more on a slow machine. */
  const sleep = async (minutes: number, length: RegExp): Promise<void> => {
    await clock.sleep(minutes);
    await refresh(day);
    await isTold(window, new RegExp(`this machine slept or VS Code was closed for ${length.source}`, 'u'));
    await window.answerToast('this machine slept', 'Count Time');
  };

  await t.test('on duty and in working hours what calls is one message', async () => {
    const toast = await isTold(window, /(is critical|are late|Late:|about to run out|left to respond|critical items)/u);
    assert.equal(await window.page.locator('.notification-toast').count(), 1);
    await toast.getByText('Show').first().waitFor();
    await window.screenshot('day-notice');
    await quiet();
    await refresh(day);
    assert.equal(await window.page.locator('.notification-toast').count(), 0);
  });

  await t.test('at 80 % it asks once; without an answer the timebox goes on', async () => {
    await queue.menu(THREAD, 'Do It Now…');
    await input.pick('15 min');
    await standsIn(day, 'In progress', THREAD);
    await stands(`15 min left · ${THREAD}`);
    await sleep(12, /1[23] min/u);
    await isTold(window, '3 min of 15 min left');
    await stands('3 min left');
    await window.screenshot('day-time-eighty');
    await quiet();
  });

  await t.test('minutes that pass awake are no sleep; at the end it is extended, with a reason', async () => {
    // The machine's own time counts as well.
    for (const [minutes, left] of [
      [1.5, /[12] min left/u],
      [1.6, /[01] min over/u],
    ] as const) {
      await clock.sleep(minutes);
      await refresh(day);
      await stands(left);
    }
    await isTold(window, 'the 15 min are over');
    assert.equal(await window.toast('this machine slept').count(), 0);
    await window.answerToast('the 15 min are over', 'Extend…');
    await input.pick('+ 30 min');
    await isAsked(window, 'Why does it take longer?');
    await input.type('The allow list is in another repository');
    await stands(/(?:29|30) min left/u);
  });

  await t.test('at the limit it is to be planned', async () => {
    await bar.locator('a').first().click();
    await input.pick('Add Note…');
    await isAsked(window, 'Kept on this machine');
    await input.type('The range grew to /28');
    await isSaid(window, 'Note added');
    await sleep(105, /1 h 4[56] min/u);
    await isTold(window, 'reaches the limit of 2 h');
    await window.screenshot('day-time-limit');
    assert.equal(await window.toast('reaches the limit').getByText('Extend…').count(), 0);
    await window
      .view('Rotation')
      .treeItem(/^Budget: 2 h (?:1 min )?of 4 h/u)
      .waitFor();
  });

  await t.test('and is, with time, note, branch and open file filled in', async () => {
    await window.command('Responder: Open Team File');
    await window.tab('responder.yml').waitFor();
    await window.answerToast('reaches the limit', 'Convert…');
    await answerQuestions(window, { title: TITLE });
    const preview = await shownText(window);
    for (const line of [
      'Time spent: 2 h',
      'Note: The range grew to /28',
      'Branch: fix/allow-list',
      'Open files: ',
      'responder.yml',
    ])
      assert.ok(preview.includes(line), `${line} is missing in\n${preview}`);
    await input.pick('Create');
    await isTold(window, /acme\/app#\d+ is created\./u);
    const issue = await issueTitled(team, 'acme/app', TITLE);
    assert.ok(issue.body?.includes('Note: The range grew to /28'));
    await bar.waitFor({ state: 'hidden' });
  });
});

/**
 * Answers as VS Code's own Git extension does, whose modules are not installed with the server (it needs a compiler): the
 * folder is a repository, on a branch.
 */
async function standInForGit(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'responder-git-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const repositories = JSON.stringify([{ state: { HEAD: { name: 'fix/allow-list' } } }]);
  const api = `exports.activate = () => ({ getAPI: (version) => version === 1 && { repositories: ${repositories} } });`;
  await writeExtension(folder, { publisher: 'vscode', name: 'git', main: api });
  return folder;
}
