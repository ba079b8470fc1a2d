import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moveClockFor } from '../support/movedClock.ts';
import type { Posted } from '../team/slack/actions.ts';
import {
  answerQuestions,
  askAboutDeliveries,
  issueTitled,
  isTold,
  shownText,
  startConversion,
  THREAD,
  THREAD_TITLE,
} from './conversion.ts';
import { isSaid, openDayFor, refresh, select } from './day.ts';

const TITLE = 'Reuse of connections breaks one receiver';

test('the issue that a thread became is closed: who asked in the thread hears of it, once', async (t) => {
  const clock = await moveClockFor(t);
  let posted: readonly Posted[] = [];
  const day = await openDayFor(t, {
    clock,
    settings: { 'responder.notifications': 'important' },
    before: async (team) => {
      posted = await askAboutDeliveries(team);
    },
  });
  const { team, vscode, window } = day;
  const [question] = posted;
  assert.ok(question !== undefined);
  const thread = async (): Promise<readonly string[]> =>
    (await team.slack.thread(question.channel, question.ts))
      .slice(THREAD.length + 1)
      .map((message) => JSON.stringify(message));
  const proposals = window.view('Proposals');
  const row = proposals.treeItem(/Reuse of connections.*Reply to reporter.*#integrations.*waits for approval/u);

  await startConversion(window, THREAD_TITLE);
  await answerQuestions(window, { title: TITLE });
  await window.quickInput().pick('Create');
  await isTold(window, /acme\/app#\d+ is created\./u);
  const { number } = await issueTitled(team, 'acme/app', TITLE);
  assert.deepEqual(await thread(), []);

  await t.test('a pull request closes it: one message says that a reply is ready, and shows the draft', async () => {
    await window.command('Notifications: Clear All Notifications');
    const fix = await team.github.openPullRequest('acme/app', {
      title: 'One connection for each name',
      body: `Fixes #${String(number)}`,
      by: 'Kai',
    });
    await team.github.mergePullRequest('acme/app', fix.number, { by: 'Mika' });
    await refresh(day);
    await window.command('Responder: Focus on Proposals View');
    await row.waitFor({ timeout: 45_000 });
    // Clocks that ran out meanwhile were told of: this waits for the next message.
    await clock.sleep(6);
    await refresh(day);
    await isTold(window, '1 reply to a reporter is ready');
    // Its Show selects the clock that ran out meanwhile, of which the same message tells.
    await window.command('Notifications: Clear All Notifications');
    await proposals.click(TITLE);
    await window.tab(/Reply to reporter/u).waitFor();
    await window.screenshot('gate-loop');
    const text = await shownText(window);
    assert.match(text, new RegExp(`Fixed in \\[acme/app#${String(fix.number)}\\]`, 'u'));
    assert.match(text, new RegExp(`It was planned as \\[acme/app#${String(number)}\\]`, 'u'));
    assert.deepEqual(await thread(), [], 'nothing is said before somebody approves');
  });

  await t.test('read again, and in another window, it is drafted once', async () => {
    await refresh(day);
    const second = await vscode.openWindow();
    await second.openContainer('Responder');
    await second.view('Queue').rows().first().waitFor({ timeout: 45_000 });
    await second.command('Responder: Focus on Proposals View');
    await second.view('Proposals').row(TITLE).first().waitFor();
    await second.command('Responder: Refresh');
    await refresh(day);
    assert.equal(await second.view('Proposals').rows().count(), 1);
    assert.equal(await proposals.rows().count(), 1);
    await vscode.closeWindow(second);
  });

  await t.test('it is edited and approved, and stands in the thread once', async () => {
    await window.command('Responder: Focus on Proposals View');
    await select(proposals, TITLE);
    await window.keys('e');
    await isTold(window, 'Edit the text, then apply');
    await window.editor().click();
    await window.keys('Control+Home');
    await window.page.keyboard.insertText('Hi Ines, it works with the next sync. ');
    await window.keys('Control+Enter');
    // The edit is shown beside what it was, which takes the focus.
    await window.tab(/before ↔ now/u).waitFor();
    await row.waitFor();
    await window.command('Responder: Focus on Proposals View');
    await select(proposals, TITLE);
    team.proxy.clear();
    await window.keys('a');
    await team.proxy.waitFor({ service: 'slack', path: '/api/chat.postMessage' });
    await isSaid(window, `Undo: Reply to reporter · ${TITLE.slice(0, 20)}`);
    const [reply, ...others] = await thread();
    assert.match(reply ?? '', /Hi Ines, it works with the next sync\. Fixed in /u);
    assert.deepEqual(others, []);
  });

  await t.test('nothing is drafted anew', async () => {
    await refresh(day);
    await refresh(day);
    await proposals.welcome().getByText('Nothing waits to be sent.').waitFor();
    assert.equal((await thread()).length, 1);
    assert.deepEqual(vscode.browser.outside, []);
  });
});
