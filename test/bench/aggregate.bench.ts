// Link, rank and group: what a change of the signals costs, against reading the same signals from JSON.
import { ItemIndex } from '../../src/core/itemIndex.ts';
import type { Day } from '../../src/core/itemState.ts';
import { linkSignals } from '../../src/core/linking.ts';
import { projectQueue } from '../../src/core/queue.ts';
import type { Signal } from '../../src/core/signal.ts';
import { day } from '../support/build.ts';
import type { BenchRow } from './benchRow.ts';
import { interleaved, ratioRow } from './measure.ts';
import { signals, statuses, touched } from './samples.ts';

const DAY = day();
const AIMS = [
  [1000, 0.5],
  [10_000, 0.5],
  [100_000, 0.7],
] as const;

export async function rows(): Promise<readonly BenchRow[]> {
  const found: BenchRow[] = [];
  for (const [count, aim] of AIMS) {
    const all = signals(count);
    const json = JSON.stringify(all);
    const full = (): void => void rank(linkSignals(all), asNew());
    const times = await interleaved({ ours: full, reference: () => JSON.parse(json) as unknown });
    found.push(ratioRow(`link, rank and group ${count.toLocaleString('en')} signals ÷ JSON.parse of them`, times, aim));
  }
  found.push(...(await incremental()));
  return found;
}

async function incremental(): Promise<readonly BenchRow[]> {
  const known = new Map(signals(10_000).map((signal) => [signal.id, signal]));
  const index = new ItemIndex();
  index.sync(known);
  let turn = 0;
  const change = (): void => {
    turn += 1;
    for (const signal of twenty(known, turn)) known.set(signal.id, touched(signal, turn));
  };
  const full = (): void => {
    const fresh = new ItemIndex();
    fresh.sync(known);
    rank(fresh.items().values(), asNew());
  };
  const link = (): void => index.sync(known);
  const both = (): void => {
    index.sync(known);
    rank(index.items().values(), DAY);
  };
  const linked = await interleaved({ ours: link, reference: full, before: change });
  const painted = await interleaved({ ours: both, reference: full, before: change });
  return [
    ratioRow('20 changed of 10,000: linked anew ÷ all', linked, 0.05),
    ratioRow('20 changed of 10,000: linked anew and the whole queue projected ÷ all', painted, 0.05),
  ];
}

function* twenty(known: ReadonlyMap<string, Signal>, turn: number): Generator<Signal> {
  const ids = [...known.keys()];
  for (let each = 0; each < 20; each += 1) {
    const signal = known.get(ids[(turn * 7919 + each * 499) % ids.length] ?? '');
    if (signal !== undefined) yield signal;
  }
}

/** Nothing is kept of what was judged before. */
function asNew(): Day {
  return { ...DAY, states: new Map() };
}

function rank(items: Parameters<typeof projectQueue>[0]['items'], today: Day): unknown {
  return projectQueue({ items, statuses: statuses(), day: today, dayMinutes: 480 });
}
