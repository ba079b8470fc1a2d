import { isDeepStrictEqual } from 'node:util';
import type { ServiceName, Signal, SignalKind, SignalState, Voice } from '../../../src/core/signal.ts';
import { ServiceError, type Source } from '../../../src/services/service.ts';
import { signal } from '../../support/build.ts';

export type Who = 'noor' | 'kai' | 'mika' | 'rio' | 'ada' | 'robo';

/** Noor is who sits here; Kai and Mika are of the team, Rio and Ada are not, Robo is no person. */
export const TEAM: ReadonlySet<Who> = new Set<Who>(['noor', 'kai', 'mika']);
export const ME: Who = 'noor';

/** What happens to a thing outside; `at` is epoch ms, on the minute. */
export type Happening = { readonly at: number } & (
  | { readonly type: 'said'; readonly who: Who }
  /** 👀 (an acknowledgement of an alert), or an assignment. */
  | { readonly type: 'held'; readonly how: 'eyes' | 'assigned'; readonly who: Who; readonly on: boolean }
  | { readonly type: 'closed' | 'reopened' | 'firedAgain' | 'unsilenced' | 'gone' }
  | { readonly type: 'silenced'; readonly until: number }
);

/** An issue, a thread, an alert: what a source makes one signal of. */
export interface Thing {
  readonly id: string;
  readonly service: ServiceName;
  readonly source: string;
  readonly kind: SignalKind;
  readonly place: string;
  readonly watchIds: readonly string[];
  readonly reporter: Who | undefined;
  readonly cameAt: number;
  readonly url: string;
  readonly mentions: readonly string[];
  readonly markers: readonly string[];
  readonly happenings: Happening[];
}

/** What happened to a thing until a moment; undefined before it came and after it went. */
export function historyOf(thing: Thing, until: number): readonly Happening[] | undefined {
  const known = thing.happenings.filter(({ at }) => at <= until);
  return thing.cameAt > until || known.some(({ type }) => type === 'gone') ? undefined : known;
}

export function stateOf(history: readonly Happening[]): SignalState {
  let state: SignalState = 'open';
  for (const { type } of history) {
    if (type === 'closed') state = 'closed';
    if (type === 'silenced') state = 'quiet';
    if (type === 'reopened' || type === 'firedAgain' || type === 'unsilenced') state = 'open';
  }
  return state;
}

/** When something last happened that is news; a reaction is no news of a thread. */
export function lastNewsOf({ cameAt }: Thing, history: readonly Happening[]): number {
  return history.reduce((latest, each) => (each.type === 'held' ? latest : each.at), cameAt);
}

/** When what a thing is now began. */
export function begunAt({ cameAt }: Thing, history: readonly Happening[]): number {
  return history.findLast(({ type }) => type === 'firedAgain')?.at ?? cameAt;
}

/** Who holds a thing outside, and since when. */
export function holdersOf(
  history: readonly Happening[],
  how?: 'eyes' | 'assigned',
): readonly { readonly who: Who; readonly at: number }[] {
  const held = new Map<string, { readonly who: Who; readonly at: number }>();
  for (const each of history) {
    if (each.type !== 'held' || (how !== undefined && each.how !== how)) continue;
    if (each.on) held.set(`${each.how}:${each.who}`, { who: each.who, at: each.at });
    else held.delete(`${each.how}:${each.who}`);
  }
  return [...held.values()];
}

/** Everything outside, and sources that report it. */
export class Outside {
  readonly things: Thing[] = [];
  /** By source: until when what happened is known here. */
  readonly polledAt = new Map<string, number>();
  /** Sources that do not answer now. */
  readonly down = new Set<string>();
  readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  source(id: string, service: ServiceName): Source {
    return {
      id,
      service,
      poll: async ({ known }) => {
        if (this.down.has(id)) throw new ServiceError('offline', 'no route');
        const now = this.now();
        const reported = this.things.filter((thing) => thing.source === id).flatMap((thing) => signalAt(thing, now));
        const ids = new Set(reported.map((each) => each.id));
        this.polledAt.set(id, now);
        return {
          changed: reported.filter((each) => !isDeepStrictEqual(known.get(each.id), each)),
          gone: [...known.keys()].filter((each) => !ids.has(each)),
          skipped: [],
          failedPlaces: [],
          pollAgainAt: undefined,
        };
      },
      readConversation: async () => ({ messages: [], skipped: 0 }),
      account: async () => (service === 'alertmanager' ? undefined : { id: idOf(ME, service), name: ME }),
    };
  }
}

function signalAt(thing: Thing, now: number): readonly Signal[] {
  const history = historyOf(thing, now);
  if (history === undefined) return [];
  const { id, service, source, kind, place, watchIds, reporter, url, mentions, markers } = thing;
  const state = stateOf(history);
  const silence = history.findLast((each) => each.type === 'silenced');
  const said = history.filter((each) => each.type === 'said');
  return [
    signal({
      id,
      service,
      source,
      kind,
      state,
      title: `About ${id}`,
      url,
      place,
      watchIds,
      author: reporter && { id: idOf(reporter, service), name: reporter, isBot: reporter === 'robo' },
      assignees: holdersOf(history, 'assigned').map(({ who }) => idOf(who, service)),
      takenBy: holdersOf(history, 'eyes').map(({ who }) => idOf(who, service)),
      startedAt: begunAt(thing, history),
      updatedAt: lastNewsOf(thing, history),
      replies: said.length,
      names: [url],
      mentions,
      markers,
      voices: voicesOf(thing, history),
      quietUntil: state === 'quiet' ? silence?.until : undefined,
    }),
  ];
}

function voicesOf({ reporter, cameAt, service }: Thing, history: readonly Happening[]): readonly Voice[] {
  const voices = new Map<Who, Voice>();
  const speak = (who: Who, at: number): void => {
    const before = voices.get(who);
    voices.set(who, { id: idOf(who, service), name: who, firstAt: before?.firstAt ?? at, lastAt: at });
  };
  if (reporter !== undefined) speak(reporter, cameAt);
  for (const each of history) if (each.type === 'said') speak(each.who, each.at);
  voices.delete('robo');
  return [...voices.values()];
}

const SLACK_IDS: Readonly<Record<Who, string>> = {
  noor: 'U02NOO',
  kai: 'U02KAI',
  mika: 'U02MIK',
  rio: 'U09RIO',
  ada: 'U09ADA',
  robo: 'B01ROB',
};

function idOf(who: Who, service: ServiceName): string {
  if (service === 'slack') return SLACK_IDS[who];
  return service === 'github' ? `${who}-sample` : who;
}
