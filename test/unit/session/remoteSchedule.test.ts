import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { dutyAt, shiftsBetween } from '../../../src/core/rotation.ts';
import { TeamSession } from '../../../src/session/teamSession.ts';
import { team } from '../../support/build.ts';
import { PAGERDUTY_TOKEN, SCHEDULE_ID } from '../../team/pagerduty/actions.ts';
import { type FakePagerDuty, fakePagerDuty, NOW } from '../services/pagerduty/fakePagerDuty.ts';

const DAY = 86_400_000;
const people = [
  { name: 'Noor', github: undefined, slack: undefined, pagerduty: 'P02NOO', timeZone: 'Europe/Berlin' },
  { name: 'Kai', github: undefined, slack: undefined, timeZone: 'Europe/Vienna' },
];
const rotation = {
  type: 'shifts',
  shifts: [],
  overrides: [],
  remote: { service: 'pagerduty', schedule: SCHEDULE_ID },
} as const;
const remoteTeam = team({ people, rotation });

/** A window on the team; its time stands still, so that nothing is asked but by `refresh`. */
function openSession(
  test: TestContext,
  { ports }: FakePagerDuty,
  folder: string,
  onDidChange = (): void => undefined,
): TeamSession {
  const signedOut = { token: async () => undefined, apiUrl: undefined };
  const session = new TeamSession(remoteTeam, {
    folder,
    github: signedOut,
    slack: signedOut,
    pagerduty: ports,
    feeds: async () => undefined,
    contributed: { find: () => undefined, onDidRegister: () => () => undefined },
    clock: {
      now: ports.now,
      delay: (_, abort) => new Promise((resolve) => abort.addEventListener('abort', () => resolve(), { once: true })),
    },
    log: ports.log,
    holder: 'test',
    dryRun: () => false,
    onBusy: () => undefined,
    onDidChange,
  });
  test.after(() => session.close());
  session.start();
  return session;
}

/** As it is shown. */
function onDuty(session: TeamSession): string | undefined {
  session.view();
  return dutyAt(session.team.rotation, NOW)?.name;
}

test('a schedule that changed is shown anew, one that says the same is not; looking on while it is read loses nothing', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'responder-schedule-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  let look = (): unknown => undefined;
  const token = async (): Promise<string> => {
    look();
    return PAGERDUTY_TOKEN;
  };
  const fake = await fakePagerDuty(t, { token });
  const schedule = fake.company.account.schedules.get(SCHEDULE_ID);
  assert.ok(schedule !== undefined);
  const entry = { start: NOW - DAY, end: NOW + DAY };
  let changes = 0;
  const session = openSession(t, fake, folder, () => {
    changes += 1;
  });
  look = () => session.view();
  await session.refresh();
  await session.readAccounts();
  const changesOf = async (userId: string): Promise<number> => {
    schedule.entries = [{ ...entry, userId }];
    changes = 0;
    await session.refresh();
    return changes;
  };

  assert.equal(await changesOf('P02NOO'), 1);
  assert.equal(onDuty(session), 'Noor');
  assert.equal(await changesOf('P02NOO'), 0);
  assert.equal(await changesOf('P02KAI'), 1);
  assert.equal(onDuty(session), 'Kai');
});

test('who is on call in PagerDuty is on duty; the last good answer outlives a failure and a restart', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'responder-schedule-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const fake = await fakePagerDuty(t);
  const schedule = fake.company.account.schedules.get(SCHEDULE_ID);
  assert.ok(schedule !== undefined);
  const entry = { start: NOW - DAY, end: NOW + DAY };
  schedule.entries = [
    { ...entry, userId: 'P02NOO' },
    { start: NOW + DAY, end: NOW + 2 * DAY, userId: 'P02RIO' },
  ];
  const session = openSession(t, fake, folder);
  await session.refresh();

  assert.equal(onDuty(session), 'Noor');
  assert.deepEqual(
    shiftsBetween(session.team.rotation, NOW - DAY, NOW + 9 * DAY).map(({ name }) => name),
    ['Noor', 'Rio'],
  );
  const [status] = session.statuses();
  assert.ok(status !== undefined);
  assert.equal(status.id, `pagerduty:schedule:${SCHEDULE_ID}`);
  assert.deepEqual(
    status.failedPlaces.map(({ place }) => place),
    ['Rio'],
    'whom the team file does not know is told of',
  );

  schedule.entries = [{ ...entry, userId: 'P02KAI' }];
  await session.refresh();
  assert.equal(onDuty(session), 'Kai', 'a change is taken up at once');
  schedule.entries = [{ ...entry, userId: 'P02NOO' }];
  await session.refresh();

  fake.proxy.fail({ path: /schedules/u }, { type: 'answer', status: 500 });
  await session.refresh();
  assert.equal(session.statuses()[0]?.failure?.reason, 'serverError');
  assert.equal(onDuty(session), 'Noor');

  session.setTeam(remoteTeam);
  assert.equal(onDuty(session), 'Noor', 'a changed team file keeps what was read');
  session.close();
  assert.equal(onDuty(openSession(t, fake, folder)), 'Noor');

  fake.proxy.heal();
  schedule.entries = [{ ...entry, userId: 'P02KAI' }];
  const later = openSession(t, fake, folder);
  await later.refresh();
  assert.equal(onDuty(later), 'Kai', 'by name, who has no PagerDuty ID here');
});
