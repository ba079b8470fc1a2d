import type { PlainDeed, SourceDeed } from '../../core/sourceEvent.ts';

/** https://developer.pagerduty.com/api-reference (log entries); other entries are told by their own words alone. */
const DEEDS: ReadonlyMap<string, PlainDeed> = new Map([
  ['trigger_log_entry', 'triggered'],
  ['acknowledge_log_entry', 'acknowledged'],
  ['unacknowledge_log_entry', 'unacknowledged'],
  ['escalate_log_entry', 'escalated'],
  ['snooze_log_entry', 'snoozed'],
  ['resolve_log_entry', 'resolved'],
]);

/** What an entry of an incident's log says was done; undefined for a note, and for what we have no words for. */
export function deedOf(type: string): SourceDeed | undefined {
  const deed = DEEDS.get(type);
  return deed && { type: deed };
}
