import type { RemoteShift } from '../../core/remoteRotation.ts';
import { keepShifts } from '../remoteShifts.ts';
import { type PollRequest, type PollResult, ServiceError, type Source } from '../service.ts';
import { readAccount } from './account.ts';
import { openPagerDuty, type PagerDutyPorts } from './client.ts';
import { type OnCall, parseSchedule } from './wire.ts';

const DAY = 86_400_000;
/** PagerDuty renders three months at most. */
const BACK_DAYS = 20;
const AHEAD_DAYS = 65;
const INTERVAL_MS = 5 * 60_000;

/**
 * Who is on call by a PagerDuty schedule. It reports no signals: its shifts are in its memory, where they stay when a
 * poll fails. The rendered schedule is read and not `/oncalls`, which knows only schedules that a policy uses, and says
 * each of their shifts once for every policy.
 */
export function createScheduleSource(schedule: string, ports: PagerDutyPorts): Source {
  return {
    id: `pagerduty:schedule:${schedule}`,
    service: 'pagerduty',
    poll: (request) => poll(schedule, ports, request),
    readConversation: () => Promise.reject(new ServiceError('notFound', 'a schedule has no conversations')),
    account: async (abort) => {
      const user = await readAccount(await openPagerDuty(ports, abort), ports.email);
      return user && { id: user.id, name: user.name };
    },
  };
}

async function poll(schedule: string, ports: PagerDutyPorts, { memory, abort }: PollRequest): Promise<PollResult> {
  const api = await openPagerDuty(ports, abort);
  const now = ports.now();
  // Whole days: an answer that says the same is the same.
  const today = Math.floor(now / DAY) * DAY;
  const bounds = { from: today - BACK_DAYS * DAY, to: today + AHEAD_DAYS * DAY };
  const body = await api.get(`/schedules/${schedule}`, {
    since: new Date(bounds.from).toISOString(),
    until: new Date(bounds.to).toISOString(),
    // Shifts that reach over the bounds are given whole.
    overflow: 'true',
    time_zone: 'UTC',
  });
  const { onCall, skipped } = parseSchedule(body);
  keepShifts(memory, joined(onCall.map((each) => bounded(each, bounds))));
  return { changed: [], gone: [], skipped, failedPlaces: [], pollAgainAt: now + INTERVAL_MS };
}

/** A side that is open is the bound of what was asked for: the person is on call as far as anybody can see. */
function bounded({ from, to, person }: OnCall, bounds: { readonly from: number; readonly to: number }): RemoteShift {
  return { from: from ?? bounds.from, to: to ?? bounds.to, person };
}

/** Shifts of one person that follow each other at once are one: layers hand over to the same person every day. */
function joined(shifts: readonly RemoteShift[]): readonly RemoteShift[] {
  const whole: RemoteShift[] = [];
  for (const shift of shifts.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last?.person.id === shift.person.id && last.to === shift.from)
      whole[whole.length - 1] = { ...last, to: shift.to };
    else whole.push(shift);
  }
  return whole;
}
