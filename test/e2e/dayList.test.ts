import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAsked } from './conversion.ts';
import { isSaid, openDayFor, refresh, select, standsIn } from './day.ts';

const THREAD = 'Customer behind a proxy';
const ISSUE = 'Expired refresh token';
const OTHER = 'Link previews show the name';

test('the keyboard alone works the list', async (t) => {
  const day = await openDayFor(t);
  const { window, queue } = day;
  const { page } = window;
  const input = window.quickInput();
  const find = page.locator('.monaco-tree-type-filter:not(.disabled)');
  const focused = queue.pane().locator('.monaco-list-row.focused');
  await window.command('Responder: Focus on Queue View');
  const indexOf = async (title: string): Promise<number> =>
    Number(await queue.row(title).first().getAttribute('data-index'));
  /** Moves the focus to a row, as a person does: from the top, down, and back when the rows moved meanwhile. */
  const goTo = async (title: string): Promise<void> => {
    await queue.pane().locator('.monaco-list:focus').waitFor();
    await window.keys('Home');
    for (;;) {
      const [now, wanted] = [Number(await focused.getAttribute('data-index')), await indexOf(title)];
      if (now === wanted) break;
      await window.keys(now < wanted ? 'ArrowDown' : 'ArrowUp');
    }
    await focused.filter({ hasText: title }).waitFor();
  };

  await t.test('a key is about the row that has the focus, selected or not', async () => {
    await goTo(THREAD);
    await window.keys('e');
    await standsIn(day, 'Done today', THREAD);
    await window.keys('u');
    await standsIn(day, 'Waiting on us', THREAD);
  });

  await t.test('and not about a row that was selected before', async () => {
    await goTo(ISSUE);
    await window.keys('e');
    await standsIn(day, 'Done today', ISSUE);
    await standsIn(day, 'Waiting on us', THREAD);
    await window.keys('u');
    await standsIn(day, 'Waiting on us', ISSUE);
  });

  await t.test('key after key works it down: the row below has the focus next', async () => {
    await goTo(THREAD);
    const below = queue.pane().locator(`.monaco-list-row[data-index="${(await indexOf(THREAD)) + 1}"]`);
    const next = titleIn(await below.getAttribute('aria-label'));
    assert.notEqual(next, '');
    await window.keys('e');
    await queue.row(THREAD).waitFor({ state: 'hidden' });
    assert.equal(titleIn(await focused.getAttribute('aria-label')), next);
    await standsIn(day, 'Done today', THREAD);
    await window.keys('u');
    await standsIn(day, 'Waiting on us', THREAD);
  });

  await t.test('p sets the priority, s snoozes, n notes, and each gives the keyboard back', async () => {
    await goTo(THREAD);
    await window.keys('p');
    await isAsked(window, 'Orders the Queue');
    await input.title.getByText(`Priority of “${THREAD}`).waitFor();
    await page.keyboard.type('crit');
    await window.keys('Enter');
    await queue.treeItem(new RegExp(`^Thread, ${THREAD}.*🚨 Critical`, 'u')).waitFor();

    await window.keys('n');
    await input.title.getByText(`Note on “${THREAD}`).waitFor();
    await page.keyboard.type('section pets');
    assert.equal(await input.input.inputValue(), 'section pets', 'letters in a box are letters');
    await window.keys('Enter');
    await isSaid(window, `Note added: “${THREAD}`);

    await window.keys('s');
    await input.title.getByText(`Snooze “${THREAD}`).waitFor();
    await page.keyboard.type('1 hour');
    await window.keys('Enter');
    await standsIn(day, 'Snoozed', THREAD);
    await window.keys('u');
    await standsIn(day, 'Waiting on us', THREAD);
  });

  await t.test('c claims and t takes it up, on the row with the focus', async () => {
    await goTo(OTHER);
    await window.keys('c');
    await standsIn(day, 'In progress', OTHER);
    await goTo(OTHER);
    await window.keys('t');
    await input.title.getByText(`Do It Now: ${OTHER}`).waitFor();
    await window.keys('Escape');
    await input.box.waitFor({ state: 'hidden' });
  });

  await t.test('? lists the keys and runs the one that is chosen', async () => {
    await goTo(THREAD);
    await window.keys('Shift+Slash');
    await input.title.getByText('Queue Keyboard Shortcuts').waitFor();
    await page.keyboard.type('Snooze');
    await window.keys('Enter');
    await input.title.getByText(`Snooze “${THREAD}`).waitFor();
    await window.keys('Escape');
    await input.box.waitFor({ state: 'hidden' });
  });

  await t.test('no key began to find, and none is caught in the find widget', async () => {
    assert.equal(await find.count(), 0);
    await goTo(THREAD);
    await window.keys('F3');
    await find.waitFor();
    await page.keyboard.type('tunes');
    assert.equal(await find.locator('input').first().inputValue(), 'tunes');
    await window.keys('Escape');
    await standsIn(day, 'Waiting on us', THREAD);
  });
});

test('snoozed, done and back again', async (t) => {
  const day = await openDayFor(t);
  const { team, window, queue } = day;
  const input = window.quickInput();
  const thread = team.messages.get('proxy');
  assert.ok(thread !== undefined);

  await t.test('until a time, and woken by hand', async () => {
    await queue.menu(THREAD, 'Snooze…');
    await input.pick('Custom…');
    await isAsked(window, 'A length or a time');
    await input.input.fill('yesterday');
    await input.message.filter({ hasText: 'within the next year' }).waitFor();
    await input.type('3h');
    await standsIn(day, 'Snoozed', THREAD);
    await queue.treeItem(new RegExp(`^Thread, ${THREAD}.*Snoozed until`, 'u')).waitFor();
    await queue.menu(THREAD, 'Wake');
    await standsIn(day, 'Waiting on us', THREAD);
  });

  await t.test('until somebody replies, by a reply', async () => {
    await queue.menu(THREAD, 'Snooze…');
    await input.pick('Until someone replies');
    await standsIn(day, 'Snoozed', THREAD);
    await refresh(day);
    await standsIn(day, 'Snoozed', THREAD);
    await team.slack.reply(thread, 'Ines', 'The range did change, says the provider.');
    await refresh(day);
    await standsIn(day, 'Waiting on us', THREAD);
  });

  await t.test('done, undone, and done again', async () => {
    await queue.inlineAction(THREAD, 'Done');
    await standsIn(day, 'Done today', THREAD);
    await queue.menu(THREAD, 'Undo');
    await standsIn(day, 'Waiting on us', THREAD);
    await queue.menu(THREAD, 'Done');
    await standsIn(day, 'Done today', THREAD);
    await queue.menu(THREAD, 'Reopen');
    await standsIn(day, 'Waiting on us', THREAD);
  });

  await t.test('what is done comes back by a new human word, and says so', async () => {
    await queue.inlineAction(THREAD, 'Done');
    await standsIn(day, 'Done today', THREAD);
    await team.slack.reply(thread, 'Ines', 'One more thing: is IPv6 planned?');
    await refresh(day);
    await standsIn(day, 'Waiting on us', THREAD);
    await queue.treeItem(new RegExp(`^Thread, ${THREAD}.*came back.*Ines wrote`, 'u')).waitFor();
  });

  await t.test('several at once, and one undo for them', async () => {
    await select(queue, ISSUE, OTHER, THREAD);
    await window.keys('e');
    for (const title of [ISSUE, OTHER, THREAD]) await standsIn(day, 'Done today', title);
    await isSaid(window, 'Done: 3 items');
    await window.keys('u');
    for (const title of [ISSUE, OTHER, THREAD]) await standsIn(day, 'Waiting on us', title);

    await select(queue, ISSUE, OTHER);
    await window.keys('s');
    await input.title.getByText('Snooze 2 items').waitFor();
    await input.pick('For 1 hour');
    for (const title of [ISSUE, OTHER]) await standsIn(day, 'Snoozed', title);
    await standsIn(day, 'Waiting on us', THREAD);
  });
});

test('what is next, and what the groups are made by', async (t) => {
  const day = await openDayFor(t);
  const { window, queue } = day;
  const input = window.quickInput();

  await t.test('Next Item selects the top row and says why', async () => {
    await queue.titleAction('Next Item');
    const top = queue.pane().locator('.monaco-list-row[data-index="1"]');
    await top.and(queue.pane().locator('.selected')).waitFor();
    await window.page
      .locator('.statusbar-item', { hasText: /Next because it is \d+ (?:h|working days) late:/u })
      .waitFor();
  });

  await t.test('what is done makes way for the next', async () => {
    const title = titleIn(await queue.pane().locator('.monaco-list-row[data-index="1"]').getAttribute('aria-label'));
    await window.keys('e');
    await standsIn(day, 'Done today', title);
    await window.command('Responder: Next Item');
    const selected = queue.pane().locator('.monaco-list-row.selected[data-index="1"]');
    await selected.waitFor();
    assert.ok(!(await selected.getAttribute('aria-label'))?.includes(title));
  });

  await t.test('groups by source, by place, by priority, and by turn again', async () => {
    const groupBy = async (choice: string): Promise<void> => {
      await window.command('Responder: Group Queue By…');
      await input.pick(choice);
    };
    await groupBy('Source');
    await queue.treeItem(/^Slack, \d+ items$/u).waitFor();
    await queue.treeItem(/^Waiting on us/u).waitFor({ state: 'detached' });
    await groupBy('Place');
    await queue.treeItem(/^#integrations, \d+ items$/u).waitFor();
    await groupBy('Priority');
    await queue.treeItem(/^No priority, \d+ items$/u).waitFor();
    await groupBy('Whose turn it is');
    await queue.treeItem(/^Waiting on us, \d+ items(?:, |$)/u).waitFor();
  });
});

/** Of what is said of a row its title: ages grow by the minute. */
function titleIn(label: string | null): string {
  return label?.split(', ')[1] ?? '';
}
