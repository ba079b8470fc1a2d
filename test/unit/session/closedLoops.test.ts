import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { loopId } from '../../../src/actions/closeLoop.ts';
import { withWords, wordsOf } from '../../../src/actions/words.ts';
import type { Closing } from '../../../src/core/closing.ts';
import type { Message } from '../../../src/core/conversation.ts';
import type { Proposal } from '../../../src/core/proposal.ts';
import { rosterOf } from '../../../src/core/roster.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { CLOSINGS_KEY } from '../../../src/services/github/closings.ts';
import { ServiceError, type Source } from '../../../src/services/service.ts';
import { ClosedLoops } from '../../../src/session/closedLoops.ts';
import type { SqliteStore } from '../../../src/store/sqliteStore.ts';
import { closing, signal, team } from '../../support/build.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

const NOW = Date.UTC(2026, 10, 18, 12);
const CLOSED = NOW - 3_600_000;
const THREAD = 'slack:C01INT:1763000000.000100';
const ORIGIN = 'github:acme/docs#3';

const CLOSING = closing({ closedAt: CLOSED, markers: [THREAD, ORIGIN] });
const THREAD_REPLY = `closeLoop:${loopId(CLOSING, THREAD)}`;
const ORIGIN_REPLY = `closeLoop:${loopId(CLOSING, ORIGIN)}`;

function status() {
  return { id: 'github', service: 'github', okAt: NOW, failure: undefined, skipped: 0, failedPlaces: [] } as const;
}

/** A machine, what is outside, and how often it was asked. */
class Machine {
  readonly folder: string;
  readonly test: TestContext;
  now = NOW;
  onDuty = true;
  /** Ids of proposals whose words are outside. */
  readonly outside = new Set<string>();
  readonly said = new Map<string, readonly Message[]>();
  readonly broken = new Map<string, ServiceError>();
  readonly asked: string[] = [];
  readonly warned: string[] = [];

  constructor(test: TestContext) {
    this.test = test;
    this.folder = tempFolder(test);
  }

  window(holder = 'A'): { readonly store: SqliteStore; readonly loops: ClosedLoops } {
    const store = openWindow(this.test, this.folder, () => this.now);
    const ask = (id: string): void => {
      this.asked.push(id);
      const error = this.broken.get(id);
      if (error !== undefined) throw error;
    };
    const loops = new ClosedLoops({
      store,
      outbox: {
        propose: (proposal) => {
          const stored = {
            proposal,
            approvedAt: undefined,
            states: proposal.steps.map(() => ({ status: 'waiting' }) as const),
          };
          if (!store.proposals().has(proposal.id)) store.saveProposal(stored);
          return stored;
        },
        isOutside: async ({ id, signalIds: [place = ''] }: Proposal) => {
          ask(place);
          return this.outside.has(id);
        },
        drop: (id) => {
          store.deleteProposal(id);
          return true;
        },
      },
      roster: () => rosterOf(team(), { github: 'noor-sample', slack: 'U02NOO' }),
      isOnDuty: () => this.onDuty,
      since: () => NOW - 3 * 86_400_000,
      sourceOf: (service) => (service === 'pagerduty' ? undefined : this.#source(service)),
      now: () => this.now,
      log: { debug() {}, info() {}, warn: (line) => void this.warned.push(line), error: (line) => assert.fail(line) },
      holder,
    });
    return { store, loops };
  }

  #source(service: Source['service']): Source {
    return {
      id: service,
      service,
      poll: () => assert.fail('not asked'),
      account: async () => undefined,
      readConversation: async ({ id }) => ({ messages: this.said.get(id) ?? [], skipped: 0 }),
    };
  }
}

/** What GitHub's source learned, as a poll keeps it. */
function learn(store: SqliteStore, ...ends: readonly (Closing | 'open')[]): void {
  const of = (end: Closing | 'open') => (end === 'open' ? { at: NOW } : { at: end.closedAt, closing: end });
  const kept = ends.map((end) => [end === 'open' ? CLOSING.issueId : end.issueId, of(end)]);
  store.memory('github').set(CLOSINGS_KEY, Object.fromEntries(kept));
  store.savePoll({ source: 'github', changed: [], gone: [], status: status() });
}

function waiting(store: SqliteStore): readonly string[] {
  return [...store.proposals().keys()].sort();
}

/** What the journal says could not be read. */
function unreadOf(store: SqliteStore): unknown {
  const [event] = store.journal().flatMap(({ event: each }) => (each.type === 'issueClosed' ? [each] : []));
  return event?.unread;
}

function heard(store: SqliteStore, over: Partial<Signal>): void {
  const changed = [signal({ id: THREAD, service: 'slack', source: 'slack', kind: 'thread', ...over })];
  store.savePoll({ source: 'slack', changed, gone: [], status: { ...status(), id: 'slack', service: 'slack' } });
}

function word(who: string, at: number): Message {
  return { author: { id: who, name: who, isBot: false }, at, markdown: 'Fixed.', url: undefined };
}

test('a closing makes a draft for each place, once; what is dropped is not drafted again', async (t) => {
  const machine = new Machine(t);
  const { store, loops } = machine.window();
  await loops.look();
  assert.deepEqual(waiting(store), []);
  learn(store, CLOSING);
  await loops.look();
  assert.deepEqual(waiting(store), [ORIGIN_REPLY, THREAD_REPLY]);
  assert.deepEqual(
    store.journal().map(({ event }) => event.type === 'issueClosed' && event.drafts),
    [2],
  );

  store.deleteProposal(THREAD_REPLY);
  machine.asked.length = 0;
  await loops.look();
  const other = machine.window('B');
  await other.loops.look();
  assert.deepEqual(waiting(other.store), [ORIGIN_REPLY]);
  assert.deepEqual(machine.asked, [], 'what is known is asked no more');
});

test('two windows that look at one moment draft it once', async (t) => {
  const machine = new Machine(t);
  const [one, other] = [machine.window('A'), machine.window('B')];
  learn(one.store, CLOSING);
  other.store.follow();
  await Promise.all([one.loops.look(), other.loops.look()]);
  one.store.follow();
  assert.deepEqual(waiting(one.store), [ORIGIN_REPLY, THREAD_REPLY]);
  assert.equal(one.store.journal().length, 1);
  assert.deepEqual(machine.asked, [THREAD, ORIGIN]);
});

test('who is not on duty drafts nothing, and does when their shift begins', async (t) => {
  const machine = new Machine(t);
  machine.onDuty = false;
  const { store, loops } = machine.window();
  learn(store, CLOSING);
  await loops.look();
  assert.deepEqual([waiting(store), machine.asked], [[], []]);
  machine.onDuty = true;
  await loops.look();
  assert.equal(waiting(store).length, 2);
});

test('nobody is told twice: not where our reply is, nor where a teammate spoke since; where the reporter asks again they are', async (t) => {
  const machine = new Machine(t);
  machine.outside.add(THREAD_REPLY);
  machine.said.set(ORIGIN, [word('kai-sample', CLOSED + 1)]);
  const { store, loops } = machine.window();
  learn(store, CLOSING);
  await loops.look();
  assert.deepEqual(waiting(store), []);
  assert.equal(store.journal().length, 1);

  const again = { ...CLOSING, issueId: 'github:acme/app#13', number: 13 };
  machine.said.set(ORIGIN, [word('kai-sample', CLOSED - 1), word('ines', CLOSED + 1)]);
  learn(store, CLOSING, again);
  await loops.look();
  assert.deepEqual(waiting(store), [`closeLoop:${loopId(again, ORIGIN)}`, `closeLoop:${loopId(again, THREAD)}`]);
});

for (const reason of ['offline', 'serverError'] as const)
  test(`a place that cannot be read now (${reason}) is asked again later; the others hear at once`, async (t) => {
    const machine = new Machine(t);
    machine.broken.set(ORIGIN, new ServiceError(reason, 'no answer'));
    const { store, loops } = machine.window();
    learn(store, CLOSING);
    await loops.look();
    await loops.look();
    assert.deepEqual([waiting(store), machine.asked], [[THREAD_REPLY], [THREAD, ORIGIN]]);
    assert.deepEqual(unreadOf(store), [{ id: ORIGIN, reason }]);
    assert.deepEqual(loops.unheard(), [], 'that passes by itself');

    store.deleteProposal(THREAD_REPLY);
    machine.now += 5 * 60_000;
    await loops.look();
    assert.deepEqual([waiting(store), store.journal().length], [[], 1], 'nothing came of it');
    machine.broken.clear();
    machine.now += 5 * 60_000;
    await loops.look();
    assert.deepEqual(waiting(store), [ORIGIN_REPLY], 'what was dropped is not drafted again');

    store.deleteProposal(ORIGIN_REPLY);
    machine.now += 60 * 60_000;
    machine.asked.length = 0;
    await loops.look();
    assert.deepEqual([waiting(store), machine.asked], [[], []]);
  });

test('a place whose answer cannot be read is asked again once an hour', async (t) => {
  const machine = new Machine(t);
  machine.broken.set(ORIGIN, new ServiceError('badResponse', 'too many pages'));
  const { store, loops } = machine.window();
  learn(store, CLOSING);
  await loops.look();
  machine.asked.length = 0;
  machine.now += 30 * 60_000;
  await loops.look();
  assert.deepEqual(machine.asked, []);
  machine.now += 30 * 60_000;
  await loops.look();
  assert.deepEqual(machine.asked, [ORIGIN]);
});

test('where a person has to see to it first is said, once in the log, and tried until it can be read, also after the shift’s look back', async (t) => {
  const machine = new Machine(t);
  machine.broken.set(THREAD, new ServiceError('forbidden', 'not in the channel'));
  machine.broken.set(ORIGIN, new ServiceError('unauthenticated', 'signed out'));
  const { store, loops } = machine.window();
  learn(store, CLOSING);
  await loops.look();
  assert.deepEqual(loops.unheard(), [loopId(CLOSING, THREAD), loopId(CLOSING, ORIGIN)]);

  machine.now += 5 * 60_000;
  machine.asked.length = 0;
  await loops.look();
  assert.deepEqual(machine.asked, [ORIGIN], 'a refusal is asked again after an hour');
  assert.equal(machine.warned.length, 2);

  machine.broken.delete(ORIGIN);
  machine.now += 30 * 86_400_000;
  const other = machine.window('B');
  await other.loops.look();
  assert.deepEqual(waiting(other.store), [ORIGIN_REPLY]);
  assert.deepEqual(other.loops.unheard(), [loopId(CLOSING, THREAD)]);

  machine.onDuty = false;
  await other.loops.look();
  assert.deepEqual(other.loops.unheard(), [], 'that is another one’s now');
});

test('a place that is gone meanwhile, or was told by somebody, or is none any more, is looked at no more', async (t) => {
  for (const then of ['gone', 'told', 'takenBack'] as const) {
    const machine = new Machine(t);
    const place = 'slack:C01INT:1763000009.000100';
    machine.broken.set(place, new ServiceError('badResponse', 'what?'));
    const { store, loops } = machine.window();
    const url = CLOSING.url;
    const issue = { repository: 'acme/app', number: 12, url, title: '', timeboxMinutes: 120, priority: 'low' } as const;
    store.append({ id: 'c', at: NOW, signalIds: [place], event: { type: 'converted', ...issue } });
    learn(store, { ...CLOSING, markers: [] });
    await loops.look();
    assert.deepEqual(unreadOf(store), [{ id: place, reason: 'badResponse' }]);

    machine.broken.clear();
    if (then === 'gone') machine.broken.set(place, new ServiceError('notFound', 'deleted'));
    if (then === 'told') machine.said.set(place, [word('U02KAI', CLOSED + 1)]);
    if (then === 'takenBack')
      store.append({ id: 'u', at: NOW, signalIds: [], event: { type: 'undone', entryId: 'c' } });
    for (const _ of [1, 2]) {
      machine.asked.length = 0;
      machine.now += 60 * 60_000;
      await loops.look();
    }
    assert.deepEqual([waiting(store), machine.asked], [[], []], then);
  }
});

test('a place that is gone is left out, and so is one of which the team watches nothing', async (t) => {
  const machine = new Machine(t);
  machine.broken.set(THREAD, new ServiceError('notFound', 'deleted'));
  const { store, loops } = machine.window();
  learn(store, { ...CLOSING, markers: [THREAD, ORIGIN, 'pagerduty:Q1ABC'] });
  await loops.look();
  assert.deepEqual([waiting(store), unreadOf(store)], [[ORIGIN_REPLY], undefined]);
});

test('opened again before anybody approved, the drafts go; closed again there are new ones', async (t) => {
  const machine = new Machine(t);
  const { store, loops } = machine.window();
  learn(store, CLOSING);
  await loops.look();
  learn(store, 'open');
  await loops.look();
  assert.deepEqual(waiting(store), []);

  const again = { ...CLOSING, closedAt: CLOSED + 60_000 };
  learn(store, again);
  await loops.look();
  assert.deepEqual(waiting(store), [`closeLoop:${loopId(again, ORIGIN)}`, `closeLoop:${loopId(again, THREAD)}`]);
});

test('a closing that is forgotten, as when one signs out, takes no draft back', async (t) => {
  const machine = new Machine(t);
  const { store, loops } = machine.window();
  learn(store, CLOSING);
  await loops.look();
  store.forgetSignals();
  await loops.look();
  assert.equal(waiting(store).length, 2);
});

for (const [name, over] of [
  ['a teammate told them', { voices: [{ id: 'U02KAI', name: 'Kai', firstAt: 1, lastAt: CLOSED + 1 }] }],
  ['the reply of another machine is there', { markers: [loopId(CLOSING, THREAD)] }],
] as const)
  test(`a draft goes when ${name}, with no request`, async (t) => {
    const machine = new Machine(t);
    const { store, loops } = machine.window();
    learn(store, CLOSING);
    await loops.look();
    machine.asked.length = 0;
    heard(store, { voices: [{ id: 'U02KAI', name: 'Kai', firstAt: 1, lastAt: CLOSED - 1 }] });
    await loops.look();
    assert.equal(waiting(store).length, 2);

    heard(store, over);
    machine.onDuty = false;
    await loops.look();
    assert.deepEqual([waiting(store), machine.asked], [[ORIGIN_REPLY], []]);
  });

test('a window that closes while it reads drafts nothing, and says nothing of it', async (t) => {
  const machine = new Machine(t);
  const { store, loops } = machine.window();
  learn(store, CLOSING);
  const looking = loops.look();
  loops.stop();
  store.close();
  await looking;
  await loops.look();
  assert.deepEqual(waiting(machine.window('B').store), []);
});

test('what was approved is not taken back', async (t) => {
  const machine = new Machine(t);
  const { store, loops } = machine.window();
  learn(store, CLOSING);
  await loops.look();
  const stored = store.proposals().get(THREAD_REPLY);
  assert.ok(stored !== undefined);
  store.saveProposal({ ...stored, approvedAt: NOW });
  learn(store, 'open');
  await loops.look();
  assert.deepEqual(waiting(store), [THREAD_REPLY]);
});

test('what a person typed is not taken back, in another window neither; what they left as it was is', async (t) => {
  const machine = new Machine(t);
  const { store, loops } = machine.window();
  learn(store, CLOSING);
  await loops.look();
  const stored = store.proposals().get(THREAD_REPLY);
  assert.ok(stored !== undefined);
  const [said] = wordsOf(stored.proposal);
  assert.ok(said !== undefined);
  const rewritten = withWords(stored.proposal, new Map([[said.text, 'Fixed, thank you Ines!']]));
  store.saveProposal({ ...stored, proposal: rewritten });
  heard(store, { markers: [loopId(CLOSING, THREAD)] });
  learn(store, 'open');
  await loops.look();
  const other = machine.window('B');
  await other.loops.look();
  assert.deepEqual(waiting(other.store), [THREAD_REPLY]);
});
