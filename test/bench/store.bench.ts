// What the store costs: a small commit, and the first paint of the next start.
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { linkSignals } from '../../src/core/linking.ts';
import { projectQueue } from '../../src/core/queue.ts';
import type { Signal } from '../../src/core/signal.ts';
import { readSnapshot, writeSnapshot } from '../../src/shared/snapshot.ts';
import { openStore } from '../../src/store/sqliteStore.ts';
import { day, viewOf } from '../support/build.ts';
import type { BenchRow } from './benchRow.ts';
import { interleaved, ratioRow } from './measure.ts';
import { signals, statuses, touched } from './samples.ts';

const [STATUS] = statuses();

export async function rows(): Promise<readonly BenchRow[]> {
  return [await commit(), await firstPaint()];
}

/** 20 of 2,000 signals changed, as one poll reports them. */
async function commit(): Promise<BenchRow> {
  const folder = mkdtempSync(path.join(tmpdir(), 'responder-bench-'));
  const { store } = openStore(folder, { now: () => 0 });
  const file = openSync(path.join(folder, 'reference'), 'a');
  try {
    const all = [...signals(2000)].map((signal) => ({ ...signal, source: 'github' }));
    const save = (changed: readonly Signal[]): void => {
      if (STATUS !== undefined) store.savePoll({ source: 'github', changed, gone: [], status: STATUS });
    };
    save(all);
    let turn = 0;
    let changed: readonly Signal[] = [];
    let json = '';
    const before = (): void => {
      turn += 1;
      changed = all.filter((_, index) => index % 100 === turn % 100).map((signal) => touched(signal, turn));
      json = JSON.stringify(changed);
    };
    const reference = (): void => {
      writeSync(file, json);
      fsyncSync(file);
    };
    const times = await interleaved({ before, ours: () => save(changed), reference, repetitions: 50 });
    return ratioRow('store: commit of 20 rows ÷ one fsynced write of them', times, 2);
  } finally {
    closeSync(file);
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function firstPaint(): Promise<BenchRow> {
  const items = linkSignals(signals(10_000));
  const queue = projectQueue({ items, statuses: statuses(), day: day(), dayMinutes: 480 });
  const text = writeSnapshot(viewOf(queue));
  const times = await interleaved({ ours: () => readSnapshot(text), reference: () => JSON.parse(text) as unknown });
  return ratioRow('restart to first paint: reading the snapshot ÷ JSON.parse of it', times, 1.5);
}
