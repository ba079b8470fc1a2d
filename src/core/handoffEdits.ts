import type { HandoffDraft, HandoffEntry, HandoffSection, HandoffSectionId } from './handoff.ts';

/** Where an entry stands. */
export interface EntryPlace {
  readonly section: HandoffSectionId;
  readonly index: number;
}

/** What a removal took away, enough to put it back. */
export interface RemovedEntry extends EntryPlace {
  readonly entry: HandoffEntry;
}

/**
 * The edits of a person. Each returns a draft with the next revision, or the very same draft when there is nothing to
 * change (an unknown id, a place it already has).
 */
export function setNote(draft: HandoffDraft, id: string, note: string): HandoffDraft {
  return change(draft, id, (entry) => (entry.note === note ? entry : { ...entry, note }));
}

/** Only what a person added has a title of theirs; the record's titles are not edited. */
export function setTitle(draft: HandoffDraft, id: string, title: string): HandoffDraft {
  return change(draft, id, (entry) => (!isAdded(id) || entry.title === title ? entry : { ...entry, title }));
}

/** Adds an entry of the person's own to the end of a section; its id is the last of that section. */
export function addEntry(draft: HandoffDraft, section: HandoffSectionId, title: string): HandoffDraft {
  const entry = { id: nextAddedId(draft), title, url: undefined, detail: '', note: '' };
  return next(draft, { sections: insert(draft.sections, { section, index: Number.MAX_SAFE_INTEGER }, entry) });
}

/** Takes an entry out; a refill does not bring it back. See {@link findEntry} for what `restoreEntry` needs. */
export function removeEntry(draft: HandoffDraft, id: string): HandoffDraft {
  if (findEntry(draft, id) === undefined) return draft;
  return next(draft, { sections: without(draft.sections, id), removed: [...draft.removed, id] });
}

/** Puts back what was removed, where it was. */
export function restoreEntry(draft: HandoffDraft, { entry, section, index }: RemovedEntry): HandoffDraft {
  if (findEntry(draft, entry.id) !== undefined) return draft;
  return next(draft, {
    sections: insert(draft.sections, { section, index }, entry),
    removed: draft.removed.filter((id) => id !== entry.id),
  });
}

/** Moves an entry to `index` (counted without the entry itself, clamped) of a section, its own or another. */
export function moveEntry(draft: HandoffDraft, id: string, to: EntryPlace): HandoffDraft {
  const found = findEntry(draft, id);
  if (found === undefined) return draft;
  const last =
    (draft.sections.find((section) => section.id === to.section)?.entries.length ?? 0) -
    (found.section === to.section ? 1 : 0);
  const index = Math.min(Math.max(to.index, 0), last);
  if (found.section === to.section && found.index === index) return draft;
  const sections = insert(without(draft.sections, id), { section: to.section, index }, found.entry);
  const moved = found.section === to.section || draft.moved.includes(id) ? draft.moved : [...draft.moved, id];
  return next(draft, { sections, moved });
}

/** The entry and where it stands. */
export function findEntry(draft: HandoffDraft, id: string): RemovedEntry | undefined {
  for (const section of draft.sections) {
    const index = section.entries.findIndex((entry) => entry.id === id);
    const entry = section.entries[index];
    if (entry !== undefined) return { entry, section: section.id, index };
  }
  return undefined;
}

/** Whether the id is of an entry that a person added. */
export function isAdded(id: string): boolean {
  return id.startsWith('note:');
}

function next(draft: HandoffDraft, changes: Partial<HandoffDraft>): HandoffDraft {
  return { ...draft, ...changes, revision: draft.revision + 1 };
}

function change(draft: HandoffDraft, id: string, edit: (entry: HandoffEntry) => HandoffEntry): HandoffDraft {
  const found = findEntry(draft, id);
  if (found === undefined) return draft;
  const edited = edit(found.entry);
  if (edited === found.entry) return draft;
  const sections = draft.sections.map((section) =>
    section.id === found.section ? { ...section, entries: section.entries.with(found.index, edited) } : section,
  );
  return next(draft, { sections });
}

function without(sections: readonly HandoffSection[], id: string): readonly HandoffSection[] {
  return sections.map((section) =>
    section.entries.some((entry) => entry.id === id)
      ? { ...section, entries: section.entries.filter((entry) => entry.id !== id) }
      : section,
  );
}

function insert(
  sections: readonly HandoffSection[],
  { section: target, index }: EntryPlace,
  entry: HandoffEntry,
): readonly HandoffSection[] {
  return sections.map((section) =>
    section.id === target ? { ...section, entries: section.entries.toSpliced(index, 0, entry) } : section,
  );
}

/** Never an id that was used before, removed ones included: an undo may bring them back. */
function nextAddedId(draft: HandoffDraft): string {
  const ids = [...draft.removed, ...draft.sections.flatMap((section) => section.entries.map((entry) => entry.id))];
  const numbers = ids.filter(isAdded).map((id) => Number(id.slice('note:'.length)));
  return `note:${Math.max(0, ...numbers.filter(Number.isSafeInteger)) + 1}`;
}
