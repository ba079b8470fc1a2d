import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SampleTeam } from '../team/sampleTeam.ts';
import { isAsked, isPreviewed, isTold, shownText } from './conversion.ts';
import { isSaid, openDayFor, standsIn } from './day.ts';

const ISSUE = 'Expired refresh token';
const ALERT = 'Webhook deliveries wait';
const LABELS = /^\/repos\/acme\/app\/issues\/\d+\/labels/u;
const ASSIGNEES = { service: 'github', method: 'POST', path: /\/assignees$/u } as const;

test('what exists is changed from its row and taken back; in a dry run nothing leaves', async (t) => {
  // A silence ends by Alertmanager's clock, which is the machine's.
  const day = await openDayFor(t, { clock: 'machine' });
  const { team, window, queue } = day;
  const { proxy } = team;
  const input = window.quickInput();

  await t.test('labels of the repository are offered, and changed at once', async () => {
    await queue.menu(ISSUE, 'Change Labels…');
    await isAsked(window, 'Checked labels are set');
    await input.option('privacy').first().waitFor();
    await window.screenshot('gate-labels');
    await input.pickSeveral(['ux', 'oauth']);
    await isSaid(window, `Undo: Labels · ${ISSUE}`);
    assert.deepEqual(await labels(team), ['oauth', 'team/integrations']);
  });

  await t.test('Undo in the status bar gives it the labels that it had', async () => {
    proxy.clear();
    await window.statusBar('responder.undo').click();
    await proxy.waitFor({ service: 'github', method: 'DELETE', path: LABELS });
    await isSaid(window, 'Sent: ');
    assert.deepEqual(await labels(team), ['team/integrations', 'ux']);
  });

  await t.test('a silence says what it holds before it is made, and holds it', async () => {
    assert.equal(await alertState(team), 'active');
    await queue.menu(ALERT, 'Silence Alert…');
    await isAsked(window, 'Firing alerts that it holds: 1');
    await input.pick('For 1 hour');
    await isAsked(window, 'Why is it silenced?');
    await input.type('The provider is at it.');
    await isPreviewed(window);
    const text = await shownText(window);
    for (const said of ['alertname="WebhookQueueLag"', 'The provider is at it.', 'Firing alerts that it silences now'])
      assert.ok(text.includes(said), `“${said}” in: ${text}`);
    assert.equal(await alertState(team), 'active', 'nothing is written yet');
    await window.screenshot('gate-silence');
    await input.pick('Silence');
    await isSaid(window, `Undo: Silence · ${ALERT}`);
    assert.equal(await alertState(team), 'suppressed');
  });

  await t.test('Undo ends the silence', async () => {
    proxy.clear();
    await window.statusBar('responder.undo').click();
    await proxy.waitFor({ service: 'alertmanager', method: 'DELETE' });
    assert.equal(await alertState(team), 'active');
  });

  await t.test('in a dry run a claim waits, and the row stays where it is', async () => {
    await window.command('Responder: Toggle Dry Run');
    await window.statusBar('responder.duty').getByText('dry run').waitFor();
    proxy.clear();
    await queue.menu(ISSUE, /^Claim(?! and)/u);
    await isTold(window, 'Dry run: saved to Proposals');
    await standsIn(day, 'Waiting on us', ISSUE);
    await window.command('Responder: Focus on Proposals View');
    await window
      .view('Proposals')
      .treeItem(/Expired refresh token.*waits for approval/u)
      .waitFor();
    assert.deepEqual(proxy.requests(ASSIGNEES), []);
    assert.deepEqual(await assignees(team), []);
  });

  await t.test('approved when the dry run is over, it is made', async () => {
    await window.command('Notifications: Clear All Notifications');
    await window.command('Responder: Toggle Dry Run');
    await window.statusBar('responder.duty').getByText('dry run').waitFor({ state: 'detached' });
    await window.view('Proposals').inlineAction(ISSUE, 'Approve');
    await proxy.waitFor(ASSIGNEES);
    await standsIn(day, 'In progress', ISSUE);
    assert.deepEqual(await assignees(team), ['noor-sample']);
  });
});

async function issueOf(team: SampleTeam) {
  const number = team.issues.get('token')?.number;
  const issue = (await team.github.issues('acme/app')).find((each) => each.number === number);
  assert.ok(issue !== undefined);
  return issue;
}

async function labels(team: SampleTeam): Promise<readonly string[]> {
  return (await issueOf(team)).labels.map(({ name }) => name).sort();
}

async function assignees(team: SampleTeam): Promise<readonly string[]> {
  return (await issueOf(team)).assignees.map(({ login }) => login);
}

/** Of the alert, as Alertmanager itself has it. */
async function alertState(team: SampleTeam): Promise<string | undefined> {
  const alert = (await team.alerts.list()).find(({ labels: { alertname } }) => alertname === 'WebhookQueueLag');
  return alert?.status.state;
}
