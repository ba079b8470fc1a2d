import { isDeepStrictEqual } from 'node:util';
import type { Signal } from '../core/signal.ts';

/** Whether a signal is as it was; one that went through the store has lost its undefined fields, which is no change. */
export function sameSignal(a: Signal | undefined, b: Signal): boolean {
  return a !== undefined && isDeepStrictEqual(plain(a), plain(b));
}

function plain(signal: Signal): unknown {
  return JSON.parse(JSON.stringify(signal));
}
