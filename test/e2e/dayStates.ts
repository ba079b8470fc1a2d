import type { Workbench } from '../support/vscode/workbench.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import { isAsked } from './conversion.ts';
import { type Day, isSaid, select, standsIn } from './day.ts';

export const THREAD = 'Customer behind a proxy';
const SNOOZED = 'Say how often a failed';
const NOTED = 'Link previews show the';
const DONE = [
  'Delivery log: could',
  'Nightly export takes',
  'Glossary: connection',
  'Audit log lacks the app',
  'Which OAuth scopes',
  'Contract tests against',
  '[FIRING:1] TokenRefreshFailures',
  '[FIRING:1] ImportStalled',
] as const;
const REVIEWS = ['Exporter: queue', 'Exporter: workers', 'Exporter: limits', 'Exporter: report'] as const;

/** Reviews of one author that Kai is on: the Queue makes them one row. */
export async function askReviews(team: SampleTeam): Promise<void> {
  const ago = (minutes: number): number => team.now() - minutes * 60_000;
  for (const [n, title] of REVIEWS.entries()) {
    const pull = await team.github.openPullRequest('acme/app', { title, team: true, by: 'Rio', at: ago(200 - n) });
    if (n === 3) await team.github.comment('acme/app', pull.number, 'Reading this one.', { by: 'Kai', at: ago(90) });
  }
}

/** A morning's work: something in every group of the Queue, a timebox that runs, and duty time in the budget. */
export async function workTheDay(day: Day): Promise<void> {
  const { window, queue } = day;
  const input = window.quickInput();
  await select(queue, ...DONE);
  await window.keys('e');
  await isSaid(window, `Done: ${DONE.length} items`);
  await queue.treeItem(new RegExp(`^Done today, ${DONE.length} items$`, 'u')).waitFor();
  await select(queue, NOTED);
  await window.keys('p');
  await input.pick('High');
  await queue.treeItem(new RegExp(`${NOTED}.*High`, 'u')).waitFor();
  await queue.menu(SNOOZED, 'Snooze…');
  await input.pick('For 1 hour');
  await standsIn(day, 'Snoozed', SNOOZED);
  await queue.menu(THREAD, 'Do It Now…');
  await input.pick('30 min');
  await standsIn(day, 'In progress', THREAD);
  await queue.menu(THREAD, 'Log Time…');
  await input.type('1h 10m');
  await isAsked(window, 'What was it spent on?');
  await input.type('Reading the change of the range');
  await window
    .view('Rotation')
    .treeItem(/^Budget: 1 h 10 min/u)
    .waitFor();
}

/** Coverage and Rotation alone, one place ticked, one open. */
export async function showCoverage({ window }: Pick<Day, 'window'>): Promise<void> {
  const coverage = window.view('Coverage');
  await window.view('Queue').pane().locator('.pane-header .title').first().click();
  await coverage.pane().locator('.pane-header').click();
  await makeRoom(window);
  await coverage.row('Integrations hub').first().waitFor();
  for (const place of ['@acme/integrations', '#feedback-dogfood']) {
    await coverage.row(place).first().locator('.custom-view-tree-node-item-checkbox').click();
    await coverage.treeItem(new RegExp(`^${place}, .*checked \\d\\d:\\d\\d`, 'u')).waitFor();
  }
  await coverage.expand('team/integrations');
  await window.view('Rotation').expand('Budget');
}

/** VS Code gives the room to the last view, which has few rows. */
async function makeRoom(window: Workbench): Promise<void> {
  const { mouse } = window.page;
  const box = await window.view('Rotation').pane().boundingBox();
  if (box === null) throw new Error('The Rotation is not on the screen.');
  await mouse.move(box.x + 100, box.y);
  await mouse.down();
  await mouse.move(box.x + 100, box.y + box.height - 190, { steps: 5 });
  await mouse.up();
}
