import type { Conversation } from './conversation.ts';
import type { Item } from './item.ts';
import type { JournalEntry } from './journal.ts';
import { standing } from './journal.ts';
import type { Signal } from './signal.ts';
import type { IssueCandidate, Matter } from './similar.ts';
import { findUrls } from './url.ts';

/** The issues of a repository that are known without asking: watched ones, and those that items here became. */
export function knownIssues(
  repository: string,
  signals: Iterable<Signal>,
  journal: readonly JournalEntry[],
): readonly IssueCandidate[] {
  const wanted = repository.toLowerCase();
  const watched = [...signals].flatMap((signal) => {
    const number = issueNumber(signal, wanted);
    return number === undefined ? [] : [candidateOf(signal, number)];
  });
  const converted = standing(journal).flatMap(({ event }): IssueCandidate[] => {
    if (event.type !== 'converted' || event.repository.toLowerCase() !== wanted) return [];
    const { number, url, title } = event;
    return [{ repository: event.repository, number, url, title, state: undefined, text: '', mentions: [] }];
  });
  return [...watched, ...converted];
}

/** What is looked for, from an item under the title that its issue would get, and what was said about it. */
export function matterOf(item: Item, title: string, conversations: readonly Conversation[]): Matter {
  const said = conversations.flatMap(({ messages }) => messages.map(({ markdown }) => markdown));
  const text = [...item.signals.flatMap((signal) => [signal.title, signal.excerpt]), ...said].join('\n');
  const { signals } = item;
  return {
    title,
    text,
    names: unique(signals.flatMap(({ names }) => names)),
    mentions: unique([...signals.flatMap(({ mentions }) => mentions), ...findUrls(said.join('\n'))]),
    alertNames: unique(signals.flatMap(alertNames)),
    own: signals.flatMap(({ id, service }) => (service === 'github' ? [id.slice('github:'.length).toLowerCase()] : [])),
  };
}

function candidateOf({ place, url, title, state, excerpt, mentions }: Signal, number: number): IssueCandidate {
  return {
    repository: place,
    number,
    url,
    title,
    state: state === 'closed' ? 'closed' : 'open',
    text: excerpt,
    mentions,
  };
}

/** A mention may sit in a pull request as well: its address tells. */
function issueNumber({ service, place, url }: Signal, repository: string): number | undefined {
  if (service !== 'github' || place.toLowerCase() !== repository) return undefined;
  const [, number] = /\/issues\/([1-9]\d{0,14})\/?$/u.exec(url) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Alerts carry their labels as `name:value`. */
function alertNames({ kind, labels }: Signal): readonly string[] {
  if (kind !== 'alert') return [];
  return labels.flatMap((label) => (label.startsWith('alertname:') ? [label.slice('alertname:'.length)] : []));
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
