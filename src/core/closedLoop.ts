import type { Closing } from './closing.ts';
import type { Conversation } from './conversation.ts';
import { type JournalEntry, type JournalEvent, standing } from './journal.ts';
import { memberOf, type Roster } from './roster.ts';
import { issueSignalId, type ServiceName, type Signal } from './signal.ts';

/** What is known of how issues that items became stand, by signal id. */
export type KnownEnds = ReadonlyMap<string, Closing | 'open'>;

/** The same on every machine, so that all of them mean the same closing. */
export function closingId({ issueId, closedAt }: Pick<Closing, 'issueId' | 'closedAt'>): string {
  return `${issueId}@${closedAt}`;
}

/** The id of the journal's entry that tells of a closing. */
export function closingEntryId(closing: Pick<Closing, 'issueId' | 'closedAt'>): string {
  return `issueClosed:${closingId(closing)}`;
}

/** What the journal says of a closing once the replies to it are drafted. */
export function closedEvent({ repository, number, url, title, reason }: Closing, drafts: number): JournalEvent {
  return { type: 'issueClosed', repository, number, url, title, reason, drafts };
}

/** The closings since `from` (epoch ms) that the journal does not tell of yet, the first first. */
export function newClosings(ends: KnownEnds, journal: readonly JournalEntry[], from: number): readonly Closing[] {
  const told = new Set(journal.flatMap(({ id, event }) => (event.type === 'issueClosed' ? [id] : [])));
  return [...ends.values()]
    .filter((end) => end !== 'open')
    .filter((closing) => closing.closedAt >= from && !told.has(closingEntryId(closing)))
    .sort((a, b) => a.closedAt - b.closedAt || (a.issueId < b.issueId ? -1 : 1));
}

/**
 * The signals that became an issue, by this machine's journal: also where no marker could be written. Undefined when they
 * did, and all of that was taken back.
 */
export function convertedTo(issueId: string, journal: readonly JournalEntry[]): readonly string[] | undefined {
  const its = ({ event }: JournalEntry): boolean => event.type === 'converted' && issueSignalId(event) === issueId;
  const entries = standing(journal).filter(its);
  if (entries.length === 0) return journal.some(its) ? undefined : [];
  return [...new Set(entries.flatMap(({ signalIds }) => signalIds))];
}

/** The issues that items became, as far as this machine knows. */
export interface PlannedIssues {
  /** Where such issues are, `owner/name`, each once: that of the team file, then those of the last conversions. */
  readonly repositories: readonly string[];
  /** Signal ids: those that the journal tells of, also where no marker could be written. */
  readonly ids: ReadonlySet<string>;
}

/** `target` is the repository that the team file names, if it does. */
export function plannedIssues(target: string | undefined, journal: readonly JournalEntry[]): PlannedIssues {
  const ids = new Set<string>();
  const repositories = new Map(target === undefined ? [] : [[target.toLowerCase(), target]]);
  for (const { event } of standing(journal).toReversed()) {
    if (event.type !== 'converted') continue;
    ids.add(issueSignalId(event));
    const key = event.repository.toLowerCase();
    if (!repositories.has(key)) repositories.set(key, event.repository);
  }
  return { repositories: [...repositories.values()], ids };
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
