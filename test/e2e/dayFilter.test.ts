import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Workbench } from '../support/vscode/workbench.ts';
import { focusOn, isSaid, openDayFor, select, standsIn } from './day.ts';

const THREAD = 'Customer behind a proxy';
const ISSUE = 'Expired refresh token';
const OTHER = 'Link previews show the name';

/** Waits until the box holds this text: the extension answers a choice. */
async function isTyped({ page }: Workbench, text: string): Promise<void> {
  const input = `document.querySelector('.quick-input-filter input.input, .quick-input-filter input[type="text"]')`;
  await page.waitForFunction(`${input}?.value === ${JSON.stringify(text)}`);
}

test('the Queue is filtered live, by the keyboard alone', async (t) => {
  const { window, queue } = await openDayFor(t);
  const { page } = window;
  const input = window.quickInput();
  const message = queue.pane().locator('.message');
  const badge = window.badge('Responder');
  await focusOn(window, 'Queue');
  await window.keys('Home');
  await badge.waitFor();
  const waiting = await badge.textContent();

  await t.test('f opens the box, and the rows follow while a person types', async () => {
    await window.keys('f');
    await input.title.getByText('Filter Queue').waitFor();
    await page.keyboard.type('place:#integ', { delay: 20 });
    await queue.row(ISSUE).waitFor({ state: 'detached' });
    await queue.row(THREAD).waitFor();
    await input.title.getByText(/Filter Queue: \d+ of \d+ items/u).waitFor();
    await window.screenshot('filter-typing');
    // The suggestion is the second line.
    await window.keys('ArrowDown', 'Enter');
    await isTyped(window, 'place:#integrations ');
    await page.keyboard.type('colour:red');
    await input.message.filter({ hasText: 'There is no “colour:”' }).waitFor();
    await window.screenshot('filter-problem');
  });

  await t.test('Escape gives it up and all rows are there again', async () => {
    await window.keys('Escape');
    await input.box.waitFor({ state: 'hidden' });
    await queue.row(ISSUE).waitFor();
    assert.equal(await message.isVisible(), false);
  });

  await t.test('Enter keeps it, the view says so, and the badge counts as before', async () => {
    await window.keys('f');
    await input.title.getByText('Filter Queue').waitFor();
    await page.keyboard.type('is:waiting "behind a proxy"');
    await window.keys('Enter');
    await input.box.waitFor({ state: 'hidden' });
    await queue.row(ISSUE).waitFor({ state: 'detached' });
    await message.filter({ hasText: /^Filter: is:waiting "behind a proxy" · 1 of \d+ items\. Clear it/u }).waitFor();
    assert.equal(await badge.textContent(), waiting);
    await window.screenshot('filter-kept');
  });

  await t.test('it is saved, survives a reload, and the badge counts by it when the setting says so', async () => {
    await window.command('Responder: Save Filter…');
    await input.title.getByText('Save Filter').waitFor();
    await input.type('Proxy matters');
    await isSaid(window, 'Filter saved: Proxy matters');
    await message.filter({ hasText: /^Filter: Proxy matters · 1 of/u }).waitFor();
    await window.isStored('responder.filter');
    await window.reload();
    await window.openContainer('Responder');
    await message.filter({ hasText: /^Filter: Proxy matters · 1 of/u }).waitFor({ timeout: 45_000 });
    await queue.row(ISSUE).waitFor({ state: 'detached' });
  });

  await t.test('what lets nothing through says so and how to clear it', async () => {
    await window.command('Responder: Focus on Queue View');
    await queue.titleAction('Change Filter…');
    await input.title.getByText('Filter Queue').waitFor();
    await isTyped(window, 'is:waiting "behind a proxy"');
    await input.input.fill('no such words anywhere');
    await input.title.getByText(/Filter Queue: 0 of \d+ items/u).waitFor();
    await window.keys('Enter');
    await queue.welcome().getByText('No item matches the filter.').waitFor();
    await window.screenshot('filter-empty');
    await queue.welcomeButton('Clear Filter');
    await queue.row(ISSUE).waitFor();
    await message.waitFor({ state: 'hidden' });
  });

  await t.test('a saved filter is taken by its name, cleared from the title bar, and deleted', async () => {
    await window.command('Responder: Filter Queue…');
    await input.option('Proxy matters').waitFor();
    await window.keys('ArrowDown', 'Enter');
    await isTyped(window, 'is:waiting "behind a proxy"');
    await window.keys('Enter');
    await queue.row(ISSUE).waitFor({ state: 'detached' });
    await queue.titleAction('Clear Filter');
    await queue.row(ISSUE).waitFor();
    await window.command('Responder: Delete Saved Filter…');
    await input.pick('Proxy matters');
    await isSaid(window, 'Filter deleted: Proxy matters');
  });
});

test('the badge counts by the filter that was chosen for it', async (t) => {
  const { window, queue } = await openDayFor(t, {
    machineSettings: { 'responder.filters': { Proxies: '"behind a proxy"' }, 'responder.badge.filter': 'Proxies' },
  });
  await queue.row(ISSUE).waitFor();
  await window.badge('Responder').getByText('1', { exact: true }).waitFor();
});

test('two items are merged, undone, and an item of two is kept apart', async (t) => {
  const day = await openDayFor(t);
  const { window, queue } = day;
  const input = window.quickInput();

  await t.test('merged at once, one row with both below it', async () => {
    // The pointer rests on the icon of the container; what it says there would cover rows.
    await window.page.mouse.move(900, 900);
    await select(queue, ISSUE, THREAD);
    await queue.menu(THREAD, 'Merge Selected Items');
    await isSaid(window, 'Merged: 2 items');
    // It goes by the title of the signal that began first.
    await queue.row(THREAD).waitFor({ state: 'detached' });
    await queue.expand(ISSUE);
    await queue.row(THREAD).waitFor();
    await window.screenshot('merged');
  });

  await t.test('u makes them two again', async () => {
    await focusOn(window, 'Queue');
    await window.keys('u');
    await isSaid(window, 'Undone.');
    await standsIn(day, 'Waiting on us', THREAD);
    await standsIn(day, 'Waiting on us', ISSUE);
  });

  await t.test('merged again and kept apart by choice', async () => {
    await select(queue, OTHER, ISSUE);
    await window.command('Responder: Merge Selected Items');
    await isSaid(window, 'Merged: 2 items');
    const title = (await queue.row(OTHER).count()) > 0 ? OTHER : ISSUE;
    const other = title === OTHER ? ISSUE : OTHER;
    await queue.row(other).waitFor({ state: 'detached' });
    await queue.menu(title, 'Keep Apart…');
    await input.title.getByText('Keep Apart:').waitFor();
    await window.screenshot('keep-apart');
    await window.keys('Enter');
    await isSaid(window, 'Kept apart:');
    await standsIn(day, 'Waiting on us', other);
    await standsIn(day, 'Waiting on us', title);
  });
});

test('reviews that a teammate is on are taken, put back, and left with them', async (t) => {
  const TITLES = ['Exporter: queue', 'Exporter: workers', 'Exporter: limits', 'Exporter: report'];
  const day = await openDayFor(t, {
    before: async (team) => {
      const ago = (minutes: number) => team.now() - minutes * 60_000;
      for (const [n, title] of TITLES.entries()) {
        const pull = await team.github.openPullRequest('acme/app', { title, team: true, by: 'Rio', at: ago(200 - n) });
        if (n === 3)
          await team.github.comment('acme/app', pull.number, 'Reading this one.', { by: 'Kai', at: ago(90) });
      }
    },
  });
  const { window, queue } = day;
  await queue.row('Owned by others').waitFor();
  await queue.expand('Owned by others');
  const bundle = queue.treeItem(/^\d reviews, Kai is on these, Take brings them back/u);
  await bundle.waitFor({ timeout: 30_000 });

  await t.test('taken, they wait on us, each on its own', async () => {
    await bundle.hover();
    await window.screenshot('reviews-take-keep');
    await queue.inlineAction('Kai is on these', 'Take');
    await isSaid(window, 'Taken over:');
    await standsIn(day, 'Waiting on us', TITLES[0] ?? '');
    await bundle.waitFor({ state: 'detached' });
  });

  await t.test('undone, they are one row again, and Keep says whose they stay', async () => {
    await window.command('Responder: Undo');
    await queue.expand('Owned by others');
    await bundle.waitFor();
    await queue.inlineAction('Kai is on these', 'Keep');
    await isSaid(window, 'Left with Kai:');
    await queue.treeItem(/^\d reviews, left with Kai, To the end of the shift/u).waitFor();
    await window.screenshot('reviews-kept');
  });
});
