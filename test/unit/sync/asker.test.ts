import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ServiceName } from '../../../src/core/signal.ts';
import { type PollRequest, type PollResult, ServiceError, type Source } from '../../../src/services/service.ts';
import type { SqliteStore } from '../../../src/store/sqliteStore.ts';
import type { StorePart } from '../../../src/store/store.ts';
import { createSync, type Sync } from '../../../src/sync/asker.ts';
import { signal } from '../../support/build.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const EMPTY: PollResult = { changed: [], gone: [], skipped: [], failedPlaces: [], pollAgainAt: undefined };

interface FakeSource extends Source {
  /** When it was asked. */
  readonly polls: number[];
  answer: (request: PollRequest) => Promise<PollResult>;
}

function fakeSource(clock: FakeClock, id: string, service: ServiceName = 'github'): FakeSource {
  const source: FakeSource = {
    id,
    service,
    polls: [],
    answer: async () => EMPTY,
    poll: (request) => {
      source.polls.push(clock.now());
      return source.answer(request);
    },
    readConversation: async () => ({ messages: [], skipped: 0 }),
    account: async () => undefined,
  };
  return source;
}

interface Window {
  readonly sync: Sync;
  readonly store: SqliteStore;
  readonly log: string[];
  readonly busy: boolean[];
}

interface Machine {
  readonly clock: FakeClock;
  readonly sources: FakeSource[];
  readonly open: (holder: string) => Window;
}

function machine(t: TestContext, ...names: string[]): Machine {
  const folder = tempFolder(t);
  const clock = new FakeClock();
  const sources = names.map((name) => fakeSource(clock, name));
  const open = (holder: string): Window => {
    const store = openWindow(t, folder, clock.now);
    const log: string[] = [];
    const busy: boolean[] = [];
    const add = (line: string): void => void log.push(line);
    const sync = createSync({
      store,
      sources: () => sources.map((source) => ({ source, watch: [] })),
      since: () => clock.now() - 60 * MINUTE,
      clock,
      random: () => 1,
      log: { debug: () => undefined, info: add, warn: add, error: add },
      holder,
      onBusy: (is) => busy.push(is),
    });
    t.after(() => sync.stop());
    sync.start();
    return { sync, store, log, busy };
  };
  return { clock, sources, open };
}

function only<T>(list: readonly T[]): T {
  assert.equal(list.length, 1);
  return list[0] as T;
}

test('a source is asked at once and then every minute; an unchanged answer writes nothing and tells nobody', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  only(sources).answer = async () => ({ ...EMPTY, changed: [signal({ updatedAt: clock.now() })] });
  const { store } = open('w1');
  await clock.advance(0);
  assert.deepEqual([...store.signals().keys()], ['github:acme/app#1']);
  only(sources).answer = async () => EMPTY;

  const written = store.rowsWritten();
  const news: ReadonlySet<StorePart>[] = [];
  store.onDidChange((parts) => news.push(parts));
  await clock.advance(4 * MINUTE);
  assert.equal(only(sources).polls.length, 5);
  assert.equal(store.rowsWritten(), written);
  assert.deepEqual(news, []);
});

test('a source gets what it reported last, what it remembered, and how far to look back', async (t) => {
  const { clock, sources, open } = machine(t, 'github', 'other');
  const [github, other] = sources as [FakeSource, FakeSource];
  github.answer = async ({ memory }) => {
    memory.set('etag', 'one');
    return { ...EMPTY, changed: [signal({ updatedAt: clock.now() })] };
  };
  open('w1');
  await clock.advance(0);
  const requests: PollRequest[] = [];
  github.answer = other.answer = async (request) => {
    requests.push(request);
    return EMPTY;
  };
  await clock.advance(MINUTE);
  assert.deepEqual(
    requests.map((request) => [...request.known.keys()]),
    [['github:acme/app#1'], []],
  );
  assert.deepEqual(
    requests.map((request) => request.memory.get('etag')),
    ['one', undefined],
  );
  assert.equal(requests[0]?.since, clock.now() - 60 * MINUTE);
});

test('a source that fails keeps its last good signals and their age, and says when it is tried again', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  const source = only(sources);
  source.answer = async () => ({
    ...EMPTY,
    changed: [signal({ updatedAt: clock.now() })],
    skipped: [{ place: 'acme/app', problem: 'no\ntitle' }],
    failedPlaces: [{ place: 'acme/docs', reason: 'notFound', message: '404' }],
  });
  const { store, log } = open('w1');
  const okAt = clock.now();
  await clock.advance(0);
  assert.deepEqual(log, ['github: a record of acme/app was skipped: no title']);

  source.answer = async () => {
    throw new ServiceError('offline', 'socket hang up');
  };
  await clock.advance(MINUTE);
  const status = store.statuses().get('github');
  assert.deepEqual(status, {
    id: 'github',
    service: 'github',
    okAt,
    failure: { reason: 'offline', message: 'socket hang up', retryAt: clock.now() + MINUTE },
    skipped: 1,
    failedPlaces: [{ place: 'acme/docs', reason: 'notFound', message: '404' }],
  });
  assert.equal(store.signals().size, 1);

  await clock.advance(15 * MINUTE);
  assert.deepEqual(
    source.polls.map((at) => (at - okAt) / MINUTE),
    [0, 1, 2, 4, 8, 16],
  );
  assert.equal(log.filter((line) => line.includes('offline')).length, 1, 'the same failure is said once');

  source.answer = async () => EMPTY;
  await clock.advance(10 * MINUTE);
  assert.equal(store.statuses().get('github')?.failure, undefined);
  assert.equal(log.at(-1), 'github: answers again');
});

test('no request inside a penalty: not by the schedule, a person, another window or after a restart', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  const source = only(sources);
  const retryAt = clock.now() + 30 * MINUTE;
  source.answer = async () => {
    throw new ServiceError('rateLimited', '429', { retryAt });
  };
  const first = open('w1');
  await clock.advance(MINUTE);
  const second = open('w2');
  await Promise.all([first.sync.refresh(), second.sync.refresh(), clock.advance(10 * MINUTE)]);
  first.sync.stop();
  await clock.advance(5 * MINUTE);
  second.sync.stop();
  const third = open('w3');
  await Promise.all([third.sync.refresh(), clock.advance(10 * MINUTE)]);
  assert.equal(source.polls.length, 1);
  await clock.advance(5 * MINUTE);
  assert.equal(source.polls[1], retryAt);
});

test('a source that fails or hangs delays no other, and is given up after a minute even if it heeds no abort', async (t) => {
  const { clock, sources, open } = machine(t, 'hanging', 'failing', 'good');
  const [hanging, failing, good] = sources as [FakeSource, FakeSource, FakeSource];
  let abort: AbortSignal | undefined;
  hanging.answer = (request) => {
    abort = request.abort;
    return new Promise(() => undefined);
  };
  failing.answer = () => {
    throw new TypeError("Cannot read properties of 'secret body'");
  };
  const { store, log, busy } = open('w1');
  await clock.advance(30 * SECOND);
  assert.equal(store.statuses().get('good')?.failure, undefined);
  assert.equal(store.statuses().get('failing')?.failure?.reason, 'badResponse');
  assert.equal(store.statuses().get('hanging'), undefined);
  assert.match(log.join('\n'), /failing: badResponse: TypeError.*\n\s+at /u);
  assert.doesNotMatch(log.join('\n'), /secret/u);
  assert.deepEqual(busy, [true]);
  await clock.advance(31 * SECOND);
  assert.equal(abort?.aborted, true);
  assert.equal(store.statuses().get('hanging')?.failure?.reason, 'offline');
  assert.equal(good.polls.length, 2);
});

test('a failed poll leaves nothing in the memory, so that the next one is answered in full', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  only(sources).answer = async ({ memory }) => {
    assert.equal(memory.get('etag'), undefined);
    memory.set('etag', 'of a list that was lost');
    throw new ServiceError('offline', 'the second page');
  };
  const { store } = open('w1');
  await clock.advance(10 * MINUTE);
  assert.ok(only(sources).polls.length > 2);
  assert.equal(store.statuses().get('github')?.failure?.reason, 'offline');
});

test('signals that closed before the window are dropped, and not taken in again', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  const source = only(sources);
  const closed = signal({ id: 'github:a#1', state: 'closed', updatedAt: clock.now() - 59 * MINUTE });
  const open2 = signal({ id: 'github:a#2', updatedAt: 0 });
  const old = signal({ id: 'github:a#3', state: 'closed', updatedAt: 0 });
  source.answer = async () => ({ ...EMPTY, changed: [closed, open2, old] });
  const { store } = open('w1');
  await clock.advance(0);
  assert.deepEqual([...store.signals().keys()], ['github:a#1', 'github:a#2']);
  await clock.advance(2 * MINUTE);
  assert.deepEqual([...store.signals().keys()], ['github:a#2']);
  const written = store.rowsWritten();
  await clock.advance(2 * MINUTE);
  assert.equal(store.rowsWritten(), written);
});

test('of three windows one asks, and the others show what it learnt within two seconds', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  const windows = ['w1', 'w2', 'w3'].map(open);
  await clock.advance(MINUTE - SECOND);
  only(sources).answer = async () => ({ ...EMPTY, changed: [signal({ updatedAt: clock.now() })] });
  await clock.advance(3 * SECOND);
  assert.equal(only(sources).polls.length, 2);
  for (const { store } of windows) assert.equal(store.signals().size, 1);
  await clock.advance(58 * MINUTE);
  assert.equal(only(sources).polls.length, 60, 'an hour of three windows costs what one costs');
});

test('a window that stops hands over at once; one that dies, within fifteen seconds', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  const first = open('w1');
  await clock.advance(10 * SECOND);
  const second = open('w2');
  await clock.advance(SECOND);
  assert.equal(only(sources).polls.length, 1);
  first.sync.stop();
  await clock.advance(SECOND);
  assert.equal(only(sources).polls.length, 2);

  // Death: nothing of it runs any more, and its lease stays.
  const third = open('w3');
  second.store.close();
  await clock.advance(14 * SECOND);
  assert.equal(only(sources).polls.length, 3);
  assert.equal(third.store.takeLease('asker', 'w3', 12_000), true);
});

test('a window that slept and lost its lease stops asking and throws away what is late', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  const answers: ((result: PollResult) => void)[] = [];
  only(sources).answer = () => new Promise((resolve) => answers.push(resolve));
  const sleeper = open('w1');
  await clock.advance(0);
  clock.set(clock.now() + 60 * SECOND);
  const other = open('w2');
  assert.equal(other.store.takeLease('asker', 'w2', 12_000), true);
  await clock.advance(2 * SECOND);
  answers[0]?.({ ...EMPTY, changed: [signal({ updatedAt: clock.now() })] });
  await clock.advance(2 * SECOND);
  assert.equal(sleeper.store.signals().size, 0);
  assert.equal(sleeper.store.takeLease('asker', 'w1', 12_000), false);
});

test('a person asks: the asking window polls at once', async (t) => {
  const { clock, sources, open } = machine(t, 'github', 'slack');
  const { sync, busy } = open('w1');
  await clock.advance(10 * SECOND);
  busy.length = 0;
  await sync.refresh();
  assert.deepEqual(
    sources.map((source) => source.polls.length),
    [2, 2],
  );
  assert.deepEqual(busy, [true, false]);
});

test('a person asks while a poll is under way: it is polled again after, as things may have changed', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  const source = only(sources);
  let finish: (result: PollResult) => void = () => undefined;
  source.answer = () => new Promise((resolve) => (finish = resolve));
  const { sync } = open('w1');
  await clock.advance(0);
  const refreshed = sync.refresh();
  source.answer = async () => EMPTY;
  finish(EMPTY);
  await refreshed;
  assert.equal(source.polls.length, 2);
});

test('a person asks in a window that only follows: the asking one polls, and the wish is over then', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  open('w1');
  await clock.advance(0);
  const follower = open('w2');
  await clock.advance(5 * SECOND);
  follower.busy.length = 0;
  only(sources).answer = async () => ({ ...EMPTY, changed: [signal({ updatedAt: clock.now() })] });
  let isDone = false;
  const refreshed = follower.sync.refresh().then(() => {
    isDone = true;
  });
  await settle();
  assert.equal(isDone, false);
  await clock.advance(3 * SECOND);
  await refreshed;
  assert.equal(only(sources).polls.length, 2);
  assert.equal(follower.store.signals().size, 1);
  assert.equal(follower.store.wanted(), undefined);
  assert.deepEqual(follower.busy, [true, false]);
});

test('what a source says after the team stopped watching it is not taken in', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  let finish: (result: PollResult) => void = () => undefined;
  only(sources).answer = () => new Promise((resolve) => (finish = resolve));
  const { store } = open('w1');
  await clock.advance(0);
  sources.length = 0;
  finish({ ...EMPTY, changed: [signal()] });
  await settle();
  assert.equal(store.signals().size, 0);
  assert.equal(store.statuses().size, 0);
});

test('a store that cannot be written for a while ends nothing', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  const { store, log } = open('w1');
  await clock.advance(0);
  const save = t.mock.method(store, 'savePoll', () => {
    throw new Error('database is locked');
  });
  await clock.advance(MINUTE);
  assert.match(log.join('\n'), /database is locked/u);
  save.mock.restore();
  only(sources).answer = async () => ({ ...EMPTY, changed: [signal({ updatedAt: clock.now() })] });
  await clock.advance(MINUTE);
  assert.equal(store.signals().size, 1);
});

test('a store that fails all the time is complained of once, and again after it worked', async (t) => {
  const { clock, open } = machine(t);
  const { store, log } = open('w1');
  const fail = () => {
    throw new Error('disk I/O error');
  };
  const broken = t.mock.method(store, 'follow', fail);
  await clock.advance(MINUTE);
  assert.equal(log.length, 1);
  broken.mock.restore();
  await clock.advance(MINUTE);
  t.mock.method(store, 'follow', fail);
  await clock.advance(MINUTE);
  assert.equal(log.length, 2);
});

test('after the machine was set back an hour, asking goes on', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  open('w1');
  await clock.advance(MINUTE);
  const before = only(sources).polls.length;
  clock.set(clock.now() - 60 * MINUTE);
  await clock.advance(2 * MINUTE);
  assert.ok(only(sources).polls.length >= before + 2);
});

test('a window that stopped asks no more and refreshes nothing', async (t) => {
  const { clock, sources, open } = machine(t, 'github');
  const { sync } = open('w1');
  await clock.advance(0);
  sync.stop();
  sync.stop();
  await sync.refresh();
  await clock.advance(5 * MINUTE);
  assert.equal(only(sources).polls.length, 1);
});

test('peers that report the same signal do not take it from each other: the first goes on, with its count', async (t) => {
  const { clock, sources, open } = machine(t, 'one', 'two');
  const [one, two] = sources as [FakeSource, FakeSource];
  one.answer = async () => ({ ...EMPTY, changed: [signal({ source: 'one', count: 3 })] });
  two.answer = async () => ({ ...EMPTY, changed: [signal({ source: 'two' })] });
  const { store } = open('w1');
  await clock.advance(0);
  const written = store.rowsWritten();
  await clock.advance(3 * MINUTE);
  assert.equal(only([...store.signals().values()]).source, 'one');
  assert.equal(only([...store.signals().values()]).count, 3);
  assert.equal(store.rowsWritten(), written);
});

test('a peer takes over a signal that the other closed, and one of a peer that does not answer', async (t) => {
  const { clock, sources, open } = machine(t, 'one', 'two');
  const [one, two] = sources as [FakeSource, FakeSource];
  const seen: (readonly string[])[] = [];
  one.answer = async () => ({ ...EMPTY, changed: [signal({ source: 'one', updatedAt: clock.now() })] });
  two.answer = async ({ known }) => {
    seen.push([...known.keys()]);
    return { ...EMPTY, changed: [signal({ source: 'two', updatedAt: clock.now() })] };
  };
  const { store } = open('w1');
  await clock.advance(0);
  one.answer = async () => {
    throw new ServiceError('offline', 'gone');
  };
  await clock.advance(2 * MINUTE);
  assert.equal(store.signals().get('github:acme/app#1')?.source, 'two');
  assert.deepEqual(seen[0], []);
  assert.deepEqual(seen.at(-1), ['github:acme/app#1']);

  one.answer = async () => ({ ...EMPTY, changed: [signal({ source: 'one', updatedAt: clock.now() })] });
  two.answer = async () => ({
    ...EMPTY,
    changed: [signal({ source: 'two', state: 'closed', updatedAt: clock.now() })],
  });
  await clock.advance(MINUTE);
  two.answer = async () => EMPTY;
  await clock.advance(10 * MINUTE);
  assert.equal(store.signals().get('github:acme/app#1')?.source, 'one');
});
