import * as z from 'zod/mini';
import type { KnownEnds, PlannedIssues } from '../../core/closedLoop.ts';
import { CLOSING_REASONS, type Closing } from '../../core/closing.ts';
import type { Signal } from '../../core/signal.ts';
import { ServiceError } from '../service.ts';
import { type BareClosing, HOW_CLOSED, parseClosing, withHow } from './closingWire.ts';
import type { Cycle } from './cycle.ts';
import type { BareSignal } from './wireIssue.ts';

export const CLOSINGS_KEY = 'closings';

/** So many are asked about in one request; the rest in the next cycles. */
const MAX_ASKED = 20;
/** So often GitHub may fail at one alone before its own record has to do: an hour of cycles, however long a machine slept. */
const MAX_FAULTS = 60;
const MAX_KEPT = 300;
/** Of issues that nothing became, or that may be such. */
const MAX_OTHERS = 500;
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
  isTakenBack: z.optional(z.boolean()),
});

const EndShape = z.object({
  /** When it was closed, or was seen to be open again; epoch ms. */
  at: z.number(),
  /** While it is not known yet how it was closed. */
  nodeId: z.optional(z.string()),
  /** Missing when it is open again. */
  closing: z.optional(ClosingShape),
  /** Whether anything became it: `maybe` while only its comments can tell, `no` once they were asked. */
  ours: z.optional(z.enum(['maybe', 'no'])),
  /** How often GitHub failed when it was asked about this one alone. */
  faults: z.optional(z.number()),
});

const EndsShape = z.record(z.string(), EndShape);

type End = z.infer<typeof EndShape>;

/** What is kept of how issues that items became ended. */
export type EndsMemory = z.infer<typeof EndsShape>;

/** How issues that items became stand, from a source's memory; one of which the rest is still to be read is left out. */
export function readEnds(remembered: unknown): KnownEnds {
  const ends = new Map<string, Closing | 'open'>();
  for (const [id, { nodeId, closing, ours }] of loadEnds(remembered))
    if (nodeId === undefined && ours === undefined) ends.set(id, closing === undefined ? 'open' : closingOf(closing));
  return ends;
}

/**
 * Takes up which issues that items became were closed or opened again, from the records that this cycle has read anyway;
 * how the new ones were closed, and whom their comments name, is one request for all of them. What it cannot learn now is
 * asked in the next cycle. Undefined while there is none. @throws {ServiceError} `unauthenticated`
 */
export async function readClosings(cycle: Cycle, planned: PlannedIssues): Promise<EndsMemory | undefined> {
  const ends = loadEnds(cycle.request.memory.get(CLOSINGS_KEY));
  const since = Math.min(planned.since, cycle.request.since);
  const places = new Set(planned.repositories.map((repository) => repository.toLowerCase()));
  for (const [signal, record] of cycle.records()) {
    const isOurs = signal.markers.length > 0 || planned.ids.has(signal.id);
    const mayBeOurs = signal.replies > 0 && places.has(signal.place.toLowerCase());
    const known = ends.get(signal.id);
    if (!isOurs && !mayBeOurs && known === undefined) continue;
    const end = endSeen(signal, record, { known, isOurs, since, now: cycle.now });
    if (end !== undefined) ends.set(signal.id, end);
  }
  for (const [id, end] of await askHow(cycle, [...ends.values()])) ends.set(id, end);
  if (ends.size === 0) return undefined;
  return Object.fromEntries(keptOf(ends, { since, now: cycle.now }));
}

/** What was taken back is linked to nothing, so that what it was made of stands on every machine as it stood before. */
export function withoutTakenBack(
  signals: ReadonlyMap<string, Signal>,
  ends: EndsMemory = {},
): ReadonlyMap<string, Signal> {
  const unlinked = [...signals.values()].map((signal) =>
    ends[signal.id]?.closing?.isTakenBack === true ? { ...signal, names: [], mentions: [], markers: [] } : signal,
  );
  return new Map(unlinked.map((signal) => [signal.id, signal]));
}

/** The newest; one that is no matter of ours as long as it could be asked about again. */
function keptOf(ends: ReadonlyMap<string, End>, { since, now }: Span): readonly (readonly [string, End])[] {
  const newest = [...ends].sort(([, a], [, b]) => b.at - a.at);
  const ours = newest.filter(([, { ours: is, at }]) => is === undefined && at > now - KEEP_MS);
  const others = newest.filter(([, { ours: is, at }]) => is !== undefined && at >= since);
  return [...ours.slice(0, MAX_KEPT), ...others.slice(0, MAX_OTHERS)];
}

/** Epoch ms. */
interface Span {
  readonly since: number;
  readonly now: number;
}

interface Seen extends Span {
  readonly known: End | undefined;
  /** Known to be what an item became. */
  readonly isOurs: boolean;
}

/** What a record says of an issue's end; undefined when that is known, or no matter of this shift. */
function endSeen(signal: BareSignal, record: unknown, { known, isOurs, since, now }: Seen): End | undefined {
  if (signal.state === 'open') return known && reopened(known, now);
  const bare = parseClosing(signal, record);
  // What was closed before the turns that are told of was another one's to tell of.
  if (bare === undefined || bare.closing.closedAt < since) return undefined;
  const isKnown = known !== undefined && isEndAt(known, bare.closing.closedAt);
  if (isKnown && (known.ours === undefined || !isOurs)) return undefined;
  return toAsk({ ...bare, isOurs, faults: 0 });
}

function reopened({ at, closing, ours }: End, now: number): End | undefined {
  if (closing === undefined) return undefined;
  return ours === undefined ? { at: now } : { at, ours: 'no' };
}

function isEndAt({ at, closing, ours }: End, closedAt: number): boolean {
  return (ours === 'no' ? at : closing?.closedAt) === closedAt;
}

interface Asked extends BareClosing {
  readonly isOurs: boolean;
  readonly faults: number;
}

/** The ends of which it is known now how they came about, by the id of their issue. */
async function askHow(cycle: Cycle, ends: readonly End[]): Promise<readonly (readonly [string, End])[]> {
  const bare = ends.flatMap(({ nodeId, closing, ours, faults = 0 }): Asked[] => {
    if (nodeId === undefined || closing === undefined) return [];
    return [{ nodeId, closing: closingOf(closing), isOurs: ours === undefined, faults }];
  });
  // One at which GitHub always fails would fail the others with it: it comes last.
  const asked = bare.sort((a, b) => a.faults - b.faults || Number(b.isOurs) - Number(a.isOurs)).slice(0, MAX_ASKED);
  return asked.length === 0 ? [] : ask(cycle, asked);
}

async function ask(cycle: Cycle, asked: readonly Asked[]): Promise<readonly (readonly [string, End])[]> {
  try {
    const reply = await cycle.client.query(HOW_CLOSED, { ids: asked.map(({ nodeId }) => nodeId) });
    return asked.map((each) => [each.closing.issueId, answered({ ...each, closing: withHow(each, reply) })]);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.reason === 'unauthenticated') throw error;
    if (error.reason === 'offline' || error.reason === 'rateLimited') return [];
    // All of them may be too much for one answer: then one a cycle.
    if (asked.length > 1) return ask(cycle, asked.slice(0, 1));
    const after = error.reason === 'serverError' ? failed : answered;
    return asked.map((each) => [each.closing.issueId, after(each)]);
  }
}

/** A fault passes, and only an answer tells what was taken back; of one at which GitHub fails for ever is told all the same. */
function failed(asked: Asked): End {
  const faults = asked.faults + 1;
  return faults < MAX_FAULTS ? toAsk({ ...asked, faults }) : answered(asked);
}

function toAsk({ isOurs, faults, ...bare }: Asked): End {
  return { ...endOf(bare), nodeId: bare.nodeId, ours: isOurs ? undefined : 'maybe', faults };
}

/** Without an answer it is told of as its own record has it. */
function answered({ isOurs, ...bare }: Asked): End {
  return isOurs || bare.closing.markers.length > 0 ? endOf(bare) : { at: bare.closing.closedAt, ours: 'no' };
}

function endOf({ closing }: BareClosing): End {
  const { markers, ...rest } = closing;
  return { at: closing.closedAt, closing: { ...rest, markers: [...markers] } };
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
