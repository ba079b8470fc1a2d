// What VS Code is given: the rows of a refresh, and how often it is told to refresh.
import { mock } from 'node:test';
import { linkSignals } from '../../src/core/linking.ts';
import { projectQueue } from '../../src/core/queue.ts';
import type { Signal } from '../../src/core/signal.ts';
import type { QueueView } from '../../src/core/view.ts';
import { day } from '../support/build.ts';
import type { BenchRow } from './benchRow.ts';
import { hostTrees } from './hostTrees.ts';
import { countRow } from './measure.ts';
import { signals, statuses, touched } from './samples.ts';

const MOMENT = { now: Date.UTC(2026, 10, 23, 9), timeZone: 'UTC', dayMinutes: 480, isOnDuty: true };
const DAY = day();

export async function rows(): Promise<readonly BenchRow[]> {
  return [await rootRefresh(), ...(await burst())];
}

async function rootRefresh(): Promise<BenchRow> {
  const { RowTree, queueRows } = await hostTrees();
  const tree = new RowTree('openRow');
  tree.show(queueRows(project(signals(10_000)), MOMENT));
  const given = tree.getChildren().map((group) => {
    const rows = tree.getChildren(group).map((id) => tree.getTreeItem(id));
    return rows.filter((row) => row.id?.startsWith('item:')).length;
  });
  tree.dispose();
  const together = `${given.reduce((sum, count) => sum + count, 0)} in ${given.length} groups`;
  return countRow('10,000 items: rows of a group for a root refresh', Math.max(...given), 200, together);
}

/** One signal changes every 3 ms, for 3 s. */
async function burst(): Promise<readonly BenchRow[]> {
  const { RowTree, queueRows } = await hostTrees();
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const tree = new RowTree('openRow');
    const all = [...signals(300)];
    const paint = (): void => tree.show(queueRows(project(all), MOMENT));
    paint();
    mock.timers.tick(1000);
    let refreshes = 0;
    let shownAfter = 0;
    let sinceLast = 0;
    const news = tree.onDidChangeTreeData(() => {
      refreshes += 1;
      shownAfter = sinceLast;
    });
    for (let change = 0; change < 1000; change += 1) {
      const index = (change * 7) % all.length;
      all[index] = touched(all[index] ?? never(), change);
      paint();
      mock.timers.tick(3);
    }
    for (sinceLast = 3; sinceLast < 1000; sinceLast += 1) mock.timers.tick(1);
    news.dispose();
    tree.dispose();
    return [
      countRow('1,000 changes in 3 s: refreshes of the tree', refreshes, 15),
      countRow('1,000 changes in 3 s: ms from the last change to its refresh', shownAfter, 300),
    ];
  } finally {
    mock.timers.reset();
  }
}

function project(all: readonly Signal[]): QueueView {
  return projectQueue({ items: linkSignals(all), statuses: statuses(), day: DAY, dayMinutes: 480 });
}

function never(): never {
  throw new RangeError('out of the sample');
}
