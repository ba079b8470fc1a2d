import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { undo } from '../../../src/actions/undo.ts';
import { PROPOSAL_KINDS, type Proposal, type ProposalKind } from '../../../src/core/proposal.ts';
import type { SourceFailure } from '../../../src/core/sourceStatus.ts';
import { createOutbox, type Outbox } from '../../../src/outbox/outbox.ts';
import { ServiceError } from '../../../src/services/service.ts';
import type { SqliteStore } from '../../../src/store/sqliteStore.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';
import { everyAction, furnish } from './everyAction.ts';
import { Outside, type Strike } from './outside.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

/** A window whose process may end at any moment: from then on nothing of it reaches its store. */
class Process {
  writes = 0;
  isDead = false;
  /** It dies at that write to its store: before it reaches the file, or after. */
  ends: { readonly at: number; readonly when: 'before' | 'after' } | undefined;

  die = (): never => {
    this.isDead = true;
    throw new Error('the process was killed');
  };

  wrap(store: SqliteStore): void {
    for (const method of ['saveProposal', 'append'] as const) {
      const real = store[method].bind(store) as (value: never) => void;
      store[method] = (value: unknown) => {
        if (this.isDead) this.die();
        this.writes += 1;
        const ends = this.ends?.at === this.writes ? this.ends.when : undefined;
        if (ends === 'before') this.die();
        real(value as never);
        if (ends === 'after') this.die();
      };
    }
    for (const method of ['takeLease', 'releaseLease'] as const) {
      const real = store[method].bind(store) as (...args: never[]) => never;
      store[method] = (...args: unknown[]) => (this.isDead ? this.die() : real(...(args as never[])));
    }
  }
}

interface Scene {
  readonly clock: FakeClock;
  readonly outside: Outside;
  readonly process: Process;
  readonly proposal: Proposal;
  readonly outbox: Outbox;
  /** Another window of the machine. */
  readonly open: (process?: Process) => { readonly store: SqliteStore; readonly outbox: Outbox };
}

/** A machine that is about to write a proposal of that kind. */
async function prepare(t: TestContext, kind: ProposalKind): Promise<Scene> {
  const folder = tempFolder(t);
  const clock = new FakeClock();
  const outside = new Outside(clock.now);
  furnish(outside);
  let windows = 0;
  const open = (process = new Process()): { store: SqliteStore; outbox: Outbox } => {
    windows += 1;
    const store = openWindow(t, folder, clock.now);
    process.wrap(store);
    const holder = `w${String(windows)}`;
    const outbox = createOutbox({ store, writers: outside.writers(), clock, log, holder, dryRun: () => false });
    return { store, outbox };
  };
  const actions = everyAction(clock.now());
  const proposal = kind === 'undo' ? await undoing(actions.convert, clock, open().outbox) : actions[kind];
  const process = new Process();
  outside.requests.splice(0);
  return { clock, outside, process, proposal, open, outbox: open(process).outbox };
}

async function undoing(before: Proposal, clock: FakeClock, outbox: Outbox): Promise<Proposal> {
  const stored = await run(clock, outbox.submit(before));
  const back = undo(stored, { id: 'back', now: clock.now() });
  assert.ok(back !== undefined);
  return back;
}

/** Runs the clock until the work is done, one way or another. */
async function run<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let isOver = false;
  const over = (): void => void (isOver = true);
  work.then(over, over);
  for (let second = 0; second < 200 && !isOver; second += 1) await clock.advance(1000);
  return work;
}

/** What the journal tells beside the tries, and of which steps it says that they are written. */
function told(store: SqliteStore, { id }: Proposal): unknown {
  const journal = store.journal();
  return {
    // What was known of an item has the time of day.
    events: journal.flatMap(({ event, signalIds }) =>
      event.type === 'attempted' ? [] : [{ event: event.type === 'done' ? event.type : event, signalIds }],
    ),
    written: journal
      .flatMap(({ event }) =>
        event.type === 'attempted' && event.proposalId === id && event.result !== 'failed' ? [event.step] : [],
      )
      .toSorted((a, b) => a - b),
  };
}

/** The end of a run in which nothing goes wrong, and of how many moments it consists. */
async function undisturbed(t: TestContext, kind: ProposalKind) {
  const { clock, outside, process, proposal, outbox, open } = await prepare(t, kind);
  const stored = await run(clock, outbox.submit(proposal));
  const { store } = open();
  assert.ok(stored.states.every(({ status }) => status === 'done'));
  assert.deepEqual((told(store, proposal) as { written: unknown }).written, [...proposal.steps.keys()]);
  return {
    requests: outside.requests.length,
    storeWrites: process.writes,
    seen: outside.seen(),
    told: told(store, proposal),
    takenBack: await takenBack({ clock, outside, open, proposal }),
  };
}

/** What is left outside when all of it is taken back. */
async function takenBack({
  clock,
  outside,
  open,
  proposal,
}: Pick<Scene, 'clock' | 'outside' | 'open' | 'proposal'>): Promise<unknown> {
  const { store, outbox } = open();
  const stored = store.proposals().get(proposal.id);
  const back = stored && undo(stored, { id: 'taken', now: clock.now() });
  outside.plan = undefined;
  if (back !== undefined) await run(clock, outbox.submit(back));
  return outside.seen();
}

/** Begins what is about to go wrong. @returns whether the window outlived it */
async function disturbed({ clock, outbox, proposal, process }: Scene): Promise<boolean> {
  const submitted = run(clock, outbox.submit(proposal));
  if (
    await submitted.then(
      () => true,
      () => false,
    )
  )
    return true;
  assert.ok(process.isDead);
  return false;
}

for (const kind of PROPOSAL_KINDS) {
  test(`${kind}: killed or cut off anywhere, it is outside exactly once in the end, and the journal says so`, async (t) => {
    const expected = await undisturbed(t, kind);

    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= expected.requests; at += 1) {
        await t.test(`cut off ${when} request ${String(at)}`, async (sub) => {
          const scene = await prepare(sub, kind);
          scene.outside.plan = strike(at, when, new ServiceError('offline', 'socket hang up'));
          assert.equal(await disturbed(scene), true);
          await run(scene.clock, scene.outbox.goOn());
          await isTheSame(scene, expected);
        });

        await t.test(`killed ${when} request ${String(at)}`, async (sub) => {
          const scene = await prepare(sub, kind);
          scene.outside.plan = { at, when, strike: scene.process.die };
          assert.equal(await disturbed(scene), false);
          await goOnInAnother(scene);
          await isTheSame(scene, expected);
        });
      }

      for (let at = 1; at <= expected.storeWrites; at += 1) {
        await t.test(`killed ${when} its write ${String(at)} to the store`, async (sub) => {
          const scene = await prepare(sub, kind);
          scene.process.ends = { at, when };
          assert.equal(await disturbed(scene), false);
          if (at === 1 && when === 'before') {
            assert.deepEqual(scene.outside.requests, [], 'what is not stored is not sent');
            await scene.clock.advance(15_000);
            await run(scene.clock, scene.open().outbox.submit(scene.proposal));
          }
          await goOnInAnother(scene);
          await isTheSame(scene, expected);
        });
      }
    }
  });
}

test('converted, undone and converted again with a reply that is lost: there is a second issue, and only one', async (t) => {
  const { clock, outside, proposal, outbox } = await prepare(t, 'convert');
  const first = await run(clock, outbox.submit(proposal));
  const back = undo(first, { id: 'back', now: clock.now() });
  assert.ok(back !== undefined);
  await run(clock, outbox.submit(back));
  const before = outside.issues.length;

  outside.plan = strike(outside.requests.length + 1, 'after', new ServiceError('offline', 'socket hang up'));
  await run(clock, outbox.submit(everyAction(clock.now(), 'p2').convert));
  await run(clock, outbox.goOn());
  assert.equal(outside.issues.length, before + 1);
  assert.deepEqual(
    outside.issues.slice(-2).map(({ isOpen }) => isOpen),
    [false, true],
  );
  assert.deepEqual(outbox.unfinished(), []);
});

async function goOnInAnother({ clock, open }: Scene): Promise<void> {
  const { outbox } = open();
  // Until the lease of the dead one ends.
  await clock.advance(15_000);
  await run(clock, outbox.goOn());
}

async function isTheSame(scene: Scene, expected: Awaited<ReturnType<typeof undisturbed>>): Promise<void> {
  const { outside, open, proposal } = scene;
  const { store, outbox } = open();
  assert.deepEqual(outside.seen(), expected.seen);
  assert.deepEqual(told(store, proposal), expected.told);
  assert.deepEqual(outbox.unfinished(), []);
  assert.deepEqual(await takenBack(scene), expected.takenBack, 'and is taken back as if nothing had happened');
}

function strike(at: number, when: Strike['when'], error: Error): Strike {
  return {
    at,
    when,
    strike: () => {
      throw error;
    },
  };
}

/** How a service's answer stops a proposal, and what makes it go on. */
const REFUSALS: readonly {
  readonly answer: string;
  readonly reason: SourceFailure;
  readonly waitMs?: number;
  readonly goesOn: 'by itself' | 'when a person says so';
}[] = [
  { answer: '403', reason: 'forbidden', goesOn: 'when a person says so' },
  { answer: '404', reason: 'notFound', goesOn: 'when a person says so' },
  { answer: '410 or 422', reason: 'refused', goesOn: 'when a person says so' },
  { answer: '401', reason: 'unauthenticated', goesOn: 'when a person says so' },
  { answer: 'a page', reason: 'badResponse', goesOn: 'when a person says so' },
  { answer: '429 with Retry-After: 20', reason: 'rateLimited', waitMs: 20_000, goesOn: 'by itself' },
  { answer: '429 with Retry-After: 600', reason: 'rateLimited', waitMs: 600_000, goesOn: 'by itself' },
  { answer: '503 with Retry-After: 120', reason: 'serverError', waitMs: 120_000, goesOn: 'by itself' },
  { answer: '500', reason: 'serverError', goesOn: 'by itself' },
  { answer: 'none', reason: 'offline', goesOn: 'by itself' },
];
for (const kind of PROPOSAL_KINDS) {
  test(`${kind}: refused at any request, it waits for what its reason asks for, and is outside once in the end`, async (t) => {
    const expected = await undisturbed(t, kind);
    for (const { answer, reason, waitMs, goesOn } of REFUSALS) {
      for (let at = 1; at <= expected.requests; at += 1) {
        await t.test(`${answer} to request ${String(at)}`, async (sub) => {
          const scene = await prepare(sub, kind);
          const { clock, outside, outbox, proposal, open } = scene;
          const begun = clock.now();
          const retryAt = (): number | undefined => (waitMs === undefined ? undefined : clock.now() + waitMs);
          let until = begun;
          outside.plan = {
            at,
            when: 'before',
            strike: () => {
              until = retryAt() ?? 0;
              throw new ServiceError(reason, answer, { retryAt: until === 0 ? undefined : until });
            },
          };
          const stopped = await run(clock, outbox.submit(proposal));
          const state = stopped.states.find(({ status }) => status === 'failed');
          assert.ok(state?.status === 'failed' && state.reason === reason);
          assert.equal(state.permanent, ['forbidden', 'notFound', 'refused'].includes(reason));
          assert.deepEqual(stopped.proposal, proposal, 'its text is kept');
          const failures = open()
            .store.journal()
            .filter(({ event }) => event.type === 'attempted' && event.result === 'failed');
          assert.equal(failures.length, 1);

          const { length } = outside.requests;
          await run(clock, outbox.goOn());
          if (goesOn === 'when a person says so') {
            assert.equal(outside.requests.length, length, 'it waits');
            await run(clock, outbox.approve(proposal.id));
          } else if (waitMs !== undefined) {
            await clock.advance(Math.max(until - clock.now(), 0));
            await run(clock, outbox.goOn());
            assert.ok((outside.requests[length] ?? until) >= until, 'not before it may');
          }
          await isTheSame(scene, expected);
        });
      }
    }
  });
}
