import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';
import type { Posted } from '../team/slack/actions.ts';
import {
  answerQuestions,
  askAboutDeliveries,
  bySource,
  isAsked,
  isPreviewed,
  issueTitled,
  isTold,
  openAsked,
  shownText,
  startConversion,
  THREAD,
  THREAD_TITLE,
  tallWindow,
  writesOf,
} from './conversion.ts';

test('a Slack thread becomes a planned issue, and the thread is told', async (t) => {
  const { team, vscode, window, input, posted } = await openAsked(t);

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
  await window
    .view('Queue')
    .row(/^Converted/u)
    .waitFor();
  await window.view('Queue').expand(/^Converted/u);
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

test('from the palette, with a second start after a cancel, and with a body that was edited', async (t) => {
  const { team, vscode } = await openSampleTeamFor(t, { viewport: tallWindow, settings: bySource, before: withThread });
  const { window } = vscode;
  const input = window.quickInput();
  await window.openContainer('Responder');
  const queue = window.view('Queue');

  // Nothing selected: the command says what to do.
  await queue.row(THREAD_TITLE).waitFor();
  await window.command('Responder: Convert to Issue…');
  await isTold(window, 'Select an item in the Queue first');

  await select(window, THREAD_TITLE);
  await window.command('Responder: Convert to Issue…');
  await isAsked(window, 'How long may it take?');
  await input.pick('1 day');
  await isAsked(window, 'Priority on the board');
  await input.pick('Critical');
  await isAsked(window, 'Repository of the issue');
  await input.pick('acme/docs');
  await isAsked(window, 'Title of the issue');
  await input.input.fill('Typed, not lost');
  await input.cancel();
  await input.box.waitFor({ state: 'hidden' });

  // What was chosen and typed is there again: Enter takes each.
  await startConversion(window, THREAD_TITLE);
  for (const question of ['How long may it take?', 'Priority on the board', 'Repository of the issue']) {
    await isAsked(window, question);
    await input.confirm();
  }
  await isAsked(window, 'Title of the issue');
  assert.equal(await input.input.inputValue(), 'Typed, not lost');
  await input.confirm();
  await isAsked(window, 'Labels');
  await input.confirm();
  await isAsked(window, 'Who takes it?');
  await input.pick('Nobody');
  await isPreviewed(window);

  await input.pick('Edit…');
  await window.tab(/Untitled/u).waitFor();
  await window.editor().click();
  await window.keys('Control+End');
  await window.page.keyboard.insertText('\nAsk Mika about the balancer.\n');
  await window.answerToast('Edit the title, labels', 'Apply');
  await isPreviewed(window);
  assert.ok((await shownText(window)).includes('Ask Mika about the balancer.'));
  await input.pick('Create');
  await isTold(window, /acme\/docs#\d+ is created\./u);

  const issue = await issueTitled(team, 'acme/docs', 'Typed, not lost');
  assert.match(issue.body ?? '', /Ask Mika about the balancer\.\n\n<!-- responder-duty:item:/u);
  const card = (await team.board.items()).find(
    ({ repository, number }) => repository === 'acme/docs' && number === issue.number,
  );
  assert.deepEqual(card?.fields, { Priority: '🚨 Critical', 'Timebox (hours)': 8 });
  assert.deepEqual(issue.assignees, []);
});

test('two selected items become two issues with the same answers and their own titles', async (t) => {
  const { team, vscode } = await openSampleTeamFor(t, { viewport: tallWindow, settings: bySource, before: withThread });
  const { window } = vscode;
  await window.openContainer('Responder');

  await select(window, THREAD_TITLE);
  await select(window, 'Does the sync honour');
  await window.command('Responder: Convert to Issue…');
  await answerQuestions(window, { timebox: 'Half a day', priority: 'Low' });
  const preview = await shownText(window);
  assert.match(preview, /^# 1\. One receiver answers 421/mu);
  assert.match(preview, /^# 2\. Does the sync honour/mu);
  await window.quickInput().pick('Create');
  await isTold(window, 'Issues created: 2');

  assert.deepEqual(writesOf(team), { issues: 2, boardItems: 2, comments: 0, messages: 2 });
  const made = (await team.github.issues('acme/app')).slice(0, 2).map(({ title }) => title);
  assert.ok(made.some((title) => title.startsWith(THREAD_TITLE)));
  assert.ok(made.some((title) => title.startsWith('Does the sync honour')));
});

test('an issue of the target repository is planned itself; an issue elsewhere is told where its work went', async (t) => {
  const { team, vscode } = await openSampleTeamFor(t, { viewport: tallWindow, settings: bySource });
  const { window } = vscode;
  const own = team.issues.get('timezone');
  const elsewhere = team.issues.get('docsRetry');
  assert.ok(own !== undefined && elsewhere !== undefined);
  const before = await team.github.issues('acme/app');

  await startConversion(window, 'Scheduled sync runs an hour late');
  await answerQuestions(window, { priority: 'High', title: undefined, assignee: 'Noor' });
  const preview = await shownText(window);
  assert.ok(preview.includes(`acme/app#${own.number} itself is planned; no second issue is created`));
  await window.quickInput().pick('Create');
  await isTold(window, `acme/app#${own.number} is planned.`);

  const issues = await team.github.issues('acme/app');
  assert.equal(issues.length, before.length);
  const planned = issues.find(({ number }) => number === own.number);
  assert.deepEqual(planned?.labels.map(({ name }) => name).sort(), ['bug', 'reactive', 'team/integrations']);
  assert.deepEqual(
    planned?.assignees.map(({ login }) => login),
    ['noor-sample'],
  );
  const card = (await team.board.items()).find(
    ({ repository, number }) => repository === 'acme/app' && number === own.number,
  );
  assert.deepEqual(card?.fields, { Priority: '🔴 High', 'Timebox (hours)': 2 });

  await startConversion(window, 'Say how often a failed delivery');
  await answerQuestions(window, { title: 'Retries are documented' });
  await window.quickInput().pick('Create');
  await isTold(window, /acme\/app#\d+ is created\./u);

  const issue = await issueTitled(team, 'acme/app', 'Retries are documented');
  assert.ok(issue.body?.includes('Customers ask: how often, how long, and is the order kept?'));
  const [comment, ...others] = await team.github.issueComments('acme/docs', elsewhere.number);
  assert.match(comment?.body ?? '', new RegExp(`^Planned as acme/app#${issue.number} · timebox 2 h`, 'u'));
  assert.deepEqual(others, []);
  assert.deepEqual(writesOf(team), { issues: 1, boardItems: 2, comments: 1, messages: 0 });
});

async function withThread(team: SampleTeam): Promise<void> {
  await askAboutDeliveries(team);
}

/** Adds a row to the selection; it is not opened by that. */
async function select(window: Workbench, title: string): Promise<void> {
  await window
    .view('Queue')
    .row(title)
    .first()
    .click({ modifiers: ['Control'] });
}
