import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createScheduleSource } from '../../../../src/services/pagerduty/schedule.ts';
import { readShifts } from '../../../../src/services/remoteShifts.ts';
import { SCHEDULE_ID } from '../../../team/pagerduty/actions.ts';
import { fakePagerDuty, NOW, request } from './fakePagerDuty.ts';

const DAY = 86_400_000;
const NOOR = 'P02NOO';
const KAI = 'P02KAI';

test('a schedule’s shifts are kept whole, and those that follow each other are one', async (t) => {
  const { company, ports } = await fakePagerDuty(t);
  const entries = [
    { start: NOW - 30 * DAY, end: NOW, userId: NOOR },
    { start: NOW, end: NOW + DAY, userId: KAI },
    { start: NOW + DAY, end: NOW + 2 * DAY, userId: KAI },
    { start: NOW + 3 * DAY, end: NOW + 4 * DAY, userId: KAI },
  ];
  company.account.schedules.set(SCHEDULE_ID, { name: 'First line', entries });
  const memory = new Map<string, unknown>();

  const result = await createScheduleSource(SCHEDULE_ID, ports).poll(request({ memory, watch: [] }));

  assert.deepEqual([result.changed, result.gone, result.failedPlaces], [[], [], []]);
  assert.ok((result.pollAgainAt ?? 0) > NOW);
  assert.deepEqual(
    readShifts(memory).map(({ from, to, person }) => [(from - NOW) / DAY, (to - NOW) / DAY, person.name]),
    [
      [-30, 0, 'Noor'],
      [0, 2, 'Kai'],
      [3, 4, 'Kai'],
    ],
  );
});

test('who is on call for good is on duty as far as was asked', async (t) => {
  const { ports, proxy } = await fakePagerDuty(t);
  proxy.fail(
    { path: /^\/schedules\//u },
    {
      type: 'replaceBody',
      replace: (body) => body.replace(/"start":"[^"]*","end":"[^"]*"/gu, '"start":null,"end":null'),
    },
  );
  const memory = new Map<string, unknown>();
  await createScheduleSource(SCHEDULE_ID, ports).poll(request({ memory }));
  const [shift] = readShifts(memory);
  assert.ok(shift !== undefined && shift.from < NOW && shift.to > NOW + 30 * DAY);
});

test('when it cannot be read nothing is kept in the place of what was known', async (t) => {
  const { company, ports } = await fakePagerDuty(t);
  company.account.schedules.clear();
  const memory = new Map<string, unknown>();
  await assert.rejects(createScheduleSource(SCHEDULE_ID, ports).poll(request({ memory })), { reason: 'notFound' });
  assert.equal(memory.size, 0);
});
