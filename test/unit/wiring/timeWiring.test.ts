import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item } from '../../../src/core/item.ts';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import { lastAct, undoEntries } from '../../../src/core/undo.ts';
import type { TeamSession } from '../../../src/session/teamSession.ts';
import { signal } from '../../support/build.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';

fakeVscode();
const { timeboxPorts, timeWatch } = await import('../../../src/wiring/timeWiring.ts');

const item: Item = { id: 'a', signals: [signal({ id: 'a' })] };

function desk(before: readonly JournalEvent[] = []) {
  const journal: JournalEntry[] = before.map((event, at) => ({ id: `before${at}`, at, signalIds: ['a'], event }));
  const acts = new Set<string>();
  const append = (entry: JournalEntry): void => void journal.push(entry);
  const ports = timeboxPorts({
    session: () => ({ store: { journal: () => journal, append } }) as unknown as TeamSession,
    claim: (_item, actId) => append({ id: `${actId}/0`, at: 9, signalIds: ['a'], event: { type: 'claimed' } }),
    acts,
    undoBar: { showAct: () => undefined },
    convert: () => assert.fail(),
    run: async () => assert.fail(),
    openUrl: async () => undefined,
    now: () => 9,
  });
  const undo = (): void => {
    const found = lastAct(journal, { acts });
    journal.push(...undoEntries(found?.entries ?? [], { id: `u${journal.length}`, at: 9 }));
  };
  const types = (): readonly string[] => journal.map(({ event }) => event.type);
  return { ports, undo, types, journal, acts };
}

test('Do It Now is one act: one undo takes back the claim and the timebox', () => {
  const { ports, undo, types, journal, acts } = desk();
  ports.start(item, 30);
  undo();

  assert.deepEqual(types(), ['claimed', 'started', 'undone', 'undone']);
  assert.equal(new Set(journal.map(({ id }) => id)).size, 4);
  assert.equal(lastAct(journal, { acts }), undefined);
});

test('what is claimed already is not claimed again, and undo leaves that claim', () => {
  const { ports, undo, journal } = desk([{ type: 'claimed' }]);
  ports.start(item, 30);
  undo();

  const undone = journal.flatMap(({ event }) => (event.type === 'undone' ? [event.entryId] : []));
  assert.equal(undone.length, 1);
  assert.match(undone[0] ?? '', /\/1$/u);
});

test('what was done and put off is open again, with the same act', () => {
  const { ports, types, undo } = desk([{ type: 'done' }, { type: 'snoozed', until: { type: 'reply' } }]);
  ports.start(item, 30);
  assert.deepEqual(types().slice(2), ['claimed', 'reopened', 'woken', 'started']);
  undo();
  assert.equal(types().filter((type) => type === 'undone').length, 4);
});

test('what was asked about a timebox is remembered for its team alone', () => {
  const kept = new Map<string, unknown>();
  const memento = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => kept.set(key, value),
  };
  let [team, now] = ['acme', 0];
  const view = {
    id: 'e1',
    signalIds: ['a'],
    boxMinutes: 15,
    closedMs: 0,
    runningSince: 0,
    otherMs: 0,
    itemId: 'a',
    title: 'T',
    limitMinutes: 120,
  };
  const session = { timebox: () => view, budget: () => undefined, store: { takeLease: () => true, journal: () => [] } };
  const watch = timeWatch({
    session: () => session as unknown as TeamSession,
    ports: desk().ports,
    memento: memento as never,
    teamKey: () => team,
    duty: () => undefined,
    holder: 'window',
    log: {} as never,
    openUrl: async () => undefined,
    now: () => now,
  });
  for (team of ['acme', 'other']) {
    now += 60_000;
    watch.look();
  }
  watch.dispose();

  assert.deepEqual([...kept.keys()].sort(), ['responder.time.seenAt acme', 'responder.time.seenAt other']);
});
