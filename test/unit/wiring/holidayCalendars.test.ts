import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { HolidayCalendars } from '../../../src/wiring/holidayCalendars.ts';

const HOUR = 3_600_000;
const YEARLY = calendar('DTSTART;VALUE=DATE:20201225', 'RRULE:FREQ=YEARLY');

function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
}

interface Scene {
  readonly address: string;
  readonly asked: readonly string[];
  readonly changes: () => number;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  now: number;
  kept: unknown;
  readonly open: () => HolidayCalendars;
}

async function scene(t: TestContext): Promise<Scene> {
  const asked: string[] = [];
  let changes = 0;
  const server = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers['if-none-match'] ?? ''}`.trim());
    assert.equal(request.headers.authorization, undefined);
    all.answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const all: Scene = {
    address: `http://127.0.0.1:${port}/de.ics`,
    asked,
    changes: () => changes,
    answer: (_, response) => response.setHeader('etag', '"1"').end(YEARLY),
    now: Date.UTC(2026, 10, 18),
    kept: undefined,
    open: () =>
      new HolidayCalendars({
        kept: {
          read: () => all.kept,
          write: async (value) => {
            all.kept = JSON.parse(JSON.stringify(value)) as unknown;
          },
        },
        now: () => all.now,
        log,
        onDidChange: () => {
          changes += 1;
        },
      }),
  };
  return all;
}

const CHRISTMAS = ['2025-12-25', '2026-12-25', '2027-12-25'];

test('a calendar is read once in half a day, by its validator, and is known at the next start', async (t) => {
  const all = await scene(t);
  const first = all.open();
  assert.equal(first.known.size, 0);
  first.want([all.address]);
  await first.refresh();
  assert.deepEqual(first.known.get(all.address), { dates: CHRISTMAS, problem: undefined });
  assert.deepEqual([all.asked, all.changes()], [['/de.ics'], 1]);
  const again = all.open();
  assert.deepEqual(again.known.get(all.address)?.dates, CHRISTMAS);
  all.answer = (_, response) => response.writeHead(304).end();
  all.now += 13 * HOUR;
  again.want([all.address]);
  await again.refresh();
  assert.deepEqual([all.asked, all.changes()], [['/de.ics', '/de.ics "1"'], 1]);
  assert.deepEqual(again.known.get(all.address)?.dates, CHRISTMAS);
});

test('in a new year its days are worked out anew, whatever the validator says', async (t) => {
  const all = await scene(t);
  const calendars = all.open();
  calendars.want([all.address]);
  await calendars.refresh();
  all.now = Date.UTC(2027, 0, 2);
  await calendars.refresh();
  assert.deepEqual(all.asked, ['/de.ics', '/de.ics']);
  assert.deepEqual(calendars.known.get(all.address)?.dates, ['2026-12-25', '2027-12-25', '2028-12-25']);
});

for (const [what, problem, answer] of [
  ['is not there', 'unreachable', (response: ServerResponse) => response.writeHead(404).end()],
  ['breaks off', 'unreachable', (response: ServerResponse) => response.destroy()],
  ['is a page', 'noCalendar', (response: ServerResponse) => response.end('<html>Sign in</html>')],
  ['has no end', 'unreachable', (response: ServerResponse) => response.end(`${YEARLY}\r\n${'x'.repeat(1_100_000)}`)],
  [
    'redirects for ever',
    'unreachable',
    (response: ServerResponse) => response.writeHead(302, { location: '/de.ics' }).end(),
  ],
  [
    'redirects out of https',
    'unreachable',
    (response: ServerResponse) => response.writeHead(302, { location: 'http://127.0.0.1:1/x' }).end(),
  ],
] as const)
  test(`what was read stays while the calendar ${what}, and it is tried again soon`, async (t) => {
    const all = await scene(t);
    const calendars = all.open();
    calendars.want([all.address]);
    await calendars.refresh();
    all.answer = (_, response) => answer(response);
    all.now += 13 * HOUR;
    await calendars.refresh();
    assert.deepEqual(calendars.known.get(all.address), { dates: CHRISTMAS, problem });
    const times = all.asked.length;
    await calendars.refresh();
    assert.equal(all.asked.length, times);
    all.answer = (_, response) => response.end(YEARLY);
    all.now += 16 * 60_000;
    await calendars.refresh();
    assert.deepEqual(calendars.known.get(all.address), { dates: CHRISTMAS, problem: undefined });
  });

test('a redirect on the same host is followed; what is no longer named is forgotten', async (t) => {
  const all = await scene(t);
  all.answer = (request, response) =>
    request.url === '/new.ics' ? response.end(YEARLY) : response.writeHead(301, { location: '/new.ics' }).end();
  const calendars = all.open();
  calendars.want([all.address]);
  await calendars.refresh();
  assert.deepEqual(calendars.known.get(all.address)?.dates, CHRISTMAS);
  calendars.want([]);
  await calendars.refresh();
  assert.deepEqual([calendars.known.size, all.kept], [0, {}]);
});

test('what was kept in another form is as if nothing was kept', async (t) => {
  const all = await scene(t);
  all.kept = { [all.address]: { dates: 'x' } };
  assert.equal(all.open().known.size, 0);
});
