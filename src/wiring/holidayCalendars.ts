import * as z from 'zod/mini';
import { fetchCalendar } from '../services/calendarFetch.ts';
import type { Log } from '../services/service.ts';
import type { CalendarDates, Calendars } from '../team/holidaysSection.ts';

export interface HolidayCalendarPorts {
  /** Where what was read last is kept. */
  readonly kept: { read(): unknown; write(value: unknown): PromiseLike<void> };
  readonly now: () => number;
  readonly log: Log;
  /** Other dates, or another problem. */
  readonly onDidChange: () => void;
}

/** Holidays are known long before. */
const READ_EVERY_MS = 12 * 3_600_000;
const TRY_AGAIN_MS = 15 * 60_000;

const CalendarRecord = z.object({
  dates: z.array(z.string()),
  problem: z.optional(z.enum(['unreachable', 'noCalendar'])),
  etag: z.optional(z.string()),
  /** When it was last asked, epoch ms. */
  askedAt: z.number(),
  /** In another year other days are wanted: then all of it is read again. */
  year: z.number(),
});
type CalendarRecord = z.infer<typeof CalendarRecord>;

/** The holidays of the calendars that the team file names, as they were last read; read again in the background. */
export class HolidayCalendars {
  readonly #ports: HolidayCalendarPorts;
  readonly #known: Map<string, CalendarRecord>;
  #wanted: readonly string[] = [];
  #reading: Promise<void> = Promise.resolve();

  constructor(ports: HolidayCalendarPorts) {
    this.#ports = ports;
    this.#known = new Map(Object.entries(readRecords(ports.kept.read())));
  }

  /** What is known now, without asking anybody. */
  get known(): Calendars {
    return new Map(Array.from(this.#known, ([address, { dates, problem }]) => [address, { dates, problem }]));
  }

  /** From now on these are kept read. */
  want(addresses: readonly string[]): void {
    this.#wanted = addresses;
    void this.refresh();
  }

  /** Reads those that are due, one after another. Never rejects. */
  refresh(): Promise<void> {
    this.#reading = this.#reading
      .then(() => this.#readDue())
      .catch((error: unknown) => this.#ports.log.error(`calendars of holidays: ${String(error)}`));
    return this.#reading;
  }

  async #readDue(): Promise<void> {
    const year = new Date(this.#ports.now()).getUTCFullYear();
    const due = this.#wanted.filter((address) => this.#isDue(address, year));
    const unwanted = [...this.#known.keys()].filter((address) => !this.#wanted.includes(address));
    if (due.length === 0 && unwanted.length === 0) return;
    const before = JSON.stringify([...this.known]);
    for (const address of due) this.#known.set(address, await this.#read(address, year));
    for (const address of unwanted) this.#known.delete(address);
    await this.#ports.kept.write(Object.fromEntries(this.#known));
    if (JSON.stringify([...this.known]) !== before) this.#ports.onDidChange();
  }

  #isDue(address: string, year: number): boolean {
    const known = this.#known.get(address);
    if (known?.year !== year) return true;
    return this.#ports.now() - known.askedAt >= (known.problem === undefined ? READ_EVERY_MS : TRY_AGAIN_MS);
  }

  /** A failure keeps what was read before. */
  async #read(address: string, year: number): Promise<CalendarRecord> {
    const askedAt = this.#ports.now();
    const before = this.#known.get(address);
    const failed = (problem: NonNullable<CalendarDates['problem']>): CalendarRecord => {
      this.#ports.log.warn(`a calendar of holidays: ${problem}`);
      return { dates: before?.dates ?? [], problem, askedAt, year };
    };
    try {
      const { text, etag } = await fetchCalendar(address, before?.year === year ? before.etag : undefined);
      if (text === undefined) return { ...(before ?? failed('unreachable')), problem: undefined, askedAt };
      const { holidayWindow, icalHolidays } = await import('../team/icalHolidays.ts');
      const read = icalHolidays(text, holidayWindow(askedAt));
      if (read === undefined) return failed('noCalendar');
      if (read.skipped > 0) this.#ports.log.warn(`a calendar of holidays: ${String(read.skipped)} events are not read`);
      return { dates: [...read.dates], problem: undefined, etag, askedAt, year };
    } catch {
      return failed('unreachable');
    }
  }
}

function readRecords(raw: unknown): Readonly<Record<string, CalendarRecord>> {
  const parsed = z.record(z.string(), CalendarRecord).safeParse(raw);
  return parsed.success ? parsed.data : {};
}
