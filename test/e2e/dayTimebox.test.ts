import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moveClockFor } from '../support/movedClock.ts';
import { isAsked, isTold } from './conversion.ts';
import { isSaid, openDayFor, standsIn } from './day.ts';

const THREAD = 'Customer behind a proxy';

test('a thread is done in a timebox', async (t) => {
  const day = await openDayFor(t);
  const { team, vscode, window, queue } = day;
  const input = window.quickInput();
  const rotation = window.view('Rotation');
  const bar = window.statusBar('responder.timebox');
  const stands = (text: string | RegExp): Promise<void> => bar.filter({ hasText: text }).waitFor();
  const choose = async (what: string): Promise<void> => {
    await bar.locator('a').first().click();
    await input.pick(what);
  };

  await t.test('Do It Now claims it and starts what was chosen, never the limit', async () => {
    await queue.menu(THREAD, 'Do It Now…');
    await isAsked(window, 'How long may it take? From 2 h on, it is planned as an issue');
    await input.option('90 min').or(input.option('1 h 30 min')).waitFor();
    assert.equal(await input.options().count(), 4);
    await input.pick('15 min');
    await standsIn(day, 'In progress', THREAD);
    await team.proxy.waitFor({ service: 'slack', path: '/api/reactions.add' });
    await stands(`15 min left · ${THREAD}`);
    await window.screenshot('day-timebox-running');
  });

  await t.test('it pauses, and a reload keeps it so', async () => {
    await choose('Pause');
    await stands('paused, 15 min left');
    await window.reload();
    await stands('paused, 15 min left');
    await window.command('Responder: Resume Timebox');
    await bar.filter({ hasText: 'paused' }).waitFor({ state: 'detached' });
    await stands('15 min left');
  });

  await t.test('a crash does not stop it', async () => {
    await vscode.restart();
    await bar.waitFor();
    await bar.filter({ hasText: 'paused' }).waitFor({ state: 'detached' });
    // It went on meanwhile.
    await stands(/1[45] min left/u);
    await window.openContainer('Responder');
    await queue.row(THREAD).first().waitFor();
  });

  await t.test('more time needs a reason', async () => {
    await choose('Extend…');
    await input.pick('+ 15 min');
    await isAsked(window, 'Why does it take longer?');
    await input.confirm();
    await input.message.filter({ hasText: 'A few words are enough.' }).waitFor();
    await input.type('The allow list is in another repository');
    await stands(/(?:29|30) min left/u);
  });

  await t.test('time is logged by hand, and the Rotation view shows it', async () => {
    await queue.menu(THREAD, 'Log Time…');
    await isAsked(window, 'How long? 45m or 1h 30m');
    await input.input.fill('-10m');
    await input.message.filter({ hasText: '0 min were spent' }).waitFor();
    await input.type('20m');
    await isAsked(window, 'What was it spent on?');
    await input.type('Reading the change of the range');
    await rotation.treeItem(/^Budget: 20 min of 4 h · 8\s?%$/u).waitFor();
    await rotation.expand('Budget');
    await rotation.treeItem(/^Customer behind a proxy.*, 20 min$/u).waitFor();
  });

  await t.test('a note is taken from it; a conversion that is left keeps it running', async () => {
    await choose('Add Note…');
    await isAsked(window, 'Kept on this machine');
    await input.type('The range grew to /28');
    await isSaid(window, `Note added: “${THREAD}`);
    await choose('Convert to Issue…');
    await isAsked(window, 'How long may it take?');
    await input.cancel();
    await input.box.waitFor({ state: 'hidden' });
    await stands(/(?:29|30) min left/u);
  });

  await t.test('Done ends both', async () => {
    await choose('Done');
    await standsIn(day, 'Done today', THREAD);
    await bar.waitFor({ state: 'hidden' });
  });
});

test('the budget is told at 80 % and when it is used up, once each', async (t) => {
  const clock = await moveClockFor(t);
  const { window } = await openDayFor(t, {
    clock,
    settings: { 'responder.notifications': 'important' },
  });
  // What calls at the start of the day is not of the budget.
  await window.toast(/waits on us|late|run out|respond/u).waitFor();
  await window.command('Notifications: Clear All Notifications');
  const rotation = window.view('Rotation');
  // Folded away, so that all of the budget has room.
  await window.page.locator('.pane-header[aria-label^="Queue"]').click();
  const log = async (length: string): Promise<void> => {
    await rotation.inlineAction('Budget', 'Log Time…');
    await window.quickInput().type(length);
    await isAsked(window, 'What was it spent on?');
    await window.quickInput().type('Reading along');
  };
  await log('3h 20m');
  await isTold(window, 'Most of the duty budget of this shift is used: 3 h 20 min of 4 h.');
  await rotation.treeItem(/^Budget: 3 h 20 min of 4 h · 83\s?%, nearly used up$/u).waitFor();
  await window.answerToast('Most of the duty budget', 'Show Budget');
  await rotation.expand('Budget');
  await rotation.treeItem(/^The shift itself, 3 h 20 min$/u).waitFor();
  await log('10m');
  await rotation.treeItem(/^Budget: 3 h 30 min of 4 h/u).waitFor();
  assert.equal(await window.toast('Most of the duty budget').count(), 0);
  await log('40m');
  await isTold(window, 'The duty budget of this shift is used up: 4 h 10 min of 4 h.');
  await rotation.treeItem(/^Budget: 4 h 10 min of 4 h · 104\s?%, used up$/u).waitFor();
  await window.screenshot('day-budget');
});
