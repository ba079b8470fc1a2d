import * as z from 'zod/mini';
import { HANDOFF_SECTIONS, type HandoffDraft, type HandoffEntry, type HandoffSection } from '../core/handoff.ts';
import { safeUrl } from '../core/url.ts';

/** Far above any real handoff; bounds what a broken page could make the host keep. */
const MAX_ENTRIES = 10_000;
const MAX_NOTE = 100_000;
const MAX_LINE = 2_000;

const line = z.string().check(z.maxLength(MAX_LINE));
const ids = z.array(line).check(z.maxLength(MAX_ENTRIES));

const entry = z.pipe(
  z.object({
    id: line,
    title: line,
    // Absent after JSON, which has no `undefined`; an address that may not be opened is none.
    url: z.optional(z.unknown()),
    detail: line,
    note: z.string().check(z.maxLength(MAX_NOTE)),
  }),
  z.transform(({ id, title, url, detail, note }): HandoffEntry => ({ id, title, url: safeUrl(url), detail, note })),
);

const section = z.object({
  id: z.enum(HANDOFF_SECTIONS),
  entries: z.array(entry).check(z.maxLength(MAX_ENTRIES)),
});

/** Handoff notes from outside the process or the store. Every section is there once, in order; ids are unique. */
export const draftSchema = z.pipe(
  z.object({
    id: line,
    team: line,
    timeZone: line,
    from: line,
    to: z.optional(line),
    shift: z.object({ from: z.number(), to: z.number() }),
    sections: z.array(section).check(z.maxLength(HANDOFF_SECTIONS.length)),
    removed: ids,
    moved: ids,
    revision: z.int(),
  }),
  z.transform((draft): HandoffDraft => {
    const { id, team, timeZone, from, to, shift, removed, moved, revision } = draft;
    return { id, team, timeZone, from, to, shift, sections: everySection(draft.sections), removed, moved, revision };
  }),
);

function everySection(sections: readonly HandoffSection[]): readonly HandoffSection[] {
  const seen = new Set<string>();
  return HANDOFF_SECTIONS.map((id) => {
    const entries = sections.find((given) => given.id === id)?.entries ?? [];
    return {
      id,
      entries: entries.filter((given) => {
        const isNew = !seen.has(given.id);
        seen.add(given.id);
        return isNew;
      }),
    };
  });
}
