import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { HandoffDraft, PostedHandoff } from '../../../src/core/handoff.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import type { StoredProposal } from '../../../src/core/proposal.ts';
import type { Signal } from '../../../src/core/signal.ts';
import type { SourceStatus } from '../../../src/core/sourceStatus.ts';
import type { PollChange, Store, StorePart } from '../../../src/store/store.ts';
import { signal } from '../../support/build.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

const MINUTE = 60_000;

function status(over: Partial<SourceStatus> = {}): SourceStatus {
  return { id: 'github', service: 'github', okAt: 1000, failure: undefined, skipped: 0, failedPlaces: [], ...over };
}

function poll(over: Partial<PollChange> = {}): PollChange {
  return { source: 'github', changed: [], gone: [], status: status(), ...over };
}

const PROPOSAL: StoredProposal = {
  proposal: {
    id: 'p1',
    createdAt: 5,
    kind: 'convert',
    signalIds: ['github:acme/app#1'],
    title: 'Sync stops',
    steps: [
      { type: 'addToBoard', owner: 'acme', number: 213, priority: undefined, timebox: { field: 'Hours', hours: 4 } },
    ],
    undoes: undefined,
    decision: { timeboxMinutes: 240, priority: 'high' },
  },
  approvedAt: 6,
  states: [
    {
      status: 'done',
      outcome: { url: 'https://github.example/b', issue: undefined, warnings: ['no field'], undo: [] },
    },
  ],
};

const DRAFT: HandoffDraft = {
  id: 'd1',
  team: 'Integrations',
  timeZone: 'Europe/Berlin',
  from: 'Kai',
  to: undefined,
  shift: { from: 1, to: 2 },
  sections: [{ id: 'open', entries: [{ id: 'x', title: 'X', url: undefined, detail: '', note: 'look here' }] }],
  removed: ['y'],
  moved: [],
  revision: 3,
};

function posted(id: string, postedAt: number): PostedHandoff {
  return { id, postedAt, from: 'Kai', to: 'Mika', shift: { from: 1, to: 2 }, links: [], markdown: '# Notes' };
}

function entry(at: number, over: Partial<JournalEntry> = {}): JournalEntry {
  return { id: `entry:${at}`, at, signalIds: ['github:acme/app#1'], event: { type: 'claimed' }, ...over };
}

/** The parts told to listeners, one array a call. */
function heard(store: Store): StorePart[][] {
  const calls: StorePart[][] = [];
  store.onDidChange((parts) => calls.push([...parts]));
  return calls;
}

test('everything that was saved is there again after a restart, as it was', (t) => {
  const folder = tempFolder(t);
  const first = openWindow(t, folder);
  const mention = signal({ id: 'slack:C1:1.2', source: 'slack', author: undefined, title: 'Ünï 🚨 “x”' });
  first.savePoll(poll({ changed: [signal(), mention] }));
  first.saveStatus(status({ id: 'slack', service: 'slack', okAt: undefined, skipped: 2 }));
  first.saveProposal(PROPOSAL);
  first.saveDraft(DRAFT);
  first.savePostedHandoff(posted('a', 1));
  first.savePostedHandoff(posted('b', 2));
  first.append(entry(7));
  first.close();

  const again = openWindow(t, folder);
  assert.deepEqual([...again.signals().values()], [signal(), mention]);
  assert.deepEqual(
    again.statuses().get('slack'),
    status({ id: 'slack', service: 'slack', okAt: undefined, skipped: 2 }),
  );
  assert.deepEqual(again.proposals().get('p1'), PROPOSAL);
  assert.deepEqual(again.drafts().get('d1'), DRAFT);
  assert.deepEqual(again.handoffs(), [posted('b', 2), posted('a', 1)]);
  const { title, url } = signal();
  assert.deepEqual(again.journal(), [entry(7, { about: { title, url } })]);
  assert.equal(again.unreadableRows(), 0);
});

test('an unchanged poll writes no row and tells nobody, also after a restart', (t) => {
  const folder = tempFolder(t);
  const first = openWindow(t, folder);
  const signals = Array.from({ length: 50 }, (_, index) => signal({ id: `github:acme/app#${index}` }));
  first.savePoll(poll({ changed: signals }));
  assert.equal(first.rowsWritten(), 51);
  first.close();

  const again = openWindow(t, folder);
  const calls = heard(again);
  again.savePoll(poll({ changed: signals.map((each) => ({ ...each })), gone: ['github:acme/app#none'] }));
  again.savePoll(poll({ status: status({ okAt: 1000 + MINUTE }) }));
  assert.equal(again.rowsWritten(), 0);
  assert.deepEqual(calls, []);
  assert.equal(again.statuses().get('github')?.okAt, 1000 + MINUTE);
});

test('only the rows that differ are written', (t) => {
  const store = openWindow(t, tempFolder(t));
  store.savePoll(poll({ changed: [signal({ id: 'github:a#1' }), signal({ id: 'github:a#2' })] }));
  const before = store.rowsWritten();
  const calls = heard(store);
  store.savePoll(poll({ changed: [signal({ id: 'github:a#1' }), signal({ id: 'github:a#2', replies: 1 })] }));
  assert.equal(store.rowsWritten() - before, 1);
  assert.deepEqual(calls, [['signals']]);
});

test('a good answer later is written once in five minutes, and at once when anything else differs', (t) => {
  const store = openWindow(t, tempFolder(t));
  store.saveStatus(status({ okAt: 0 }));
  const written = (okAt: number, over: Partial<SourceStatus> = {}): number => {
    const before = store.rowsWritten();
    store.saveStatus(status({ okAt, ...over }));
    return store.rowsWritten() - before;
  };
  assert.deepEqual(
    [1, 2, 3, 4].map((minute) => written(minute * MINUTE)),
    [0, 0, 0, 0],
  );
  assert.equal(written(5 * MINUTE), 1);
  assert.equal(written(6 * MINUTE), 0);
  assert.equal(written(6 * MINUTE, { skipped: 1 }), 1);
});

test('a signal that is gone goes, unless another source reports it or this very poll does', (t) => {
  const store = openWindow(t, tempFolder(t));
  const own = signal({ id: 'github:a#1' });
  const other = signal({ id: 'slack:x', source: 'slack' });
  store.savePoll(poll({ changed: [own, signal({ id: 'github:a#2' })] }));
  store.savePoll(poll({ source: 'slack', changed: [other] }));
  store.savePoll(poll({ gone: ['github:a#1', 'github:a#2', 'slack:x'], changed: [own] }));
  assert.deepEqual([...store.signals().keys()].sort(), ['github:a#1', 'slack:x']);
});

test('a source that is watched no more is forgotten with its signals and memory', (t) => {
  const folder = tempFolder(t);
  const store = openWindow(t, folder);
  for (const source of ['github', 'slack']) {
    store.memory(source).set('etag', source);
    store.savePoll(poll({ source, changed: [signal({ id: `${source}:1`, source })], status: status({ id: source }) }));
  }
  store.keepSources(new Set(['slack']));
  const again = openWindow(t, folder);
  for (const window of [store, again]) {
    assert.deepEqual([...window.signals().keys()], ['slack:1']);
    assert.deepEqual([...window.statuses().keys()], ['slack']);
    assert.equal(window.memory('github').get('etag'), undefined);
    assert.equal(window.memory('slack').get('etag'), 'slack');
  }
});

test('what a poll remembers is kept with its rows, and of a failed poll nothing is kept', (t) => {
  const folder = tempFolder(t);
  const store = openWindow(t, folder);
  const failed = store.memory('github');
  failed.set('etag', 'of an answer that was lost');
  store.saveStatus(status({ failure: { reason: 'offline', message: 'x', retryAt: 1 } }));

  const memory = store.memory('github');
  assert.equal(memory.get('etag'), undefined);
  memory.set('etag', 'W/"1"');
  memory.set('names', { U1: 'Noor' });
  memory.set('old', 1);
  memory.delete('old');
  failed.set('late', true);
  assert.deepEqual(memory.get('names'), { U1: 'Noor' });
  store.savePoll(poll());

  const again = openWindow(t, folder).memory('github');
  assert.equal(again.get('etag'), 'W/"1"');
  assert.deepEqual(again.get('names'), { U1: 'Noor' });
  assert.equal(again.get('old'), undefined);
  assert.equal(again.get('late'), undefined);
});

test('whoever reads what was remembered sees the last saved poll, and takes nothing from one that is on', (t) => {
  const store = openWindow(t, tempFolder(t));
  store.memory('github').set('etag', 'a');
  store.savePoll(poll());
  store.memory('github').set('etag', 'b');
  assert.equal(store.lastMemory('github').get('etag'), 'a');
  store.savePoll(poll());
  assert.equal(store.lastMemory('github').get('etag'), 'b');
});

test('a remembered value that its reader changed in place is written when it is set again', (t) => {
  const store = openWindow(t, tempFolder(t));
  store.memory('github').set('names', { U1: 'Noor' });
  store.savePoll(poll());
  const memory = store.memory('github');
  const names = memory.get('names') as Record<string, string>;
  names['U2'] = 'Kai';
  memory.set('names', names);
  store.savePoll(poll());
  assert.deepEqual(store.memory('github').get('names'), { U1: 'Noor', U2: 'Kai' });
});

test('the journal is in order of time, whoever wrote it and when', (t) => {
  const folder = tempFolder(t);
  const here = openWindow(t, folder);
  const there = openWindow(t, folder);
  here.append(entry(10));
  there.append(entry(5));
  here.append(entry(10, { signalIds: ['second'] }));
  there.append(entry(7));
  here.follow();
  there.follow();
  const order = [entry(5), entry(7), entry(10), entry(10, { signalIds: ['second'] })];
  assert.deepEqual(here.journal(), order);
  assert.deepEqual(there.journal(), order);
});

test('a window follows what another wrote, and is told once with all parts', (t) => {
  const folder = tempFolder(t);
  const writer = openWindow(t, folder);
  const follower = openWindow(t, folder);
  const calls = heard(follower);
  writer.savePoll(poll({ changed: [signal({ id: 'github:a#1' }), signal({ id: 'github:a#2' })] }));
  writer.saveDraft(DRAFT);
  writer.append(entry(1));
  follower.follow();
  follower.follow();
  assert.equal(calls.length, 1);
  assert.deepEqual(calls[0]?.toSorted(), ['drafts', 'journal', 'signals', 'statuses']);
  writer.savePoll(poll({ gone: ['github:a#1'] }));
  follower.follow();
  assert.deepEqual([...follower.signals().keys()], ['github:a#2']);
});

test('a write of our own does not hide what another window wrote before it', (t) => {
  const folder = tempFolder(t);
  const one = openWindow(t, folder);
  const two = openWindow(t, folder);
  const calls = heard(two);
  one.savePoll(poll({ changed: [signal({ id: 'github:a#1' })] }));
  two.saveDraft(DRAFT);
  assert.deepEqual([...two.signals().keys()], ['github:a#1']);
  assert.deepEqual(calls[0]?.toSorted(), ['drafts', 'signals', 'statuses']);
  one.follow();
  assert.deepEqual(one.drafts().get('d1'), DRAFT);
});

test('following twice is nothing: no read, no news, and lease renewals are no news either', (t) => {
  const folder = tempFolder(t);
  const writer = openWindow(t, folder);
  const follower = openWindow(t, folder);
  const calls = heard(follower);
  writer.takeLease('asker', 'w1', 1000);
  writer.takeLease('asker', 'w1', 1000);
  follower.follow();
  assert.deepEqual(calls, []);
});

test('a window that slept through ten thousand transactions reads everything anew', (t) => {
  const folder = tempFolder(t);
  const sleeper = openWindow(t, folder);
  const writer = openWindow(t, folder);
  writer.savePoll(poll({ changed: [signal({ id: 'github:a#1' }), signal({ id: 'github:a#2' })] }));
  sleeper.follow();
  writer.savePoll(poll({ gone: ['github:a#1'] }));
  for (let at = 1; at <= 10_001; at += 1) writer.setWanted(at);
  writer.close();
  // Opening tidies: the tombstone of a#1 is gone from here on.
  openWindow(t, folder);
  sleeper.follow();
  assert.deepEqual([...sleeper.signals().keys()], ['github:a#2']);
  assert.equal(sleeper.wanted(), 10_001);
});

test('a listener that fails or leaves does not disturb the write or the others', (t) => {
  const store = openWindow(t, tempFolder(t));
  const later: (() => void)[] = [];
  t.mock.method(globalThis, 'queueMicrotask', (run: () => void) => later.push(run));
  store.onDidChange(() => {
    throw new TypeError('a bug in a view');
  });
  const leave = store.onDidChange(() => assert.fail('it left'));
  leave();
  const calls = heard(store);
  store.saveDraft(DRAFT);
  assert.deepEqual(calls, [['drafts']]);
  assert.equal(later.length, 1);
  assert.throws(() => later[0]?.(), /a bug in a view/u);
});

test('a wish to be polled reaches the other windows and ends', (t) => {
  const folder = tempFolder(t);
  const one = openWindow(t, folder);
  const two = openWindow(t, folder);
  assert.equal(two.wanted(), undefined);
  one.setWanted(42);
  two.follow();
  assert.equal(two.wanted(), 42);
  two.setWanted(undefined);
  one.follow();
  assert.equal(one.wanted(), undefined);
});

test('whatever two windows write in whatever order, both and a third know the same in the end', (t) => {
  const ids = ['github:a#1', 'github:a#2', 'github:a#3'];
  const step = fc.record({
    window: fc.nat(1),
    changed: fc.uniqueArray(fc.record({ id: fc.constantFrom(...ids), replies: fc.nat(3) }), { selector: (s) => s.id }),
    gone: fc.uniqueArray(fc.constantFrom(...ids)),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const folder = tempFolder(t);
      const windows = [openWindow(t, folder), openWindow(t, folder)];
      const model = new Map<string, Signal>();
      for (const { window, changed, gone } of steps) {
        const signals = changed.map((each) => signal(each));
        windows[window]?.savePoll(poll({ changed: signals, gone }));
        for (const id of gone) model.delete(id);
        for (const each of signals) model.set(each.id, each);
      }
      const expected = [...model.values()].toSorted((a, b) => a.id.localeCompare(b.id));
      for (const window of [...windows, openWindow(t, folder)]) {
        window.follow();
        const known = [...window.signals().values()].toSorted((a, b) => a.id.localeCompare(b.id));
        assert.deepEqual(known, expected);
        window.close();
      }
    }),
    { numRuns: 15 },
  );
});

test('what a poll that began before all was forgotten brings is dropped, also in another window', (t) => {
  const folder = tempFolder(t);
  const [asking, signedOut] = [openWindow(t, folder), openWindow(t, folder)];
  asking.memory('github').set('etag', 'a');
  asking.savePoll(poll({ changed: [signal()] }));
  asking.append(entry(1));

  asking.memory('github').set('etag', 'b');
  signedOut.forgetSignals();
  asking.savePoll(poll({ changed: [signal({ title: 'Read with the old token' })] }));
  assert.deepEqual([[...asking.signals()], [...asking.statuses()]], [[], []]);
  assert.equal(asking.memory('github').get('etag'), undefined);
  assert.equal(asking.journal().length, 1, 'the journal stays');

  asking.memory('github');
  asking.savePoll(poll({ changed: [signal()] }));
  assert.equal(asking.signals().size, 1, 'a poll that began since is kept');
});
