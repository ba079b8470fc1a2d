import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Workbench } from '../support/vscode/workbench.ts';
import { shownText } from './conversion.ts';
import { isSaid, openDayFor, standsIn } from './day.ts';

const ISSUE = 'Expired refresh token';
const THREAD = 'Customer behind a proxy';
const CLAIM = /^Claim(?! and)/u;
const NOTE = 'The range moved on Monday, ask Ines for the list';

test('what was done is listed, filtered, copied, taken back and told with what was said', async (t) => {
  const day = await openDayFor(t);
  const { team, window, queue } = day;
  const { proxy } = team;
  const input = window.quickInput();

  await t.test('the journal lists what was done, newest first, with the time and who', async () => {
    await queue.menu(THREAD, CLAIM);
    await standsIn(day, 'In progress', THREAD);
    await proxy.waitFor({ service: 'slack', path: '/api/reactions.add' });
    await queue.menu(THREAD, 'Add Note…');
    await input.type(NOTE);
    await isSaid(window, 'Note added');
    await queue.menu(ISSUE, 'Done');
    await standsIn(day, 'Done today', ISSUE);

    await window.command('Responder: Show Journal…');
    await input.option(`Done · ${ISSUE}`).waitFor();
    const listed = await input.options().allInnerTexts();
    const places = [`Done · ${ISSUE}`, `Note · ${THREAD}`, `Claimed · ${THREAD}`].map((text) => {
      const place = listed.findIndex((each) => each.replaceAll(/\s+/gu, ' ').includes(text));
      assert.match(listed[place] ?? `no “${text}” in ${listed.join(' | ')}`, /\d\d:\d\d/u);
      return place;
    });
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    await input.option(`Note · ${THREAD}`).filter({ hasText: NOTE }).waitFor();
    await input.option(`Claimed · ${THREAD}`).filter({ hasText: 'Reaction: sent' }).waitFor();
    await input
      .option(/Claimed · .* · Noor/u)
      .first()
      .waitFor();
    await window.screenshot('journal-list');
  });

  await t.test('what is typed narrows it, and what is listed is copied as Markdown', async () => {
    await input.input.fill('proxy -note');
    await input.option(`Done · ${ISSUE}`).waitFor({ state: 'detached' });
    await input.option(`Claimed · ${THREAD}`).waitFor();
    assert.equal(await input.option(`Note · ${THREAD}`).count(), 0);
    await window.screenshot('journal-filtered');
    const copied = await window.copiedBy(() => press(window, 'Copy as Markdown'));
    assert.match(copied, /^# Journal of Integrations$/mu);
    assert.match(copied, /^- \*\*\d\d:\d\d\*\* Claimed · \[Customer behind a proxy[^\]]*\]\(<http[^>]+>\) · Noor/mu);
    assert.match(copied, /Reaction: sent/u);
    assert.doesNotMatch(copied, /Expired|ask Ines/u);
    await input.input.fill('');
  });

  await t.test('Undo of a row takes back what is ours, and what is outside', async () => {
    await undo(window, `Done · ${ISSUE}`);
    await input.option(`Undone: Done · ${ISSUE}`).waitFor();
    await undo(window, `Claimed · ${THREAD}`);
    await proxy.waitFor({ service: 'slack', path: '/api/reactions.remove' });
    await input.option(`Undone: Claimed · ${THREAD}`).waitFor();
    await window.screenshot('journal-undone');
    await input.cancel();
    await standsIn(day, 'Waiting on us', ISSUE);
    await standsIn(day, 'Waiting on us', THREAD);
  });

  await t.test('the timeline of an item tells what was said and what was done in order of time', async () => {
    await queue.menu(THREAD, 'Show Timeline');
    await window.tab(/Timeline: Customer behind a proxy/u).waitFor();
    await window.editor().filter({ hasText: 'Did the range change?' }).waitFor();
    await window.screenshot('timeline');
    const text = await shownText(window);
    const places = ['**Ines**', '> Customer behind a proxy', 'Claimed', 'Note', NOTE, 'Undone: Claimed'].map((part) =>
      text.indexOf(part),
    );
    assert.ok(
      places.every((place) => place >= 0),
      text,
    );
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      text,
    );
  });

  await t.test('the timeline of an issue tells what was done to it on GitHub, by whom', async () => {
    const { number } = (await team.github.issues('acme/app')).find(({ title }) => title.startsWith(ISSUE)) ?? {};
    assert.ok(number !== undefined);
    await team.github.addLabel('acme/app', number, 'bug', { by: 'Kai' });
    await queue.menu(ISSUE, 'Show Timeline');
    await window.tab(/Timeline: Expired refresh token/u).waitFor();
    await window.editor().filter({ hasText: 'Added the label bug' }).waitFor();
    await window.screenshot('timeline-issue');
    const text = await shownText(window);
    assert.match(text, /^- \*\*\d\d:\d\d\*\* \*\*kai-sample\*\* · Added the label bug$/mu);
    assert.match(text, /\*\*Noor\*\* · Done/u);
    assert.doesNotMatch(text, /is missing|could not be read/u);
  });

  await t.test('it is deleted only after what is lost was read; the list stays in order', async () => {
    await window.command('Responder: Delete Journal…');
    await window.dialog().filter({ hasText: 'a running timebox, and the statistics' }).waitFor();
    await window.screenshot('journal-delete');
    await window.answerDialog('Delete Journal');
    await isSaid(window, 'Journal deleted');
    await window.command('Responder: Show Journal…');
    // Who answered first is told by the sources, and so it may be told again.
    await window
      .toast('The journal is empty')
      .or(input.title.filter({ hasText: /^Journal: \d/u }))
      .first()
      .waitFor();
    for (const gone of ['Done ·', 'Note ·', 'Claimed ·', 'Undone'])
      assert.equal(await input.option(gone).count(), 0, gone);
    await window.keys('Escape');
    await standsIn(day, 'Waiting on us', THREAD);
  });
});

/** Presses a button of the quick pick's title. */
async function press({ page }: Workbench, name: string): Promise<void> {
  await page.locator(`.quick-input-titlebar a.action-label[aria-label^="${name}"]`).click();
}

async function undo(window: Workbench, row: string): Promise<void> {
  // What undoes it has its words as well.
  const option = window
    .quickInput()
    .option(new RegExp(`(?<!Undone: )${row}`, 'u'))
    .first();
  await option.hover();
  await option.locator('a.action-label[aria-label^="Undo"]').click();
}
