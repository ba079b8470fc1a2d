import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { claim, release } from '../../../../src/actions/claim.ts';
import type { Item } from '../../../../src/core/item.ts';
import { entriesOf, indexJournal, recordOf } from '../../../../src/core/itemRecord.ts';
import type { Outcome, Write } from '../../../../src/core/proposal.ts';
import type { SourceFailure } from '../../../../src/core/sourceStatus.ts';
import { actEntries, undoEntries } from '../../../../src/core/undo.ts';
import type { ClaimPorts, Proposed, TypedWords, UnsaidChoices } from '../../../../src/host/working/claimPorts.ts';
import { ClaimWrites } from '../../../../src/host/working/claimWrites.ts';
import { createOutbox } from '../../../../src/outbox/outbox.ts';
import { ServiceError, type WriteContext, type Writer } from '../../../../src/services/service.ts';
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
  /** The writes that arrived, in order. */
  readonly arrived: string[] = [];
  failing: { type: Write['type']; reason: SourceFailure } | undefined;
  /** For all writes, or those of a type. */
  isOffline: boolean | Write['type'] = false;
  /** Writes of this type arrive, and nobody hears of it. */
  losesReply: Write['type'] | undefined;
  warnings: string[] = [];

  readonly writers: readonly Writer[] = [
    { ...this.#ways(), service: 'github', types: ['assign', 'commentOnIssue'] },
    { ...this.#ways(), service: 'slack', types: ['react', 'replyInThread'] },
  ];

  #ways(): Pick<Writer, 'find' | 'apply'> {
    return {
      find: async (write) => (this.#isThere(write) ? { ...OUTCOME, undo: [] } : undefined),
      apply: async (write, context) => this.#apply(write, context),
    };
  }

  #isThere(write: Write): boolean {
    this.#reach(write);
    if (write.type === 'assign')
      return write.add.every((one) => this.assignees.has(one)) && !write.remove.some((one) => this.assignees.has(one));
    return write.type === 'react' && this.reactions.has(write.name) !== write.remove;
  }

  #apply(write: Write, { begins }: WriteContext): Outcome {
    this.#reach(write);
    const undo = undoOf(write);
    begins?.(undo);
    this.arrived.push(
      write.type === 'react' || write.type === 'assign' ? `${write.type} ${signOf(write)}` : write.type,
    );
    if (write.type === 'assign') {
      for (const login of write.add) if (this.warnings.length === 0) this.assignees.add(login);
      for (const login of write.remove) this.assignees.delete(login);
    }
    if (write.type === 'react') {
      if (write.remove) this.reactions.delete(write.name);
      else this.reactions.add(write.name);
    }
    if (write.type === 'commentOnIssue' || write.type === 'replyInThread') this.said.push(write.type);
    if (this.losesReply === write.type) throw new ServiceError('offline', 'no answer');
    const warnings = write.type === 'assign' && write.add.length > 0 ? this.warnings : [];
    return { ...OUTCOME, warnings, undo };
  }

  #reach({ type }: Write): void {
    if (this.isOffline === true || this.isOffline === type) throw new ServiceError('offline', 'no connection');
    if (this.failing?.type === type) throw new ServiceError(this.failing.reason, 'no');
  }
}

const OUTCOME = { url: 'https://github.example/x', issue: undefined, warnings: [] };

function undoOf(write: Write): readonly Write[] {
  if (write.type === 'assign') return [{ ...write, add: write.remove, remove: write.add }];
  return write.type === 'react' ? [{ ...write, remove: !write.remove }] : [];
}

function signOf(write: Extract<Write, { type: 'assign' | 'react' }>): '+' | '-' {
  return write.type === 'react' ? (write.remove ? '-' : '+') : write.add.length > 0 ? '+' : '-';
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
      approveLater: (proposal) => outbox.approveLater(proposal),
      propose: (proposal) => outbox.propose(proposal),
      approve: (id) => outbox.approve(id),
      submit: (proposal) => (crashes ? new Promise(() => undefined) : outbox.submit(proposal)),
      resume: (id) => outbox.resume(id),
      withhold: (id) => outbox.withhold(id),
      stop: (id) => outbox.stop(id),
      drop: (id) => outbox.drop(id),
      stored: () => outbox.stored(),
      unfinished: () => outbox.unfinished(),
    },
    telling: {
      later: (going) => told.push(`later: ${going.length}`),
      failed: (what, failed, again) => {
        told.push(`${what} failed: ${failed.length}`);
        retry = again;
      },
      unsaid: (_stored, choices) => {
        told.push('unsaid');
        retry = choices.again;
        unsaid = choices;
      },
      dropped: (dropped, sent) => told.push(`dropped: ${dropped}, sent: ${sent}`),
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
  /** What the machine does once a minute. */
  const goOn = async (): Promise<void> => {
    const sent = outbox.goOn();
    await rest();
    await sent;
    writes.follow(ports);
    await rest();
  };
  /** As a person does who drops what waits. */
  const dropUnfinished = async (): Promise<void> => {
    const waiting = outbox.unfinished().map(({ proposal }) => proposal);
    writes.keepStanding(waiting, ports);
    await rest();
  };
  return {
    dropUnfinished,
    services,
    store,
    outbox,
    ports,
    writes,
    told,
    begin,
    undo,
    rest,
    goOn,
    clock,
    tryAgain: () => retry(),
    unsaid: () => unsaid,
    typed: () => typed,
    isClaimed: () => recordOf(entriesOf(item, indexJournal(store.journal()))).claimedAt !== undefined,
    outside: () => [...services.assignees, ...services.reactions].sort(),
  };
}

const BOTH = ['eyes', 'noor-sample'];
const UNASSIGN: Write = { type: 'assign', repository: 'acme/app', number: 12, add: [], remove: ['noor-sample'] };
const ASSIGNED: Outcome = { url: 'https://github.example/x', issue: undefined, warnings: [], undo: [UNASSIGN] };

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
  services.failing = { type: 'react', reason: 'forbidden' };
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
  services.failing = { type: 'react', reason: 'forbidden' };
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
  services.failing = { type: 'replyInThread', reason: 'forbidden' };
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
  services.failing = { type: 'replyInThread', reason: 'forbidden' };
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

test('a claim that was held back to be looked for when the window closed is taken back at the next start', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder);
  const items = [item.signals.map(({ id }) => id)];
  const entries = actEntries({ id: 'held', at: 0, event: { type: 'claimed' }, items });
  const [entry] = entries;
  assert.ok(entry !== undefined);
  for (const each of [entry, ...undoEntries(entries, { id: 'undo', at: 1 })]) before.store.append(each);
  before.store.saveProposal({
    proposal: claim({ item, me, now: 0, id: entry.id }),
    approvedAt: undefined,
    states: [{ status: 'done', outcome: ASSIGNED }, { status: 'waiting' }],
  });

  const after = desk(context, folder);
  after.services.assignees.add('noor-sample');
  after.writes.finish(after.ports, () => undefined);
  await after.rest();
  assert.deepEqual(after.outside(), []);
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

test('a claim that cannot be sent yet stands, quietly, and is sent when the service answers again', async (context) => {
  const { services, begin, rest, goOn, isClaimed, outside, told, outbox } = desk(context);
  services.isOffline = true;
  begin('claimed');
  await rest();
  await goOn();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), []);

  services.isOffline = false;
  await goOn();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), BOTH);
  assert.deepEqual(outbox.unfinished(), []);
  assert.deepEqual(told, ['later: 1']);
});

test('a claim whose half a service put off is not taken back: the other half follows', async (context) => {
  const { services, begin, rest, goOn, isClaimed, outside, told } = desk(context);
  services.failing = { type: 'react', reason: 'rateLimited' };
  begin('claimed');
  await rest();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), ['noor-sample']);

  services.failing = undefined;
  await goOn();
  assert.deepEqual(outside(), BOTH);
  assert.deepEqual(told, ['later: 1']);
});

test('a claim whose reply was lost before the connection went is found again and not written twice', async (context) => {
  const { services, begin, rest, goOn, isClaimed, outside, told } = desk(context);
  services.losesReply = 'assign';
  begin('claimed');
  await rest();
  services.isOffline = true;
  await goOn();
  assert.equal(isClaimed(), true);

  services.losesReply = undefined;
  services.isOffline = false;
  await goOn();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), BOTH);
  assert.deepEqual(services.arrived, ['assign +', 'react +']);
  assert.deepEqual(told, ['later: 1']);
});

test('a claim that is undone while it cannot be sent is never sent', async (context) => {
  const { services, begin, undo, rest, goOn, isClaimed, outbox, told } = desk(context);
  services.isOffline = true;
  const claimed = begin('claimed');
  await rest();
  undo(claimed);
  await rest();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outbox.stored(), []);

  services.isOffline = false;
  await goOn();
  assert.deepEqual(services.arrived, []);
  assert.deepEqual(told, ['later: 1']);
});

test('a claim that could not be sent and is undone while it is being sent is taken back', async (context) => {
  const { services, begin, undo, rest, goOn, isClaimed, outside, outbox } = desk(context);
  services.isOffline = true;
  const claimed = begin('claimed');
  await rest();
  services.isOffline = false;
  const sent = goOn();
  undo(claimed);
  await sent;
  await rest();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);
  assert.deepEqual(outbox.unfinished(), []);
});

test('a claim that may be outside and is undone offline is taken back when the service answers again', async (context) => {
  const { services, begin, undo, rest, goOn, isClaimed, outside, outbox, told } = desk(context);
  services.losesReply = 'assign';
  const claimed = begin('claimed');
  await rest();
  services.isOffline = true;
  undo(claimed);
  await rest();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), ['noor-sample']);

  services.losesReply = undefined;
  services.isOffline = false;
  await goOn();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);
  assert.deepEqual(services.arrived, ['assign +', 'assign -']);
  assert.deepEqual(outbox.unfinished(), []);
  assert.deepEqual(told, ['later: 1', 'later: 1']);
});

test('a claim that is refused after all when the service answers again is given up, with the message', async (context) => {
  const { services, begin, rest, goOn, isClaimed, outside, told, outbox, tryAgain } = desk(context);
  services.isOffline = true;
  begin('claimed');
  await rest();
  services.isOffline = false;
  services.failing = { type: 'react', reason: 'forbidden' };
  await goOn();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);
  assert.deepEqual(outbox.unfinished(), []);
  assert.deepEqual(told, ['later: 1', 'claim failed: 1']);

  services.failing = undefined;
  tryAgain();
  await rest();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outside(), BOTH);
});

test('a claim that could not be sent for more than an hour is given up, with the message, and not sent unasked', async (context) => {
  const { services, begin, rest, goOn, clock, isClaimed, told } = desk(context);
  services.isOffline = true;
  begin('claimed');
  await rest();
  await clock.advance(3_700_000);
  services.isOffline = false;
  await goOn();
  assert.equal(isClaimed(), false);
  assert.deepEqual(services.arrived, []);
  assert.deepEqual(told, ['later: 1', 'claim failed: 1']);
});

test('claims of one act that are given up later are told of together', async (context) => {
  const { services, ports, writes, store, rest, goOn, told } = desk(context);
  const entries = actEntries({ id: 'bulk', at: 0, event: { type: 'claimed' }, items: [[issue.id], [thread.id]] });
  for (const entry of entries) store.append(entry);
  const acted = entries.map((entry, index) => {
    const first = index === 0 ? issue : thread;
    const each: Item = { id: first.id, signals: [first] };
    return { item: each, entry, proposal: claim({ item: each, me, now: 0, id: entry.id }) };
  });
  services.isOffline = true;
  writes.write(acted, ports, () => undefined);
  await rest();
  services.isOffline = false;
  services.failing = { type: 'assign', reason: 'forbidden' };
  await goOn();
  assert.deepEqual(told, ['later: 2', 'claim failed: 1']);
  assert.deepEqual([...services.reactions], ['eyes']);
});

test('what is done of a claim that failed is taken back later when it cannot be now', async (context) => {
  const { services, begin, rest, goOn, clock, isClaimed, outside, told, outbox } = desk(context);
  services.failing = { type: 'react', reason: 'forbidden' };
  begin('claimed');
  // The assignee is set; then GitHub goes away, and Slack refuses.
  await clock.advance(0);
  assert.deepEqual(outside(), ['noor-sample']);
  services.isOffline = 'assign';
  await rest();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), ['noor-sample']);
  assert.deepEqual(told, ['claim failed: 1']);

  services.isOffline = false;
  await goOn();
  assert.deepEqual(outside(), []);
  assert.deepEqual(outbox.unfinished(), []);
  assert.deepEqual(told, ['claim failed: 1']);
});

test('an undo that cannot be sent yet holds, and is sent when the service answers again', async (context) => {
  const { services, begin, undo, rest, goOn, isClaimed, outside, told } = desk(context);
  const claimed = begin('claimed');
  await rest();
  services.isOffline = true;
  undo(claimed);
  await rest();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), BOTH);

  services.isOffline = false;
  await goOn();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);
  assert.deepEqual(told, ['later: 1']);
});

test('an undo that is refused after all lets the claim stand again', async (context) => {
  const { services, begin, undo, rest, goOn, isClaimed, told } = desk(context);
  const claimed = begin('claimed');
  await rest();
  services.isOffline = true;
  undo(claimed);
  await rest();
  services.isOffline = false;
  services.failing = { type: 'assign', reason: 'forbidden' };
  await goOn();
  assert.equal(isClaimed(), true);
  assert.deepEqual(told, ['later: 1', 'undo failed: 1']);
});

test('what is given up before it is tried once more, as a person asked, is told of once', async (context) => {
  const { services, begin, rest, outbox, writes, ports, isClaimed, told } = desk(context);
  services.isOffline = true;
  begin('claimed');
  await rest();
  services.isOffline = false;
  services.failing = { type: 'assign', reason: 'forbidden' };
  const sent = outbox.goOn();
  await rest();
  await sent;
  const only = new Set(outbox.unfinished().map(({ proposal }) => proposal.id));
  writes.follow(ports);
  writes.finish(ports, () => undefined, only);
  await rest();
  assert.deepEqual([only.size, isClaimed()], [1, false]);
  assert.deepEqual(told, ['later: 1', 'claim failed: 1']);
});

test('an undo that a person drops before it could be sent lets the claim stand again, for good', async (context) => {
  const folder = tempFolder(context);
  const { services, begin, undo, rest, goOn, isClaimed, outside, told, outbox, dropUnfinished } = desk(context, folder);
  const claimed = begin('claimed');
  await rest();
  services.isOffline = true;
  undo(claimed);
  await rest();
  await dropUnfinished();
  assert.equal(isClaimed(), true);
  assert.deepEqual(outbox.unfinished(), []);

  services.isOffline = false;
  await goOn();
  const after = desk(context, folder);
  after.writes.finish(after.ports, () => undefined);
  await after.rest();
  assert.deepEqual([outside(), after.services.arrived, after.isClaimed()], [BOTH, [], true]);
  assert.deepEqual(told, ['later: 1', 'dropped: 1, sent: 0']);
});

test('an undo that is dropped too late, since it is outside already, is not said to be dropped', async (context) => {
  const { services, begin, undo, rest, isClaimed, told, dropUnfinished } = desk(context);
  const claimed = begin('claimed');
  await rest();
  services.losesReply = 'assign';
  undo(claimed);
  await rest();
  await dropUnfinished();
  assert.deepEqual([isClaimed(), [...services.assignees], [...services.reactions]], [false, [], []]);
  assert.deepEqual(told, ['later: 1', 'dropped: 0, sent: 1']);
});

test('an undo that is refused after all changes nothing where the matter was claimed and released since', async (context) => {
  const { services, begin, undo, rest, goOn, isClaimed, told, store, ports } = desk(context);
  const claimed = begin('claimed');
  await rest();
  services.isOffline = true;
  undo(claimed);
  await rest();
  const anew = actEntries({ id: 'anew', at: ports.now(), event: { type: 'released' }, items: [[issue.id, thread.id]] });
  for (const entry of anew) store.append(entry);
  services.isOffline = false;
  services.failing = { type: 'assign', reason: 'forbidden' };
  await goOn();
  assert.equal(isClaimed(), false);
  assert.deepEqual(told, ['later: 1']);
});

test('a release after a claim that could not be sent yet leaves after it', async (context) => {
  const { services, begin, rest, goOn, isClaimed, outside } = desk(context);
  services.isOffline = true;
  begin('claimed');
  await rest();
  services.isOffline = false;
  begin('released');
  await rest();
  assert.deepEqual(services.arrived, ['assign +', 'react +', 'assign -', 'react -']);

  services.isOffline = true;
  begin('claimed');
  begin('released');
  await rest();
  services.isOffline = false;
  await goOn();
  assert.equal(isClaimed(), false);
  assert.deepEqual(outside(), []);
  assert.deepEqual(services.arrived.slice(4), ['assign +', 'react +', 'assign -', 'react -']);
});

test('a word that cannot be said yet is said when the service answers again, and nobody is asked', async (context) => {
  const { services, begin, rest, goOn, isClaimed, told } = desk(context);
  services.failing = { type: 'replyInThread', reason: 'offline' };
  begin('claimed', 'I’m on it.');
  await rest();
  services.failing = undefined;
  await goOn();
  assert.equal(isClaimed(), true);
  assert.deepEqual(services.said, ['commentOnIssue', 'replyInThread']);
  assert.deepEqual(told, ['later: 1']);
});

test('a claim that could not be sent before the window closed goes on in the next, also when it is refused then', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder);
  before.services.isOffline = true;
  before.begin('claimed');
  await before.rest();

  const after = desk(context, folder);
  after.services.isOffline = true;
  after.writes.finish(after.ports, () => undefined);
  await after.rest();
  assert.equal(after.isClaimed(), true);
  assert.deepEqual(after.told, []);

  after.services.isOffline = false;
  after.services.failing = { type: 'react', reason: 'forbidden' };
  await after.goOn();
  assert.equal(after.isClaimed(), false);
  assert.deepEqual(after.outside(), []);
  assert.deepEqual(after.told, ['claim failed: 1']);
});

test('an undo that could not be sent before the window closed is sent in the next', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder);
  const claimed = before.begin('claimed');
  await before.rest();
  before.services.isOffline = true;
  before.undo(claimed);
  await before.rest();

  const after = desk(context, folder);
  for (const login of before.services.assignees) after.services.assignees.add(login);
  for (const name of before.services.reactions) after.services.reactions.add(name);
  after.services.isOffline = true;
  after.writes.finish(after.ports, () => undefined);
  await after.rest();
  after.services.isOffline = false;
  await after.goOn();
  assert.equal(after.isClaimed(), false);
  assert.deepEqual(after.outside(), []);
  assert.deepEqual(after.told, []);
});

test('a claim that was approved among the proposals and refused stays there at the next start', async (context) => {
  const folder = tempFolder(context);
  const before = desk(context, folder);
  before.services.failing = { type: 'assign', reason: 'forbidden' };
  const proposal = claim({ item, me, now: 0, id: 'waited' });
  before.outbox.propose(proposal);
  void before.outbox.approve(proposal.id);
  await before.rest();

  const after = desk(context, folder);
  after.services.failing = { type: 'assign', reason: 'forbidden' };
  after.writes.finish(after.ports, () => undefined);
  await after.rest();
  assert.deepEqual(
    after.outbox.unfinished().map((stored) => stored.proposal.id),
    ['waited'],
  );
});
