import { MINUTE } from './calendar.ts';
import type { Matter } from './script.ts';

/** What the person here did: one deed for each matter it was done to. */
export type Deed = {
  readonly id: string;
  readonly at: number;
  /** Undefined for time that was logged for nothing in particular. */
  readonly matter: Matter | undefined;
  /** By source: how far it was known here. */
  readonly seen: ReadonlyMap<string, number>;
  undone: boolean;
  /** When it was undone, and by their ids what of me it had put on things outside and took off again. */
  givenBack?: { readonly at: number; readonly things: ReadonlySet<string> };
} & (
  | {
      readonly type:
        | 'claimed'
        | 'released'
        | 'done'
        | 'reopened'
        | 'woken'
        | 'converted'
        | 'prioritised'
        | 'noted'
        | 'keptInMind'
        | 'checked';
    }
  /** Without a time it waits for a reply. */
  | { readonly type: 'snoozed'; readonly until: number | undefined }
  | { readonly type: 'started' | 'extended' | 'timeLogged'; readonly minutes: number }
  | { readonly type: 'paused' | 'resumed' | 'stopped' }
);

interface Timebox {
  readonly matter: Matter | undefined;
  minutes: number;
  isRunning: boolean;
  touched: number;
}

/** The timebox that runs, or the paused one that was touched last. */
export function currentTimebox(deeds: readonly Deed[]): Timebox | undefined {
  return run(deeds, () => undefined, Number.POSITIVE_INFINITY);
}

/** Milliseconds by matter in a span until `now`, as somebody with a stopwatch would count them; never less than none. */
export function timeSpentBy(
  deeds: readonly Deed[],
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
): ReadonlyMap<Matter | undefined, number> {
  const spent = new Map<Matter | undefined, number>();
  const add = (matter: Matter | undefined, ms: number): void => void spent.set(matter, (spent.get(matter) ?? 0) + ms);
  run(deeds, (matter, start, end) => add(matter, Math.max(0, Math.min(end, to) - Math.max(start, from))), now);
  for (const deed of deeds)
    if (deed.type === 'timeLogged' && !deed.undone && from <= deed.at && deed.at < to)
      add(deed.matter, deed.minutes * MINUTE);
  return new Map([...spent].map(([matter, ms]) => [matter, Math.max(0, ms)]));
}

/** Plays all deeds by their time and tells which stretch went to which matter. */
function run(
  deeds: readonly Deed[],
  tell: (matter: Matter | undefined, from: number, to: number) => void,
  until: number,
): Timebox | undefined {
  let boxes: Timebox[] = [];
  let since = Number.NEGATIVE_INFINITY;
  const running = (): Timebox | undefined => boxes.find((box) => box.isRunning);
  const passTo = (at: number): void => {
    const box = running();
    if (box !== undefined) tell(box.matter, since, at);
    since = at;
  };
  const halt = (box: Timebox, at: number): void => {
    if (box.isRunning) box.touched = at;
    box.isRunning = false;
  };
  const go = (box: Timebox, at: number): void => {
    if (box.isRunning) return;
    for (const other of boxes) halt(other, at);
    box.isRunning = true;
    box.touched = at;
  };
  for (const deed of deeds.filter(({ undone }) => !undone).toSorted((a, b) => a.at - b.at)) {
    if (deed.at > until) break;
    passTo(deed.at);
    const own = boxes.find((box) => box.matter === deed.matter);
    const { type, at } = deed;
    if (type === 'paused' || type === 'snoozed') if (own !== undefined) halt(own, at);
    if (type === 'resumed' && own !== undefined) go(own, at);
    if (type === 'extended' && own !== undefined) own.minutes += deed.minutes;
    const isEnd =
      type === 'started' || type === 'stopped' || type === 'done' || type === 'converted' || type === 'released';
    if (isEnd) boxes = boxes.filter((box) => box !== own);
    if (type !== 'started') continue;
    const box: Timebox = { matter: deed.matter, minutes: deed.minutes, isRunning: false, touched: at };
    boxes.push(box);
    go(box, at);
  }
  if (Number.isFinite(until)) passTo(until);
  return running() ?? boxes.toSorted((a, b) => a.touched - b.touched).at(-1);
}
