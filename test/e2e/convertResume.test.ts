import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULT } from '../team/proxy/faults.ts';
import type { RequestFilter } from '../team/proxy/record.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import type { Posted } from '../team/slack/actions.ts';
import {
  answerQuestions,
  isNoted,
  issueTitled,
  isTold,
  openAsked,
  startConversion,
  THREAD,
  THREAD_TITLE,
  writesOf,
} from './conversion.ts';

const createIssue = { service: 'github', method: 'POST', path: '/repos/acme/app/issues' } as const;
const replyInSlack = { service: 'slack', path: /\/chat\.postMessage$/u } as const;

/** Longer than what a crashed window was writing counts as being written. */
const afterCrash = { timeout: 40_000 };

test('an issue whose creation was never confirmed is found again, not created twice', async (t) => {
  const { team, question, vscode } = await openAsked(t);
  const { window } = vscode;
  await startConversion(window, THREAD_TITLE);
  await answerQuestions(window, { title: 'Created once' });
  team.proxy.fail(createIssue, FAULT.dropAfter, 1);
  await window.quickInput().pick('Create');

  await isTold(window, 'was not fully converted');
  const issue = await issueTitled(team, 'acme/app', 'Created once');
  assert.deepEqual(writesOf(team), { issues: 1, boardItems: 0, comments: 0, messages: 0 });

  await window.answerToast('was not fully converted', 'Retry');
  await isTold(window, `acme/app#${issue.number} is created.`);

  assert.equal((await issueTitled(team, 'acme/app', 'Created once')).number, issue.number);
  assert.equal((await team.board.items()).filter(({ number }) => number === issue.number).length, 1);
  await isRepliedOnce(team, question, issue.number);
  assert.deepEqual(writesOf(team), { issues: 1, boardItems: 1, comments: 0, messages: 1 });
});

test('a conversion that a crash cut off says so, and goes on where it stopped', async (t) => {
  const { team, question, vscode } = await openAsked(t);
  const { window } = vscode;
  await startConversion(window, THREAD_TITLE);
  await answerQuestions(window, { title: 'Cut off by a crash' });
  const { filter, asked } = whenAsked(replyInSlack);
  team.proxy.fail(filter, FAULT.hang);
  await window.quickInput().pick('Create');
  await asked;

  await vscode.restart();
  team.proxy.heal();
  const issue = await issueTitled(team, 'acme/app', 'Cut off by a crash');
  const said = 'A change was interrupted when VS Code closed.';
  await window.toast(said).waitFor(afterCrash);
  await window.answerToast(said, 'Show');
  const stand = `The issue acme/app#${issue.number} exists; not done yet: the reply in #integrations.`;
  await isTold(window, stand);
  await window.answerToast(stand, 'Resume');
  await isNoted(window, `acme/app#${issue.number} is created.`);

  await isRepliedOnce(team, question, issue.number);
  assert.deepEqual(writesOf(team), { issues: 1, boardItems: 1, comments: 0, messages: 2 });
  await window.command('Responder: Show Interrupted Changes');
  await isTold(window, 'No interrupted changes');
});

test('what GitHub leaves out is said', async (t) => {
  const { team, vscode } = await openAsked(t);
  const { window } = vscode;
  // Without push access the labels are ignored, and the reply shows none.
  team.proxy.fail(createIssue, {
    type: 'replaceBody',
    replace: (body) => JSON.stringify({ ...(JSON.parse(body) as object), labels: [] }),
  });
  // A board whose field was renamed.
  team.proxy.fail(
    { service: 'github', path: '/graphql' },
    { type: 'replaceBody', replace: (body) => body.replaceAll('"Priority"', '"Urgency"') },
  );
  await startConversion(window, THREAD_TITLE);
  await answerQuestions(window, { title: 'Half of it' });
  await window.quickInput().pick('Create');

  const toast = await isTold(window, /acme\/app#\d+ is created\. But: /u);
  const said = await toast.innerText();
  for (const part of ['team/integrations', 'reactive', 'Priority'])
    assert.ok(said.includes(part), `${part} in: ${said}`);
});

test('a refusal says why, and nothing that was chosen is lost', async (t) => {
  const { team, question, vscode } = await openAsked(t);
  const { window } = vscode;
  const body = {
    message: 'Resource not accessible by personal access token',
    documentation_url: 'https://docs.github.com/rest',
  };
  team.proxy.fail(createIssue, { type: 'answer', status: 403, body });
  await startConversion(window, THREAD_TITLE);
  await answerQuestions(window, { title: 'Refused at first', priority: 'High' });
  await window.quickInput().pick('Create');

  const refusal = 'Resource not accessible by personal access token';
  const toast = await isTold(window, refusal);
  assert.match(await toast.innerText(), /Nothing has been sent yet.*GitHub does not allow this account to write/su);
  assert.deepEqual(writesOf(team), { issues: 1, boardItems: 0, comments: 0, messages: 0 });

  team.proxy.heal();
  await window.answerToast(refusal, 'Retry');
  await isTold(window, /acme\/app#\d+ is created\./u);
  const issue = await issueTitled(team, 'acme/app', 'Refused at first');
  const card = (await team.board.items()).find(({ number }) => number === issue.number);
  assert.equal(card?.fields['Priority'], '🔴 High');
  await isRepliedOnce(team, question, issue.number);
});

/** The same filter, and a promise that resolves when the first request comes that it lets through. */
function whenAsked(filter: RequestFilter): { readonly filter: RequestFilter; readonly asked: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const where = (): boolean => {
    resolve();
    return true;
  };
  return { filter: { ...filter, where }, asked: promise };
}

async function isRepliedOnce(team: SampleTeam, { channel, ts }: Posted, issueNumber: number): Promise<void> {
  const replies = (await team.slack.thread(channel, ts)).slice(THREAD.length);
  assert.equal(replies.length, 1);
  assert.match(JSON.stringify(replies), new RegExp(`acme/app#${issueNumber}`, 'u'));
}
