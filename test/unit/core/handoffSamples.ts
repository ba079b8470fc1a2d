import fc from 'fast-check';
import { HANDOFF_SECTIONS, type HandoffDraft, type HandoffEntry } from '../../../src/core/handoff.ts';

export function entry(over: Partial<HandoffEntry> = {}): HandoffEntry {
  return {
    id: 'github:acme/app#1',
    title: 'Sync stops after a rename',
    url: 'https://github.example/acme/app/issues/1',
    detail: 'acme/app · since Mon 10:00',
    note: '',
    ...over,
  };
}

type Filled = Partial<Record<(typeof HANDOFF_SECTIONS)[number], readonly HandoffEntry[]>>;

/** Noor's week, with only the named sections filled. */
export function draft(filled: Filled = {}, over: Partial<HandoffDraft> = {}): HandoffDraft {
  return {
    id: 'handoff:Integrations:1:Noor',
    team: 'Integrations',
    timeZone: 'Europe/Berlin',
    from: 'Noor',
    to: 'Kai',
    shift: { from: Date.UTC(2026, 10, 16, 8), to: Date.UTC(2026, 10, 23, 8) },
    sections: HANDOFF_SECTIONS.map((id) => ({ id, entries: filled[id] ?? [] })),
    removed: [],
    moved: [],
    revision: 0,
    ...over,
  };
}

const IDS = Array.from({ length: 12 }, (_, index) => `item:${index}`);

/** What the record might say: some of twelve items, each in one section. */
export const arbitraryRecord: fc.Arbitrary<HandoffDraft> = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom(...IDS),
      section: fc.constantFrom(...HANDOFF_SECTIONS),
      title: fc.string({ maxLength: 8 }),
      detail: fc.string({ maxLength: 8 }),
    }),
    { selector: ({ id }) => id },
  )
  .map((rows) => {
    const filled: Filled = {};
    for (const { id, section, title, detail } of rows)
      filled[section] = [...(filled[section] ?? []), entry({ id, title, detail })];
    return draft(filled);
  });

export function entriesOf(notes: HandoffDraft, section: (typeof HANDOFF_SECTIONS)[number]): readonly HandoffEntry[] {
  return notes.sections.find(({ id }) => id === section)?.entries ?? [];
}

export function idsOf(notes: HandoffDraft, section: (typeof HANDOFF_SECTIONS)[number]): readonly string[] {
  return entriesOf(notes, section).map(({ id }) => id);
}
