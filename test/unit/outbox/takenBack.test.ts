import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { noUndoOf, undo } from '../../../src/actions/undo.ts';
import { proposalPhase } from '../../../src/core/approval.ts';
import type { CreatedIssue, Outcome, Proposal, StoredProposal, Write } from '../../../src/core/proposal.ts';
import { createOutbox } from '../../../src/outbox/outbox.ts';
import { ServiceError, type WriteContext, type Writer } from '../../../src/services/service.ts';
import { proposal } from '../../support/build.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

const ISSUE: CreatedIssue = {
  repository: 'acme/app',
  number: 12,
  url: 'https://github.example/12',
  nodeId: 'I',
  databaseId: 1,
};
const CLOSE: Write = { type: 'closeIssue', repository: 'acme/app', number: 12, reason: 'notPlanned' };
const OFF_BOARD: Write = { type: 'removeFromBoard', projectId: 'P', contentId: 'I' };
const STEPS: readonly Write[] = [
  {
    type: 'createIssue',
    repository: 'acme/app',
    title: 'Sync stops',
    body: 'b',
    labels: [],
    assignees: [],
    marker: 'm',
    since: 0,
  },
  { type: 'addToBoard', owner: 'acme', number: 213, priority: undefined, timebox: undefined },
  { type: 'replyInThread', channel: 'C1', threadTs: '1.2', markdown: 'Planned as {{issue}}.', marker: 'm' },
];

function conversion(clock: FakeClock, over: Partial<Proposal> = {}): Proposal {
  const of = { kind: 'convert', signalIds: ['slack:C1:1.2'], title: 'Sync stops' } as const;
  return proposal({ ...of, id: 'p1', createdAt: clock.now(), steps: STEPS, ...over });
}

/** A window whose services do as `fault` says before each write; `lost` ones write, and nobody hears of it. */
function desk(t: TestContext) {
  const clock = new FakeClock();
  const store = openWindow(t, tempFolder(t), () => clock.now());
  const world = {
    clock,
    written: [] as Write['type'][],
    /** What fails before it is written. */
    fails: new Map<Write['type'], ServiceError>(),
    /** What is written though nobody hears of it. */
    lost: new Set<Write['type']>(),
    /** Runs while a write is on its way. */
    during: undefined as ((write: Write) => void) | undefined,
  };
  const apply = async (write: Write, { begins }: WriteContext): Promise<Outcome> => {
    if (write.type === 'addToBoard') begins?.([OFF_BOARD]);
    const failure = world.fails.get(write.type);
    if (failure !== undefined) throw failure;
    world.written.push(write.type);
    world.during?.(write);
    if (world.lost.has(write.type)) throw new ServiceError('offline', 'no answer');
    return outcomeOf(write);
  };
  const find = async (write: Write): Promise<Outcome | undefined> =>
    world.written.includes(write.type) ? outcomeOf(write) : undefined;
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const types = [...STEPS.map(({ type }) => type), 'closeIssue', 'commentOnIssue', 'removeFromBoard'] as const;
  const writers: readonly Writer[] = [{ service: 'github', types, find, apply }];
  const outbox = createOutbox({ store, writers, clock, log, holder: 'w', dryRun: () => false });
  /** Runs the clock until the work is done. */
  const run = async <T>(work: Promise<T>): Promise<T> => {
    let isOver = false;
    const over = work.finally(() => (isOver = true)).catch(() => undefined);
    for (let second = 0; second < 200 && !isOver; second += 1) await clock.advance(1000);
    await over;
    return work;
  };
  const storedAs = (id = 'p1'): StoredProposal | undefined =>
    outbox.stored().find(({ proposal }) => proposal.id === id);
  const backOf = (stored: StoredProposal): Proposal => {
    const back = undo(stored, { id: 'u1', now: clock.now() });
    assert.ok(back !== undefined);
    return back;
  };
  return { ...world, world, outbox, run, find: storedAs, backOf };
}

function outcomeOf({ type }: Write): Outcome {
  const issue = type === 'createIssue' ? ISSUE : undefined;
  const undoes: { readonly [Type in Write['type']]?: readonly Write[] } = {
    createIssue: [CLOSE],
    addToBoard: [OFF_BOARD],
  };
  return { url: ISSUE.url, issue, warnings: [], undo: undoes[type] ?? [] };
}

function typesOf(stored: StoredProposal | undefined): readonly Write['type'][] | undefined {
  return stored?.proposal.steps.map(({ type }) => type);
}

for (const [what, failure] of [
  ['put off', new ServiceError('rateLimited', 'later', { retryAt: Date.UTC(2026, 10, 16, 9, 2) })],
  ['refused', new ServiceError('forbidden', 'no')],
] as const)
  test(`a reply that was ${what} is not sent after what it speaks of was taken back`, async (t) => {
    const { outbox, clock, run, fails, find, backOf, written } = desk(t);
    fails.set('replyInThread', failure);
    await run(outbox.submit(conversion(clock)));
    const back = backOf(await run(outbox.stop('p1')));
    await run(outbox.submit(back));
    fails.clear();
    for (const _ of [1, 2, 3]) {
      await clock.advance(120_000);
      await run(outbox.goOn());
    }
    await run(outbox.approve('p1'));
    assert.deepEqual(written, ['createIssue', 'addToBoard', 'removeFromBoard', 'commentOnIssue', 'closeIssue']);
    assert.deepEqual(typesOf(find()), ['createIssue', 'addToBoard']);
    assert.equal(proposalPhase(find() ?? assert.fail(), clock.now()), 'done');
  });

test('while it is asked whether to take it back, what is left waits; nothing of it is lost when it is not', async (t) => {
  const { outbox, clock, run, fails, find, backOf, written } = desk(t);
  fails.set('replyInThread', new ServiceError('offline', 'away'));
  await run(outbox.submit(conversion(clock)));
  outbox.propose(backOf(await run(outbox.stop('p1'))));
  fails.clear();
  await run(outbox.goOn());
  assert.deepEqual(written, ['createIssue', 'addToBoard']);
  outbox.drop('u1');
  assert.deepEqual(typesOf(find()), ['createIssue', 'addToBoard', 'replyInThread']);
  await run(outbox.approve('p1'));
  assert.equal(written.at(-1), 'replyInThread');
});

test('what is on its way when it is stopped comes to its end, and the rest waits', async (t) => {
  const { world, outbox, clock, run, written } = desk(t);
  let stopped: Promise<StoredProposal> | undefined;
  world.during = ({ type }) => {
    if (type === 'createIssue') stopped = outbox.stop('p1');
  };
  await run(outbox.submit(conversion(clock)));
  assert.deepEqual(
    (await stopped)?.states.map(({ status }) => status),
    ['done', 'waiting', 'waiting'],
  );
  assert.deepEqual(written, ['createIssue']);
});

test('a write whose reply was lost is found when it is stopped, so that it is taken back as well', async (t) => {
  const { outbox, clock, run, lost, backOf } = desk(t);
  lost.add('createIssue');
  await run(outbox.submit(conversion(clock)));
  const { steps } = backOf(await run(outbox.stop('p1')));
  assert.deepEqual(
    steps.map(({ type }) => type),
    ['commentOnIssue', 'closeIssue'],
  );
});

test('a write that stopped half-way is taken back as it said before, though it is not found whole', async (t) => {
  const { outbox, clock, run, fails, backOf } = desk(t);
  fails.set('addToBoard', new ServiceError('offline', 'away'));
  const stored = await run(outbox.submit(conversion(clock, { steps: STEPS.slice(1) })));
  assert.equal(noUndoOf(stored, { all: [stored], now: clock.now() }), undefined);
  assert.deepEqual(backOf(await run(outbox.stop('p1'))).steps, [OFF_BOARD]);
});

test('dropped half-way, what is written stays known and can be taken back; the rest is gone', async (t) => {
  const { outbox, clock, run, fails, find, backOf } = desk(t);
  fails.set('addToBoard', new ServiceError('forbidden', 'no'));
  const { approvedAt } = await run(outbox.submit(conversion(clock)));
  assert.ok(outbox.dropRest('p1'));
  const stored = find() ?? assert.fail();
  assert.deepEqual([typesOf(stored), stored.approvedAt], [['createIssue'], approvedAt]);
  assert.equal(proposalPhase(stored, clock.now()), 'done');
  assert.deepEqual(outbox.unfinished(), []);
  // The board may have taken the card before it refused its fields.
  assert.deepEqual(
    backOf(stored).steps.map(({ type }) => type),
    ['removeFromBoard', 'commentOnIssue', 'closeIssue'],
  );
});

test('one of which nothing is written is forgotten, and one that is being sent stays whole', async (t) => {
  const { world, outbox, clock, run, find } = desk(t);
  outbox.propose(conversion(clock));
  assert.ok(outbox.dropRest('p1'));
  assert.equal(find(), undefined);
  const dropped: boolean[] = [];
  world.during = () => void dropped.push(outbox.dropRest('p1'));
  await run(outbox.submit(conversion(clock)));
  assert.deepEqual(dropped, [false, false, false]);
  assert.equal(find()?.states.length, 3);
});

test('what was approved long before its turn comes is not sent, and waits for another answer', async (t) => {
  const { outbox, clock, run, find, written } = desk(t);
  const approvedAt = clock.now();
  outbox.propose(conversion(clock));
  outbox.approveLater(conversion(clock, { id: 'p2' }));
  await clock.advance(2 * 3_600_000);
  await run(outbox.submit(conversion(clock), undefined, approvedAt));
  await run(outbox.submit(conversion(clock, { id: 'p2' })));
  await run(outbox.submit(conversion(clock, { id: 'p3' }), undefined, approvedAt));
  assert.deepEqual(written, []);
  for (const id of ['p1', 'p2', 'p3']) assert.equal(proposalPhase(find(id) ?? assert.fail(), clock.now()), 'stale');
  await run(outbox.approve('p2'));
  assert.deepEqual(written, ['createIssue', 'addToBoard', 'replyInThread']);
});

test('an undo whose rest is dropped can be asked for anew', async (t) => {
  const { clock, world, outbox, run, find, backOf } = desk(t);
  const done = await run(outbox.submit(conversion(clock)));
  const back = backOf(done);
  const last = back.steps.at(-1)?.type;
  assert.ok(last !== undefined && last !== back.steps[0]?.type);
  world.fails.set(last, new ServiceError('forbidden', 'no'));
  assert.equal((await run(outbox.submit(back))).states[0]?.status, 'done');
  assert.ok(outbox.dropRest(back.id));
  assert.equal(find(back.id), undefined);
  assert.equal(noUndoOf(done, { all: outbox.stored(), now: clock.now() }), undefined);
});
