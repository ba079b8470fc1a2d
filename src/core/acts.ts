import type { ItemRecord } from './itemRecord.ts';
import type { JournalEvent } from './journal.ts';

/**
 * Whether an act would make a difference to an item of this record: what is done is not done again. A release is always
 * one, since a claim may have been made elsewhere.
 */
export function changes(record: ItemRecord, event: JournalEvent): boolean {
  switch (event.type) {
    case 'claimed':
      return record.claimedAt === undefined;
    case 'done':
      return record.doneAt === undefined;
    case 'reopened':
      return record.doneAt !== undefined;
    case 'woken':
      return record.snooze !== undefined;
    case 'prioritised':
      return record.priority !== event.priority;
    default:
      return true;
  }
}
