import * as z from 'zod/mini';
import type { StoredProposal } from '../core/proposal.ts';
import { failure, list, maybe, priority, proposalKind, type RowFormat, rowFormat, strings } from './rowFormat.ts';

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
  z.object({ type: z.literal('deleteNote'), incident: z.string(), noteId: z.string() }),
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
        names: z.optional(maybe(z.object({ field: z.string(), value: maybe(z.string()) }))),
      }),
    ),
  }),
  z.object({ type: z.literal('removeFromBoard'), projectId: z.string(), contentId: z.string() }),
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
      kind: proposalKind,
      signalIds: strings,
      title: z.string(),
      steps: list(write),
      decision: maybe(z.object({ timeboxMinutes: z.number(), priority })),
      undoes: maybe(z.string()),
      isRewritten: z.optional(z.boolean()),
    }),
    approvedAt: maybe(z.number()),
    sentAt: z.optional(z.number()),
    states: list(
      z.discriminatedUnion('status', [
        z.object({ status: z.literal('waiting') }),
        z.object({ status: z.literal('sending'), undo: z.optional(list(write)) }),
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
          unsent: z.optional(z.boolean()),
          tries: z.optional(z.number()),
          undo: z.optional(list(write)),
        }),
      ]),
    ),
  })
  .check(z.refine((stored) => stored.states.length === stored.proposal.steps.length));

export const PROPOSAL_ROW: RowFormat<StoredProposal> = rowFormat(storedProposal);
