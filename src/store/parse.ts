import * as z from 'zod/mini';
import { HANDOFF_SECTIONS, type HandoffDraft, type PostedHandoff } from '../core/handoff.ts';
import type { JournalEntry } from '../core/journal.ts';
import { PRIORITIES } from '../core/priority.ts';
import { PROPOSAL_KINDS, type StoredProposal, WRITE_TYPES } from '../core/proposal.ts';
import { SERVICES, type Signal } from '../core/signal.ts';
import type { SourceStatus } from '../core/sourceStatus.ts';

/** How a value of one kind becomes the text of a row and back; a row that is not one (any more) is undefined. */
export interface RowFormat<T> {
  // Functions, not methods: so a format must both take and give exactly T, and no new member of a union is forgotten here.
  readonly write: (value: T) => string;
  readonly read: (text: string) => T | undefined;
}

const service = z.enum(SERVICES);
const failure = z.enum([
  'unauthenticated',
  'forbidden',
  'notFound',
  'rateLimited',
  'offline',
  'badResponse',
  'refused',
]);
const strings = list(z.string());
const priority = z.enum(PRIORITIES);

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
    z.object({ type: z.literal('undone'), entryId: z.string() }),
    z.object({
      type: z.literal('attempted'),
      proposalId: z.string(),
      kind: z.enum(PROPOSAL_KINDS),
      title: z.string(),
      step: z.number(),
      steps: z.number(),
      write: z.enum(WRITE_TYPES),
      result: z.enum(['done', 'found', 'failed']),
      url: maybe(z.string()),
      reason: maybe(failure),
    }),
  ]),
});

const write = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('createIssue'),
    repository: z.string(),
    title: z.string(),
    body: z.string(),
    labels: strings,
    assignees: strings,
    marker: z.string(),
    since: z.number(),
  }),
  z.object({
    type: z.literal('planIssue'),
    repository: z.string(),
    number: z.number(),
    labels: strings,
    assignees: strings,
  }),
  z.object({
    type: z.literal('addToBoard'),
    owner: z.string(),
    number: z.number(),
    priority: maybe(z.object({ field: z.string(), option: z.string() })),
    timebox: maybe(z.object({ field: z.string(), hours: z.number() })),
  }),
  z.object({
    type: z.literal('commentOnIssue'),
    repository: z.string(),
    number: z.number(),
    body: z.string(),
    marker: z.string(),
    since: z.number(),
  }),
  z.object({
    type: z.literal('replyInThread'),
    channel: z.string(),
    threadTs: z.string(),
    markdown: z.string(),
    marker: z.string(),
  }),
  z.object({
    type: z.literal('postMessage'),
    channel: z.string(),
    markdown: z.string(),
    marker: z.string(),
    since: z.number(),
  }),
  z.object({
    type: z.literal('assign'),
    repository: z.string(),
    number: z.number(),
    add: strings,
    remove: strings,
  }),
  z.object({
    type: z.literal('react'),
    channel: z.string(),
    ts: z.string(),
    name: z.string(),
    remove: z.boolean(),
  }),
  z.object({ type: z.literal('label'), repository: z.string(), number: z.number(), add: strings, remove: strings }),
  z.object({
    type: z.literal('closeIssue'),
    repository: z.string(),
    number: z.number(),
    reason: z.enum(['completed', 'notPlanned']),
  }),
  z.object({ type: z.literal('reopenIssue'), repository: z.string(), number: z.number() }),
  z.object({ type: z.literal('deleteComment'), repository: z.string(), commentId: z.number() }),
  z.object({ type: z.literal('deleteMessage'), channel: z.string(), ts: z.string() }),
  z.object({
    type: z.literal('setBoardPriority'),
    repository: z.string(),
    number: z.number(),
    board: z.object({ owner: z.string(), number: z.number() }),
    field: z.string(),
    option: z.string(),
  }),
  z.object({
    type: z.literal('restoreBoardFields'),
    projectId: z.string(),
    itemId: z.string(),
    fields: list(
      z.object({
        fieldId: z.string(),
        value: maybe(
          z.discriminatedUnion('type', [
            z.object({ type: z.literal('option'), optionId: z.string() }),
            z.object({ type: z.literal('number'), number: z.number() }),
          ]),
        ),
      }),
    ),
  }),
  z.object({ type: z.literal('removeFromBoard'), projectId: z.string(), itemId: z.string() }),
  z.object({
    type: z.literal('silence'),
    url: z.string(),
    matchers: list(z.object({ name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean() })),
    endsAt: z.number(),
    createdBy: z.string(),
    comment: z.string(),
    marker: z.string(),
  }),
  z.object({ type: z.literal('expireSilence'), url: z.string(), silenceId: z.string() }),
  z.object({ type: z.literal('acknowledge'), incident: z.string() }),
  z.object({ type: z.literal('resolve'), incident: z.string() }),
  z.object({ type: z.literal('addNote'), incident: z.string(), text: z.string(), marker: z.string() }),
]);

const issue = z.object({
  repository: z.string(),
  number: z.number(),
  url: z.string(),
  nodeId: z.string(),
  databaseId: z.number(),
});

const storedProposal = z
  .object({
    proposal: z.object({
      id: z.string(),
      createdAt: z.number(),
      kind: z.enum(PROPOSAL_KINDS),
      signalIds: strings,
      title: z.string(),
      steps: list(write),
      decision: maybe(z.object({ timeboxMinutes: z.number(), priority })),
      undoes: maybe(z.string()),
    }),
    approvedAt: maybe(z.number()),
    states: list(
      z.discriminatedUnion('status', [
        z.object({ status: z.literal('waiting') }),
        z.object({ status: z.literal('sending') }),
        z.object({
          status: z.literal('done'),
          outcome: z.object({ url: z.string(), issue: maybe(issue), warnings: strings, undo: list(write) }),
        }),
        z.object({
          status: z.literal('failed'),
          reason: failure,
          message: z.string(),
          permanent: z.boolean(),
          retryAt: maybe(z.number()),
        }),
      ]),
    ),
  })
  .check(z.refine((stored) => stored.states.length === stored.proposal.steps.length));

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
export const PROPOSAL_ROW: RowFormat<StoredProposal> = rowFormat(storedProposal);
export const DRAFT_ROW: RowFormat<HandoffDraft> = rowFormat(draft);
export const HANDOFF_ROW: RowFormat<PostedHandoff> = rowFormat(posted);
export const NUMBER_ROW: RowFormat<number> = rowFormat(z.number());
/** Rows whose value is their text. */
export const TEXT_ROW: RowFormat<string> = { write: (value) => value, read: (text) => text };

function rowFormat<T>(schema: z.ZodMiniType<T>): RowFormat<T> {
  return {
    // JSON knows no undefined: it is null in the file, so that the field is there again when it is read.
    write: (value) => JSON.stringify(value, (_key, field: unknown) => (field === undefined ? null : field)),
    read: (text) => {
      const result = schema.safeParse(json(text));
      return result.success ? result.data : undefined;
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function list<T>(entry: z.ZodMiniType<T>): z.ZodMiniType<readonly T[]> {
  return z.readonly(z.array(entry));
}

/** A field that may be undefined; null in the file. */
function maybe<T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T | undefined> {
  return z.pipe(
    z.nullable(schema),
    z.transform((value) => value ?? undefined),
  );
}
