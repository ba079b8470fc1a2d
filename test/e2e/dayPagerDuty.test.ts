import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { isAsked, isPreviewed, isTold, shownText } from './conversion.ts';
import { openDayFor, refresh, standsIn } from './day.ts';

const INCIDENT = 'Connector sync is down';
const CHANGES = { service: 'pagerduty', method: 'PUT' } as const;
const NOTES = { service: 'pagerduty', method: 'POST' } as const;

test('an incident of PagerDuty from its alarm to its end', async (t) => {
  const day = await openDayFor(t);
  const { team, window, queue } = day;
  const { proxy, pagerDuty } = team;
  const [incident] = [...pagerDuty.account.incidents.values()];
  assert.ok(incident !== undefined);

  await t.test('it waits on us, with its service; what is over or another team’s does not', async () => {
    await queue.treeItem(/^Alert, Connector sync is down in eu-north, .*Integrations hub, .*began to fire/u).waitFor();
    assert.equal(await queue.row('Checkout answers slowly').count(), 0);
    assert.equal(await queue.row('Export workers restarted').count(), 0);
  });

  await t.test('a claim acknowledges it in my name', async () => {
    await queue.menu(INCIDENT, /^Claim(?! and)/u);
    await standsIn(day, 'In progress', INCIDENT);
    await proxy.waitFor(CHANGES);
    assert.equal(incident.status, 'acknowledged');
    assert.deepEqual(
      incident.acknowledgements.map(({ userId }) => userId),
      ['P02NOO'],
    );
  });

  await t.test('undo says that the acknowledgement stays', async () => {
    await queue.menu(INCIDENT, 'Undo');
    await isTold(window, 'In PagerDuty it stays acknowledged by you');
    assert.equal(proxy.requests(CHANGES).length, 1);
    await refresh(day);
    await standsIn(day, 'In progress', INCIDENT);
  });

  await t.test('a note is shown word for word, then written', async () => {
    await queue.menu(INCIDENT, 'Add Note in PagerDuty…');
    await isAsked(window, 'Everybody who can see the incident reads it');
    await window.quickInput().type('Rolled back the connector.');
    await isPreviewed(window);
    assert.match(await shownText(window), /Note on PagerDuty incident Q1INCIDENT[\s\S]*Rolled back the connector\./u);
    assert.equal(proxy.requests(NOTES).length, 0);
    await window.quickInput().pick('Add Note');
    await proxy.waitFor(NOTES);
    assert.match(incident.notes[0]?.content ?? '', /^Rolled back the connector\.\n\n\(Responder Duty /u);
  });

  await t.test('it is resolved after a preview, although the first reply is lost', async () => {
    proxy.clear();
    proxy.fail(CHANGES, { type: 'drop', when: 'after' }, 1);
    await queue.menu(INCIDENT, 'Resolve in PagerDuty…');
    await isAsked(window, 'A note on how it ended');
    await window.quickInput().confirm();
    await isPreviewed(window);
    assert.match(await shownText(window), /cannot be undone/u);
    await window.quickInput().pick('Resolve');
    await isTold(window, 'Not sent yet');
    await window.answerToast('Not sent yet', 'Show Proposals');
    const nothing = window.view('Proposals').welcome().getByText('Nothing waits to be sent.');
    // It goes on by itself, with the next minute.
    await nothing.waitFor({ timeout: 75_000 });
    assert.equal(incident.status, 'resolved');
    assert.equal(proxy.requests(CHANGES).length, 1, 'what arrived is found, not sent again');
    await refresh(day);
    await queue.row(INCIDENT).waitFor({ state: 'detached' });
  });

  await t.test('who is on call there is on duty here', async () => {
    const file = path.join(team.folder, 'responder.yml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('table: docs/rotation.md#current-schedule', 'pagerduty: PABC123'));
    await window
      .statusBar('responder.duty')
      .getByText(/Noor \(you\)/u)
      .waitFor();
    await proxy.waitFor({ service: 'pagerduty', path: '/schedules/PABC123' });
    const [schedule] = [...pagerDuty.account.schedules.values()];
    assert.ok(schedule !== undefined);
    const kai = schedule.entries.map((entry) => ({ ...entry, userId: 'P02KAI' }));
    schedule.entries = kai;
    await window.command('Responder: Refresh');
    await window
      .statusBar('responder.duty')
      .getByText(/Kai · /u)
      .waitFor();
  });
});
