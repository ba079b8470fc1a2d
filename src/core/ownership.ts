import type { Item } from './item.ts';
import type { ItemRecord } from './itemRecord.ts';
import { memberOf, type Roster } from './roster.ts';
import type { Signal } from './signal.ts';
import type { Person } from './team.ts';

/** Somebody of the team who has an item: assigned to it, or who took it up with 👀 or an acknowledgement. */
export interface Holder {
  readonly name: string;
  readonly isMe: boolean;
  readonly how: 'assigned' | 'taken';
}

/**
 * Who of the team has the item; it is mine when I am one of several. Signals that are closed say nothing any more, nor
 * do those of my own part that are older than my release: their source has not been read since.
 */
export function holderOf(item: Item, roster: Roster, record?: Pick<ItemRecord, 'releasedAt'>): Holder | undefined {
  let found: Holder | undefined;
  for (const signal of item.signals) {
    if (signal.state === 'closed') continue;
    const isGivenBack = signal.updatedAt <= (record?.releasedAt ?? Number.NEGATIVE_INFINITY);
    const without = isGivenBack ? roster.me : undefined;
    const holder = heldBy(signal, 'taken', { roster, without }) ?? heldBy(signal, 'assigned', { roster, without });
    if (holder?.isMe === true) return holder;
    found ??= holder;
  }
  return found;
}

function heldBy(
  signal: Signal,
  how: Holder['how'],
  { roster, without }: { readonly roster: Roster; readonly without: Person | undefined },
): Holder | undefined {
  const ids = how === 'taken' ? signal.takenBy : signal.assignees;
  if (ids.length === 0) return undefined;
  const people = ids
    .map((id) => memberOf(roster, signal.service, id))
    .filter((person) => person !== undefined && person !== without);
  const [person] = people;
  if (roster.me !== undefined && people.includes(roster.me)) return { name: roster.me.name, isMe: true, how };
  return person === undefined ? undefined : { name: person.name, isMe: false, how };
}
