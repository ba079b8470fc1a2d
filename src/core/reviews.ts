import type { ReviewChoice } from './itemRecord.ts';
import type { ItemState } from './itemState.ts';
import type { Roster } from './roster.ts';
import { wordsOf } from './turn.ts';

/** Fewer are not worth a bundle. */
const MIN_REVIEWS = 3;
/** Who spoke so long ago is no longer at work on it. */
const ACTIVE_MS = 7 * 86_400_000;

/** Review requests that belong together, and the teammate who is plainly at work on them. */
export interface ReviewBundle {
  /** Stable: made of what they have in common. */
  readonly id: string;
  readonly who: string;
  /** Whether I left them with that person, for the time being. */
  readonly isKept: boolean;
  readonly states: readonly ItemState[];
}

/**
 * Three or more review requests that wait for us and have an author or a linked address in common collapse to one when
 * a teammate has another of the kind, or spoke in one of them during the last week. The author is the first thing looked
 * at; a request goes into one bundle.
 *
 * What I took over never collapses again. What I left with that person stays so to the end of that time, and whatever
 * else belongs with it, however few they have become and whoever spoke.
 */
export function collapseReviews(
  states: readonly ItemState[],
  { roster, now }: { readonly roster: Roster; readonly now: number },
): readonly ReviewBundle[] {
  // Every window makes the same of it, whatever the order in which it came to know them.
  const reviews = states.filter(({ lead }) => lead.kind === 'reviewRequest').toSorted(byId);
  const taken = new Set<ItemState>();
  const bundles: ReviewBundle[] = [];
  for (const keysOf of [authorKeys, linkKeys])
    for (const [key, related] of groupByKeys(reviews, keysOf)) {
      const id = `reviews:${key}`;
      const waiting = related.filter((state) => isCollapsible(state) && !taken.has(state));
      const kept = waiting.map(({ record }) => record.review).find((choice) => isKept(choice, id, now));
      if (kept === undefined && waiting.length < MIN_REVIEWS) continue;
      const who = kept?.who ?? teammateIn(related, roster, now);
      if (who === undefined) continue;
      for (const state of waiting) taken.add(state);
      bundles.push({ id, who, isKept: kept !== undefined, states: waiting });
    }
  return bundles;
}

function byId(a: ItemState, b: ItemState): number {
  return a.item.id < b.item.id ? -1 : 1;
}

function isCollapsible({ phase, record }: ItemState): boolean {
  return phase === 'us' && record.review?.type !== 'taken';
}

function isKept(
  choice: ReviewChoice | undefined,
  bundle: string,
  now: number,
): choice is Extract<ReviewChoice, { type: 'kept' }> {
  return choice?.type === 'kept' && choice.bundle === bundle && choice.until > now;
}

function authorKeys({ lead }: ItemState): readonly string[] {
  return lead.author === undefined ? [] : [`${lead.service}:${lead.author.id}`];
}

function linkKeys({ lead }: ItemState): readonly string[] {
  return lead.mentions;
}

function groupByKeys(
  states: readonly ItemState[],
  keysOf: (state: ItemState) => readonly string[],
): ReadonlyMap<string, readonly ItemState[]> {
  const groups = new Map<string, ItemState[]>();
  for (const state of states)
    for (const key of keysOf(state)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [state]);
      else group.push(state);
    }
  return groups;
}

/** Who of the team has one of them, or spoke last in one of them; neither me nor its author. */
function teammateIn(related: readonly ItemState[], roster: Roster, now: number): string | undefined {
  let [who, at]: [string | undefined, number] = [undefined, now - ACTIVE_MS];
  for (const { item, holder } of related) {
    if (holder?.isMe === false) return holder.name;
    for (const word of wordsOf(item, roster))
      if (word.isTeam && !word.isMe && !word.isReporter && word.lastAt > at) [who, at] = [word.who, word.lastAt];
  }
  return who;
}
