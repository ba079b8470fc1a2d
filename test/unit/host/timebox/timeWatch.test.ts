import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BudgetView, TimeboxView } from '../../../../src/core/view.ts';
import { TimeWatch } from '../../../../src/host/timebox/timeWatch.ts';

const nine = Date.UTC(2026, 10, 16, 8);
const MINUTE = 60_000;

/** One machine: its clock, what outlives a window, and what was asked in which window. */
class Machine {
  now = nine;
  timebox: TimeboxView | undefined;
  budget: BudgetView | undefined;
  holder: string | undefined;
  /** Another window keeps the store. */
  isLocked = false;
  readonly memory = new Map<string, unknown>();
  readonly asked: string[] = [];
  readonly timers = new Set<{ readonly at: number; readonly run: () => void }>();

  window(name: string): TimeWatch {
    return new TimeWatch({
      timebox: () => this.timebox,
      budget: () => this.budget,
      askSilence: (_, { from, to }) => this.asked.push(`${name}: silent ${minute(from)}-${minute(to)}`),
      askMark: (_, mark) => this.asked.push(`${name}: ${mark} at ${minute(this.now)}`),
      sayBudget: ({ warn }) => this.asked.push(`${name}: budget ${warn}`),
      memory: { get: (key) => this.memory.get(key), set: (key, value) => this.memory.set(key, value) },
      takeLease: () => {
        if (this.isLocked) throw new Error('database is locked');
        this.holder ??= name;
        return this.holder === name;
      },
      later: (run, ms) => {
        const timer = { at: this.now + ms, run };
        this.timers.add(timer);
        return () => this.timers.delete(timer);
      },
      failed: (error) => this.asked.push(`${name}: ${String(error)}`),
      now: () => this.now,
    });
  }

  /** Awake until then: every timer comes in time. */
  runUntil(minutes: number): void {
    const end = nine + minutes * MINUTE;
    for (;;) {
      const [next] = [...this.timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.now = Math.max(this.now, next.at);
      this.timers.delete(next);
      next.run();
    }
    this.now = end;
  }

  /** Nothing runs until then. */
  sleepUntil(minutes: number): void {
    this.now = nine + minutes * MINUTE;
  }

  crash(): void {
    this.timers.clear();
    this.holder = undefined;
  }
}

function minute(at: number): number {
  return (at - nine) / MINUTE;
}

function running(over: Partial<TimeboxView> = {}): TimeboxView {
  return {
    id: 'e1',
    signalIds: ['a'],
    boxMinutes: 30,
    closedMs: 0,
    runningSince: nine,
    otherMs: 0,
    itemId: 'a',
    title: 'Sync stops',
    limitMinutes: 120,
    ...over,
  };
}

function used(minutes: number, from = nine): BudgetView {
  const item = { id: 'a', title: 'Sync stops', closedMs: minutes * MINUTE, runningSince: undefined };
  return { shift: { from, to: from + 1e9 }, budgetMs: 100 * MINUTE, items: [item] };
}

test('it asks once at each mark, to the moment, until the limit', () => {
  const machine = new Machine();
  machine.timebox = running();
  const watch = machine.window('A');
  watch.look();

  machine.runUntil(200);
  watch.look();

  assert.deepEqual(machine.asked, ['A: eighty at 24', 'A: full at 30', 'A: limit at 120']);
});

test('a paused timebox asks nothing and needs no timer', () => {
  const machine = new Machine();
  machine.timebox = running({ runningSince: undefined, closedMs: 29 * MINUTE });
  machine.window('A').look();

  assert.equal(machine.timers.size, 0);
  assert.deepEqual(machine.asked, []);
});

test('what was asked is not asked again after a reload, but an extended timebox has new marks', () => {
  const machine = new Machine();
  machine.timebox = running();
  machine.window('A').look();
  machine.runUntil(25);
  machine.crash();
  machine.window('A').look();
  assert.deepEqual(machine.asked, ['A: eighty at 24']);

  machine.timebox = running({ boxMinutes: 60 });
  machine.runUntil(50);

  assert.deepEqual(machine.asked, ['A: eighty at 24', 'A: eighty at 48']);
});

test('a machine that slept is asked about, from its last beat to its waking, and nothing else is asked', () => {
  const machine = new Machine();
  machine.timebox = running();
  machine.window('A').look();
  machine.runUntil(10);
  machine.sleepUntil(70);
  machine.runUntil(70);

  assert.deepEqual(machine.asked, ['A: silent 10-70']);
});

test('a store that is locked ends nothing: it looks again, and the silence is asked about then', () => {
  const machine = new Machine();
  machine.timebox = running();
  const watch = machine.window('A');
  watch.look();
  machine.runUntil(10);
  machine.sleepUntil(70);
  machine.isLocked = true;
  watch.look();
  machine.isLocked = false;
  machine.runUntil(70.5);

  assert.deepEqual(machine.asked, ['A: Error: database is locked', 'A: silent 10-70.5']);
});

test('so it is with the budget', () => {
  const machine = new Machine();
  machine.budget = used(100);
  machine.isLocked = true;
  machine.window('A').look();
  machine.isLocked = false;
  machine.runUntil(1);

  assert.deepEqual(machine.asked, ['A: Error: database is locked', 'A: budget full']);
});

test('so is a window that was closed or that crashed, and a short absence is not', () => {
  const machine = new Machine();
  machine.timebox = running();
  machine.window('A').look();
  machine.runUntil(10);
  machine.crash();
  machine.sleepUntil(11);
  const again = machine.window('B');
  again.look();
  assert.deepEqual(machine.asked, []);
  again.dispose();
  machine.crash();
  machine.sleepUntil(20);
  machine.window('C').look();

  assert.deepEqual(machine.asked, ['C: silent 11-20']);
});

test('what was counted after all is not asked about twice', () => {
  const machine = new Machine();
  machine.timebox = running({ boxMinutes: 90 });
  const watch = machine.window('A');
  watch.look();
  machine.runUntil(5);
  machine.sleepUntil(30);
  machine.runUntil(30);
  watch.look();
  machine.runUntil(40);

  assert.deepEqual(machine.asked, ['A: silent 5-30']);
});

test('of several windows one asks; the next takes over when it is gone', () => {
  const machine = new Machine();
  machine.timebox = running();
  const [a, b] = [machine.window('A'), machine.window('B')];
  a.look();
  b.look();
  machine.runUntil(25);
  a.dispose();
  machine.holder = undefined;
  machine.runUntil(35);

  assert.deepEqual(machine.asked, ['A: eighty at 24', 'B: full at 30']);
});

test('a clock that is set back is no sleep', () => {
  const machine = new Machine();
  machine.timebox = running();
  const watch = machine.window('A');
  watch.look();
  machine.runUntil(10);
  machine.sleepUntil(-60);
  watch.look();

  assert.deepEqual(machine.asked, []);
});

test('the budget is said once at 80 % and once when it is used up, each shift anew', () => {
  const machine = new Machine();
  const watch = machine.window('A');
  for (const minutes of [50, 80, 85, 100, 130, 90]) {
    machine.budget = used(minutes);
    watch.look();
  }
  machine.budget = used(99, nine + 1e9);
  watch.look();

  assert.deepEqual(machine.asked, ['A: budget eighty', 'A: budget full', 'A: budget eighty']);
});

test('a budget that a window left unsaid when it went is said by the next', () => {
  const machine = new Machine();
  machine.budget = used(85);
  machine.holder = 'gone';
  machine.window('A').look();
  machine.holder = undefined;
  machine.runUntil(2);

  assert.deepEqual(machine.asked, ['A: budget eighty']);
  assert.equal(machine.timers.size, 0);
});

test('the budget grows while a timebox runs, and is quiet when it was told to be', () => {
  const machine = new Machine();
  machine.timebox = running();
  const item = { id: 'a', title: 'Sync stops', closedMs: 0, runningSince: nine };
  machine.budget = { shift: { from: nine, to: nine + 1e9 }, budgetMs: 20 * MINUTE, items: [item] };
  machine.window('A').look();
  machine.runUntil(17);
  assert.deepEqual(machine.asked, ['A: budget eighty']);

  machine.budget = undefined;
  machine.runUntil(22);

  assert.deepEqual(machine.asked, ['A: budget eighty']);
});
