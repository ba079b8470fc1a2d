import type { Shift, Team } from '../../../src/core/team.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Clocks on walls differ by whole quarters of an hour. */
const QUARTER = 15 * MINUTE;

interface WallTime {
  readonly date: string;
  readonly weekday: string;
  /** `HH:MM`. */
  readonly time: string;
}

/**
 * Working time counted by looking at the clock on the wall once every quarter of an hour: slow, and with no calendar
 * arithmetic that could be wrong.
 */
export class Calendar {
  readonly #team: Team;
  readonly #twoDaysBack = new Map<string, number>();
  readonly #walls = new Map<string, (at: number) => WallTime>();
  /** The start of each quarter → whether whoever is on duty then works. */
  readonly #works = new Map<number, boolean>();
  /** Minutes of work from {@link #from} to the end of each quarter. */
  readonly #worked: number[] = [];
  #from: number | undefined;

  constructor(team: Team) {
    this.#team = team;
  }

  /** Minutes in which whoever has the shift works; `from` and `to` are whole minutes. */
  workedMinutes(from: number, to: number): number {
    return this.#workedBy(to) - this.#workedBy(from);
  }

  shiftAt(at: number): Shift | undefined {
    const { rotation } = this.#team;
    if (rotation.type !== 'shifts') throw new Error('the week has written-out shifts');
    return rotation.shifts.find(({ from, to }) => from <= at && at < to);
  }

  onDutyAt(at: number): string | undefined {
    return this.shiftAt(at)?.name;
  }

  /** Sources look back to the start of the shift, and at least to that of the second working day before this one. */
  lookBackFrom(at: number): number {
    const today = this.dateAt(this.#team.timeZone, at);
    const known = this.#twoDaysBack.get(today) ?? this.#workingDayBefore(this.#workingDayBefore(at));
    this.#twoDaysBack.set(today, known);
    return Math.min(this.shiftAt(at)?.from ?? known, known);
  }

  /** When work began on the last day before that of a moment on which the team works. */
  #workingDayBefore(at: number): number {
    const { timeZone } = this.#team;
    const isOn = (date: string, quarter: number): boolean => this.dateAt(timeZone, quarter) === date;
    const today = this.dateAt(timeZone, at);
    let quarter = at - (at % QUARTER);
    while (isOn(today, quarter) || !this.isWorking(timeZone, quarter)) quarter -= QUARTER;
    while (this.isWorking(timeZone, quarter - QUARTER)) quarter -= QUARTER;
    return quarter;
  }

  dateAt(zone: string, at: number): string {
    return this.wall(zone, at).date;
  }

  /** Whether a person in `zone` works at a moment. */
  isWorking(zone: string, at: number): boolean {
    const { days, start, end, holidays } = this.#team.workingHours;
    const { date, weekday, time } = this.wall(zone, at);
    return days.some((day) => day === weekday) && !holidays.includes(date) && start <= time && time < end;
  }

  wall(zone: string, at: number): WallTime {
    const known = this.#walls.get(zone) ?? wallOf(zone);
    this.#walls.set(zone, known);
    return known(at);
  }

  /** Since the first moment that anybody asked about; what is looked at once is not looked at again. */
  #workedBy(at: number): number {
    const quarter = at - (at % QUARTER);
    this.#from ??= quarter - 30 * DAY;
    for (let next = this.#from + this.#worked.length * QUARTER; next <= quarter; next += QUARTER)
      this.#worked.push((this.#worked.at(-1) ?? 0) + (this.#worksAt(next) ? QUARTER / MINUTE : 0));
    const whole = this.#worked[(quarter - this.#from) / QUARTER - 1];
    if (whole === undefined) throw new RangeError('too long ago');
    return whole + (this.#worksAt(quarter) ? (at - quarter) / MINUTE : 0);
  }

  #worksAt(quarter: number): boolean {
    const known = this.#works.get(quarter);
    if (known !== undefined) return known;
    const { people, timeZone } = this.#team;
    const name = this.onDutyAt(quarter);
    const works = this.isWorking(people.find((person) => person.name === name)?.timeZone ?? timeZone, quarter);
    this.#works.set(quarter, works);
    return works;
  }
}

function wallOf(timeZone: string): (at: number) => WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    return {
      date: `${part('year')}-${part('month')}-${part('day')}`,
      weekday: part('weekday').toLowerCase(),
      time: `${part('hour')}:${part('minute')}`,
    };
  };
}
