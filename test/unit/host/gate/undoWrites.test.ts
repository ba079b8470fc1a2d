import assert from 'node:assert/strict';
import { beforeEach, type TestContext, test } from 'node:test';
import { proposalPhase } from '../../../../src/core/approval.ts';
import type { Outcome, Proposal, Write } from '../../../../src/core/proposal.ts';
import { type Act, actEntries } from '../../../../src/core/undo.ts';
import type { GatePorts } from '../../../../src/host/gate/gate.ts';
import { createOutbox } from '../../../../src/outbox/outbox.ts';
import { ServiceError, type Writer } from '../../../../src/services/service.ts';
import { FakeClock, settle } from '../../../support/fakeClock.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { openWindow, tempFolder } from '../../../support/tempStore.ts';
import { person, settings } from '../../../support/vscodeStub.ts';
import { FakeGate } from './fakeGate.ts';

fakeVscode();
const { approve } = await import('../../../../src/host/gate/gate.ts');
const { isLast, lastWritten, undoWrites } = await import('../../../../src/host/gate/undoWrites.ts');

const PLACE = { repository: 'acme/app', number: 12 };
const CREATE: Write = {
  type: 'createIssue',
  repository: 'acme/app',
  title: 'Sync stops',
  body: 'b',
  labels: [],
  assignees: [],
  marker: 'm',
  since: 0,
};
const REPLY: Write = { type: 'replyInThread', channel: 'C1', threadTs: '1.2', markdown: 'Planned.', marker: 'm' };
const LABEL: Write = { type: 'label', ...PLACE, add: ['bug'], remove: [] };
const UNLABEL: Write = { type: 'label', ...PLACE, add: [], remove: ['bug'] };

function proposal(id: string, steps: readonly Write[], over: Partial<Proposal> = {}): Proposal {
  const base = { createdAt: 0, kind: 'label', signalIds: [], title: `Matter ${id}` } as const;
  return { ...base, id, steps, decision: undefined, undoes: undefined, ...over };
}

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
  settings.clear();
});

/** A gate with an outbox on a disk. */
function desk(t: TestContext) {
  const clock = new FakeClock();
  const store = openWindow(t, tempFolder(t), () => clock.now());
  const gate = new FakeGate();
  const written: Write[] = [];
  const fails = new Set<Write['type']>();
  const world = { during: async (): Promise<void> => undefined, stopsHalfway: false, isFull: false };
  const writer: Writer = {
    service: 'github',
    types: ['createIssue', 'replyInThread', 'label', 'commentOnIssue', 'closeIssue'],
    find: async () => undefined,
    apply: async (write, { begins }): Promise<Outcome> => {
      if (world.isFull) throw new ServiceError('rateLimited', 'later', { retryAt: clock.now() + 30_000 });
      if (world.stopsHalfway) {
        begins?.([UNLABEL]);
        throw new ServiceError('refused', 'no such label');
      }
      if (fails.has(write.type)) throw new ServiceError('offline', 'away');
      written.push(write);
      await world.during();
      const undo: readonly Write[] =
        write.type === 'createIssue'
          ? [{ type: 'closeIssue', ...PLACE, reason: 'notPlanned' }]
          : write.type === 'label'
            ? [UNLABEL]
            : [];
      return { url: 'https://github.example/12', issue: undefined, warnings: [], undo };
    },
  };
  const { log } = gate.ports;
  const outbox = createOutbox({ store, writers: [writer], clock, log, holder: 'w', dryRun: () => false });
  const ports: GatePorts = { ...gate.ports, outbox, now: clock.now };
  const run = async <T>(work: Promise<T>): Promise<T> => {
    for (let second = 0; second < 15; second += 1) await clock.advance(1000);
    return work;
  };
  const types = (): readonly string[] => written.map(({ type }) => type);
  return { clock, store, gate, outbox, ports, written, fails, world, run, types };
}

test('an undo that says words in public is shown first, where they may be edited, though undo is at once', async (t) => {
  const { outbox, ports, gate, run, types, written } = desk(t);
  await run(outbox.submit(proposal('a', [CREATE], { kind: 'convert' })));
  person.answers.push('Keep as Proposal');
  await run(undoWrites(outbox.stored(), ports));
  assert.equal(gate.shown.length, 1);
  assert.match(person.said.join('\n'), /Approve \|.*Edit…/u);
  assert.deepEqual(types(), ['createIssue']);

  const [, back] = outbox.stored();
  assert.equal(back?.proposal.kind, 'undo');
  await run(approve([back], ports));
  assert.deepEqual(types(), ['createIssue', 'commentOnIssue', 'closeIssue']);
  const [, comment] = written;
  assert.match(comment?.type === 'commentOnIssue' ? comment.body : '', /^This issue has been taken back\.\n/u);
});

test('an undo without words is at once', async (t) => {
  const { outbox, ports, gate, run, written } = desk(t);
  await run(outbox.submit(proposal('a', [LABEL])));
  await run(undoWrites(outbox.stored(), ports));
  assert.deepEqual(gate.shown, []);
  assert.deepEqual(written, [LABEL, UNLABEL]);
});

test('undone twice in a row, two writes are taken back, the last first', async (t) => {
  const { outbox, clock, ports, run } = desk(t);
  for (const id of ['a', 'b']) {
    await run(outbox.submit(proposal(id, [LABEL])));
    await clock.advance(1000);
  }
  const undone: (readonly string[])[] = [];
  for (const _ of [1, 2, 3]) {
    const last = lastWritten(outbox.stored());
    undone.push(last.map(({ proposal: { id } }) => id));
    if (last.length > 0) await run(undoWrites(last, ports));
  }
  assert.deepEqual(undone, [['b'], ['a'], []]);
});

test('the last thing is an act on items when no other write came after it', async (t) => {
  const { outbox, clock, run } = desk(t);
  await run(outbox.submit(proposal('a', [LABEL])));
  const at = clock.now();
  const [entry] = actEntries({ id: 'act', at, event: { type: 'done' }, items: [['github:acme/app#1']] });
  assert.ok(entry !== undefined);
  const act: Act = { id: 'act', entries: [entry] };
  assert.equal(isLast(act, outbox.stored()), true);
  await clock.advance(1000);
  await run(outbox.submit(proposal(entry.id, [LABEL])));
  assert.equal(isLast(act, outbox.stored()), true, 'what belongs to it');
  await run(outbox.submit(proposal('b', [LABEL])));
  assert.equal(isLast(act, outbox.stored()), false);
});

test('what is left of a conversion does not go on while its undo is shown, nor after it', async (t) => {
  const { outbox, ports, run, fails, types, clock } = desk(t);
  fails.add('replyInThread');
  const stored = await run(outbox.submit(proposal('a', [CREATE, REPLY], { kind: 'convert' })));
  assert.equal(proposalPhase(stored, clock.now()), 'going');
  fails.clear();
  person.answers.push('Keep as Proposal');
  await run(undoWrites([stored], ports));
  await run(outbox.goOn());
  assert.deepEqual(types(), ['createIssue']);

  await run(approve(outbox.stored().slice(1), ports));
  await run(outbox.goOn());
  await run(outbox.approve('a'));
  assert.deepEqual(types(), ['createIssue', 'commentOnIssue', 'closeIssue']);
});

test('one of which nothing is outside is forgotten, without a word', async (t) => {
  const { outbox, ports, run, fails, types } = desk(t);
  fails.add('label');
  const stored = await run(outbox.submit(proposal('a', [LABEL])));
  fails.clear();
  await run(undoWrites([stored], ports));
  await run(outbox.goOn());
  assert.deepEqual([types(), outbox.stored(), person.said], [[], [], []]);
});

test('one that was refused half-way is taken back as well', async (t) => {
  const { outbox, ports, run, world, written } = desk(t);
  world.stopsHalfway = true;
  const stored = await run(outbox.submit(proposal('a', [LABEL])));
  world.stopsHalfway = false;
  await run(undoWrites([stored], ports));
  assert.deepEqual(written, [UNLABEL]);
});

test('the day begins when it is sent: what waited for days, and was cancelled meanwhile, can be taken back', async (t) => {
  const { outbox, ports, run, fails, clock, types } = desk(t);
  fails.add('replyInThread');
  outbox.propose(proposal('a', [LABEL, REPLY]));
  clock.set(clock.now() + 3 * 24 * 3_600_000);
  await run(outbox.approve('a'));
  outbox.withhold('a');
  fails.clear();
  clock.set(clock.now() + 23 * 3_600_000);
  await run(undoWrites(lastWritten(outbox.stored()), ports));
  assert.deepEqual(types(), ['label', 'label']);
});

test('what was approved as one is the last change as one', async (t) => {
  const { outbox, ports, run, clock, written } = desk(t);
  await run(outbox.submit(proposal('a', [LABEL])));
  await clock.advance(1000);
  for (const id of ['b', 'c']) outbox.propose(proposal(id, [LABEL]));
  await run(approve(outbox.stored().slice(1), ports));
  const last = lastWritten(outbox.stored());
  assert.deepEqual(
    last.map(({ proposal: { id } }) => id),
    ['b', 'c'],
  );
  await run(undoWrites(last, ports));
  assert.deepEqual(written, [LABEL, LABEL, LABEL, UNLABEL, UNLABEL]);
});

test('it is still one when its service puts a part of it off', async (t) => {
  const { outbox, ports, run, clock, world, types } = desk(t);
  for (const id of ['a', 'b']) outbox.propose(proposal(id, [LABEL]));
  world.during = async () => void (world.isFull = true);
  await run(approve(outbox.stored(), ports));
  assert.deepEqual(types(), ['label']);
  world.isFull = false;
  world.during = async () => undefined;
  await clock.advance(60_000);
  await run(outbox.goOn());
  assert.deepEqual(
    lastWritten(outbox.stored()).map(({ proposal: { id } }) => id),
    ['a', 'b'],
  );
});

test('of many that were approved, those whose turn comes after the machine has slept ask again', async (t) => {
  const { outbox, ports, run, world, clock, written } = desk(t);
  const ids = ['a', 'b', 'c'];
  for (const id of ids) outbox.propose(proposal(id, [LABEL]));
  const { promise: woken, resolve: wake } = Promise.withResolvers<void>();
  world.during = () => woken;
  const approved = approve(outbox.stored(), ports);
  await settle();
  clock.set(clock.now() + 10 * 3_600_000);
  wake();
  await run(approved);
  assert.equal(written.length, 1);
  const phases = outbox.stored().map((stored) => proposalPhase(stored, clock.now()));
  assert.deepEqual(phases, ['done', 'stale', 'stale']);
  assert.match(person.said.join('\n'), /2 were not sent.*approval was more than an hour old/u);

  await run(approve(outbox.stored().slice(1), ports));
  assert.equal(written.length, 3);
});
