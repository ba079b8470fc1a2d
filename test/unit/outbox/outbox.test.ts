import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { writeMarker } from '../../../src/core/marker.ts';
import type { CreatedIssue, Outcome, Proposal, StoredProposal, Write } from '../../../src/core/proposal.ts';
import { createOutbox, type Outbox } from '../../../src/outbox/outbox.ts';
import { ServiceError, type WriteContext, type Writer } from '../../../src/services/service.ts';
import type { SqliteStore } from '../../../src/store/sqliteStore.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

const ISSUE: CreatedIssue = {
  repository: 'acme/app',
  number: 12,
  url: 'https://github.example/acme/app/issues/12',
  nodeId: 'I_1',
  databaseId: 1,
};

const STEPS: readonly Write[] = [
  {
    type: 'createIssue',
    repository: 'acme/app',
    title: 'Sync stops',
    body: 'body',
    labels: [],
    assignees: [],
    marker: writeMarker('item', 'slack:C1:1.2'),
    since: 0,
  },
  { type: 'addToBoard', owner: 'acme', number: 213, priority: undefined, timebox: undefined },
  {
    type: 'replyInThread',
    channel: 'C1',
    threadTs: '1.2',
    markdown: 'Planned as {{issue}}: {{issueUrl}}',
    marker: writeMarker('reply', 'slack:C1:1.2'),
  },
];

function proposal(clock: FakeClock, over: Partial<Proposal> = {}): Proposal {
  return {
    id: 'p1',
    createdAt: clock.now(),
    kind: 'convert',
    signalIds: ['slack:C1:1.2'],
    title: 'Sync stops',
    steps: STEPS,
    decision: { timeboxMinutes: 240, priority: 'high' },
    undoes: undefined,
    ...over,
  };
}

/** GitHub and Slack as the writers see them: what was written stays, and a fault may be put before or after a write. */
class Outside {
  readonly written: { readonly write: Write; readonly at: number; readonly issue: CreatedIssue | undefined }[] = [];
  readonly looks: Write['type'][] = [];
  before: (write: Write) => void | Promise<void> = () => undefined;
  after: (write: Write) => void | Promise<void> = () => undefined;
  looking: (write: Write) => void = () => undefined;
  /** How what is found would be taken back. */
  undo: readonly Write[] = [];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  writers(): readonly Writer[] {
    const find = async (write: Write): Promise<Outcome | undefined> => {
      this.looks.push(write.type);
      this.looking(write);
      return this.count(write.type) > 0 ? { ...outcomeOf(write), undo: this.undo } : undefined;
    };
    const apply = async (write: Write, { issue }: WriteContext): Promise<Outcome> => {
      await this.before(write);
      this.written.push({ write, at: this.#clock.now(), issue });
      await this.after(write);
      return outcomeOf(write);
    };
    return [
      { service: 'github', types: ['createIssue', 'addToBoard', 'commentOnIssue'], find, apply },
      { service: 'slack', types: ['replyInThread', 'postMessage'], find, apply },
    ];
  }

  count(type: Write['type']): number {
    return this.written.filter(({ write }) => write.type === type).length;
  }
}

function outcomeOf(write: Write): Outcome {
  return { url: ISSUE.url, issue: write.type === 'createIssue' ? ISSUE : undefined, warnings: [], undo: [] };
}

function convertedIn(store: SqliteStore): readonly JournalEntry[] {
  return store.journal().filter(({ event }) => event.type === 'converted');
}

/** The steps that the journal says are written, each once. */
function writtenIn(store: SqliteStore): readonly number[] {
  const steps = store
    .journal()
    .flatMap(({ event }) => (event.type === 'attempted' && event.result !== 'failed' ? [event.step] : []));
  return [...new Set(steps)].toSorted((a, b) => a - b);
}

interface World {
  readonly clock: FakeClock;
  readonly outside: Outside;
  readonly log: string[];
  readonly dry: { is: boolean };
  readonly open: (holder: string, wrap?: (store: SqliteStore) => void) => { store: SqliteStore; outbox: Outbox };
  /** Runs the clock until the work is done. */
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

function world(t: TestContext): World {
  const folder = tempFolder(t);
  const clock = new FakeClock();
  const outside = new Outside(clock);
  const log: string[] = [];
  const add = (line: string): void => void log.push(line);
  const dry = { is: false };
  return {
    clock,
    dry,
    outside,
    log,
    open: (holder, wrap = () => undefined) => {
      const store = openWindow(t, folder, clock.now);
      wrap(store);
      const logger = { debug: add, info: add, warn: add, error: add };
      return {
        store,
        outbox: createOutbox({ store, writers: outside.writers(), clock, log: logger, holder, dryRun: () => dry.is }),
      };
    },
    run: async (work) => {
      let isOver = false;
      const over = work.then(
        () => (isOver = true),
        () => (isOver = true),
      );
      for (let second = 0; second < 200 && !isOver; second += 1) await clock.advance(1000);
      await over;
      return work;
    },
  };
}

function statuses(stored: StoredProposal | undefined): string[] {
  return stored?.states.map(({ status }) => status) ?? [];
}

test('the steps are applied in order, each once, with the issue filled in and recorded', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { store, outbox } = open('w1');
  const stored = await run(outbox.submit(proposal(clock)));
  assert.deepEqual(statuses(stored), ['done', 'done', 'done']);
  assert.deepEqual(
    outside.written.map(({ write }) => write.type),
    ['createIssue', 'addToBoard', 'replyInThread'],
  );
  assert.deepEqual(
    outside.written.map(({ issue }) => issue?.number),
    [undefined, 12, 12],
  );
  const reply = outside.written[2]?.write;
  assert.equal(reply?.type === 'replyInThread' && reply.markdown, `Planned as acme/app#12: ${ISSUE.url}`);
  assert.deepEqual(
    store.journal().map(({ event }) => (event.type === 'attempted' ? `${event.write} ${event.result}` : event.type)),
    ['converted', 'createIssue done', 'addToBoard done', 'replyInThread done'],
  );
  assert.ok(store.journal().every(({ signalIds }) => signalIds.join() === 'slack:C1:1.2'));
  assert.deepEqual(outside.looks, [], 'a new proposal is looked for nowhere');
  assert.deepEqual(outbox.unfinished(), []);
  const [first, second] = outside.written;
  assert.ok((second?.at ?? 0) - (first?.at ?? 0) >= 1000, 'a second between two writes to GitHub');
});

test('it is stored before anything is sent, and each step is stored as sending before it is', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  const reader = open('w2').store;
  const seen: string[][] = [];
  outside.before = () => {
    reader.follow();
    seen.push(statuses(reader.proposals().get('p1')));
  };
  await run(outbox.submit(proposal(clock)));
  assert.deepEqual(seen, [
    ['sending', 'waiting', 'waiting'],
    ['done', 'sending', 'waiting'],
    ['done', 'done', 'sending'],
  ]);
});

/** The window dies at the n-th write to its store: before it reaches the file, or after. Nothing of it runs any more. */
function dying(n: number, when: 'before' | 'after'): (store: SqliteStore) => void {
  return (store) => {
    let writes = 0;
    const die = (): never => {
      throw new Error('the window died');
    };
    for (const method of ['saveProposal', 'append'] as const) {
      const real = store[method].bind(store) as (value: never) => void;
      store[method] = (value: unknown) => {
        writes += 1;
        if (writes > n || (writes === n && when === 'before')) die();
        real(value as never);
        if (writes === n) die();
      };
    }
  };
}

// Submit, then for each of three steps sending, its attempt and done, and the journal's entry: eleven writes.
for (let n = 1; n <= 11; n += 1) {
  for (const when of ['before', 'after'] as const) {
    test(`a window that dies ${when} its write ${n} to the store: the next one ends with each step written once`, async (t) => {
      const { clock, outside, open, run } = world(t);
      const crashed = open('w1', dying(n, when));
      await assert.rejects(run(crashed.outbox.submit(proposal(clock))), /died/u);
      const { store, outbox } = open('w2');
      await clock.advance(15_000);
      for (const { proposal: one } of outbox.unfinished()) await run(outbox.resume(one.id));
      if (store.proposals().size === 0) {
        assert.deepEqual([n, when, outside.written.length], [1, 'before', 0], 'nothing stored, nothing sent');
        return;
      }
      assert.deepEqual(statuses(store.proposals().get('p1')), ['done', 'done', 'done']);
      assert.deepEqual(outside.written.map(({ write }) => write.type).toSorted(), [
        'addToBoard',
        'createIssue',
        'replyInThread',
      ]);
      assert.equal(convertedIn(store).length, 1);
      assert.deepEqual(writtenIn(store), [0, 1, 2], 'the journal tells of every step');
      assert.deepEqual(outbox.unfinished(), []);
    });
  }
}

const lost: readonly [string, Write['type'], 'before' | 'after'][] = [
  ['the request is lost', 'createIssue', 'before'],
  ['the reply is lost', 'createIssue', 'after'],
  ['the request of a later step is lost', 'replyInThread', 'before'],
  ['the reply of a later step is lost', 'replyInThread', 'after'],
];
for (const [name, type, when] of lost) {
  test(`${name}: the step fails, not for good, and a second try writes it once`, async (t) => {
    const { clock, outside, open, run, log } = world(t);
    const { store, outbox } = open('w1');
    const index = STEPS.findIndex((step) => step.type === type);
    outside[when] = (write) => {
      if (write.type === type) throw new ServiceError('offline', 'socket hang up');
    };
    const failed = await run(outbox.submit(proposal(clock)));
    const state = {
      status: 'failed',
      reason: 'offline',
      message: 'socket hang up',
      permanent: false,
      retryAt: undefined,
    };
    assert.deepEqual(failed.states[index], state);
    assert.deepEqual(outbox.unfinished(), [failed]);
    assert.deepEqual(log, [`outbox: ${type}: offline: socket hang up`]);

    outside[when] = () => undefined;
    const done = await run(outbox.resume('p1'));
    assert.deepEqual(statuses(done), ['done', 'done', 'done']);
    assert.equal(outside.count(type), 1);
    assert.equal(outside.written.length, 3);
    assert.deepEqual(outside.looks, [type], 'only the step that failed is looked for');
    assert.equal(convertedIn(store).length, 1);
    assert.deepEqual(writtenIn(store), [0, 1, 2]);
  });
}

test('while it cannot be looked for, it is not written again', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  outside.after = () => {
    throw new ServiceError('offline', 'gone');
  };
  await run(outbox.submit(proposal(clock)));
  outside.looking = () => {
    throw new ServiceError('forbidden', 'search is off');
  };
  const failed = await run(outbox.resume('p1'));
  const state = {
    status: 'failed',
    reason: 'forbidden',
    message: 'search is off',
    permanent: false,
    retryAt: undefined,
  };
  assert.deepEqual(failed.states[0], state);
  assert.equal(outside.written.length, 1);
  outside.looking = outside.after = () => undefined;
  assert.deepEqual(statuses(await run(outbox.resume('p1'))), ['done', 'done', 'done']);
  assert.equal(outside.count('createIssue'), 1);
});

test('a write that gets no answer is given up after a minute, and looked for before it is tried again', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  outside.after = () => new Promise(() => undefined);
  const failed = await run(outbox.submit(proposal(clock)));
  assert.equal(failed.states[0]?.status === 'failed' && failed.states[0].reason, 'offline');
  outside.after = () => undefined;
  await run(outbox.resume('p1'));
  assert.equal(outside.count('createIssue'), 1);
});

test('a refusal is permanent and stops the steps after it', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  outside.before = (write) => {
    if (write.type === 'addToBoard') throw new ServiceError('forbidden', 'no access to the project');
  };
  const stored = await run(outbox.submit(proposal(clock)));
  assert.deepEqual(statuses(stored), ['done', 'failed', 'waiting']);
  assert.equal(stored.states[1]?.status === 'failed' && stored.states[1].permanent, true);
});

test('a step that no service writes is refused', async (t) => {
  const { clock, open, run } = world(t);
  const { outbox } = open('w1');
  const plan: Write = { type: 'planIssue', repository: 'acme/app', number: 1, labels: [], assignees: [] };
  const stored = await run(outbox.submit(proposal(clock, { steps: [plan] })));
  assert.equal(stored.states[0]?.status === 'failed' && stored.states[0].reason, 'refused');
});

test('cancelled between steps: what is done stays done, the rest can go on later', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  const cancel = new AbortController();
  outside.after = () => cancel.abort();
  assert.deepEqual(statuses(await run(outbox.submit(proposal(clock), cancel.signal))), ['done', 'waiting', 'waiting']);
  assert.deepEqual(statuses(await run(outbox.resume('p1'))), ['done', 'done', 'done']);
  assert.equal(outside.written.length, 3);
});

test('submitted or resumed several times at once, in one window or two, it is written once', async (t) => {
  const { clock, outside, open, run } = world(t);
  const one = open('w1');
  const two = open('w2');
  const first = one.outbox.submit(proposal(clock));
  const again = one.outbox.submit(proposal(clock));
  const other = two.outbox.resume('p1');
  assert.deepEqual(statuses(await other), ['waiting', 'waiting', 'waiting']);
  assert.deepEqual(two.outbox.unfinished(), [], 'another window is at it');
  assert.equal(two.outbox.drop('p1'), false);
  const [a, b] = await run(Promise.all([first, again]));
  assert.deepEqual(a, b);
  await run(one.outbox.submit(proposal(clock)));
  await run(two.outbox.resume('p1'));
  assert.equal(outside.written.length, 3);
  assert.equal(convertedIn(one.store).length, 1);
  assert.equal(one.store.journal().length, 4, 'one attempt a step');
});

test('a slow write keeps its proposal: no other window takes it over', async (t) => {
  const { clock, outside, open, run } = world(t);
  let finish: () => void = () => undefined;
  outside.before = () => new Promise((resolve) => (finish = resolve));
  const one = open('w1').outbox.submit(proposal(clock));
  await clock.advance(50_000);
  const two = open('w2').outbox;
  assert.deepEqual(two.unfinished(), []);
  assert.deepEqual(statuses(await two.resume('p1')), ['sending', 'waiting', 'waiting']);
  outside.before = () => undefined;
  finish();
  await run(one);
  assert.equal(outside.written.length, 3);
});

test('a window that died frees its proposals within fifteen seconds', async (t) => {
  const { clock, outside, open } = world(t);
  outside.before = () => new Promise(() => undefined);
  const dead = open('w1');
  void dead.outbox.submit(proposal(clock)).catch(() => undefined);
  await settle();
  dead.store.close();
  const { outbox } = open('w2');
  assert.deepEqual(outbox.unfinished(), []);
  await clock.advance(15_000);
  assert.deepEqual(
    outbox.unfinished().map(({ proposal: { id } }) => id),
    ['p1'],
  );
});

test('a store that cannot be written sends nothing', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { store, outbox } = open('w1');
  t.mock.method(store, 'saveProposal', () => {
    throw new Error('disk full');
  });
  await assert.rejects(run(outbox.submit(proposal(clock))), /disk full/u);
  assert.equal(outside.written.length, 0);
});

test('dropped is forgotten, what it wrote stays; an unknown one cannot be resumed', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  outside.before = (write) => {
    if (write.type === 'addToBoard') throw new ServiceError('refused', 'no');
  };
  await run(outbox.submit(proposal(clock)));
  assert.equal(outbox.drop('p1'), true);
  assert.deepEqual(outbox.stored(), []);
  await assert.rejects(outbox.resume('p1'), /no proposal/u);
  assert.equal(outside.count('createIssue'), 1);
});

test('a look tells what an unfinished step left outside, and writes nothing', async (t) => {
  for (const arrived of [true, false]) {
    const { clock, outside, open, run } = world(t);
    const { store, outbox } = open('w1');
    const fault = (): never => {
      throw new ServiceError('offline', 'no answer');
    };
    if (arrived) outside.after = fault;
    else outside.before = fault;
    await run(outbox.submit(proposal(clock)));
    outside.looking = fault;
    assert.deepEqual(statuses(await run(outbox.look('p1'))), ['failed', 'waiting', 'waiting'], 'nobody can tell');
    outside.looking = () => undefined;
    const looked = await run(outbox.look('p1'));
    assert.deepEqual(statuses(looked), [arrived ? 'done' : 'waiting', 'waiting', 'waiting']);
    assert.equal(outside.written.length, arrived ? 1 : 0);
    assert.equal(convertedIn(store).length, arrived ? 1 : 0);
    const { length } = outside.looks;
    await run(outbox.look('p1'));
    assert.equal(outside.looks.length, length, 'what waits cannot be outside');
  }
});

test('approved, or submitted again, while it is looked for, it is sent after the look, also when that fails', async (t) => {
  for (const how of ['approve', 'submit'] as const)
    for (const canTell of [true, false]) {
      const { clock, outside, open, run } = world(t);
      const { store, outbox } = open('w1');
      const message = proposal(clock, { steps: STEPS.slice(2) });
      outside.before = () => {
        throw new ServiceError('offline', 'no answer');
      };
      await run(outbox.submit(message));
      await clock.advance(2 * 3_600_000);
      outside.before = () => undefined;
      outside.looking = () => {
        outside.looking = () => undefined;
        if (!canTell) throw new ServiceError('offline', 'no answer');
      };
      const look = outbox.look('p1');
      const asked = clock.now();
      const sent = how === 'approve' ? outbox.approve('p1') : outbox.submit(message, undefined, asked);
      await run(look);
      assert.deepEqual(statuses(await run(sent)), ['done'], how);
      assert.equal(outside.count('replyInThread'), 1);
      assert.equal(store.proposals().get('p1')?.approvedAt, asked);
    }
});

test('finished proposals are kept for a week, unfinished ones until they are dropped', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  await run(outbox.submit(proposal(clock)));
  outside.before = () => {
    throw new ServiceError('offline', 'gone');
  };
  await run(outbox.submit(proposal(clock, { id: 'p2' })));
  await clock.advance(6 * 86_400_000);
  assert.deepEqual(
    open('w2')
      .outbox.stored()
      .map((each) => each.proposal.id),
    ['p1', 'p2'],
  );
  await clock.advance(2 * 86_400_000);
  assert.deepEqual(
    open('w3')
      .outbox.stored()
      .map((each) => each.proposal.id),
    ['p2'],
  );
});

test('a handoff that is posted is recorded under its id', async (t) => {
  const { clock, open, run } = world(t);
  const { store, outbox } = open('w1');
  const marker = writeMarker('handoff', 'h1');
  const steps: Write[] = [{ type: 'postMessage', channel: 'internal', markdown: '# Notes', marker, since: 0 }];
  await run(outbox.submit(proposal(clock, { kind: 'postHandoff', decision: undefined, signalIds: [], steps })));
  const [posted, attempt] = store.journal().map(({ event }) => event);
  assert.deepEqual(posted, { type: 'handoffPosted', handoffId: 'h1', where: 'slack', url: ISSUE.url });
  assert.equal(attempt?.type, 'attempted');
});

test('what nobody has approved is not sent, may be rewritten, and is sent when it is approved', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  outbox.propose(proposal(clock));
  assert.deepEqual(statuses(await run(outbox.resume('p1'))), ['waiting', 'waiting', 'waiting']);
  await run(outbox.goOn());
  assert.equal(outside.written.length, 0);
  assert.equal(outbox.revise(proposal(clock, { title: 'Rewritten' })), true);
  const done = await run(outbox.approve('p1'));
  assert.equal(done.proposal.title, 'Rewritten');
  assert.deepEqual(statuses(done), ['done', 'done', 'done']);
  assert.equal(outbox.revise(proposal(clock)), false, 'it is outside');
});

test('in a dry run nothing leaves, whoever asks', async (t) => {
  const { clock, outside, open, run, dry } = world(t);
  const { outbox } = open('w1');
  dry.is = true;
  assert.deepEqual(statuses(await run(outbox.submit(proposal(clock)))), ['waiting', 'waiting', 'waiting']);
  await run(outbox.approve('p1'));
  await run(outbox.goOn());
  assert.equal(outside.written.length, 0);
  dry.is = false;
  await run(outbox.goOn());
  assert.equal(outside.written.length, 0, 'it was never approved');
  await run(outbox.approve('p1'));
  assert.equal(outside.written.length, 3);
});

test('what a missing connection stopped goes on by itself within an hour, and asks after it', async (t) => {
  for (const [pauseMs, goesOn] of [
    [59 * 60_000, true],
    [61 * 60_000, false],
  ] as const) {
    const { clock, outside, open, run } = world(t);
    const { outbox } = open('w1');
    outside.before = () => {
      throw new ServiceError('offline', 'no connection');
    };
    await run(outbox.submit(proposal(clock)));
    outside.before = () => undefined;
    await clock.advance(pauseMs);
    await run(outbox.goOn());
    assert.equal(outside.written.length, goesOn ? 3 : 0);
    if (!goesOn) assert.deepEqual(statuses(await run(outbox.approve('p1'))), ['done', 'done', 'done']);
  }
});

test('a window that was closed for hours between two steps asks before the second', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  const cancel = new AbortController();
  outside.after = () => cancel.abort();
  await run(outbox.submit(proposal(clock), cancel.signal));
  await clock.advance(3 * 3_600_000);
  await run(outbox.goOn());
  await run(outbox.resume('p1'));
  assert.equal(outside.written.length, 1);
  await run(outbox.approve('p1'));
  assert.equal(outside.written.length, 3);
});

test('a refusal waits for a person; a service that asked to wait is tried again when it said', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  const retryAt = clock.now() + 90 * 60_000;
  outside.before = () => {
    throw new ServiceError('rateLimited', '429', { retryAt });
  };
  await run(outbox.submit(proposal(clock)));
  outside.before = () => undefined;
  await clock.advance(80 * 60_000);
  await run(outbox.goOn());
  assert.equal(outside.written.length, 0, 'not before');
  await clock.advance(11 * 60_000);
  await run(outbox.goOn());
  assert.equal(outside.written.length, 3, 'its own wait is no pause of ours');
});

test('what its service refused is rewritten and waits anew; what may have arrived is not', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  const failWith = (reason: 'forbidden' | 'offline') => (): void => {
    throw new ServiceError(reason, 'no');
  };
  const one = proposal(clock, { steps: STEPS.slice(2) });
  outside.before = failWith('forbidden');
  assert.deepEqual(statuses(await run(outbox.submit(one))), ['failed']);
  assert.equal(outbox.revise({ ...one, title: 'Rewritten' }), true);
  const [waiting] = outbox.stored();
  assert.deepEqual(
    [waiting?.proposal.title, waiting?.approvedAt, statuses(waiting)],
    ['Rewritten', undefined, ['waiting']],
  );
  outside.before = failWith('offline');
  await run(outbox.approve(one.id));
  assert.equal(outbox.revise(one), false);
});

test('what every machine proposes alike is looked for before it is written; of somebody else’s nothing is taken back', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { store, outbox } = open('w1');
  const steps = STEPS.slice(2);
  const reply = (id: string): Proposal => proposal(clock, { id, kind: 'closeLoop', steps, decision: undefined });
  assert.equal(await run(outbox.isOutside(reply('a'))), false);
  await run(outbox.submit(reply('a')));
  assert.deepEqual([outside.count('replyInThread'), outside.looks.length], [1, 2]);
  assert.equal(await run(outbox.isOutside(reply('a'))), true);

  // Another machine's, as far as this one knows.
  outside.undo = [{ type: 'deleteMessage', channel: 'C1', ts: '1.3' }];
  const stored = await run(outbox.submit(reply('b')));
  assert.deepEqual(statuses(stored), ['done']);
  assert.equal(outside.count('replyInThread'), 1);
  const [state] = stored.states;
  assert.deepEqual(state?.status === 'done' && state.outcome.undo, []);
  assert.equal(store.journal().filter(({ event }) => event.type === 'attempted' && event.result === 'found').length, 1);
});

test('an approval that is taken back sends nothing more by itself', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { outbox } = open('w1');
  outside.before = () => {
    throw new ServiceError('offline', 'no');
  };
  const { proposal: one } = await run(outbox.submit(proposal(clock)));
  outbox.withhold(one.id);
  outside.before = () => undefined;
  await run(outbox.goOn());
  assert.equal(outside.written.length, 0);
  assert.deepEqual(statuses(await run(outbox.approve(one.id))), ['done', 'done', 'done']);
});

test('what another window wrote meanwhile is neither rewritten nor forgotten', async (t) => {
  const { clock, outside, open, run } = world(t);
  const here = open('w1');
  const there = open('w2');
  const one = here.outbox.propose(proposal(clock)).proposal;
  there.store.follow();
  outside.before = () => {
    if (outside.written.length === 1) throw new ServiceError('offline', 'no');
  };
  assert.deepEqual(statuses(await run(there.outbox.approve(one.id))), ['done', 'failed', 'waiting']);

  assert.equal(here.outbox.revise({ ...one, title: 'Rewritten' }), false);
  here.outbox.withhold(one.id);
  assert.deepEqual(statuses(here.outbox.stored()[0]), ['done', 'failed', 'waiting']);
});

test('while a text is put in the place of another no window can begin it, and afterwards each can', (t) => {
  const { clock, open } = world(t);
  const here = open('w1');
  const there = open('w2');
  const one = here.outbox.propose(proposal(clock)).proposal;
  const mayBegin = (): boolean => there.store.takeLease(`proposal:${one.id}`, 'w2', 15_000);
  const begun: boolean[] = [];
  const save = here.store.saveProposal.bind(here.store);
  here.store.saveProposal = (stored) => {
    begun.push(mayBegin());
    save(stored);
  };
  assert.equal(here.outbox.revise({ ...one, title: 'Rewritten' }), true);
  assert.deepEqual([...begun, mayBegin()], [false, true]);
});

test('a text that cannot be stored leaves its proposal to every window', (t) => {
  const { clock, open } = world(t);
  const here = open('w1');
  const there = open('w2');
  const one = here.outbox.propose(proposal(clock)).proposal;
  here.store.saveProposal = () => {
    throw new Error('database is locked');
  };
  assert.throws(() => here.outbox.revise({ ...one, title: 'Rewritten' }), /locked/u);
  assert.equal(there.store.takeLease(`proposal:${one.id}`, 'w2', 15_000), true);
});

test('each try is told with the service’s own words; of tries that fail alike the first, second, fourth, eighth', async (t) => {
  const { clock, outside, open, run } = world(t);
  const { store, outbox } = open('w1');
  const fail = (reason: 'offline' | 'serverError' | 'forbidden', message: string): void => {
    const failing = (): never => {
      throw new ServiceError(reason, message);
    };
    outside.before = failing;
    outside.looking = failing;
  };
  const told = (): readonly unknown[] =>
    store
      .journal()
      .flatMap(({ event }) =>
        event.type === 'attempted' ? [[event.result, event.tries, event.isLook, event.message]] : [],
      );
  fail('offline', 'no answer');
  await run(outbox.submit(proposal(clock, { steps: STEPS.slice(2) })));
  for (let index = 0; index < 6; index += 1) await run(outbox.goOn());
  fail('serverError', 'answered 502');
  for (let index = 0; index < 3; index += 1) await run(outbox.goOn());
  fail('forbidden', 'scope\n\u202emissing');
  await run(outbox.goOn());
  fail('offline', 'no answer');
  await run(outbox.approve('p1'));
  await run(open('w2').outbox.goOn());
  outside.before = () => undefined;
  outside.looking = () => undefined;
  await run(outbox.goOn());
  assert.deepEqual(told(), [
    ['failed', undefined, undefined, 'no answer'],
    ['failed', 2, true, 'no answer'],
    ['failed', 4, true, 'no answer'],
    ['failed', 8, true, 'answered 502'],
    ['failed', undefined, true, 'scope missing'],
    ['failed', undefined, true, 'no answer'],
    ['failed', 2, true, 'no answer'],
    ['done', 3, undefined, undefined],
  ]);
});

test('what holds a proposal back while it is looked for, or tried, counts, whichever window it comes from', async (t) => {
  const { clock, outside, open, run } = world(t);
  const here = open('w1');
  const there = open('w2');
  const one = proposal(clock, { steps: STEPS.slice(2) });
  const approvedAt = (): number | undefined => {
    here.store.follow();
    return here.outbox.stored()[0]?.approvedAt;
  };
  outside.before = () => {
    throw new ServiceError('offline', 'no');
  };
  await run(here.outbox.submit(one));
  outside.looking = () => there.outbox.withhold(one.id);
  await run(here.outbox.look(one.id));
  assert.equal(approvedAt(), undefined, 'held back during a look');

  outside.looking = () => undefined;
  for (const held of [false, false, true]) {
    outside.before = () => {
      if (held) there.outbox.withhold(one.id);
      throw new ServiceError('offline', 'no');
    };
    await run(here.outbox.approve(one.id));
    assert.equal(approvedAt() === undefined, held, 'held back during a try, of which the journal need not tell');
  }
});
