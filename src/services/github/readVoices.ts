import * as z from 'zod/mini';
import type { Signal, Voice } from '../../core/signal.ts';
import { passes } from '../../core/sourceStatus.ts';
import { ServiceError } from '../service.ts';
import { mergeVoices } from '../voices.ts';
import type { Cycle } from './cycle.ts';
import { rowsOf } from './pages.ts';
import { authorOf, issuePath, loginsOf, repositoryPath, timeOf } from './records.ts';

const PAGE_SIZE = 100;

const TalkRecord = z.object({
  /** What the issue said of itself when its talk was read: the talk is read again when any of it differs. */
  at: z.number(),
  replies: z.number(),
  eyes: z.number(),
  voices: z.array(z.object({ id: z.string(), name: z.string(), firstAt: z.number(), lastAt: z.number() })),
  takenBy: z.array(z.string()),
});

/** Who spoke in an issue and who took it up; kept, so that an unchanged one is never read again. */
export type Talk = z.infer<typeof TalkRecord>;

export interface Voiced {
  readonly signals: ReadonlyMap<string, Signal>;
  /** What was read in this cycle, by signal id. */
  readonly talks: ReadonlyMap<string, Talk>;
  /** When GitHub may be asked for the rest, epoch ms. */
  readonly retryAt: number | undefined;
}

export function talkKey(id: string): string {
  return `talk:${id}`;
}

/**
 * Adds to each signal who spoke in it. Only what is new or changed is read, the newest first, and no more than the cycle
 * may look up; the rest keeps what is known of it until the next cycle. What is closed is not read.
 * @throws {ServiceError} `unauthenticated`
 */
export async function readVoices(cycle: Cycle, signals: ReadonlyMap<string, Signal>): Promise<Voiced> {
  const talks = new Map<string, Talk>();
  const stale = [...signals.values()].filter((signal) => isStale(cycle, signal));
  let retryAt: number | undefined;
  for (const signal of stale.sort((a, b) => b.updatedAt - a.updatedAt)) {
    try {
      const talk = await readTalk(cycle, signal);
      if (talk === 'later') break;
      talks.set(signal.id, talk);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.reason === 'unauthenticated') throw error;
      retryAt = error.retryAt;
      if (error.reason === 'rateLimited' || error.reason === 'offline') break;
      // What is known of it holds until the next cycle.
      if (passes(error.reason)) continue;
      // Not asked again before it changes.
      talks.set(signal.id, talkOf(cycle, signal, { voices: [], takenBy: [] }));
    }
  }
  const voiced = [...signals.values()].map((signal) => withTalk(cycle, signal, talks.get(signal.id)));
  return { signals: new Map(voiced.map((signal) => [signal.id, signal])), talks, retryAt };
}

function remembered({ request }: Cycle, id: string): Talk | undefined {
  return TalkRecord.safeParse(request.memory.get(talkKey(id))).data;
}

function isStale(cycle: Cycle, signal: Signal): boolean {
  // Without an author it was made of a notification: the issue itself is out of reach.
  if (signal.state === 'closed' || signal.author === undefined) return false;
  const talk = remembered(cycle, signal.id);
  const eyes = cycle.eyes(signal.id) ?? talk?.eyes;
  return talk?.at !== signal.updatedAt || talk.replies !== signal.replies || talk.eyes !== eyes;
}

function withTalk(cycle: Cycle, signal: Signal, read: Talk | undefined): Signal {
  const talk = read ?? remembered(cycle, signal.id);
  return {
    ...signal,
    voices: mergeVoices([...opening(signal), ...(talk?.voices ?? [])]),
    takenBy: talk?.takenBy ?? [],
  };
}

function opening({ author, startedAt }: Signal): readonly Voice[] {
  if (author === undefined || author.isBot) return [];
  return [{ id: author.id, name: author.name, firstAt: startedAt, lastAt: startedAt }];
}

async function readTalk(cycle: Cycle, signal: Signal): Promise<Talk | 'later'> {
  const before = remembered(cycle, signal.id);
  const rows: unknown[] = [];
  for (const path of talkPaths(signal)) {
    const talk = await cycle.readTalk(path);
    if (talk === 'later') return 'later';
    rows.push(...talk.rows);
  }
  const takenBy = await readTakers(cycle, signal, before);
  if (takenBy === 'later') return 'later';
  // Of a long talk only the last page was read.
  const earlier = signal.replies > PAGE_SIZE ? (before?.voices ?? []) : [];
  return talkOf(cycle, signal, { voices: [...earlier, ...rows.flatMap(voiceOf)], takenBy });
}

function talkOf(cycle: Cycle, signal: Signal, said: Pick<Signal, 'voices' | 'takenBy'>): Talk {
  return {
    at: signal.updatedAt,
    replies: signal.replies,
    eyes: cycle.eyes(signal.id) ?? remembered(cycle, signal.id)?.eyes ?? 0,
    voices: [...mergeVoices(said.voices)],
    takenBy: [...said.takenBy],
  };
}

/** Comments and, of a pull request, reviews: the comments on its lines belong to those. */
function talkPaths(signal: Signal): readonly string[] {
  const { place, replies } = signal;
  const number = numberOf(signal);
  const page = Math.ceil(replies / PAGE_SIZE);
  const comments = `${issuePath(place, number)}/comments?per_page=${String(PAGE_SIZE)}`;
  const reviews = `${repositoryPath(place)}/pulls/${String(number)}/reviews?per_page=${String(PAGE_SIZE)}`;
  return [
    ...(replies === 0 ? [] : [page > 1 ? `${comments}&page=${String(page)}` : comments]),
    ...(/\/pull\/\d+\/?$/u.test(signal.url) ? [reviews] : []),
  ];
}

/** Who put 👀 on the issue itself; its record tells whether anybody did. */
async function readTakers(
  cycle: Cycle,
  signal: Signal,
  before: Talk | undefined,
): Promise<readonly string[] | 'later'> {
  const eyes = cycle.eyes(signal.id);
  if (eyes === undefined || eyes === before?.eyes) return before?.takenBy ?? [];
  if (eyes === 0) return [];
  if (!cycle.mayLookUp()) return 'later';
  const path = `${issuePath(signal.place, numberOf(signal))}/reactions?content=eyes&per_page=${String(PAGE_SIZE)}`;
  const users = rowsOf((await cycle.client.get(path)).data)
    .filter((row) => typeof row === 'object' && row !== null && 'content' in row && row.content === 'eyes')
    .map((row) => (typeof row === 'object' && row !== null && 'user' in row ? row.user : undefined))
    .filter((user) => !authorOf(user).isBot);
  return [...new Set(loginsOf(users, PAGE_SIZE))].sort();
}

/** A comment or a review; a review that is not submitted yet has no time. */
const WordRecord = z.object({
  user: z.optional(z.unknown()),
  created_at: z.optional(z.unknown()),
  submitted_at: z.optional(z.unknown()),
});

function voiceOf(record: unknown): readonly Voice[] {
  const { data } = WordRecord.safeParse(record);
  const at = timeOf(data?.submitted_at) ?? timeOf(data?.created_at);
  const author = authorOf(data?.user);
  if (at === undefined || author.isBot) return [];
  return [{ id: author.id, name: author.name, firstAt: at, lastAt: at }];
}

function numberOf({ id }: Signal): number {
  return Number(id.slice(id.lastIndexOf('#') + 1));
}
