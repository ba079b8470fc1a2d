import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { writeMarker } from '../../../src/core/marker.ts';
import { TeamSession } from '../../../src/session/teamSession.ts';
import { team } from '../../support/build.ts';
import { tempFolder } from '../../support/tempStore.ts';
import { FakeGitHub, issue, LABEL_WATCH } from '../services/github/fakeGitHub.ts';

const WEEK = 7 * 86_400_000;
const KAIS = Date.UTC(2026, 10, 16, 8);
const MIKAS = KAIS + WEEK;
const NOBODY = { token: async () => undefined, apiUrl: undefined };

/** Noor, Kai and Mika have a week each; this is a machine of Mika's. */
const shifts = ['Noor', 'Kai', 'Mika'].map((name, at) => {
  const from = KAIS + (at - 1) * WEEK;
  return { from, to: from + WEEK, name, shadow: undefined };
});

function openSession(test: TestContext, fake: FakeGitHub): TeamSession {
  const github = fake.ports();
  const watched = team({ rotation: { type: 'shifts', shifts, overrides: [] }, watch: [LABEL_WATCH] });
  const session = new TeamSession(watched, {
    folder: tempFolder(test),
    github,
    slack: NOBODY,
    pagerduty: { ...NOBODY, email: undefined },
    feeds: async () => undefined,
    contributed: { find: () => undefined, onDidRegister: () => () => undefined },
    clock: {
      now: github.now,
      delay: (_, abort) => new Promise((resolve) => abort.addEventListener('abort', () => resolve(), { once: true })),
    },
    log: github.log,
    holder: 'test',
    dryRun: () => false,
    onBusy: () => undefined,
    onDidChange: () => undefined,
  });
  test.after(() => session.close());
  return session;
}

/** What was closed that the journal tells of. */
function looked(session: TeamSession): readonly number[] {
  return session.store.journal().flatMap(({ event }) => (event.type === 'issueClosed' ? [event.number] : []));
}

test('who was away told nobody: what was closed in their turn is looked at by whoever has the next one, and nothing older', async (t) => {
  const fake = new FakeGitHub();
  const closed = (number: number, at: string): object =>
    issue(number, {
      state: 'closed',
      body: `Planned.\n\n${writeMarker('item', 'slack:C01INT:1763000000.000100')}`,
      closed_at: at,
      updated_at: at,
    });
  let rows: readonly unknown[] = [];
  fake.on('GET /user', { body: { login: 'mika-sample', id: 1 } });
  fake.on('GET /repos/acme/app/issues', ({ path }) => ({ body: path.includes('since=') ? rows : [] }));
  fake.on('POST /graphql', { body: { data: { nodes: [] } } });
  fake.now = KAIS - WEEK;
  const session = openSession(t, fake);
  await session.readAccounts();
  await session.refresh();

  fake.now = MIKAS + 3_600_000;
  rows = [closed(7, '2026-11-13T10:00:00Z'), closed(8, '2026-11-17T10:00:00Z')];
  await session.refresh();
  await session.refresh();
  assert.deepEqual(looked(session), [8]);
});
