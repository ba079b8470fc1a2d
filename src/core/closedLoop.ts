import type { Closing } from './closing.ts';
import type { Conversation } from './conversation.ts';
import { type JournalEntry, type JournalEvent, standing, type UnreadPlace } from './journal.ts';
import { memberOf, type Roster } from './roster.ts';
import { issueSignalId, type ServiceName, type Signal } from './signal.ts';

/** What is known of how issues that items became stand, by signal id. */
export type KnownEnds = ReadonlyMap<string, Closing | 'open'>;

/** The same on every machine, so that all of them mean the same closing. */
export function closingId({ issueId, closedAt }: Pick<Closing, 'issueId' | 'closedAt'>): string {
  return `${issueId}@${closedAt}`;
}

/** The id of the journal's entry that tells of a closing; or of one place, which was looked at later. */
export function closingEntryId(closing: Pick<Closing, 'issueId' | 'closedAt'>, place?: string): string {
  return `issueClosed:${closingId(closing)}${place === undefined ? '' : `:${place}`}`;
}

/** What the journal says of a closing once its places were looked at: how many replies were drafted, and what is open. */
export function closedEvent(
  { repository, number, url, title, reason }: Closing,
  { drafts, unread = [], place }: ClosedEventParts,
): JournalEvent {
  const open = unread.length === 0 ? undefined : unread;
  return { type: 'issueClosed', repository, number, url, title, reason, drafts, unread: open, place };
}

interface ClosedEventParts {
  readonly drafts: number;
  readonly unread?: readonly UnreadPlace[] | undefined;
  /** Of an entry that tells of this place alone. */
  readonly place?: string | undefined;
}

/** A closing of which somebody may still have to hear. */
export interface DueClosing {
  readonly closing: Closing;
  /** The places that could not be read when it was looked at; undefined when nobody has looked yet. */
  readonly left: readonly string[] | undefined;
}

/**
 * The closings since `from` (epoch ms) that the journal does not tell of yet, and those of which it says that a place
 * could not be read, however old they are; the first first.
 */
export function dueClosings(ends: KnownEnds, journal: readonly JournalEntry[], from: number): readonly DueClosing[] {
  const told = new Map(
    journal.flatMap(({ id, event }) => (event.type === 'issueClosed' ? [[id, event] as const] : [])),
  );
  return [...ends.values()]
    .filter((end) => end !== 'open')
    .sort((a, b) => a.closedAt - b.closedAt || (a.issueId < b.issueId ? -1 : 1))
    .flatMap((closing): DueClosing[] => {
      const event = told.get(closingEntryId(closing));
      if (event === undefined) return closing.closedAt >= from ? [{ closing, left: undefined }] : [];
      const left = event.unread?.map(({ id }) => id).filter((id) => !told.has(closingEntryId(closing, id))) ?? [];
      return left.length === 0 ? [] : [{ closing, left }];
    });
}

/** What this machine's journal says of the signals that became an issue, also where no marker could be written. */
export interface ConvertedSignals {
  readonly ids: readonly string[];
  /** Those of which that was taken back: the issue's markers may still name them. */
  readonly takenBack: ReadonlySet<string>;
}

export function convertedTo(issueId: string, journal: readonly JournalEntry[]): ConvertedSignals {
  const signalsOf = (entries: readonly JournalEntry[]): ReadonlySet<string> =>
    new Set(
      entries
        .filter(({ event }) => event.type === 'converted' && issueSignalId(event) === issueId)
        .flatMap(({ signalIds }) => signalIds),
    );
  const ids = signalsOf(standing(journal));
  const takenBack = [...signalsOf(journal)].filter((id) => !ids.has(id));
  return { ids: [...ids], takenBack: new Set(takenBack) };
}

/** The issues that items became, as far as this machine knows. */
export interface PlannedIssues {
  /** Where such issues are, `owner/name`, each once: that of the team file, then those of the last conversions. */
  readonly repositories: readonly string[];
  /** Signal ids: those that the journal tells of, also where no marker could be written. */
  readonly ids: ReadonlySet<string>;
  /** What was closed before (epoch ms) is told of by nobody here. */
  readonly since: number;
}

/** `target` is the repository that the team file names, if it does; `since` is from when closings are told of, epoch ms. */
export function plannedIssues(
  target: string | undefined,
  journal: readonly JournalEntry[],
  since: number,
): PlannedIssues {
  const ids = new Set<string>();
  const repositories = new Map(target === undefined ? [] : [[target.toLowerCase(), target]]);
  for (const { event } of standing(journal).toReversed()) {
    if (event.type !== 'converted') continue;
    ids.add(issueSignalId(event));
    const key = event.repository.toLowerCase();
    if (!repositories.has(key)) repositories.set(key, event.repository);
  }
  return { repositories: [...repositories.values()], ids, since };
}

/** Whether somebody of the team spoke in a conversation after a moment (epoch ms): whoever asked there has heard of it. */
export function wasTold(
  { messages }: Conversation,
  service: ServiceName,
  { roster, after }: { readonly roster: Roster; readonly after: number },
): boolean {
  return messages.some(
    ({ author, at }) => at > after && !author.isBot && memberOf(roster, service, author.id) !== undefined,
  );
}

/** The same, as far as a signal tells; or that the reply of that marker id is there, whoever sent it. */
export function isToldBySignal(
  { service, voices, markers }: Pick<Signal, 'service' | 'voices' | 'markers'>,
  markerId: string,
  { roster, after }: { readonly roster: Roster; readonly after: number },
): boolean {
  if (markers.includes(markerId)) return true;
  return voices.some(({ id, lastAt }) => lastAt > after && memberOf(roster, service, id) !== undefined);
}
