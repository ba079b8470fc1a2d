import type { Signal } from './signal.ts';

/** What the responder works on: one signal, or several that are the same matter. */
export interface Item {
  /** The id of its earliest signal, so that it stays the same while later ones join. */
  readonly id: string;
  /** Ordered by start, then id; never empty. */
  readonly signals: readonly [Signal, ...Signal[]];
}

/** The signal that stands for the item: the first that still needs a look, otherwise the first. */
export function leadSignal(item: Item): Signal {
  return item.signals.find((signal) => signal.state === 'open') ?? item.signals[0];
}
