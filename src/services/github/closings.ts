import * as z from 'zod/mini';
import type { KnownEnds, PlannedIssues } from '../../core/closedLoop.ts';
import { CLOSING_REASONS, type Closing } from '../../core/closing.ts';
import { ServiceError } from '../service.ts';
import { type BareClosing, HOW_CLOSED, parseClosing, withHow } from './closingWire.ts';
import type { Cycle } from './cycle.ts';
import type { BareSignal } from './wireIssue.ts';

export const CLOSINGS_KEY = 'closings';

/** So many are asked about in one request; the rest in the next cycles. */
const MAX_ASKED = 20;
const MAX_KEPT = 300;
const KEEP_MS = 60 * 86_400_000;
const MAX_FURTHER = 2;
const FixShape = z.object({ kind: z.enum(['pullRequest', 'commit']), name: z.string(), url: z.string() });

const ClosingShape = z.object({
  issueId: z.string(),
  repository: z.string(),
  number: z.number(),
  url: z.string(),
  title: z.string(),
  closedAt: z.number(),
  reason: z.enum(CLOSING_REASONS),
  fix: z.optional(FixShape),
  version: z.optional(z.string()),
  words: z.optional(z.string()),
  markers: z.array(z.string()),
});

const EndShape = z.object({
  /** When it was closed, or was seen to be open again; epoch ms. */
  at: z.number(),
  /** While it is not known yet how it was closed. */
  nodeId: z.optional(z.string()),
  /** Missing when it is open again. */
  closing: z.optional(ClosingShape),
});

const EndsShape = z.record(z.string(), EndShape);

type End = z.infer<typeof EndShape>;

/** What is kept of how issues that items became ended. */
export type EndsMemory = z.infer<typeof EndsShape>;

/** How issues that items became stand, from a source's memory; one of which the rest is still to be read is left out. */
export function readEnds(remembered: unknown): KnownEnds {
  const ends = new Map<string, Closing | 'open'>();
  for (const [id, { nodeId, closing }] of loadEnds(remembered))
    if (nodeId === undefined) ends.set(id, closing === undefined ? 'open' : closingOf(closing));
  return ends;
}

/**
 * Takes up which issues that items became were closed or opened again, from the records that this cycle has read anyway;
 * how the new ones were closed is one request for all of them. What it cannot learn now is asked in the next cycle.
 * Undefined while there is none. @throws {ServiceError} `unauthenticated`
 */
export async function readClosings(cycle: Cycle, planned: PlannedIssues): Promise<EndsMemory | undefined> {
  const ends = loadEnds(cycle.request.memory.get(CLOSINGS_KEY));
  for (const [signal, record] of cycle.records()) {
    const end = endSeen(signal, record, { known: ends.get(signal.id), cycle, planned });
    if (end !== undefined) ends.set(signal.id, end);
  }
  for (const end of await askHow(cycle, [...ends.values()])) if (end.closing) ends.set(end.closing.issueId, end);
  if (ends.size === 0) return undefined;
  const kept = [...ends].filter(([, { at }]) => at > cycle.now - KEEP_MS).sort(([, a], [, b]) => b.at - a.at);
  return Object.fromEntries(kept.slice(0, MAX_KEPT));
}

interface Seen {
  readonly known: End | undefined;
  readonly cycle: Cycle;
  readonly planned: PlannedIssues;
}

/** What a record says of an issue's end; undefined when that is known, or no matter of ours. */
function endSeen(signal: BareSignal, record: unknown, { known, cycle, planned }: Seen): End | undefined {
  if (signal.state === 'open') return known?.closing === undefined ? undefined : { at: cycle.now };
  if (signal.markers.length === 0 && !planned.ids.has(signal.id)) return undefined;
  const bare = parseClosing(signal, record);
  // What was closed before anybody here looked was another one's to tell of.
  if (bare === undefined || bare.closing.closedAt < cycle.request.since) return undefined;
  return known?.closing?.closedAt === bare.closing.closedAt ? undefined : endOf(bare);
}

/** The ends of which it is known now how they came about. */
async function askHow(cycle: Cycle, ends: readonly End[]): Promise<readonly End[]> {
  const bare = ends.flatMap(({ nodeId, closing }): BareClosing[] => {
    if (nodeId === undefined || closing === undefined) return [];
    return [{ nodeId, closing: closingOf(closing) }];
  });
  const asked = bare.slice(0, MAX_ASKED);
  if (asked.length === 0) return [];
  try {
    const reply = await cycle.client.query(HOW_CLOSED, { ids: asked.map(({ nodeId }) => nodeId) });
    return asked.map((each) => endOf({ ...each, closing: withHow(each, reply) }, true));
  } catch (error) {
    if (!(error instanceof ServiceError) || error.reason === 'unauthenticated') throw error;
    if (error.reason === 'offline' || error.reason === 'rateLimited') return [];
    // Without that, it is told of as its own record has it.
    return asked.map((each) => endOf(each, true));
  }
}

function endOf({ closing, nodeId }: BareClosing, isRead = false): End {
  const { markers, ...rest } = closing;
  return { at: closing.closedAt, nodeId: isRead ? undefined : nodeId, closing: { ...rest, markers: [...markers] } };
}

/** As JSON a part that is undefined is a missing one. */
function closingOf({ fix, version, words, ...rest }: z.infer<typeof ClosingShape>): Closing {
  return { ...rest, fix, version, words };
}

function loadEnds(remembered: unknown): Map<string, End> {
  return new Map(Object.entries(EndsShape.safeParse(remembered).data ?? {}));
}

/** The repositories that are read for their planned issues alone: no more than two requests a cycle. */
export function furtherRepositories(planned: PlannedIssues, watched: Iterable<string>): readonly string[] {
  const known = new Set([...watched].map((repository) => repository.toLowerCase()));
  return planned.repositories.filter((repository) => !known.has(repository.toLowerCase())).slice(0, MAX_FURTHER);
}
