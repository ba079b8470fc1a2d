import { shiftsBetween } from './rotation.ts';
import type { Person, Shift, Team } from './team.ts';
import type { DutyView } from './view.ts';
import { workingDaysBefore, workingSpansBetween } from './workingHours.ts';

const DAY = 86_400_000;
const BACK = 35 * DAY;
const AHEAD = 120 * DAY;
const WORKING_AHEAD = 15 * DAY;
/** Sources look back at least so far, so that a Monday morning sees the Friday. */
const LOOK_BACK_WORKING_DAYS = 2;

/** The accounts that this machine is signed in with. */
export interface SignedIn {
  readonly github: string | undefined;
  readonly slack: string | undefined;
  readonly pagerduty?: string | undefined;
}

/** Who of the team the signed-in accounts belong to. GitHub logins know no case. */
export function personOf(team: Team, accounts: SignedIn): Person | undefined {
  const login = accounts.github?.toLowerCase();
  return team.people.find(
    (person) =>
      (login !== undefined && person.github?.toLowerCase() === login) ||
      (accounts.slack !== undefined && person.slack === accounts.slack) ||
      (accounts.pagerduty !== undefined && person.pagerduty === accounts.pagerduty),
  );
}

/** Lays the schedule out around `now` (epoch ms) for the status bar. */
export function projectDuty(team: Team, accounts: SignedIn, now: number): DutyView {
  const me = personOf(team, accounts);
  const shifts = shiftsBetween(team.rotation, now - BACK, now + AHEAD);
  return {
    team: team.name,
    timeZone: me?.timeZone ?? team.timeZone,
    me: me?.name,
    shifts,
    working: shifts.flatMap((shift) => workingTime(team, shift, now)),
    channel: firstChannel(team) ?? team.handoff?.slackChannel,
  };
}

/**
 * From when (epoch ms) closings are told of that nobody here has told of: the start of the turn before, since whoever had
 * it may have been away, but no more than five weeks. Never later than {@link lookBackFrom}.
 */
export function closingsFrom(team: Team, now: number): number {
  const shifts = shiftsBetween(team.rotation, now - BACK, now + 1);
  // A turn may be listed in parts: weekdays, or what an override left of it.
  const before = shifts.findLastIndex(({ name }) => name !== shifts.at(-1)?.name);
  const first = shifts.findLastIndex(({ name }, at) => at < before && name !== shifts[before]?.name) + 1;
  const from = Math.max(shifts[first]?.from ?? now, now - BACK);
  return Math.min(from, lookBackFrom(team, now));
}

/** From when sources look back: the start of the shift, and at least two working days. */
export function lookBackFrom(team: Team, now: number): number {
  const shift = shiftsBetween(team.rotation, now, now + 1)[0];
  const days = workingDaysBefore(team.workingHours, team.timeZone, now, LOOK_BACK_WORKING_DAYS);
  return Math.min(shift?.from ?? days, days);
}

function workingTime(team: Team, shift: Shift, now: number): DutyView['working'] {
  const from = Math.max(shift.from, now - DAY);
  const to = Math.min(shift.to, now + WORKING_AHEAD);
  if (from >= to) return [];
  const zone = team.people.find((person) => person.name === shift.name)?.timeZone ?? team.timeZone;
  return workingSpansBetween(team.workingHours, zone, from, to);
}

/** Where people ask the team: the first watched channel that is not for alerts. */
function firstChannel(team: Team): string | undefined {
  return team.watch
    .map((watch) =>
      watch.service === 'slack' && watch.what === 'channel' && !watch.alerts ? watch.channel : undefined,
    )
    .find((channel) => channel !== undefined);
}
