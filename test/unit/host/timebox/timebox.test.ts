import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Item } from '../../../../src/core/item.ts';
import type { JournalEntry } from '../../../../src/core/journal.ts';
import { runOf, timeSpent, totalSpentAt } from '../../../../src/core/timeboxRun.ts';
import { projectTimebox } from '../../../../src/core/timeView.ts';
import type { TimeboxPorts } from '../../../../src/host/timebox/timeboxPorts.ts';
import { signal, team } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { doItNow } = await import('../../../../src/host/timebox/doItNow.ts');
const { showTimebox } = await import('../../../../src/host/timebox/showTimebox.ts');
const { askMark, askSilence, sayBudget } = await import('../../../../src/host/timebox/ask.ts');
const { logTime } = await import('../../../../src/host/timebox/logTime.ts');

const MINUTE = 60_000;
const nine = Date.UTC(2026, 10, 16, 8);
const sync: Item = { id: 'a', signals: [signal({ id: 'a', title: 'Sync stops' })] };
const port: Item = { id: 'b', signals: [signal({ id: 'b', title: 'Which $(flame) [port](command:x)?' })] };

/** A responder at nine in the morning with two items. */
class Desk {
  now = nine;
  readonly journal: JournalEntry[] = [];
  readonly did: string[] = [];

  readonly ports: TimeboxPorts = {
    limitMinutes: () => 120,
    timebox: () => this.view(),
    item: (id) => [sync, port].find((item) => item.id === id),
    spentOn: (ids) => totalSpentAt(timeSpent(this.journal, { from: 0, to: Number.MAX_SAFE_INTEGER }, ids), this.now),
    record: (signalIds, event, at = this.now) => {
      const id = `e${this.journal.length}`;
      this.journal.push({ id, at, signalIds, event });
      return id;
    },
    start: (item, minutes) => {
      this.did.push(`take up ${item.id}`);
      const signalIds = item.signals.map(({ id }) => id);
      this.ports.record(signalIds, { type: 'started', minutes });
    },
    offerUndo: (text) => void person.said.push(`Undo: ${text}`),
    done: async (item) => void this.did.push(`done ${item.id}`),
    note: async (item) => void this.did.push(`note ${item.id}`),
    open: async (item) => void this.did.push(`open ${item.id}`),
    convert: async (item, minutes) => void this.did.push(`convert ${item.id} ${minutes}`),
    timeZone: () => 'Europe/Berlin',
    dayMinutes: () => 480,
    now: () => this.now,
  };

  view() {
    const itemOf = (id: string) => this.ports.item(id);
    return projectTimebox({ team: team(), journal: this.journal, me: undefined, itemOf, now: this.now });
  }

  later(minutes: number): void {
    this.now += minutes * MINUTE;
  }

  get events(): readonly string[] {
    return this.journal.map(({ event }) => event.type);
  }
}

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
  person.answers = [];
  person.said = [];
});

function answering(...answers: (string | undefined)[]): void {
  person.answers.push(...answers);
}

test('Do It Now takes the item up and starts the timebox that was chosen, never the limit or more', async () => {
  answering('30 min');
  await doItNow(sync, desk.ports);

  assert.deepEqual(person.said, [
    'Do It Now: Sync stops: 15 min | 30 min | 1 h | 1 h 30 min',
    'Undo: Do It Now: “Sync stops”',
  ]);
  assert.deepEqual(desk.did, ['take up a']);
  assert.equal(runOf(desk.journal)?.boxMinutes, 30);
});

test('leaving the question does nothing', async () => {
  answering(undefined);
  await doItNow(sync, desk.ports);

  assert.deepEqual([desk.did, desk.journal], [[], []]);
});

test('what was spent before leaves less to choose from, and then only converting', async () => {
  desk.ports.record(['a'], { type: 'timeLogged', minutes: 80, reason: '' });
  answering(undefined);
  await doItNow(sync, desk.ports);
  assert.match(person.said[0] ?? '', /: 15 min \| 30 min$/u);

  desk.ports.record(['a'], { type: 'timeLogged', minutes: 30, reason: '' });
  answering('Convert…');
  await doItNow(sync, desk.ports);

  assert.deepEqual(desk.did, ['convert a 120']);
});

test('a length that was named before is not asked for again', async () => {
  await doItNow(sync, desk.ports, 45);

  assert.equal(runOf(desk.journal)?.boxMinutes, 45);
});

test('a second item pauses the first; the first again resumes it and keeps its time', async () => {
  await doItNow(sync, desk.ports, 45);
  desk.later(10);
  await doItNow(port, desk.ports, 15);
  assert.deepEqual(desk.view()?.itemId, 'b');
  assert.equal(person.said.at(-1), 'Undo: Do It Now: “Which $ (flame) [port] (command:x)?” · Paused: Sync stops');

  desk.later(5);
  desk.ports.record(['b'], { type: 'stopped' });
  await doItNow(sync, desk.ports, 45);

  assert.deepEqual([desk.view()?.itemId, desk.view()?.closedMs], ['a', 10 * MINUTE]);
  assert.deepEqual(desk.did, ['take up a', 'take up b']);
});

test('the menu pauses, resumes, ends, and says what is left', async () => {
  await doItNow(sync, desk.ports, 30);
  desk.later(6);
  answering('Pause');
  await showTimebox(desk.ports);
  assert.equal(desk.view()?.runningSince, undefined);
  answering('Resume');
  await showTimebox(desk.ports);
  assert.notEqual(desk.view()?.runningSince, undefined);
  answering('Done');
  await showTimebox(desk.ports);

  assert.deepEqual(desk.did, ['take up a', 'done a']);
  assert.equal(desk.view(), undefined);
});

test('extending needs a reason, counts from now when it has run over, and leads to converting at the limit', async () => {
  await doItNow(sync, desk.ports, 30);
  desk.later(40);
  answering('Extend', '15 min', '  ');
  await showTimebox(desk.ports);
  assert.equal(desk.view()?.boxMinutes, 30);

  answering('Extend', '15 min', 'the log is long');
  await showTimebox(desk.ports);
  assert.equal(desk.view()?.boxMinutes, 55);

  answering('Extend', '1 h', 'and longer');
  desk.later(10);
  await showTimebox(desk.ports);
  assert.equal(desk.view()?.boxMinutes, 115);
  assert.deepEqual(desk.did.slice(1), []);

  answering('Extend', '15 min');
  await showTimebox(desk.ports);
  assert.deepEqual(desk.did.slice(1), ['convert a 120']);
});

test('at the end it offers done, more and converting; from the limit on no more time', async () => {
  await doItNow(sync, desk.ports, 30);
  desk.later(30);
  const view = desk.view();
  assert.ok(view !== undefined);
  answering('Convert…');
  await askMark(view, 'full', desk.ports);
  assert.deepEqual(person.said.slice(1), ['“Sync stops”: the 30 min are over. [Done | Extend… | Convert…]']);
  assert.deepEqual(desk.did.slice(1), ['convert a 120']);

  desk.later(90);
  answering(undefined);
  await askMark(view, 'limit', desk.ports);
  assert.match(person.said[2] ?? '', /reaches the limit of 2 h.* \[Convert… \| Done\]$/u);
});

test('silence is taken off before it is asked about: no answer leaves it off and the timebox paused', async () => {
  for (const [answer, spent, isRunning] of [
    [undefined, 10, false],
    ['Don’t Count', 10, true],
    ['Count Time', 70, true],
  ] as const) {
    desk = new Desk();
    await doItNow(sync, desk.ports, 90);
    desk.later(70);
    const view = desk.view();
    assert.ok(view !== undefined);
    answering(answer);
    await askSilence(view, { from: nine + 10 * MINUTE, to: desk.now }, desk.ports);

    assert.equal(desk.ports.spentOn(['a']), spent * MINUTE, answer);
    assert.equal(desk.view()?.runningSince !== undefined, isRunning, answer);
  }
  assert.match(person.said[1] ?? '', /for 1 h, from 09:10 to 10:10/u);
});

test('time is logged with a reason; some is taken off only when asked again, and never more than was spent', async () => {
  answering('1h 30m', 'a call');
  await logTime({ signalIds: ['a'], title: 'Sync stops' }, desk.ports);
  assert.equal(desk.ports.spentOn(['a']), 90 * MINUTE);

  answering('-100');
  await logTime({ signalIds: ['a'], title: 'Sync stops' }, desk.ports);
  answering('-30m', 'lunch', undefined);
  await logTime({ signalIds: ['a'], title: 'Sync stops' }, desk.ports);
  assert.equal(desk.ports.spentOn(['a']), 90 * MINUTE);
  assert.ok(person.said.includes('Only 1 h 30 min were spent.'));

  answering('-30m', 'lunch', 'Take Off 30 min');
  await logTime({ signalIds: ['a'], title: 'Sync stops' }, desk.ports);
  assert.equal(desk.ports.spentOn(['a']), 60 * MINUTE);
});

test('a title from outside makes neither an icon nor a link', async () => {
  answering(undefined);
  await doItNow(port, desk.ports);

  assert.doesNotMatch(person.said[0] ?? '', /\$\(|\]\(/u);
});

test('the budget is told in words, with what can be done, and can be told to be quiet', async () => {
  let quiet = false;
  const ports = { keepQuiet: async () => void (quiet = true), openChannel: async () => undefined };
  const budget = { spentMs: 200 * MINUTE, budgetMs: 240 * MINUTE, share: 0.83, warn: 'eighty', items: [] } as const;
  answering('Don’t Show Again', undefined);
  await sayBudget(budget, ports);
  await sayBudget({ ...budget, spentMs: 250 * MINUTE, warn: 'full' }, ports);

  assert.equal(quiet, true);
  assert.match(person.said[0] ?? '', /3 h 20 min of 4 h\. \[Show Budget/u);
  assert.match(person.said[1] ?? '', /used up: 4 h 10 min of 4 h\. \[Plan the Rest \| Ask for Help/u);
});
