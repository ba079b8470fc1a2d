import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { claim, release } from '../../../../src/actions/claim.ts';
import type { Item } from '../../../../src/core/item.ts';
import { entriesOf, indexJournal, recordOf } from '../../../../src/core/itemRecord.ts';
import type { Write } from '../../../../src/core/proposal.ts';
import type { SourceFailure } from '../../../../src/core/sourceStatus.ts';
import { actEntries, undoEntries } from '../../../../src/core/undo.ts';
import {
  type ClaimPorts,
  ClaimWrites,
  type Proposed,
  type TypedWords,
  type UnsaidChoices,
} from '../../../../src/host/working/claimWrites.ts';
import { createOutbox } from '../../../../src/outbox/outbox.ts';
import { ServiceError, type Writer } from '../../../../src/services/service.ts';
import { signal } from '../../../support/build.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { openWindow, tempFolder } from '../../../support/tempStore.ts';

const issue = signal({ id: 'github:acme/app#12' });
const thread = signal({ id: 'slack:C01:1700000000.000100', service: 'slack', kind: 'thread' });
const item: Item = { id: issue.id, signals: [issue, thread] };
const me = { name: 'Noor', github: 'noor-sample', slack: 'U02NOO', timeZone: 'Europe/Berlin' };

/** GitHub and Slack as far as claims go: who is assigned, who reacts, what was said. */
class FakeServices {
  readonly assignees = new Set<string>();
  readonly reactions = new Set<string>();
  readonly said: string[] = [];
  failing: { type: Write['type']; reason: SourceFailure } | undefined;
  warnings: string[] = [];

  readonly writers: readonly Writer[] = [
    {
      service: 'github',
      types: ['assign', 'commentOnIssue'],
      find: async () => undefined,
      apply: (write) => this.#apply(write),
    },
    {
      service: 'slack',
      types: ['react', 'replyInThread'],
      find: async () => undefined,
      apply: (write) => this.#apply(write),
    },
  ];

  async #apply(write: Write) {
    if (this.failing?.type === write.type) throw new ServiceError(this.failing.reason, 'no');
    if (write.type === 'assign') {
      for (const login of write.add) if (this.warnings.length === 0) this.assignees.add(login);
      for (const login of write.remove) this.assignees.delete(login);
    }
    if (write.type === 'react') {
      if (write.remove) this.reactions.delete(write.name);
      else this.reactions.add(write.name);
    }
    if (write.type === 'commentOnIssue' || write.type === 'replyInThread') this.said.push(write.type);
    const warnings = write.type === 'assign' && write.add.length > 0 ? this.warnings : [];
    return { url: 'https://github.example/x', issue: undefined, warnings, undo: undoOf(write) };
  }
}

function undoOf(write: Write): readonly Write[] {
  if (write.type === 'assign') return [{ ...write, add: write.remove, remove: write.add }];
  return write.type === 'react' ? [{ ...write, remove: !write.remove }] : [];
}

/** `crashes`: it is over while the first write is on its way. */
function desk(context: TestContext, folder = tempFolder(context), { crashes = false } = {}) {
  const clock = new FakeClock();
  const store = openWindow(context, folder, clock.now);
  const services = new FakeServices();
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const outbox = createOutbox({ store, writers: services.writers, clock, log, holder: 'window', dryRun: () => false });
  const told: string[] = [];
  let retry = (): void => undefined;
  let unsaid: UnsaidChoices | undefined;
  let typed: TypedWords | undefined;
  let count = 0;
  const ports: ClaimPorts = {
    me,
    journal: () => store.journal(),
    append: (entry) => store.append(entry),
    itemOf: (id) => (item.signals.some((each) => each.id === id) ? item : undefined),
    now: clock.now,
    newId: () => {
      count += 1;
      return `id${count}`;
    },
    outbox: {
      keep: (proposal) => outbox.keep(proposal),
      propose: (proposal) => outbox.propose(proposal),
      approve: (id) => outbox.approve(id),
      submit: (proposal) => (crashes ? new Promise(() => undefined) : outbox.submit(proposal)),
      resume: (id) => outbox.resume(id),
      withhold: (id) => outbox.withhold(id),
      drop: (id) => outbox.drop(id),
      stored: () => outbox.stored(),
      unfinished: () => outbox.unfinished(),
    },
    telling: {
      failed: (what, failed, again) => {
        told.push(`${what} failed: ${failed.length}`);
        retry = again;
      },
      unsaid: (_stored, choices) => {
        told.push('unsaid');
        retry = choices.again;
        unsaid = choices;
      },
      takenBack: () => undefined,
      broken: (error) => told.push(`broken: ${String(error)}`),
    },
  };
  const writes = new ClaimWrites();
  const begin = (type: 'claimed' | 'released', words?: string): readonly Proposed[] => {
    const [entry] = actEntries({
      id: ports.newId(),
      at: clock.now(),
      event: { type },
      items: [item.signals.map(({ id }) => id)],
    });
    assert.ok(entry !== undefined);
    store.append(entry);
    const input = { item, me, now: clock.now(), id: entry.id };
    const proposed = [{ item, entry, proposal: type === 'claimed' ? claim(input, words) : release(input) }];
    writes.write(proposed, ports, (_items, before) => {
      typed = before;
      begin(type, words);
    });
    return proposed;
  };
  const undo = (proposed: readonly Proposed[]): void => {
    const entries = proposed.map(({ entry }) => entry);
    for (const entry of undoEntries(entries, { id: ports.newId(), at: clock.now() })) store.append(entry);
    writes.undo(entries, ports);
  };
  /** Lets everything come to its end; writes to one service are a second apart. */
  const rest = async (): Promise<void> => {
    for (let second = 0; second < 12; second += 1) await clock.advance(1000);
    await writes.settled();
  };
  return {
    services,
    store,
    outbox,
    ports,
    writes,
    told,
    begin,
    undo,
    rest,
    tryAgain: () => retry(),
    unsaid: () => unsaid,
    typed: () => typed,
    isClaimed: () => recordOf(entriesOf(item, indexJournal(store.journal()))).claimedAt !== undefined,
    outside: () => [...services.assignees, ...services.reactions].sort(),
  };
}

const BOTH = ['eyes', 'noor-sample'];

test('a claim is in the record before anything is sent, and outside after', async (context) => {
  const { begin, rest, isClaimed, outside, told } = desk(context);
  begin('claimed');
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), []);

  await rest();

  assert.deepEqual(outside(), BOTH);
  assert.deepEqual(told, []);
});

test('undoing a claim takes it back outside, also when it is still on its way', async (context) => {
  const { begin, undo, rest, isClaimed, outside, told } = desk(context);
  const first = begin('claimed');
  undo(first);
  assert.equal(isClaimed(), false);
  await rest();
  assert.deepEqual(outside(), []);

  const second = begin('claimed');
  await rest();
  assert.deepEqual(outside(), BOTH);
  undo(second);
  await rest();
  assert.deepEqual(outside(), []);
  assert.deepEqual(told, []);
});

test('a claim that is being sent for another reason before its turn is taken back when it is undone', async (context) => {
  const { begin, undo, rest, isClaimed, outside, outbox, told } = desk(context);
  const first = begin('claimed');
  const sent = outbox.goOn();
  undo(first);
  await rest();
  await sent;

  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);
  assert.deepEqual(told, []);
});

test('when a step fails the row goes back, what was done of it is taken back, and trying again claims', async (context) => {
  const { services, begin, rest, isClaimed, outside, told, outbox, tryAgain } = desk(context);
  services.failing = { type: 'react', reason: 'offline' };
  begin('claimed');
  await rest();

  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);
  assert.deepEqual(told, ['claim failed: 1']);
  assert.deepEqual(outbox.unfinished(), []);

  services.failing = undefined;
  tryAgain();
  await rest();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), BOTH);
});

test('an assignee that GitHub leaves out in silence is a claim that failed', async (context) => {
  const { services, begin, rest, isClaimed, outside, told } = desk(context);
  services.warnings = ['assignee: noor-sample'];
  begin('claimed');
  await rest();

  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);
  assert.deepEqual(told, ['claim failed: 1']);
});

test('nobody is told of a failed claim that was undone meanwhile', async (context) => {
  const { services, begin, undo, rest, isClaimed, told } = desk(context);
  services.failing = { type: 'assign', reason: 'forbidden' };
  undo(begin('claimed'));
  await rest();

  assert.equal(isClaimed(), false);
  assert.deepEqual(told, []);
});

test('a claim that cannot be taken back stands again, and trying again takes it back', async (context) => {
  const { services, begin, undo, rest, isClaimed, outside, told, tryAgain } = desk(context);
  const proposed = begin('claimed');
  await rest();
  services.failing = { type: 'react', reason: 'offline' };
  undo(proposed);
  assert.equal(isClaimed(), false);
  await rest();
  assert.equal(isClaimed(), true);
  assert.deepEqual(told, ['undo failed: 1']);

  services.failing = undefined;
  tryAgain();
  await rest();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);
});

test('a release takes the claim away outside, and undoing it brings it back', async (context) => {
  const { begin, undo, rest, isClaimed, outside } = desk(context);
  begin('claimed');
  await rest();
  const released = begin('released');
  await rest();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);

  undo(released);
  await rest();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), BOTH);
});

test('when only the word cannot be said the claim stays, and trying again says it once', async (context) => {
  const { services, begin, rest, isClaimed, outside, told, tryAgain } = desk(context);
  services.failing = { type: 'replyInThread', reason: 'offline' };
  begin('claimed', 'I’m on it.');
  await rest();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), BOTH);
  assert.deepEqual(told, ['unsaid']);

  services.failing = undefined;
  tryAgain();
  await rest();
  assert.deepEqual(services.said, ['commentOnIssue', 'replyInThread']);
  assert.deepEqual(told, ['unsaid']);
});

test('words that could not be said wait among the proposals unless they are dropped', async (context) => {
  const { services, begin, rest, outbox, unsaid } = desk(context);
  services.failing = { type: 'replyInThread', reason: 'offline' };
  begin('claimed', 'I’m on it.');
  await rest();
  unsaid()?.keep();
  assert.deepEqual(
    outbox.unfinished().map(({ approvedAt, states }) => [approvedAt, states.at(-1)?.status]),
    [[undefined, 'failed']],
  );

  unsaid()?.drop();
  assert.deepEqual(outbox.stored(), []);
  unsaid()?.keep();
});

test('the words of a claim that failed wait as a claim of its own, until trying again has used them', async (context) => {
  const { services, begin, rest, isClaimed, outside, outbox, tryAgain, typed, told } = desk(context);
  services.failing = { type: 'assign', reason: 'forbidden' };
  begin('claimed', 'Mine, back at two.');
  await rest();
  assert.equal(isClaimed(), false);
  const [kept] = outbox.unfinished();
  assert.equal(kept?.approvedAt, undefined);
  assert.deepEqual(kept?.proposal.steps.length, 4);

  services.failing = undefined;
  tryAgain();
  assert.equal(typed()?.text, 'Mine, back at two.');
  typed()?.forget();
  assert.equal(
    outbox.stored().some(({ proposal }) => proposal.id === kept?.proposal.id),
    false,
  );
  await rest();
  assert.deepEqual(told, ['claim failed: 1']);
  assert.deepEqual(outside(), BOTH);
});

test('words that waited after their claim failed make the claim when they are approved', async (context) => {
  const { services, begin, rest, isClaimed, outside, outbox } = desk(context);
  services.failing = { type: 'react', reason: 'forbidden' };
  begin('claimed', 'Mine, back at two.');
  await rest();
  services.failing = undefined;
  const [kept] = outbox.unfinished();
  assert.ok(kept !== undefined);
  void outbox.approve(kept.proposal.id);
  await rest();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), BOTH);
  assert.deepEqual(services.said, ['commentOnIssue', 'replyInThread']);
});

test('many claims are all stored before the first is answered, so that a crash loses none', async (context) => {
  const { ports, writes, store, rest, outside } = desk(context);
  const entries = actEntries({ id: 'bulk', at: 0, event: { type: 'claimed' }, items: [[issue.id], [thread.id]] });
  for (const entry of entries) store.append(entry);
  const one = (first: typeof issue): Item => ({ id: first.id, signals: [first] });
  const acted = entries.map((entry, index) => {
    const each = one(index === 0 ? issue : thread);
    return { item: each, entry, proposal: claim({ item: each, me, now: 0, id: entry.id }) };
  });
  writes.write(acted, ports, () => undefined);
  await Promise.resolve();

  assert.deepEqual([...store.proposals().keys()].sort(), ['bulk/0', 'bulk/1']);
  await rest();
  assert.deepEqual(outside(), BOTH);
});

test('a claim that a crash interrupted is finished at the next start', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder);
  const [entry] = actEntries({
    id: 'crashed',
    at: 0,
    event: { type: 'claimed' },
    items: [item.signals.map(({ id }) => id)],
  });
  assert.ok(entry !== undefined);
  before.store.append(entry);
  const proposal = claim({ item, me, now: 0, id: entry.id });
  before.store.saveProposal({
    proposal,
    approvedAt: before.ports.now(),
    states: [{ status: 'sending' }, { status: 'waiting' }],
  });

  const after = desk(context, folder);
  after.writes.finish(after.ports, () => undefined);
  await after.rest();

  assert.equal(after.isClaimed(), true);
  assert.deepEqual(after.outside(), BOTH);
  assert.deepEqual(after.told, []);
});

test('a claim that was undone before a crash interrupted it is not outside after the next start', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder);
  const entries = actEntries({
    id: 'crashed',
    at: 0,
    event: { type: 'claimed' },
    items: [item.signals.map(({ id }) => id)],
  });
  const [entry] = entries;
  assert.ok(entry !== undefined);
  const proposal = claim({ item, me, now: 0, id: entry.id });
  for (const each of [entry, ...undoEntries(entries, { id: 'undo', at: 1 })]) before.store.append(each);
  before.store.saveProposal({
    proposal,
    approvedAt: before.ports.now(),
    states: [{ status: 'sending' }, { status: 'waiting' }],
  });

  const after = desk(context, folder);
  after.writes.finish(after.ports, () => undefined);
  await after.rest();

  assert.equal(after.isClaimed(), false);
  assert.deepEqual(after.outside(), []);
  assert.deepEqual(after.outbox.unfinished(), []);
});

test('a claim that waited behind another when VS Code crashed is written at the next start', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder, { crashes: true });
  before.begin('claimed');
  before.begin('released');

  const after = desk(context, folder);
  assert.equal(after.outbox.stored().length, 2);
  after.services.assignees.add('noor-sample');
  after.services.reactions.add('eyes');
  after.writes.finish(after.ports, () => undefined);
  await after.rest();

  assert.deepEqual(after.outbox.unfinished(), []);
  assert.deepEqual(after.outside(), []);
});

test('a claim that was undone before it was sent leaves no proposal, and nothing outside', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder, { crashes: true });
  before.undo(before.begin('claimed'));

  const after = desk(context, folder);
  after.writes.finish(after.ports, () => undefined);
  await after.rest();
  assert.deepEqual(after.outside(), []);
  assert.deepEqual(after.outbox.stored(), []);
});

test('an undo that a crash cut off is carried outside at the next start, once', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder);
  const claimed = before.begin('claimed');
  await before.rest();
  // The journal has the undo; the window is gone before its turn to write comes.
  const entries = claimed.map(({ entry }) => entry);
  for (const entry of undoEntries(entries, { id: 'u', at: 9_000_000_000_000 })) before.store.append(entry);

  const after = desk(context, folder);
  for (const name of ['noor-sample']) after.services.assignees.add(name);
  after.services.reactions.add('eyes');
  after.writes.finish(after.ports, () => undefined);
  await after.rest();
  assert.deepEqual(after.outside(), []);

  after.services.assignees.add('noor-sample');
  after.writes.finish(after.ports, () => undefined);
  await after.rest();
  assert.deepEqual(after.outside(), ['noor-sample']);
});

test('a claim that was undone and made again stays at the next start', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder);
  before.undo(before.begin('claimed'));
  before.begin('claimed');
  await before.rest();
  assert.deepEqual(before.outside(), BOTH);

  const after = desk(context, folder);
  after.services.assignees.add('noor-sample');
  after.services.reactions.add('eyes');
  after.writes.finish(after.ports, () => undefined);
  await after.rest();

  assert.deepEqual(after.outside(), BOTH);
});
