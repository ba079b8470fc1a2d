import type { BenchRow } from './benchRow.ts';

const REPETITIONS = 25;
/** Until the engine has compiled what is measured. */
const WARM_UP_MS = 400;

interface Compared {
  readonly ours: () => unknown;
  readonly reference: () => unknown;
  /** Done before each turn of ours, and not counted. */
  readonly before?: () => void;
  readonly repetitions?: number;
}

/** Median milliseconds. */
interface Medians {
  readonly ours: number;
  readonly reference: number;
}

/** Ours and what it is held against, in turns, so that whatever else the machine does slows both. */
export async function interleaved({ ours, reference, before, repetitions = REPETITIONS }: Compared): Promise<Medians> {
  const turn = async (): Promise<Medians> => {
    before?.();
    return { ours: await timed(ours), reference: await timed(reference) };
  };
  const warm = performance.now() + WARM_UP_MS;
  do await turn();
  while (performance.now() < warm);
  const times: Medians[] = [];
  while (times.length < repetitions) times.push(await turn());
  return { ours: median(times.map((each) => each.ours)), reference: median(times.map((each) => each.reference)) };
}

/** The middle one of an odd number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** A row that is judged by how often the reference's time goes into ours. */
export function ratioRow(bench: string, { ours, reference }: Medians, atMost: number): BenchRow {
  const ratio = ours / reference;
  const digits = ratio < 0.1 ? 3 : 2;
  const measured = `${ratio.toFixed(digits)} × (${milliseconds(ours)} / ${milliseconds(reference)})`;
  return { bench, measured, aim: `≤ ${atMost} ×`, passed: ratio <= atMost };
}

/** A row that is judged by a count. */
export function countRow(bench: string, count: number, atMost: number, note = ''): BenchRow {
  const measured = [String(count), note === '' ? '' : `(${note})`].join(' ').trimEnd();
  return { bench, measured, aim: atMost === 0 ? '0' : `≤ ${atMost}`, passed: count <= atMost };
}

async function timed(work: () => unknown): Promise<number> {
  const before = performance.now();
  const result = work();
  if (result instanceof Promise) await result;
  return performance.now() - before;
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
}
