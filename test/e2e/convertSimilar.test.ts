import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Workbench } from '../support/vscode/workbench.ts';
import { FAULT } from '../team/proxy/faults.ts';
import type { SeenRequest } from '../team/proxy/record.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import {
  isAsked,
  isPreviewed,
  issueTitled,
  isTold,
  openAsked,
  shownText,
  startConversion,
  THREAD,
  THREAD_TITLE,
  writesOf,
} from './conversion.ts';

const SAME = 'A receiver answers requests with 421';
const QUESTION = 'These issues may be about the same';

test('a closed issue about the same is shown with its reason, gets the conversation as a comment, and is open again', async (t) => {
  let number = 0;
  const { team, vscode, window, input, question } = await openAsked(t, async (started) => {
    // Nobody watches it, and it is closed: only a search finds it.
    number = await closedIssue(started, SAME);
  });
  const before = (await team.github.issues('acme/app')).length;

  await isRead(window);
  await startConversion(window, THREAD_TITLE);
  await answerUpToTitle(window, THREAD_TITLE);
  await isAsked(window, QUESTION);
  const row = input.option(`#${String(number)} ${SAME}`);
  await row
    .filter({ hasText: 'closed' })
    .filter({ hasText: /Titles are \d+ % alike/u })
    .waitFor();
  await input.option('Create Anyway').waitFor();

  // Back and forth: the issue is offered again, whichever way one comes.
  await input.pick(SAME);
  await isAsked(window, `How does it relate to acme/app#${String(number)}?`);
  await input.option('Append as a Comment and Reopen').filter({ hasText: 'is reopened' }).waitFor();
  await input.pick('Append as a Comment and Reopen');
  // No labels, nobody to take it: nothing else of the issue changes.
  await isPreviewed(window);
  const preview = await shownText(window);
  for (const line of [
    `## 1. Reopen acme/app#${String(number)}`,
    `## 2. The rest of acme/app#${String(number)} stays as it is; no second issue is created`,
    `## 3. Comment on acme/app#${String(number)}`,
    '## 4. Reply in the thread in #integrations',
    `Added to [acme/app#${String(number)}](…)`,
    ...THREAD.map(({ text }) => text),
  ])
    assert.ok(preview.includes(line), line);
  assert.deepEqual(writesOf(team), { issues: 0, boardItems: 0, comments: 0, messages: 0 });

  assert.equal((await issueTitled(team, 'acme/app', SAME)).state, 'closed');
  await input.pick('Add Comment and Reopen');
  await isTold(window, `It is added to acme/app#${String(number)}, which is open again.`);
  await window
    .view('Queue')
    .row(/^Converted/u)
    .waitFor();

  assert.deepEqual(writesOf(team), { issues: 0, boardItems: 0, comments: 1, messages: 1 });
  assert.equal((await team.github.issues('acme/app')).length, before);
  assert.equal((await issueTitled(team, 'acme/app', SAME)).state, 'open');
  const comments = await team.github.issueComments('acme/app', number);
  assert.equal(comments.length, 1);
  for (const { text } of THREAD) assert.ok(comments[0]?.body.includes(text), text);
  assert.match(comments[0]?.body ?? '', /<!-- responder-duty:item:slack/u);
  const thread = await team.slack.thread(question.channel, question.ts);
  assert.match(JSON.stringify(thread.at(-1)), new RegExp(`Added to .*acme/app#${String(number)}`, 'u'));
  assert.deepEqual(vscode.browser.outside, []);
});

test('a new issue names the related one; a search that never ends is told and stops nothing', async (t) => {
  const { team, window, input } = await openAsked(t, (started) => closedIssue(started, SAME));
  const related = await issueTitled(team, 'acme/app', SAME);

  await isRead(window);
  await startConversion(window, THREAD_TITLE);
  await answerUpToTitle(window, THREAD_TITLE);
  await isAsked(window, QUESTION);
  await input.pick(SAME);
  await input.pick('Link as Related');
  await answerToPreview(window);
  assert.ok((await shownText(window)).includes(`Related: acme/app#${String(related.number)}`));
  await input.cancel();
  await input.box.waitFor({ state: 'hidden' });

  // The search for it is never answered; the polls' own searches are.
  const asksForSame = ({ query }: SeenRequest): boolean => query['q']?.includes('in:title') === true;
  team.proxy.fail({ service: 'github', path: '/search/issues', where: asksForSame }, FAULT.hang);
  await startConversion(window, THREAD_TITLE);
  await answerUpToTitle(window, THREAD_TITLE);
  await answerToPreview(window);
  await input.option('Create').filter({ hasText: 'GitHub did not answer in time' }).waitFor();
  assert.ok(!(await shownText(window)).includes('Related:'));
  await input.pick('Create');
  await isTold(window, /acme\/app#\d+ is created\./u);
  assert.deepEqual(writesOf(team), { issues: 1, boardItems: 1, comments: 0, messages: 1 });
});

async function closedIssue(team: SampleTeam, title: string): Promise<number> {
  const { number } = await team.github.openIssue('acme/app', { title, body: 'One customer said so.' });
  await team.github.closeIssue('acme/app', number);
  return number;
}

/** The polls' searches are paced: once the rows of GitHub are there, they are over. */
async function isRead(window: Workbench): Promise<void> {
  await window.openContainer('Responder');
  await window.view('Queue').row('Scheduled sync runs an hour late').first().waitFor({ timeout: 45_000 });
}

async function answerUpToTitle(window: Workbench, title: string): Promise<void> {
  const input = window.quickInput();
  await isAsked(window, 'How long may it take?');
  await input.pick('2 hours');
  await isAsked(window, 'Priority on the board');
  await input.pick('High');
  await isAsked(window, 'Repository of the issue');
  await input.pick('acme/app');
  await isAsked(window, 'Title of the issue');
  await input.type(title);
}

async function answerToPreview(window: Workbench): Promise<void> {
  const input = window.quickInput();
  await isAsked(window, 'Labels');
  await input.confirm();
  await isAsked(window, 'Who takes it?');
  await input.pick('Nobody');
  await isPreviewed(window);
}
