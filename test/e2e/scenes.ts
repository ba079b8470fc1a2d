import type { Workbench } from '../support/vscode/workbench.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import { answerQuestions, isAsked, isPreviewed } from './conversion.ts';

/** Something worth a picture. */
export interface Scene {
  /** The picture's file name, without theme and ending. */
  readonly name: string;
  /** Brings the window to what the picture shows. */
  show(window: Workbench, team: SampleTeam): Promise<void>;
}

const THREAD = 'Customer behind a proxy';

/** What `npm run screenshots` takes pictures of, in each theme. */
export const scenes: readonly Scene[] = [
  {
    name: 'queue',
    async show(window) {
      await openQueue(window);
      await window.view('Queue').hover(THREAD);
    },
  },
  {
    name: 'convert',
    async show(window) {
      await openQueue(window);
      await convertUpToPreview(window);
    },
  },
  {
    name: 'proposals',
    async show(window, team) {
      await window.openContainer('Responder');
      // Folded, so that the rows have room.
      await window.page.locator('.sidebar .pane-header[aria-label^="Rotation"]').click();
      await window.view('Queue').row(CLOSED).first().waitFor({ timeout: 45_000 });
      await widenSideBar(window);
      await keepProposals(window, team);
    },
  },
  {
    name: 'handoff',
    async show(window) {
      await window.openContainer('Responder');
      await window.view('Queue').row(THREAD).first().waitFor();
      await window.command('Responder: Draft Handoff Notes');
      const page = window.webview();
      await page.getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
      const note = page.getByRole('textbox', { name: /^Note/u }).first();
      await note.fill('The receiver is the customer’s proxy: ask Ines before replaying.');
      await page.getByText('Saved', { exact: true }).waitFor();
    },
  },
];

async function openQueue(window: Workbench): Promise<void> {
  await window.openContainer('Responder');
  const queue = window.view('Queue');
  // One row of each kind of source; reviews come last.
  for (const row of [/^In progress/u, 'Webhook deliveries wait', THREAD, 'Document the scopes'])
    await queue.row(row).first().waitFor();
  await widenSideBar(window);
}

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

async function convertUpToPreview(window: Workbench): Promise<void> {
  await window.view('Queue').inlineAction(THREAD, 'Convert to Issue…');
  await answerQuestions(window, {
    priority: 'High',
    title: 'Publish the range that our webhook calls come from',
    assignee: 'Noor',
  });
  await window.tab(/Convert to Issue/u).waitFor();
}

const CLOSED = 'Scheduled sync runs an hour late';

/** Two closings that wait, one that GitHub refused, and the preview of one of them. */
async function keepProposals(window: Workbench, team: SampleTeam): Promise<void> {
  const queue = window.view('Queue');
  for (const title of ['Expired refresh token', 'Link previews show the name', CLOSED])
    await queue
      .row(title)
      .first()
      .click({ modifiers: ['Control'] });
  await queue.menu(CLOSED, 'Close Issue…');
  const input = window.quickInput();
  await input.pick('Completed');
  await isAsked(window, 'A word to leave as a comment');
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
  await proposals.row('not written').first().waitFor();
  await window.command('Notifications: Clear All Notifications');
  await proposals.click('Expired refresh token');
  await window.tab(/Close: Expired refresh token/u).waitFor();
}
