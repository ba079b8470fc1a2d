import type { Shift } from './team.ts';
import type { DutyView } from './view.ts';

/** What the status bar says about duty at a moment; words are the host's. Times are epoch milliseconds. */
export interface DutyLine {
  /** `gap`: nobody has the shift; `offHours`: the person on duty is not working now. */
  readonly state: 'onDuty' | 'offHours' | 'gap';
  readonly now: Shift | undefined;
  /** The next shift of somebody else, or the one that ends a gap. */
  readonly next: Shift | undefined;
  readonly mine: Shift | undefined;
  readonly isMe: boolean;
  /** When duty resumes, in off hours. */
  readonly resumesAt: number | undefined;
  /** When this line may stop being true. */
  readonly changesAt: number | undefined;
}

/** Works out who is on duty at `now` from shifts and working time that were laid out ahead. */
export function dutyLine(view: DutyView, now: number): DutyLine {
  const current = view.shifts.find((shift) => shift.from <= now && now < shift.to);
  const coming = view.shifts.filter((shift) => shift.from > now);
  const hours = workingState(view, now);
  const resumesAt = current === undefined ? undefined : hours.resumesAt;
  return {
    state: current === undefined ? 'gap' : resumesAt === undefined ? 'onDuty' : 'offHours',
    now: current,
    next: coming.find((shift) => shift.name !== current?.name),
    mine: view.me === undefined ? undefined : coming.find((shift) => shift.name === view.me),
    isMe: current !== undefined && current.name === view.me,
    resumesAt,
    changesAt: [current?.to, coming[0]?.from, hours.changesAt].reduce(earliest, undefined),
  };
}

/** Whether I am on duty and in working time: in off hours clocks stand still, and nothing calls. */
export function isMyHour(view: DutyView, now: number): boolean {
  const { state, isMe } = dutyLine(view, now);
  return isMe && state === 'onDuty';
}

/** A schedule laid out without any working time left says nothing about off hours. */
function workingState(view: DutyView, now: number): { resumesAt: number | undefined; changesAt: number | undefined } {
  const span = view.working.find((each) => each.to > now);
  if (span === undefined) return { resumesAt: undefined, changesAt: undefined };
  return span.from <= now
    ? { resumesAt: undefined, changesAt: span.to }
    : { resumesAt: span.from, changesAt: span.from };
}

/** Where one person's turn ends: shifts of the same name that touch are one turn. */
export function turnEnd(view: DutyView, shift: Shift): number {
  let end = shift.to;
  for (const other of view.shifts) if (other.name === shift.name && other.from === end) end = other.to;
  return end;
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
