import * as z from 'zod/mini';
import { CLOSING_REASONS } from '../core/closing.ts';
import { HANDOFF_SECTIONS, type HandoffDraft, type PostedHandoff } from '../core/handoff.ts';
import type { JournalEntry } from '../core/journal.ts';
import { WRITE_TYPES } from '../core/proposal.ts';
import { SERVICES, type Signal } from '../core/signal.ts';
import type { SourceStatus } from '../core/sourceStatus.ts';
import { failure, list, maybe, priority, proposalKind, type RowFormat, rowFormat, strings } from './rowFormat.ts';

const service = z.enum(SERVICES);

const signal = z.object({
  id: z.string(),
  service,
  source: z.string(),
  kind: z.enum(['issue', 'pullRequest', 'reviewRequest', 'mention', 'thread', 'alert']),
  state: z.enum(['open', 'quiet', 'closed']),
  title: z.string(),
  excerpt: z.string(),
  url: z.string(),
  place: z.string(),
  watchIds: strings,
  reasons: list(
    z.enum(['label', 'teamMention', 'mention', 'reviewRequested', 'assigned', 'channel', 'alertChannel', 'alert']),
  ),
  author: maybe(z.object({ id: z.string(), name: z.string(), isBot: z.boolean() })),
  assignees: strings,
  labels: strings,
  startedAt: z.number(),
  updatedAt: z.number(),
  replies: z.number(),
  count: z.number(),
  names: strings,
  mentions: strings,
  markers: strings,
  links: list(z.object({ kind: z.enum(['runbook', 'generator', 'dashboard']), url: z.string() })),
  voices: list(z.object({ id: z.string(), name: z.string(), firstAt: z.number(), lastAt: z.number() })),
  takenBy: strings,
  quietUntil: maybe(z.number()),
});

const sourceStatus = z.object({
  id: z.string(),
  service,
  okAt: maybe(z.number()),
  failure: maybe(z.object({ reason: failure, message: z.string(), retryAt: z.number() })),
  skipped: z.number(),
  failedPlaces: list(z.object({ place: z.string(), reason: failure, message: z.string() })),
});

const seen = z.record(z.string(), z.number());

const snoozeEnd = z.discriminatedUnion('type', [
  z.object({ type: z.literal('time'), at: z.number() }),
  z.object({ type: z.literal('reply') }),
  z.object({ type: z.literal('shiftEnd'), at: z.number() }),
]);

const journalEntry = z.object({
  id: z.string(),
  at: z.number(),
  signalIds: strings,
  about: z.optional(z.object({ title: z.string(), url: z.string() })),
  by: z.optional(z.string()),
  event: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('converted'),
      repository: z.string(),
      number: z.number(),
      url: z.string(),
      title: z.string(),
      timeboxMinutes: z.number(),
      priority,
    }),
    z.object({ type: z.literal('keptInMind'), text: z.string() }),
    z.object({
      type: z.literal('handoffPosted'),
      handoffId: z.string(),
      where: z.enum(['slack', 'issue']),
      url: z.string(),
    }),
    z.object({
      type: z.literal('responded'),
      who: z.string(),
      startedAt: z.number(),
      targetMinutes: z.number(),
      tookMinutes: z.number(),
    }),
    z.object({ type: z.literal('claimed') }),
    z.object({ type: z.literal('released') }),
    z.object({ type: z.literal('done'), seen: z.optional(seen) }),
    z.object({ type: z.literal('reopened') }),
    z.object({ type: z.literal('snoozed'), until: snoozeEnd, seen: z.optional(seen) }),
    z.object({ type: z.literal('woken') }),
    z.object({ type: z.literal('prioritised'), priority }),
    z.object({ type: z.literal('noted'), text: z.string() }),
    z.object({ type: z.literal('started'), minutes: z.number() }),
    z.object({ type: z.literal('paused') }),
    z.object({ type: z.literal('resumed') }),
    z.object({ type: z.literal('extended'), minutes: z.number(), reason: z.string() }),
    z.object({ type: z.literal('stopped') }),
    z.object({ type: z.literal('timeLogged'), minutes: z.number(), reason: z.string() }),
    z.object({ type: z.literal('checked'), watchId: z.string() }),
    z.object({ type: z.literal('merged') }),
    z.object({ type: z.literal('keptApart'), off: strings }),
    z.object({ type: z.literal('reviewsTaken') }),
    z.object({ type: z.literal('reviewsKept'), bundle: z.string(), who: z.string(), until: z.number() }),
    z.object({
      type: z.literal('issueClosed'),
      repository: z.string(),
      number: z.number(),
      url: z.string(),
      title: z.string(),
      reason: z.enum(CLOSING_REASONS),
      drafts: z.number(),
      unread: z.optional(list(z.object({ id: z.string(), reason: failure }))),
      place: z.optional(z.string()),
    }),
    z.object({ type: z.literal('undone'), entryId: z.string(), givesBack: z.optional(z.boolean()) }),
    z.object({
      type: z.literal('attempted'),
      proposalId: z.string(),
      kind: proposalKind,
      title: z.string(),
      step: z.number(),
      steps: z.number(),
      write: z.enum(WRITE_TYPES),
      result: z.enum(['done', 'found', 'failed']),
      url: maybe(z.string()),
      reason: maybe(failure),
      message: z.optional(z.string()),
      tries: z.optional(z.number()),
      isLook: z.optional(z.boolean()),
    }),
  ]),
});

const shift = z.object({ from: z.number(), to: z.number() });

const draft = z.object({
  id: z.string(),
  team: z.string(),
  timeZone: z.string(),
  from: z.string(),
  to: maybe(z.string()),
  shift,
  sections: list(
    z.object({
      id: z.enum(HANDOFF_SECTIONS),
      entries: list(
        z.object({
          id: z.string(),
          title: z.string(),
          url: maybe(z.string()),
          detail: z.string(),
          note: z.string(),
        }),
      ),
    }),
  ),
  removed: strings,
  moved: strings,
  revision: z.number(),
});

const posted = z.object({
  id: z.string(),
  postedAt: z.number(),
  from: z.string(),
  to: maybe(z.string()),
  shift,
  links: list(z.object({ where: z.enum(['slack', 'issue']), url: z.string() })),
  markdown: z.string(),
});

export const SIGNAL_ROW: RowFormat<Signal> = rowFormat(signal);
export const STATUS_ROW: RowFormat<SourceStatus> = rowFormat(sourceStatus);
export const JOURNAL_ROW: RowFormat<JournalEntry> = rowFormat(journalEntry);
export const DRAFT_ROW: RowFormat<HandoffDraft> = rowFormat(draft);
export const HANDOFF_ROW: RowFormat<PostedHandoff> = rowFormat(posted);
export const NUMBER_ROW: RowFormat<number> = rowFormat(z.number());
/** Rows whose value is their text. */
export const TEXT_ROW: RowFormat<string> = { write: (value) => value, read: (text) => text };
