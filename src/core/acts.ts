import type { Item } from './item.ts';
import type { ItemRecord } from './itemRecord.ts';
import type { JournalEvent } from './journal.ts';
import { isNew } from './seen.ts';

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Whether an act would make a difference to an item of this record: what is done is not done again, unless something
 * came since. A release always does, since a claim may have been made elsewhere.
 */
export function changes(item: Item, record: ItemRecord, event: JournalEvent): boolean {
  const { type } = event;
  if (type === 'claimed') return (record.claimedAt ?? NEVER) <= (record.doneAt ?? NEVER);
  if (type === 'done')
    return item.signals.some((signal) =>
      isNew(signal, signal.updatedAt, { at: record.doneAt ?? NEVER, seen: record.doneSeen }),
    );
  if (type === 'reopened') return record.doneAt !== undefined;
  if (type === 'woken') return record.snooze !== undefined;
  return type !== 'prioritised' || record.priority !== event.priority;
}
