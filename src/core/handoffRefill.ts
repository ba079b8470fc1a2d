import type { HandoffDraft, HandoffEntry, HandoffSection, HandoffSectionId } from './handoff.ts';
import { isAdded } from './handoffEdits.ts';

interface Recorded {
  readonly section: HandoffSectionId;
  readonly entry: HandoffEntry;
}

/**
 * Brings edited notes up to date with what the record says now (`fresh`, as `draftHandoff` made it), and keeps what the
 * person did: order, notes, own entries, removals, and the section of what they moved. What is new or changed section
 * comes at the end of its section. What the record no longer has goes, unless it carries a note or was moved.
 * Doing it twice changes nothing more; the revision grows only when something changed.
 */
export function refillHandoff(edited: HandoffDraft, fresh: HandoffDraft): HandoffDraft {
  const recorded = new Map<string, Recorded>();
  for (const { id: section, entries } of fresh.sections)
    for (const entry of entries) recorded.set(entry.id, { section, entry });
  const current = new Map(edited.sections.flatMap(({ entries }) => entries.map((entry) => [entry.id, entry] as const)));
  const moved = new Set(edited.moved);
  const removed = new Set(edited.removed);
  const stays = (entry: HandoffEntry, section: HandoffSectionId): boolean => {
    const record = recorded.get(entry.id);
    if (isAdded(entry.id) || moved.has(entry.id)) return true;
    return record === undefined ? entry.note !== '' : record.section === section;
  };
  const sections = edited.sections.map(({ id, entries }): HandoffSection => {
    const kept = entries
      .filter((entry) => stays(entry, id))
      .map((entry) => updated(entry, recorded.get(entry.id)?.entry));
    const here = new Set(kept.map((entry) => entry.id));
    const arrived = (fresh.sections.find((section) => section.id === id)?.entries ?? [])
      .filter(
        (entry) => !removed.has(entry.id) && !here.has(entry.id) && !(moved.has(entry.id) && current.has(entry.id)),
      )
      .map((entry) => updated(current.get(entry.id) ?? entry, entry));
    return { id, entries: [...kept, ...arrived] };
  });
  const { team, timeZone, from, to, shift } = fresh;
  const refilled = { ...edited, team, timeZone, from, to, shift, sections };
  // Both are plain data with their keys in one order, so equal text is equal content.
  return JSON.stringify(refilled) === JSON.stringify(edited) ? edited : { ...refilled, revision: edited.revision + 1 };
}

/** The record's facts with the person's note. */
function updated({ note, ...old }: HandoffEntry, record: HandoffEntry | undefined): HandoffEntry {
  const { id, title, url, detail } = record ?? old;
  return { id, title, url, detail, note };
}
