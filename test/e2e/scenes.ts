import type { MovedClock } from '../support/movedClock.ts';
import type { VSCode } from '../support/vscode/openVsCode.ts';
import type { ThemeName } from '../support/vscode/settings.ts';
import type { Settings } from '../support/vscode/userData.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import { answerQuestions, isAsked, isPreviewed } from './conversion.ts';
import type { Day } from './day.ts';
import { askReviews, showCoverage, THREAD, workTheDay } from './dayStates.ts';
import { showStates } from './states.ts';

/** Where a scene is played. */
export interface Stage extends Day {
  readonly clock: MovedClock;
  /**
   * Takes a picture in every theme of the scene.
   * @param name the file's name, without theme and ending
   * @param pose done anew in each theme, for what a change of the theme hides
   */
  readonly shoot: (name: string, pose?: () => Promise<unknown>) => Promise<void>;
}

/** Something worth pictures. */
export interface Scene {
  readonly name: string;
  /** For the README; the others are for whoever looks them through. */
  readonly isShown: boolean;
  readonly themes: readonly ThemeName[];
  readonly viewport: { readonly width: number; readonly height: number };
  readonly settings: Settings;
  /** What happens in the team before VS Code opens. */
  readonly before?: (team: SampleTeam) => Promise<void>;
  readonly show: (stage: Stage) => Promise<void>;
}

/** Wide enough for the handoff's preview beside its notes. */
const viewport = { width: 1440, height: 900 };
/** So high that every row is drawn. */
const tall = { width: 1440, height: 1700 };
const shown = {
  isShown: true,
  themes: ['light', 'dark', 'highContrast'],
  viewport,
  settings: { 'responder.notifications': 'quiet' },
} as const;

/** What `npm run screenshots` takes pictures of. */
export const scenes: readonly Scene[] = [
  {
    ...shown,
    name: 'day',
    before: askReviews,
    async show(stage) {
      const { window, queue, vscode, shoot } = stage;
      await window.page.setViewportSize(tall);
      await workTheDay(stage);
      await window.command('Responder: Open Team File');
      await window.tab('responder.yml').waitFor();
      await window.page.setViewportSize(viewport);
      await widenSideBar(window);
      await clearMessages(vscode);
      await shoot('queue', () => queue.hover('OAuth consent page'));
      await stage.window.page.mouse.move(1000, 700);
      await showCoverage(stage);
      await shoot('coverage');
    },
  },
  {
    ...shown,
    name: 'convert',
    async show({ window, queue, shoot }) {
      await widenSideBar(window);
      await queue.inlineAction(THREAD, 'Convert to Issue…');
      await answerQuestions(window, {
        priority: 'High',
        title: 'Publish the range that our webhook calls come from',
        assignee: 'Noor',
      });
      await window.tab(/Convert to Issue/u).waitFor();
      // What the pointer rests on says its name over the next choice.
      await window.page.mouse.move(1200, 700);
      await shoot('convert');
    },
  },
  {
    ...shown,
    name: 'proposals',
    async show({ window, team, shoot }) {
      // Folded, so that the rows have room.
      await window.page.locator('.sidebar .pane-header[aria-label^="Rotation"]').click();
      await window.view('Queue').row(CLOSED).first().waitFor({ timeout: 45_000 });
      await widenSideBar(window);
      await keepProposals(window, team);
      await shoot('proposals');
    },
  },
  {
    ...shown,
    name: 'handoff',
    async show({ window, shoot }) {
      await window.command('Responder: Draft Handoff Notes');
      const page = window.webview();
      await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
      const note = page.getByRole('textbox', { name: /^Note/u }).first();
      await note.fill('Mika is on it: the links of the old handbook.');
      await page.getByText('Saved', { exact: true }).waitFor();
      await shoot('handoff');
    },
  },
  {
    name: 'states',
    isShown: false,
    themes: ['light', 'dark', 'highContrast', 'highContrastLight'],
    viewport: { width: 1280, height: 1500 },
    settings: { 'responder.notifications': 'important' },
    before: askReviews,
    show: showStates,
  },
];

/** Wide enough for place and age beside the titles. */
async function widenSideBar({ page }: Workbench): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('The side bar is not on the screen.');
  const edge = box.x + box.width + 1;
  await page.mouse.move(edge, 400);
  await page.mouse.down();
  await page.mouse.move(edge + 190, 400, { steps: 5 });
  await page.mouse.up();
}

/** What the status bar says of the last deed goes by itself after some seconds. */
async function clearMessages({ window }: VSCode): Promise<void> {
  await window.page.locator('.statusbar-item', { hasText: /logged/u }).waitFor({ state: 'detached' });
}

// As much of it as the row of what is late has room for.
const CLOSED = 'Scheduled sync runs an h';

/** Two closings that wait, one that GitHub refused, and the preview of one of them. */
async function keepProposals(window: Workbench, team: SampleTeam): Promise<void> {
  const queue = window.view('Queue');
  for (const title of ['Expired refresh token', 'Link previews show the na', CLOSED])
    await queue
      .row(title)
      .first()
      .click({ modifiers: ['Control'] });
  await queue.menu(CLOSED, 'Close Issue…');
  const input = window.quickInput();
  await input.pick('Completed');
  await isAsked(window, 'A comment (optional)');
  await input.type('Fixed in 4.2, which is out since this morning.');
  await isPreviewed(window);
  await input.pick('Keep as Proposal');
  await window.command('Responder: Focus on Proposals View');
  const proposals = window.view('Proposals');
  const archived = { message: 'Repository was archived so is read-only.', status: '403' };
  team.proxy.fail(
    { service: 'github', method: 'POST', path: /\/comments$/u },
    { type: 'answer', status: 403, body: archived },
  );
  await proposals.inlineAction(CLOSED, 'Approve');
  await proposals.row('not sent').first().waitFor();
  await window.command('Notifications: Clear All Notifications');
  await proposals.click('Expired refresh token');
  await window.tab(/Close: Expired refresh token/u).waitFor();
}
