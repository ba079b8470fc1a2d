import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type OpenTeamOptions, openSampleTeamFor } from '../support/openSampleTeam.ts';
import type { VSCode } from '../support/vscode/openVsCode.ts';
import type { ViewPane, Workbench } from '../support/vscode/workbench.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';

/** The groups of the Queue by turn, as they are called. */
export type GroupName =
  | 'Waiting on us'
  | 'In progress'
  | 'Waiting on them'
  | 'Snoozed'
  | 'Owned by others'
  | 'Done today';

export interface Day {
  readonly team: SampleTeam;
  readonly vscode: VSCode;
  readonly window: Workbench;
  readonly queue: ViewPane;
}

/** A window so high that every row is drawn, with the Queue filled from all sources. */
export async function openDayFor(test: TestContext, options: OpenTeamOptions = {}): Promise<Day> {
  return openDay(await openSampleTeamFor(test, { viewport: { width: 1280, height: 1700 }, ...options }));
}

/** Opens the Queue and waits until it has something of each kind of source. */
export async function openDay({ team, vscode }: Pick<Day, 'team' | 'vscode'>): Promise<Day> {
  const { window } = vscode;
  await window.openContainer('Responder');
  const queue = window.view('Queue');
  for (const title of ['Expired refresh token', 'Customer behind a proxy', 'Webhook deliveries wait'])
    await queue.row(title).first().waitFor({ timeout: 45_000 });
  return { team, vscode, window, queue };
}

/** Selects these rows and no others, without opening what they stand for; the last one has the keyboard. */
export async function select(queue: ViewPane, ...titles: readonly string[]): Promise<void> {
  const selected = queue.pane().locator('.monaco-list-row.selected');
  for (let left = await selected.count(); left > 0; left = await selected.count()) {
    const click = selected.first().click({ modifiers: ['Control'], timeout: 5000 });
    await click.catch(async (error: unknown) => {
      // A row that leaves by itself takes its selection with it.
      if ((await selected.count()) >= left) throw error;
    });
  }
  for (const title of titles) {
    await queue
      .row(title)
      .first()
      .click({ modifiers: ['Control'] });
    await selected.filter({ hasText: title }).waitFor();
  }
}

/** Gives the keyboard to a view, without the mouse. */
export async function focusOn(window: Workbench, view: 'Queue' | 'Proposals'): Promise<void> {
  await window.command(`Responder: Focus on ${view} View`);
  await window.view(view).pane().locator('.monaco-list:focus').waitFor();
}

/** Waits until an item's row stands in a group, and opens it. @throws with what stands where when it does not in time */
export async function standsIn({ window }: Pick<Day, 'window'>, group: GroupName, title: string): Promise<void> {
  const queue = window.view('Queue');
  const groupRow = new RegExp(`^${group}`, 'u');
  await queue.row(groupRow).first().waitFor();
  await queue.expand(groupRow);
  const wanted = JSON.stringify({ group, title });
  const find = `(({ group, title }) => (${groupsInPage})().some((row) => row.group === group && row.label.includes(title)))(${wanted})`;
  await window.page.waitForFunction(find).catch(async (error: unknown) => {
    const rows = await window.page.evaluate<unknown>(`(${groupsInPage})()`);
    assert.fail(`“${title}” is not in “${group}”: ${String(error)}\n${JSON.stringify(rows, undefined, 1)}`);
  });
}

/** Runs in the page: all rows below the groups of the Queue, in order, with the words that are read aloud. */
const groupsInPage = `() => {
  const pane = [...document.querySelectorAll('.sidebar .pane')]
    .find((each) => each.querySelector('.pane-header')?.ariaLabel?.startsWith('Queue'));
  const rows = [...(pane?.querySelectorAll('.monaco-list-row') ?? [])]
    .toSorted((a, b) => Number(a.dataset.index) - Number(b.dataset.index));
  let group = '';
  return rows.flatMap((row) => {
    const label = row.ariaLabel ?? '';
    if (row.ariaLevel !== '1') return [{ group, label }];
    group = label.replace(/, \\d+ items?(?:,.*)?$/u, '');
    return [];
  });
}`;

/** Waits until the status bar says so. */
export async function isSaid({ page }: Workbench, text: string): Promise<void> {
  await page.locator('.statusbar-item', { hasText: text }).first().waitFor();
}

/** Reads all sources again now. */
export async function refresh({ team, window }: Pick<Day, 'team' | 'window'>): Promise<void> {
  team.proxy.clear();
  await window.command('Responder: Refresh');
  await team.proxy.waitFor({ service: 'slack', path: /conversations\.history$/u });
}
