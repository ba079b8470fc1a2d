import type { TestContext } from 'node:test';
import type { Locator } from 'playwright-core';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import type { Posted } from '../team/slack/actions.ts';

/** High enough that all rows of the queue are drawn. */
export const tallWindow = { width: 1280, height: 1400 };

/** One group for each source, for journeys that are about sources. */
export const bySource = { 'responder.queue.groupBy': 'source' } as const;

/** An extension host that starts on a busy machine takes its time. */
const firstRead = { timeout: 45_000 };

/** Short enough that a row shows all of it beside a clock that presses. */
export const THREAD_TITLE = 'One receiver answers 421';

/** A thread of three people, as {@link askAboutDeliveries} posts it, oldest first. */
export const THREAD = [
  { by: 'Ines', text: `${THREAD_TITLE}, all others are fine.` },
  { by: 'Kai', text: 'It answers on the wrong connection. Do they share an address with another host?' },
  { by: 'Ines', text: 'They do, since yesterday. How long would a fix take?' },
] as const;

/** Somebody asks the team in Slack, half an hour ago, and gets an answer. */
export async function askAboutDeliveries(team: SampleTeam): Promise<readonly Posted[]> {
  const [question, ...answers] = THREAD;
  const begun = team.now() - 30 * 60_000;
  const first = await team.slack.post('integrations', question.by, question.text, { at: begun });
  const posted = [first];
  for (const [index, { by, text }] of answers.entries()) {
    posted.push(await team.slack.reply(first, by, text, { at: begun + (index + 1) * 4 * 60_000 }));
  }
  return posted;
}

/** A sample team in which somebody asked so, and what else `before` did, with a window on it that shows one group for each source. */
export async function openAsked(
  t: TestContext,
  before: (team: SampleTeam) => Promise<unknown> = async () => undefined,
) {
  let posted: readonly Posted[] = [];
  const { team, vscode } = await openSampleTeamFor(t, {
    viewport: tallWindow,
    settings: bySource,
    before: async (started) => {
      await before(started);
      posted = await askAboutDeliveries(started);
    },
  });
  const [question] = posted;
  if (question === undefined) throw new Error('nobody asked');
  return { team, vscode, window: vscode.window, input: vscode.window.quickInput(), posted, question };
}

/** Waits for a question of the wizard, by its placeholder or its prompt. */
export async function isAsked(window: Workbench, question: string): Promise<void> {
  const { page } = window;
  const placeholder = page.locator(`.quick-input-widget input[placeholder*="${question}"]`);
  const prompt = page.locator('.quick-input-widget .quick-input-message', { hasText: question });
  await placeholder.or(prompt).filter({ visible: true }).first().waitFor();
}

export interface QuickAnswers {
  readonly timebox?: string;
  readonly priority?: string;
  readonly repository?: string;
  /** Undefined: not asked, because an issue is planned itself. */
  readonly title?: string | undefined;
  readonly assignee?: string;
}

/** Answers all questions up to the preview, with the labels as they are proposed. */
export async function answerQuestions(window: Workbench, answers: QuickAnswers): Promise<void> {
  const { timebox = '2 hours', priority = 'Medium', repository = 'acme/app', title, assignee = 'Nobody' } = answers;
  const input = window.quickInput();
  await isAsked(window, 'How long may it take?');
  await input.pick(timebox);
  await isAsked(window, 'Priority on the board');
  await input.pick(priority);
  await isAsked(window, 'Repository of the issue');
  await input.pick(repository);
  if (title !== undefined) {
    await isAsked(window, 'Title of the issue');
    await input.type(title);
  }
  await isAsked(window, 'Labels');
  await input.confirm();
  await isAsked(window, 'Who takes it?');
  await input.pick(assignee);
  await isPreviewed(window);
}

export async function isPreviewed(window: Workbench): Promise<void> {
  await isAsked(window, 'The editor shows exactly what will be sent');
}

/** The whole text of the document that is shown, as a person would copy it. */
export async function shownText(window: Workbench): Promise<string> {
  const { page } = window;
  await window.editor().click();
  await window.keys('Control+A', 'Control+C');
  return page.evaluate<string>('navigator.clipboard.readText()');
}

/** A row's inline action, once the queue has it. */
export async function startConversion(window: Workbench, title: string): Promise<void> {
  await window.openContainer('Responder');
  const queue = window.view('Queue');
  await queue.row(title).first().waitFor(firstRead);
  await queue.inlineAction(title, 'Convert to Issue…');
}

/** How often the team's services were asked to write something. */
export function writesOf(
  team: SampleTeam,
): Readonly<Record<'issues' | 'boardItems' | 'comments' | 'messages', number>> {
  const count = (filter: Parameters<SampleTeam['proxy']['requests']>[0]): number => team.proxy.requests(filter).length;
  return {
    issues: count({ service: 'github', method: 'POST', path: /\/issues$/u }),
    comments: count({ service: 'github', method: 'POST', path: /\/comments$/u }),
    boardItems: count({
      service: 'github',
      path: '/graphql',
      where: ({ body }) => JSON.stringify(body).includes('addProjectV2ItemById'),
    }),
    messages: count({ service: 'slack', path: /\/chat\.postMessage$/u }),
  };
}

/** The issue of that title; there must be one only. */
export async function issueTitled(team: SampleTeam, repository: string, title: string) {
  const found = (await team.github.issues(repository)).filter((issue) => issue.title === title);
  const [issue] = found;
  if (issue === undefined || found.length > 1) throw new Error(`${found.length} issues are called “${title}”.`);
  return issue;
}

/** Waits until a toast says so. */
export async function isTold(window: Workbench, text: string | RegExp): Promise<Locator> {
  const toast = window.toast(text).first();
  await toast.waitFor();
  return toast;
}

/** Waits until the notification center says so: VS Code shows no toast for some of the messages that come in a burst. */
export async function isNoted(window: Workbench, text: string): Promise<void> {
  await window.command('Notifications: Show Notifications');
  await window.page.locator('.notifications-center', { hasText: text }).waitFor();
  await window.command('Notifications: Hide Notifications');
}
