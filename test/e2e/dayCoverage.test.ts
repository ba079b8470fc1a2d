import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { Workbench } from '../support/vscode/workbench.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import { openDayFor } from './day.ts';

const FEEDBACK = '#feedback-dogfood';
const ALERTS = '#alerts-integrations';
const CHANNEL = '#integrations';
const LABEL = 'team/integrations';

test('every place once a working day', async (t) => {
  const { team, window } = await openDayFor(t, { before: workAlways });
  const coverage = window.view('Coverage');
  const input = window.quickInput();
  // Alone, it is so high that every place is drawn.
  for (const other of ['Queue', 'Rotation']) {
    // The middle of a header may be under its buttons.
    await window.view(other).pane().locator('.pane-header .title').first().click();
    await window.view(other).rows().first().waitFor({ state: 'hidden' });
  }
  await coverage.pane().locator('.pane-header').click();
  await coverage.row('Integrations hub').first().waitFor();
  /** How many places are watched. */
  let all = 0;
  const stands = (name: string, how: RegExp): Promise<void> =>
    coverage.treeItem(new RegExp(`^${name}, .*${how.source}`, 'u')).waitFor();
  const place = (name: string): Locator => coverage.treeItem(new RegExp(`^${name}, `, 'u'));

  await t.test('each says in words when it was checked and what is new', async () => {
    await stands(FEEDBACK, /not checked today, \d+ new/u);
    all = await coverage.rows().count();
    await isLeft(window, all);
    await coverage.row(FEEDBACK).first().hover();
    await window.screenshot('day-coverage');
  });

  await t.test('a tick counts for today, and is taken away again', async () => {
    await box(place(FEEDBACK)).click();
    await stands(FEEDBACK, /checked \d\d:\d\d, nothing new/u);
    await isLeft(window, all - 1);
    await window.screenshot('day-coverage-ticked');
    await box(place(FEEDBACK)).click();
    await stands(FEEDBACK, /not checked today, \d+ new/u);
    await isLeft(window, all);
  });

  await t.test('an item that is opened from its place is seen; the last one checks the place', async () => {
    const left = async (): Promise<number> =>
      Number(/(\d+) new/u.exec((await place(FEEDBACK).getAttribute('aria-label')) ?? '')?.[1] ?? 0);
    await coverage.expand(FEEDBACK);
    const count = await left();
    assert.ok(count > 1, `${count} are new`);
    for (let rest = count - 1; rest >= 0; rest -= 1) {
      await coverage.pane().locator('.monaco-list-row[aria-level="2"] .monaco-icon-label').first().click();
      assert.match(await window.openWebsite(), /slack\.example\/archives\/C01FEEDB\//u);
      await stands(
        FEEDBACK,
        rest === 0 ? /checked \d\d:\d\d, nothing new/u : new RegExp(`not checked today, ${rest} new`, 'u'),
      );
    }
    await isLeft(window, all - 1);
  });

  await t.test('Open Place opens it where it lives, and that is a check', async () => {
    await coverage.inlineAction(ALERTS, 'Open Place');
    assert.equal(await window.openWebsite(), 'https://integrations-sample.slack.example/archives/C01ALERT');
    await stands(ALERTS, /checked \d\d:\d\d/u);
    await isLeft(window, all - 2);
  });

  await t.test('without the mouse: Check Places ticks several', async () => {
    await window.command('Responder: Check Places…');
    await input.pickSeveral([CHANNEL, LABEL]);
    await stands(CHANNEL, /checked \d\d:\d\d/u);
    await stands(LABEL, /checked \d\d:\d\d/u);
    await isLeft(window, all - 4);
  });

  await t.test('nothing was marked as read outside', async () => {
    const marks = team.proxy
      .requests()
      .filter(
        ({ method, path: where }) =>
          /conversations\.mark/u.test(where) || (/\/notifications/u.test(where) && method !== 'GET'),
      );
    assert.deepEqual(marks, []);
  });

  await t.test('it is still so after a reload', async () => {
    await window.reload();
    await stands(CHANNEL, /checked \d\d:\d\d/u);
    await isLeft(window, all - 4);
  });

  await t.test('a search that Slack refuses says what to press', async () => {
    const heal = team.proxy.fail(
      { service: 'slack', path: '/api/search.messages' },
      { type: 'answer', status: 200, body: { ok: false, error: 'missing_scope', needed: 'search:read' } },
    );
    await coverage.titleAction('Suggest Places…');
    const toast = window.toast('Slack lets only a person search');
    await toast.locator('a.monaco-button', { hasText: 'Sign In…' }).waitFor();
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    heal();
  });

  await t.test('a channel that mentions the team is suggested, and watched once the file is saved', async () => {
    const file = path.join(team.folder, 'responder.yml');
    const before = await readFile(file, 'utf8');
    await coverage.titleAction('Suggest Places…');
    await input.option(/#dev-infra.*2 mentions · last/su).waitFor();
    assert.equal(await input.options().count(), 1, 'what is watched is not offered');
    await window.screenshot('day-coverage-suggest');
    await input.pickSeveral(['#dev-infra']);
    await window
      .editor()
      .locator('.view-line')
      .filter({ hasText: /name:\sdev-infra/u })
      .waitFor();
    assert.equal(await readFile(file, 'utf8'), before, 'a person saves it');
    await window.screenshot('day-coverage-added');
    await window.keys('Control+S');
    await stands('#dev-infra', /not checked today/u);
    await isLeft(window, all - 3);
  });
});

/** Any day is a working day, at any hour. */
async function workAlways({ folder }: SampleTeam): Promise<void> {
  const file = path.join(folder, 'responder.yml');
  const text = await readFile(file, 'utf8');
  const always = 'workingHours: { days: [mon, tue, wed, thu, fri, sat, sun], start: "00:00", end: "24:00" }';
  await writeFile(file, text.replace(/^workingHours: .*$/mu, always));
}

function box(row: Locator): Locator {
  return row.locator('.custom-view-tree-node-item-checkbox');
}

/** Waits until the status bar's tooltip says how many places are left. */
async function isLeft(window: Workbench, count: number): Promise<void> {
  const hover = window.page.locator('.monaco-hover:not(.hidden)', { hasText: `${count} places not checked today` });
  for (let tries = 0; tries < 10; tries += 1) {
    await window.page.mouse.move(640, 300);
    await window.statusBar('responder.duty').hover();
    const isSaid = await hover
      .waitFor({ timeout: 3000 })
      .then(() => true)
      .catch(() => false);
    if (isSaid) break;
  }
  await hover.waitFor({ timeout: 1000 });
  await window.page.mouse.move(640, 300);
}
