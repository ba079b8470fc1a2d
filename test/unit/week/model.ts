import type { Team } from '../../../src/core/team.ts';
import { type Calendar, DAY } from './calendar.ts';
import { currentTimebox, type Deed } from './deeds.ts';
import {
  begunAt,
  type Happening,
  historyOf,
  holdersOf,
  lastNewsOf,
  ME,
  stateOf,
  TEAM,
  type Thing,
  type Who,
} from './outside.ts';
import type { Matter } from './script.ts';

/**
 * The second counting: where each matter stands, told from what happened in plain words, and out of nothing that the
 * product has worked out itself.
 */
export interface Judgement {
  readonly matter: Matter;
  readonly group: 'us' | 'inProgress' | 'them' | 'snoozed' | 'owned' | 'done' | 'converted' | 'hidden';
  readonly turn: 'us' | 'them' | 'thirdParty' | 'date';
  /** Working minutes left to respond in; undefined when no clock runs. */
  readonly left: number | undefined;
}

export interface Scene {
  readonly team: Team;
  readonly calendar: Calendar;
  /** By source: what happened later is not known here. */
  readonly polledAt: ReadonlyMap<string, number>;
  readonly deeds: readonly Deed[];
  readonly now: number;
}

interface WholeScene extends Scene {
  readonly timeboxed: Matter | undefined;
  /** What was done and not taken back. */
  readonly deedsOf: (matter: Matter) => readonly Deed[];
  /** When I was last taken off a thing by undoing, by its id. */
  readonly givenBack: ReadonlyMap<string, number>;
}

/** A thing as far as it is known here. */
interface Known {
  readonly thing: Thing;
  readonly history: readonly Happening[];
  readonly state: 'open' | 'quiet' | 'closed';
  readonly begun: number;
  readonly words: readonly { readonly who: Who; readonly at: number }[];
}

/** The groups in which matters stand, before reviews are put together. */
export function judgeAll(matters: readonly Matter[], whole: Scene): readonly Judgement[] {
  const standing = whole.deeds.filter(({ undone }) => !undone);
  const byMatter = Map.groupBy(standing, ({ matter }) => matter);
  const timeboxed = currentTimebox(standing)?.matter;
  const givenBack = new Map<string, number>();
  for (const { givenBack: back } of whole.deeds)
    for (const id of back?.things ?? []) givenBack.set(id, Math.max(back?.at ?? 0, givenBack.get(id) ?? 0));
  const scene = { ...whole, timeboxed, givenBack, deedsOf: (matter: Matter) => byMatter.get(matter) ?? [] };
  const judged = matters.map((matter) => judge(matter, scene));
  const bundled = togetherWithTeammate(judged, scene);
  return judged.map((each) => (bundled.has(each.matter) ? { ...each, group: 'owned' } : each));
}

function judge(matter: Matter, scene: WholeScene): Judgement {
  const known = knownOf(matter, scene);
  const mine = scene.deedsOf(matter);
  const hidden: Judgement = { matter, group: 'hidden', turn: 'us', left: undefined };
  const isOpen = known.some(({ state }) => state !== 'closed');
  const done = lastOf(mine, 'done', 'reopened');
  const isDone = done !== undefined && !isNews(known, done);
  if (known.length === 0 || (!isDone && !isOpen)) return hidden;
  const zone = scene.team.people[0]?.timeZone ?? '';
  const day = (at: number): string => scene.calendar.dateAt(zone, at);
  if (isDone && day(done.at) !== day(scene.now)) return hidden;
  // What I had is done; what came back is nobody's until somebody takes it up again.
  const isAnew = done !== undefined && !isDone && (lastOf(mine, 'claimed', 'released')?.at ?? 0) <= done.at;
  const { givenBack } = scene;
  const held = [holderOf(known, { mine, givenBack }), holderOf(known, { mine, givenBack, isAnew })] as const;
  const wasClaimed = lastOf(mine, 'claimed', 'released') !== undefined;
  const facts: Facts = {
    known,
    scene,
    snooze: snoozeOf(known, mine, scene.now),
    isClaimed: wasClaimed && !isAnew,
    holder: held[1],
    isTaken: wasClaimed || held[0] !== undefined,
  };
  const turn = turnOf(facts);
  const group =
    isOpen && lastOf(mine, 'converted') !== undefined ? 'converted' : isDone ? 'done' : groupOf(facts, turn, matter);
  return { matter, group, turn, left: leftOf(facts, turn) };
}

interface Facts {
  readonly known: readonly Known[];
  readonly isClaimed: boolean;
  readonly scene: WholeScene;
  readonly snooze: Extract<Deed, { readonly type: 'snoozed' }> | undefined;
  readonly holder: Who | undefined;
  /** Whether it ever was claimed or held, also before it came back: then no clock runs again. */
  readonly isTaken: boolean;
}

function groupOf(
  { isClaimed, snooze, holder, scene }: Facts,
  turn: Judgement['turn'],
  matter: Matter,
): Judgement['group'] {
  if (snooze !== undefined) return 'snoozed';
  if (isClaimed || holder === ME || scene.timeboxed === matter) return 'inProgress';
  if (turn === 'date') return 'snoozed';
  if (holder !== undefined) return 'owned';
  return turn === 'them' ? 'them' : 'us';
}

/** "The last human word is not from the team → us; the team asked or answered last → them; an alert firing → us …" */
function turnOf({ known, isClaimed, snooze, holder }: Facts): Judgement['turn'] {
  const states = known.map(({ state }) => state);
  if (!states.includes('open') && states.includes('quiet')) return 'date';
  if (snooze !== undefined && snooze.until !== undefined) return 'date';
  const last = known
    .flatMap(({ words }) => words)
    .reduce<{ who: Who; at: number } | undefined>((a, b) => (a === undefined || b.at >= a.at ? b : a), undefined);
  const isPressing = known.some((each) => isFiring(each) || isUnreviewed(each));
  if (!isPressing && last !== undefined && TEAM.has(last.who)) return 'them';
  if (isClaimed || holder === ME) return 'us';
  return holder === undefined ? 'us' : 'thirdParty';
}

/**
 * Of the things that are open and were not responded to, the one that has to be first: what its strictest place gives it,
 * less the working minutes of whoever had the shift since something there first needed a response.
 */
function leftOf({ known, isTaken, scene }: Facts, turn: Judgement['turn']): number | undefined {
  if (turn !== 'us' || isTaken) return undefined;
  const answers = known.flatMap(({ thing, words }) =>
    words.filter(({ who }) => TEAM.has(who) && who !== thing.reporter).map(({ at }) => at),
  );
  const lefts = known.flatMap(({ thing, state, words, begun }) => {
    const targets = scene.team.watch
      .filter(({ id }) => thing.watchIds.includes(id))
      .flatMap(({ respondWithinMinutes }) => respondWithinMinutes ?? []);
    const isAsking = thing.kind === 'alert' || thing.kind === 'reviewRequest' || words.length === 0;
    const asked = words.filter(({ who }) => !TEAM.has(who)).map(({ at }) => at);
    const since = Math.min(...asked, isAsking ? begun : Number.POSITIVE_INFINITY);
    const isAnswered = answers.some((at) => at >= since);
    if (state !== 'open' || targets.length === 0 || since === Number.POSITIVE_INFINITY || isAnswered) return [];
    return [Math.min(...targets) - scene.calendar.workedMinutes(since, scene.now)];
  });
  return lefts.length === 0 ? undefined : Math.min(...lefts);
}

/** What is known here of a thing; undefined also for what was over before sources look back. */
export function knownHistory(thing: Thing, { polledAt, calendar }: Scene): readonly Happening[] | undefined {
  const until = polledAt.get(thing.source) ?? Number.NEGATIVE_INFINITY;
  const history = historyOf(thing, until);
  if (history === undefined || stateOf(history) !== 'closed') return history;
  return lastNewsOf(thing, history) < calendar.lookBackFrom(until) ? undefined : history;
}

function knownOf({ things }: Matter, scene: Scene): readonly Known[] {
  return things.flatMap((thing) => {
    const history = knownHistory(thing, scene);
    if (history === undefined) return [];
    const said = history.filter((each) => each.type === 'said').map(({ who, at }) => ({ who, at }));
    const all = thing.reporter === undefined ? said : [{ who: thing.reporter, at: thing.cameAt }, ...said];
    const words = all.filter(({ who }) => who !== 'robo');
    return [{ thing, history, state: stateOf(history), begun: begunAt(thing, history), words }];
  });
}

/** Something came that was not known when the deed was done: a word of somebody else, or a thing that began. */
function isNews(known: readonly Known[], deed: Deed): boolean {
  return (
    hasNewWord(known, deed) ||
    known.some(({ thing, state, begun }) => state === 'open' && thing.reporter !== ME && begun > seenOf(thing, deed))
  );
}

function hasNewWord(known: readonly Known[], deed: Deed): boolean {
  return known.some(({ thing, words }) => words.some(({ who, at }) => who !== ME && at > seenOf(thing, deed)));
}

function seenOf({ source }: Thing, { seen }: Deed): number {
  return seen.get(source) ?? Number.NEGATIVE_INFINITY;
}

function snoozeOf(known: readonly Known[], mine: readonly Deed[], now: number): Facts['snooze'] {
  const last = mine.findLast(({ type }) => type === 'snoozed' || type === 'woken' || type === 'done');
  if (last?.type !== 'snoozed') return undefined;
  const isOver = last.until === undefined ? hasNewWord(known, last) : last.until <= now;
  return isOver ? undefined : last;
}

interface Mine {
  readonly mine: readonly Deed[];
  readonly givenBack: WholeScene['givenBack'];
  readonly isAnew?: boolean;
}

/** Who of the team has it outside; what I gave back, also by undoing, is not mine before it is given to me again. */
function holderOf(known: readonly Known[], { mine, givenBack, isAnew = false }: Mine): Who | undefined {
  const gaveBack = isAnew
    ? Number.POSITIVE_INFINITY
    : (lastOf(mine, 'released', 'claimed')?.at ?? Number.NEGATIVE_INFINITY);
  const holders = known
    .filter(({ state }) => state !== 'closed')
    .flatMap(({ thing, history }) => {
      const since = Math.max(gaveBack, givenBack.get(thing.id) ?? Number.NEGATIVE_INFINITY);
      return holdersOf(history).filter(({ who, at }) => TEAM.has(who) && (who !== ME || at > since));
    });
  return (holders.find(({ who }) => who === ME) ?? holders[0])?.who;
}

function isFiring({ thing, state }: Known): boolean {
  return thing.kind === 'alert' && state === 'open';
}

function isUnreviewed({ thing, state, words }: Known): boolean {
  return (
    thing.kind === 'reviewRequest' &&
    state === 'open' &&
    !words.some(({ who }) => TEAM.has(who) && who !== thing.reporter)
  );
}

/** The last deed of a type, unless a later one of the other type took it away. */
function lastOf(deeds: readonly Deed[], type: Deed['type'], end?: Deed['type']): Deed | undefined {
  const last = deeds.findLast((deed) => deed.type === type || deed.type === end);
  return last?.type === type ? last : undefined;
}

/** "Three or more review requests of one author … with an active teammate collapse to one row." */
function togetherWithTeammate(judged: readonly Judgement[], scene: WholeScene): ReadonlySet<Matter> {
  const bundled = new Set<Matter>();
  const reviews = judged.flatMap((each) => {
    const known = knownOf(each.matter, scene);
    // What stands for a matter is the first of it that is open.
    const lead = known.find(({ state }) => state === 'open') ?? known[0];
    return each.group !== 'hidden' && lead?.thing.kind === 'reviewRequest'
      ? [{ ...each, known, author: lead.thing.reporter }]
      : [];
  });
  for (const author of new Set(reviews.map((review) => review.author))) {
    const related = reviews.filter((review) => review.author === author);
    const waiting = related.filter(({ group }) => group === 'us');
    const isActive = related.some(({ known, matter }) => {
      const holder = holderOf(known, { mine: scene.deedsOf(matter), givenBack: scene.givenBack });
      const spoke = known.some(({ thing, words }) =>
        words.some(({ who, at }) => TEAM.has(who) && who !== ME && who !== thing.reporter && at > scene.now - 7 * DAY),
      );
      return (holder !== undefined && holder !== ME) || spoke;
    });
    if (waiting.length >= 3 && isActive) for (const { matter } of waiting) bundled.add(matter);
  }
  return bundled;
}
