import * as z from 'zod/mini';
import type { HandoffDraft } from '../core/handoff.ts';
import { safeUrl } from '../core/url.ts';
import { draftSchema } from './handoffSchema.ts';

export type HandoffWhere = 'slack' | 'issue';

/** Where notes can be posted: the place's name as people say it, or why it cannot be. */
export type HandoffTarget =
  | { readonly where: HandoffWhere; readonly place: string }
  | { readonly where: HandoffWhere; readonly unavailable: string };

/** How posting to one place stands. */
export type HandoffPost =
  | { readonly where: HandoffWhere; readonly status: 'posting' }
  | {
      readonly where: HandoffWhere;
      readonly status: 'posted';
      readonly url: string;
      readonly warnings: readonly string[];
    }
  | { readonly where: HandoffWhere; readonly status: 'failed'; readonly message: string };

/** The words of the page, in the person's language; `{0}` stands for what is filled in. */
export const HANDOFF_STRINGS = [
  'heading',
  'headingTo',
  'period',
  'saved',
  'saving',
  'notSaved',
  'toolbar',
  'postSlack',
  'postIssue',
  'copy',
  'refresh',
  'copied',
  'refreshed',
  'upToDate',
  'posting',
  'postedSlack',
  'postedIssue',
  'postFailedSlack',
  'postFailedIssue',
  'openPosted',
  'retry',
  'dismiss',
  'notes',
  'emptySection',
  'addEntry',
  'entryTitle',
  'newEntry',
  'note',
  'notePlaceholder',
  'drag',
  'moveUp',
  'moveDown',
  'moveTo',
  'remove',
  'movedTo',
  'moved',
  'removed',
  'undo',
  'untitled',
  'preview',
  'previewTab',
  'sourceTab',
  'startHere',
  'open',
  'inProgress',
  'converted',
  'resolved',
  'keepInMind',
] as const;

export type HandoffStrings = Readonly<Record<(typeof HANDOFF_STRINGS)[number], string>>;

/** From the host to the page. */
export type ToHandoff =
  | {
      readonly type: 'init';
      readonly draft: HandoffDraft;
      /** The record's own notes, to be taken into the draft; absent when the page only comes back. */
      readonly fresh: HandoffDraft | undefined;
      readonly strings: HandoffStrings;
      /** BCP 47. */
      readonly language: string;
      readonly targets: readonly HandoffTarget[];
      readonly posts: readonly HandoffPost[];
    }
  /** The host could not do what was asked; `retry` is the word on a button that asks again for the first message. */
  | { readonly type: 'unavailable'; readonly message: string; readonly retry: string }
  | { readonly type: 'fresh'; readonly draft: HandoffDraft }
  | { readonly type: 'targets'; readonly targets: readonly HandoffTarget[] }
  | { readonly type: 'saved'; readonly revision: number }
  | { readonly type: 'saveFailed'; readonly revision: number; readonly message: string }
  | { readonly type: 'copied' }
  | { readonly type: 'posts'; readonly posts: readonly HandoffPost[] };

/** From the page to the host. */
export type FromHandoff =
  | { readonly type: 'ready' }
  | { readonly type: 'save'; readonly draft: HandoffDraft }
  | { readonly type: 'refresh' }
  | { readonly type: 'copy'; readonly draft: HandoffDraft }
  | { readonly type: 'post'; readonly where: HandoffWhere; readonly draft: HandoffDraft }
  | { readonly type: 'open'; readonly url: string };

/** What the page keeps by itself, so that a crash between an edit and its saving loses nothing. */
export interface HandoffPageState {
  readonly draft: HandoffDraft;
}

const where = z.enum(['slack', 'issue']);

const fromHandoff = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('save'), draft: draftSchema }),
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('copy'), draft: draftSchema }),
  z.object({ type: z.literal('post'), where, draft: draftSchema }),
  z.object({ type: z.literal('open'), url: z.string() }),
]);

/** A message of the page as it arrived, or undefined when it is none; addresses that may not be opened are none. */
export function parseFromHandoff(raw: unknown): FromHandoff | undefined {
  const { data } = fromHandoff.safeParse(raw);
  if (data?.type !== 'open') return data;
  const url = safeUrl(data.url);
  return url === undefined ? undefined : { type: 'open', url };
}

const strings = z.object(
  Object.fromEntries(HANDOFF_STRINGS.map((key) => [key, z.string()])) as Record<keyof HandoffStrings, z.ZodMiniString>,
);

const target = z.union([z.object({ where, place: z.string() }), z.object({ where, unavailable: z.string() })]);

const post = z.discriminatedUnion('status', [
  z.object({ where, status: z.literal('posting') }),
  z.object({ where, status: z.literal('posted'), url: z.string(), warnings: z.array(z.string()) }),
  z.object({ where, status: z.literal('failed'), message: z.string() }),
]);

const revision = z.number();

const toHandoff = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('init'),
    draft: draftSchema,
    fresh: z.pipe(
      z.optional(draftSchema),
      z.transform((draft): HandoffDraft | undefined => draft),
    ),
    strings,
    language: z.string(),
    targets: z.array(target),
    posts: z.array(post),
  }),
  z.object({ type: z.literal('unavailable'), message: z.string(), retry: z.string() }),
  z.object({ type: z.literal('fresh'), draft: draftSchema }),
  z.object({ type: z.literal('targets'), targets: z.array(target) }),
  z.object({ type: z.literal('saved'), revision }),
  z.object({ type: z.literal('saveFailed'), revision, message: z.string() }),
  z.object({ type: z.literal('copied') }),
  z.object({ type: z.literal('posts'), posts: z.array(post) }),
]);

/** A message of the host as it arrived, or undefined when it is none. */
export function parseToHandoff(raw: unknown): ToHandoff | undefined {
  return toHandoff.safeParse(raw).data;
}

const pageState = z.object({ draft: draftSchema });

/** What the page kept, as VS Code gives it back; undefined when it is not ours. */
export function parsePageState(raw: unknown): HandoffPageState | undefined {
  return pageState.safeParse(raw).data;
}
