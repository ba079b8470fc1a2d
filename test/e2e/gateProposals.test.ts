import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moveClockFor } from '../support/movedClock.ts';
import type { RequestFilter } from '../team/proxy/record.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import { isPreviewed, isTold, shownText } from './conversion.ts';
import { type Day, focusOn, isSaid, openDayFor, refresh, select } from './day.ts';

const TOKEN = 'Expired refresh token';
const LINKS = 'Link previews show the name';
const SYNC = 'Scheduled sync runs an hour late';
const CLAIM = /^Claim(?! and)/u;
const COMMENTS = { service: 'github', method: 'POST', path: /\/comments$/u } as const;
const CLOSINGS = { service: 'github', method: 'PATCH', path: /\/issues\/\d+$/u } as const;
const ASSIGNEES = { service: 'github', method: 'POST', path: /\/assignees$/u } as const;

test('what is written is read, edited and approved first, is outside once, and can be taken back', async (t) => {
  const day = await openDayFor(t);
  const { team, window, queue } = day;
  const input = window.quickInput();

  await t.test('the preview says what changes, who sees it, why, and whether it can be undone', async () => {
    await propose(day, 'It works again since this morning.', TOKEN);
    const text = await shownText(window);
    for (const said of [
      'Nothing has been sent yet',
      'It works again since this morning.',
      'Why: ',
      'Who sees it: everybody',
      'Before: open',
      'After: closed',
      'Undo: for a day',
    ])
      assert.ok(text.includes(said), `“${said}” in: ${text}`);
    assert.deepEqual(writes(team), { comments: 0, closings: 0 });
    await window.screenshot('gate-preview');
  });

  await t.test('it is edited, and what is approved is what was edited, once', async () => {
    await input.pick('Edit…');
    await isTold(window, 'Edit the text, then apply');
    await window.editor().click();
    await window.keys('Control+A');
    await window.page.keyboard.type('Fixed in 4.2, out since this morning.');
    await window.answerToast('Edit the text, then apply', 'Apply');
    await isPreviewed(window);
    await input.pick('Close');
    await isSaid(window, 'Undo: Close · Expired refresh token');
    assert.deepEqual(writes(team), { comments: 1, closings: 1 });
    assert.deepEqual((await state(team, TOKEN)).words, ['Fixed in 4.2, out since this morning.']);
    assert.equal((await state(team, TOKEN)).state, 'closed');
  });

  await t.test('Undo in the status bar takes all of it back', async () => {
    await window.statusBar('responder.undo').click();
    await team.proxy.waitFor({ service: 'github', method: 'DELETE', path: /\/comments\/\d+$/u });
    await team.proxy.waitFor(CLOSINGS, { count: 2 });
    assert.deepEqual(await state(team, TOKEN), { state: 'open', words: [] });
  });

  await t.test(
    'of several that are approved at once one is refused: the others are written, and its text is kept',
    async () => {
      await refresh(day);
      await queue.row(TOKEN).first().waitFor();
      await propose(day, 'Planned with the next release.', TOKEN, LINKS, SYNC);
      await input.pick('Keep as Proposal');
      await window.command('Responder: Focus on Proposals View');
      const proposals = window.view('Proposals');
      for (const title of [TOKEN, LINKS, SYNC]) await proposals.row(title).first().waitFor();
      assert.equal(await proposals.rows().count(), 3);
      team.proxy.clear();
      const refused = { ...COMMENTS, path: new RegExp(`/issues/${await numberOf(team, LINKS)}/comments$`, 'u') };
      const heal = team.proxy.fail(refused, {
        type: 'answer',
        status: 410,
        body: { message: 'This issue was deleted', status: '410' },
      });
      await select(proposals, TOKEN, LINKS, SYNC);
      await window.keys('a');
      // Comments keep a distance.
      await team.proxy.waitFor(CLOSINGS, { count: 2, timeout: 30_000 });
      const toast = await isTold(window, `Not sent: “${LINKS}`);
      assert.match(await toast.innerText(), /the comment on acme\/app#\d+: GitHub refused the request.*deleted/su);
      assert.deepEqual(await state(team, TOKEN), { state: 'closed', words: ['Planned with the next release.'] });
      assert.deepEqual(await state(team, SYNC), { state: 'closed', words: ['Planned with the next release.'] });
      assert.deepEqual(await state(team, LINKS), { state: 'open', words: [] });
      const row = proposals.treeItem(/Link previews.*Close.*acme\/app#\d+.*not sent: GitHub refused the request/u);
      await row.waitFor();
      for (const title of [TOKEN, SYNC]) await proposals.row(title).waitFor({ state: 'detached' });
      assert.equal(await proposals.rows().count(), 1);
      await window.screenshot('gate-refused');
      const copied = await window.copiedBy(() => proposals.menu(LINKS, 'Copy Text'));
      assert.equal(copied, 'Planned with the next release.');
      heal();
    },
  );

  await t.test('by keyboard alone it is edited, seen beside what it was, and approved', async () => {
    await window.command('Notifications: Clear All Notifications');
    const proposals = window.view('Proposals');
    await select(proposals, LINKS);
    await window.keys('e');
    await isTold(window, 'Edit the text, then apply');
    await window.page.keyboard.press('Control+A');
    await window.page.keyboard.type('Planned for December.');
    await window.answerToast('Edit the text, then apply', 'Apply');
    await window.tab(/before ↔ now/u).waitFor();
    await proposals.treeItem(/Link previews.*waits for approval/u).waitFor();
    await window.screenshot('gate-diff');
    team.proxy.clear();
    await focusOn(window, 'Proposals');
    await window.keys('ArrowDown', 'Home', 'a');
    await isSaid(window, 'Undo: Close · Link previews');
    assert.deepEqual(await state(team, LINKS), { state: 'closed', words: ['Planned for December.'] });
    assert.deepEqual(writes(team), { comments: 1, closings: 1 });
    await proposals.welcome().getByText('Nothing waits to be sent.').waitFor();
  });
});

test('in a dry run nothing leaves; what waits survives, asks again after an hour, and can be undone for a day', async (t) => {
  const clock = await moveClockFor(t);
  const day = await openDayFor(t, {
    clock,
    settings: { 'responder.dryRun': true },
  });
  const { team, window, queue } = day;
  const proposals = window.view('Proposals');

  await t.test('a claim and a closing become proposals, and approving one writes nothing', async () => {
    team.proxy.clear();
    await queue.menu(TOKEN, CLAIM);
    await isTold(window, 'Dry run: saved to Proposals');
    await startClosing(day, '', TOKEN);
    await window.command('Responder: Focus on Proposals View');
    await proposals.treeItem(/Expired refresh token.*Claim.*acme\/app#\d+.*waits for approval/u).waitFor();
    await select(proposals, TOKEN);
    await window.keys('a');
    await isTold(window, 'Dry run: saved to Proposals');
    await proposals.treeItem(/Expired refresh token.*Close.*acme\/app#\d+.*waits for approval/u).waitFor();
    assert.deepEqual([team.proxy.requests(ASSIGNEES), writes(team)], [[], { comments: 0, closings: 0 }]);
  });

  await t.test('it is there after a reload of the window', async () => {
    await window.reload();
    // The palette has no view's command before its extension is known.
    await queue.rows().first().waitFor({ timeout: 45_000 });
    await window.command('Responder: Focus on Proposals View');
    await proposals.treeItem(/Expired refresh token.*Claim.*waits for approval/u).waitFor({ timeout: 45_000 });
    assert.equal(await window.toast('was interrupted when').count(), 0, 'it is no write that was cut off');
  });

  await t.test('with the dry run off it is sent when it is approved, once', async () => {
    await window.command('Responder: Toggle Dry Run');
    await isSaid(window, 'Dry run is off');
    assert.deepEqual(team.proxy.requests(ASSIGNEES), [], 'nothing is sent by itself');
    await select(proposals, TOKEN);
    await window.keys('a');
    await team.proxy.waitFor(ASSIGNEES);
    await isSaid(window, 'Undo: Claim · Expired refresh token');
    await proposals.treeItem(/Expired refresh token.*Claim/u).waitFor({ state: 'detached' });
    assert.equal(team.proxy.requests(ASSIGNEES).length, 1);
  });

  await t.test('what was approved and not sent for more than an hour asks again', async () => {
    await window.command('Notifications: Clear All Notifications');
    const heal = team.proxy.fail(CLOSINGS, { type: 'drop', when: 'before' });
    await select(proposals, TOKEN);
    await window.keys('a');
    await isTold(window, 'Not sent yet: “Expired refresh token');
    await proposals.treeItem(/Expired refresh token.*GitHub cannot be reached, retrying automatically/u).waitFor();
    await clock.sleep(61);
    await refresh(day);
    await proposals.treeItem(/Expired refresh token.*approval expired/u).waitFor();
    heal();
    await window.screenshot('gate-stale');
    assert.equal((await state(team, TOKEN)).state, 'open');
    await select(proposals, TOKEN);
    await window.keys('a');
    await proposals.welcome().getByText('Nothing waits to be sent.').waitFor();
    assert.equal((await state(team, TOKEN)).state, 'closed');
  });

  await t.test('after a day it is too late to take it back', async () => {
    await clock.sleep(24 * 60 + 1);
    await window.command('Responder: Undo Last Change');
    await isTold(window, 'This change is more than a day old');
    assert.equal((await state(team, TOKEN)).state, 'closed');
  });
});

/** Proposes to close issues with a word on each, up to the preview. */
async function propose(day: Day, words: string, ...titles: readonly [string, ...string[]]): Promise<void> {
  await startClosing(day, words, ...titles);
  await isPreviewed(day.window);
}

/** Answers what *Close Issue…* asks; without words when there are none. */
async function startClosing(
  { window, queue }: Day,
  words: string,
  ...titles: readonly [string, ...string[]]
): Promise<void> {
  await select(queue, ...titles);
  await queue.menu(titles[0], 'Close Issue…');
  const input = window.quickInput();
  await input.pick('Completed');
  await input.message.filter({ hasText: 'A comment (optional)' }).waitFor();
  await input.type(words);
}

function writes(team: SampleTeam): { readonly comments: number; readonly closings: number } {
  const count = (filter: RequestFilter): number => team.proxy.requests(filter).length;
  return { comments: count(COMMENTS), closings: count(CLOSINGS) };
}

async function numberOf(team: SampleTeam, title: string): Promise<number> {
  const issue = (await team.github.issues('acme/app')).find((each) => each.title.startsWith(title));
  assert.ok(issue !== undefined, title);
  return issue.number;
}

/** What stands outside: the issue's state, and what this account said on it, without our markers. */
async function state(
  team: SampleTeam,
  title: string,
): Promise<{ readonly state: string; readonly words: readonly string[] }> {
  const number = await numberOf(team, title);
  const issue = (await team.github.issues('acme/app')).find((each) => each.number === number);
  const comments = await team.github.issueComments('acme/app', number);
  const own = comments.filter(({ body }) => (body ?? '').includes('<!-- responder-duty:'));
  return {
    state: issue?.state ?? '',
    words: own.map(({ body }) => (body ?? '').replaceAll(/\s*<!--[^>]*-->/gu, '')),
  };
}
