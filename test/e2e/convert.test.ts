import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';
import type { Posted } from '../team/slack/actions.ts';
import {
  askAboutDeliveries,
  isAsked,
  isPreviewed,
  issueTitled,
  isTold,
  shownText,
  startConversion,
  THREAD,
  THREAD_TITLE,
  tallWindow,
  writesOf,
} from './conversion.ts';

test('a Slack thread becomes a planned issue, and the thread is told', async (t) => {
  let posted: readonly Posted[] = [];
  const { team, vscode } = await openSampleTeamFor(t, {
    viewport: tallWindow,
    before: async (started) => {
      posted = await askAboutDeliveries(started);
    },
  });
  const { window } = vscode;
  const input = window.quickInput();

  await startConversion(window, THREAD_TITLE);

  // Less than the limit is refused with the reason.
  await isAsked(window, 'How long may it take?');
  await input.pick('Custom…');
  await isAsked(window, 'A length of time');
  await input.input.fill('45m');
  await input.message.filter({ hasText: '45 min is less than the limit of 2 h' }).waitFor();
  await input.confirm();
  await isAsked(window, '45 min is less than the limit of 2 h');
  await input.option('Do It Now').waitFor();
  await input.pick('Choose a Longer Timebox');
  await isAsked(window, 'Press Enter to choose');
  await input.type('2h');

  await isAsked(window, 'Priority on the board');
  await input.pick('High');
  await isAsked(window, 'Repository of the issue');
  await input.pick('acme/app');
  await isAsked(window, 'Title of the issue');
  await input.type('Reuse of connections breaks one receiver');
  await isAsked(window, 'Labels');
  await input.input.fill('bug');
  await input.option('Add this label').waitFor();
  await input.confirm();
  await input.option('bug').locator('input:checked, .monaco-checkbox.checked').waitFor();
  await input.confirm();
  await isAsked(window, 'Who takes it?');
  await input.pick('Noor');
  await isPreviewed(window);

  const preview = await shownText(window);
  for (const line of [
    '## 1. New issue in acme/app',
    '- Title: Reuse of connections breaks one receiver',
    '- Labels: team/integrations, reactive, bug',
    '- Assignee: noor-sample',
    '## 2. Board 213 of acme',
    '- Priority: 🔴 High (Priority)',
    '- Timebox: 2 h (Timebox (hours))',
    '## 3. Reply in the thread in #integrations',
    'Planned as [acme/app#…](…) · timebox 2 h · priority 🔴 High',
  ])
    assert.ok(preview.includes(line), line);
  assertThread(preview, posted);
  assert.deepEqual(writesOf(team), { issues: 0, boardItems: 0, comments: 0, messages: 0 });

  await input.pick('Create');
  const issue = await isTold(window, /acme\/app#\d+ is created\./u).then(() =>
    issueTitled(team, 'acme/app', 'Reuse of connections breaks one receiver'),
  );

  // The tree shows its number at once.
  await window.view('Queue').row('Converted').first().waitFor();
  await window.view('Queue').row(`#${issue.number}`).filter({ hasText: THREAD_TITLE }).waitFor();

  assertThread(issue.body ?? '', posted);
  assert.ok(preview.includes(issue.body ?? 'no body'), 'the body is the one that was shown');
  const [question] = posted;
  assert.ok(question !== undefined);
  assert.match(issue.body ?? '', new RegExp(`<!-- responder-duty:item:.*${question.ts.replace('.', '\\.')}`, 'u'));
  assert.deepEqual(issue.labels.map(({ name }) => name).sort(), ['bug', 'reactive', 'team/integrations']);
  assert.deepEqual(
    issue.assignees.map(({ login }) => login),
    ['noor-sample'],
  );
  const card = (await team.board.items()).find(({ number }) => number === issue.number);
  assert.deepEqual(card?.fields, { Priority: '🔴 High', 'Timebox (hours)': 2 });
  const thread = await team.slack.thread(question.channel, question.ts);
  assert.equal(thread.length, THREAD.length + 1);
  assert.match(JSON.stringify(thread.at(-1)), new RegExp(`acme/app#${issue.number}`, 'u'));
  assert.deepEqual(writesOf(team), { issues: 1, boardItems: 1, comments: 0, messages: 1 });
  assert.deepEqual(vscode.browser.outside, []);
});

/** Everything that was said, in order, each with its author, time and address. */
function assertThread(text: string, posted: readonly Posted[]): void {
  const places = THREAD.map(({ by, text: said }, index) => {
    const { ts, permalink } = posted[index] ?? { ts: '0', permalink: 'nowhere' };
    const time = new Date(Math.floor(Number(ts)) * 1000).toISOString().replace('.000Z', 'Z');
    const head = `**${by}** · [${time}](<${permalink}>)`;
    assert.ok(text.includes(head), head);
    assert.ok(text.includes(said), said);
    return text.indexOf(head);
  });
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
}
