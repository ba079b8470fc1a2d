import { type Conversions, type CreatedIssueRef, conversionOf, conversionsOf } from './conversion.ts';
import { formatMinutes } from './duration.ts';
import {
  HANDOFF_SECTIONS,
  type HandoffDraft,
  type HandoffEntry,
  type HandoffSection,
  type HandoffSectionId,
} from './handoff.ts';
import { uncheckedEntry } from './handoffCoverage.ts';
import { type HandoffTimes, handoffTimes } from './handoffTimes.ts';
import { type Item, leadSignal } from './item.ts';
import { type JournalEntry, type JournalEvent, standing } from './journal.ts';
import { oneLine, truncate } from './plainText.ts';
import { PRIORITY_LABEL, type Priority } from './priority.ts';
import { isNew, type Look } from './seen.ts';
import { issueSignalId, type Signal } from './signal.ts';
import type { Shift, Team } from './team.ts';
import { type SpentTime, timeSpent, totalSpentAt } from './timeboxRun.ts';

/** More than this is not where anybody can start. */
const START_HERE_LIMIT = 5;
const ENTRY_TITLE_LENGTH = 250;
const LAST = Number.MAX_SAFE_INTEGER;

export interface HandoffInput {
  readonly items: Iterable<Item>;
  /** In order of time. */
  readonly journal: readonly JournalEntry[];
  readonly team: Team;
  readonly shift: Shift;
  readonly next: Shift | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The services' ids of the accounts signed in here; they count as the team's even when the team file lacks them. */
  readonly me?: readonly string[];
}

/**
 * The notes as the record alone would write them. Each item stands in one section, the first whose rule it meets:
 *
 * - resolved: every signal is closed at its source, or the person closed it here, during the shift;
 *   what was closed before it is left out;
 * - converted: it became an issue during the shift (what became one earlier is planned work and left out,
 *   unless an alert of it fires);
 * - keep in mind: silenced, and nothing of it open; then what the journal was told to keep in mind; last, the places
 *   that were not checked on each working day;
 * - in progress: somebody of the team is assigned; open: the rest. Both oldest first.
 *
 * *Start here* then takes at most five out of converted, in progress and open: firing alerts, oldest first, then
 * conversions that are critical, then those that are high.
 */
export function draftHandoff(input: HandoffInput): HandoffDraft {
  const { team, shift, next, now } = input;
  const record = new ShiftRecord(input, handoffTimes(now, team.timeZone));
  return {
    id: `handoff:${team.name}:${shift.from}:${shift.name}`,
    team: team.name,
    timeZone: team.timeZone,
    from: shift.name,
    to: next?.name,
    shift: { from: shift.from, to: shift.to },
    sections: toSections(record.rows()),
    removed: [],
    moved: [],
    revision: 0,
  };
}

type Converted = Extract<JournalEvent, { readonly type: 'converted' }>;

interface Row {
  readonly section: Exclude<HandoffSectionId, 'startHere'>;
  readonly entry: HandoffEntry;
  /** Where it stands in *Start here*, lower first; undefined: it does not belong there. */
  readonly urgency: number | undefined;
  readonly at: number;
}

const CONVERSION_URGENCY: Readonly<Record<Priority, number | undefined>> = {
  critical: 1,
  high: 2,
  medium: undefined,
  low: undefined,
};

/** What the journal says, by signal, and the words for it. Lives for one draft. */
class ShiftRecord {
  readonly #input: HandoffInput;
  /** What was not taken back. */
  readonly #journal: readonly JournalEntry[];
  readonly #times: HandoffTimes;
  readonly #converted = new Map<string, Converted>();
  readonly #closedHere = new Map<string, Look>();
  readonly #conversions: Conversions;
  /** The lead signals of items that something was kept in mind about, by signal id. */
  readonly #keptAbout = new Map<string, Signal | undefined>();
  readonly #names: ReadonlyMap<string, string>;
  /** In the shift. */
  readonly #spent: readonly SpentTime[];

  constructor(input: HandoffInput, times: HandoffTimes) {
    this.#input = input;
    this.#times = times;
    this.#conversions = conversionsOf(input.journal);
    this.#names = namesById(input.team, input.me ?? []);
    this.#spent = timeSpent(input.journal, { from: input.shift.from, to: Math.max(input.shift.to, input.now) });
    this.#journal = standing(input.journal);
    for (const { at, event, signalIds } of this.#journal) {
      if (event.type === 'keptInMind' && signalIds[0] !== undefined) this.#keptAbout.set(signalIds[0], undefined);
      if (event.type === 'done') for (const id of signalIds) this.#closedHere.set(id, { at, seen: event.seen });
      if (event.type === 'reopened') for (const id of signalIds) this.#closedHere.delete(id);
      if (event.type !== 'converted' || !this.#inShift(at)) continue;
      // The issue outlives what it was made of.
      for (const id of [...signalIds, issueSignalId(event)]) this.#converted.set(id, event);
    }
  }

  rows(): readonly Row[] {
    const shown = new Set<Converted>();
    const rows: Row[] = [];
    for (const item of this.#input.items) {
      for (const { id } of item.signals) if (this.#keptAbout.has(id)) this.#keptAbout.set(id, leadSignal(item));
      const conversion = item.signals.map(({ id }) => this.#converted.get(id)).find((event) => event !== undefined);
      // Several items may have become one issue; it is handed over once.
      if (conversion !== undefined && shown.has(conversion)) continue;
      if (conversion !== undefined) shown.add(conversion);
      const row = this.#rowOf(item, conversion);
      if (row !== undefined) rows.push(row);
    }
    return [...rows, ...this.#journalRows(shown), ...this.#coverageRow()];
  }

  /** Behind all else that is kept in mind. */
  #coverageRow(): readonly Row[] {
    const entry = uncheckedEntry(this.#input);
    return entry === undefined ? [] : [{ section: 'keepInMind', urgency: undefined, at: LAST, entry }];
  }

  #rowOf(item: Item, conversion: Converted | undefined): Row | undefined {
    const lead = leadSignal(item);
    const closedAt = this.#closed(item);
    const entry = (detail: string): HandoffEntry => toEntry(item.id, lead, detail);
    const base = { urgency: undefined, at: item.signals[0].startedAt };
    if (closedAt !== undefined) {
      if (!this.#inShift(closedAt)) return undefined;
      return { ...base, section: 'resolved', entry: entry(this.#said(lead, `closed ${this.#times.moment(closedAt)}`)) };
    }
    const firing = item.signals.some(isFiring);
    const urgency = firing ? 0 : conversion && CONVERSION_URGENCY[conversion.priority];
    if (conversion !== undefined)
      return {
        ...base,
        urgency,
        section: 'converted',
        entry: convertedEntry(item.id, conversion, `from ${lead.place}`, this.#spentOn(item)),
      };
    const issue = conversionOf(item, this.#conversions);
    if (issue !== undefined && !firing) return this.#convertedElsewhere(item, issue);
    const quiet = item.signals.every((signal) => signal.state !== 'open');
    if (quiet) return { ...base, section: 'keepInMind', entry: entry(this.#said(lead, 'silenced')) };
    const since = `${firing ? 'firing ' : ''}since ${this.#times.moment(base.at)}`;
    const holders = this.#holders(item);
    const spent = this.#spentOn(item);
    if (holders.length === 0)
      return { ...base, urgency, section: 'open', entry: entry(this.#said(lead, since, spent)) };
    const held = this.#said(lead, `with ${holders.join(', ')}`, since, spent);
    return { ...base, urgency, section: 'inProgress', entry: entry(held) };
  }

  /** Converted on another machine: only the issue itself tells, by its marker. */
  #convertedElsewhere(item: Item, issue: CreatedIssueRef): Row | undefined {
    const signal = item.signals.find(({ url }) => url === issue.url);
    if (signal === undefined || !this.#inShift(signal.startedAt)) return undefined;
    const detail = joined([`${issue.repository}#${issue.number}`, `from ${item.signals[0].place}`]);
    return { section: 'converted', urgency: undefined, at: signal.startedAt, entry: toEntry(item.id, signal, detail) };
  }

  /** What only the journal knows: conversions whose signals are gone, and what was kept in mind. */
  *#journalRows(shown: ReadonlySet<Converted>): Generator<Row> {
    for (const { at, event, signalIds } of this.#journal) {
      if (!this.#inShift(at)) continue;
      if (event.type === 'converted' && !shown.has(event)) {
        const entry = convertedEntry(signalIds[0] ?? event.url, event);
        yield { section: 'converted', urgency: CONVERSION_URGENCY[event.priority], at, entry };
      }
      if (event.type === 'keptInMind') {
        const [about = ''] = signalIds;
        const lead = this.#keptAbout.get(about);
        const entry = {
          id: `kept:${at}:${about}`,
          title: oneLine(event.text, ENTRY_TITLE_LENGTH),
          url: lead?.url,
          detail: lead === undefined ? '' : oneLine(`${lead.place} · ${lead.title}`, ENTRY_TITLE_LENGTH),
          note: '',
        };
        yield { section: 'keepInMind', urgency: undefined, at, entry };
      }
    }
  }

  /** When the item was closed, at its source or by the person; undefined while something of it needs a look. */
  #closed(item: Item): number | undefined {
    let latest: number | undefined;
    for (const signal of item.signals) {
      const here = this.#closedHere.get(signal.id);
      // Something new after it was closed here opens it again.
      const at =
        signal.state === 'closed'
          ? signal.updatedAt
          : here === undefined || isNew(signal, signal.updatedAt, here)
            ? undefined
            : here.at;
      if (at === undefined) return undefined;
      latest = Math.max(latest ?? at, at);
    }
    return latest;
  }

  #holders(item: Item): readonly string[] {
    const names = item.signals.flatMap(({ assignees }) => assignees.map((id) => this.#names.get(id)));
    return [...new Set(names.filter((name) => name !== undefined))];
  }

  /** `spent 1 h 20 min`; empty for less than a minute. */
  #spentOn({ signals }: Item): string {
    const about = this.#spent.filter(({ signalIds }) => signals.some(({ id }) => signalIds.includes(id)));
    const minutes = Math.floor(totalSpentAt(about, this.#input.now) / 60_000);
    return minutes > 0 ? `spent ${formatMinutes(minutes)}` : '';
  }

  #inShift(at: number): boolean {
    const { shift, now } = this.#input;
    // Notes are often written after the hand-over: what happened until now still belongs to them.
    return at >= shift.from && at <= Math.max(shift.to, now);
  }

  #said(lead: Signal, ...facts: readonly string[]): string {
    const replies = lead.replies === 0 ? '' : lead.replies === 1 ? '1 reply' : `${lead.replies} replies`;
    return joined([lead.place, replies, lead.count > 1 ? `${lead.count} times` : '', ...facts]);
  }
}

/** What a bot once said in Slack may be over, or say that it is; the others know. */
function isFiring({ kind, service, state }: Signal): boolean {
  return kind === 'alert' && service !== 'slack' && state === 'open';
}

function toSections(rows: readonly Row[]): readonly HandoffSection[] {
  const ordered = rows.toSorted((a, b) => a.at - b.at || (a.entry.id < b.entry.id ? -1 : 1));
  const start = ordered
    .filter((row) => row.urgency !== undefined)
    .toSorted((a, b) => (a.urgency ?? 0) - (b.urgency ?? 0))
    .slice(0, START_HERE_LIMIT);
  const first = new Set(start);
  return HANDOFF_SECTIONS.map((id) => {
    const own = id === 'startHere' ? start : ordered.filter((row) => row.section === id && !first.has(row));
    return { id, entries: own.map(({ entry }) => entry) };
  });
}

function toEntry(id: string, { title, url }: Signal, detail: string): HandoffEntry {
  return { id, title: truncate(title, ENTRY_TITLE_LENGTH), url, detail, note: '' };
}

function convertedEntry(id: string, event: Converted, ...facts: readonly string[]): HandoffEntry {
  const detail = joined([
    `${event.repository}#${event.number}`,
    PRIORITY_LABEL[event.priority],
    `timebox ${formatMinutes(event.timeboxMinutes)}`,
    ...facts,
  ]);
  return { id, title: oneLine(event.title, ENTRY_TITLE_LENGTH), url: event.url, detail, note: '' };
}

function joined(facts: readonly string[]): string {
  return facts.filter((fact) => fact !== '').join(' · ');
}

function namesById(team: Team, me: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map(me.map((id) => [id, id]));
  for (const { name, github, slack } of team.people) {
    if (github !== undefined) names.set(github, name);
    if (slack !== undefined) names.set(slack, name);
  }
  return names;
}
