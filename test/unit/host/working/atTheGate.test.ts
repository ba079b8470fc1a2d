import assert from 'node:assert/strict';
import { beforeEach, type TestContext, test } from 'node:test';
import { proposalPhase } from '../../../../src/core/approval.ts';
import type { Item } from '../../../../src/core/item.ts';
import { entriesOf, type ItemRecord, indexJournal, recordOf } from '../../../../src/core/itemRecord.ts';
import type { Write } from '../../../../src/core/proposal.ts';
import { actIdOf } from '../../../../src/core/undo.ts';
import { ClaimWrites } from '../../../../src/host/working/claimWrites.ts';
import type { WorkingPorts } from '../../../../src/host/working/workingPorts.ts';
import { createOutbox } from '../../../../src/outbox/outbox.ts';
import { ServiceError, type Writer } from '../../../../src/services/service.ts';
import { signal, team } from '../../../support/build.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { openWindow, tempFolder } from '../../../support/tempStore.ts';
import { person, settings, window } from '../../../support/vscodeStub.ts';
import { FakeGate } from '../gate/fakeGate.ts';

fakeVscode();
const { claimAndSaySo, claimItems, releaseItems } = await import('../../../../src/host/working/claimItems.ts');
const { prioritiseItems, undoAct } = await import('../../../../src/host/working/workItems.ts');
const { prioritiseOnBoard } = await import('../../../../src/host/change/boardPriority.ts');
const { undoWrites } = await import('../../../../src/host/gate/undoWrites.ts');

const issue = signal({ id: 'github:acme/app#12', title: 'Sync stops' });
const item: Item = { id: issue.id, signals: [issue] };
const firing = signal({ id: 'alertmanager:f00', service: 'alertmanager' });
const alert: Item = { id: firing.id, signals: [firing] };
const BOARD = { owner: 'acme', number: 213, priorityField: 'Priority', timeboxField: undefined };

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
  settings.clear();
});

/** GitHub as far as it matters here. */
class FakeGitHub {
  readonly assignees = new Set<string>();
  readonly said: string[] = [];
  priority: string | undefined;
  refuses = false;
  /** It cannot be reached. */
  isAway = false;

  readonly writer: Writer = {
    service: 'github',
    types: ['assign', 'commentOnIssue', 'setBoardPriority', 'restoreBoardFields'],
    find: async () => undefined,
    apply: async (write) => {
      if (this.refuses) throw new ServiceError('forbidden', 'no');
      if (this.isAway) throw new ServiceError('offline', 'no answer');
      return { url: '', issue: undefined, warnings: [], undo: this.#apply(write) };
    },
  };

  #apply(write: Write): readonly Write[] {
    if (write.type === 'assign') {
      for (const login of write.add) this.assignees.add(login);
      for (const login of write.remove) this.assignees.delete(login);
      return [{ ...write, add: write.remove, remove: write.add }];
    }
    if (write.type === 'commentOnIssue') this.said.push(write.body);
    if (write.type === 'restoreBoardFields') this.priority = undefined;
    if (write.type !== 'setBoardPriority') return [];
    this.priority = write.option;
    return [{ type: 'restoreBoardFields', projectId: 'P', itemId: 'T', fields: [{ fieldId: 'F', value: undefined }] }];
  }
}

function desk(context: TestContext, folder = tempFolder(context)) {
  const clock = new FakeClock();
  const store = openWindow(context, folder, clock.now);
  const github = new FakeGitHub();
  const gate = new FakeGate();
  const { log } = gate.ports;
  const dryRun = (): boolean => settings.get('dryRun') === true;
  const outbox = createOutbox({ store, writers: [github.writer], clock, log, holder: 'window', dryRun });
  const acts = new Set<string>();
  let again = (): void => undefined;
  const at = { ...gate.ports, outbox, now: clock.now };
  const ports = {
    team: team({ issues: { repository: 'acme/app', labels: [], project: BOARD } }),
    me: team().people[0],
    journal: () => store.journal(),
    append: (entry) => {
      if (entry.event.type !== 'undone') acts.add(actIdOf(entry.id));
      store.append(entry);
    },
    itemOf: () => item,
    isIssue: () => true,
    outbox,
    gate: at,
    offerUndo: (text) => gate.ports.undoBar.showAct(text),
    prioritiseOnBoard: (chosen, priority) =>
      prioritiseOnBoard(
        chosen.map((one) => ({ ...one, converted: { repository: 'acme/app', number: 12 } })),
        priority,
        { team: ports.team, gate: at, now: clock.now } as unknown as Parameters<typeof prioritiseOnBoard>[2],
      ),
    takeBack: (stored) => undoWrites(stored, at),
    telling: {
      later: () => undefined,
      failed: (what, _failed, retry) => {
        person.said.push(`${what} failed`);
        again = retry;
      },
      unsaid: () => undefined,
      dropped: () => undefined,
      takenBack: () => undefined,
      broken: (error) => assert.fail(String(error)),
    },
    now: clock.now,
    newId: gate.ports.newId,
    log,
  } as WorkingPorts;
  const writes = new ClaimWrites();
  const settled = async (): Promise<void> => {
    for (let second = 0; second < 12; second += 1) await clock.advance(1000);
    await writes.settled();
  };
  const record = (): ItemRecord => recordOf(entriesOf(item, indexJournal(store.journal())));
  const undo = (): void => void undoAct({ acts, clicked: [], selected: [] }, writes, ports);
  const waiting = () => outbox.stored().filter((stored) => proposalPhase(stored, clock.now()) === 'waiting');
  return { ports, writes, github, gate, outbox, settled, record, undo, waiting, folder, again: () => again() };
}

test('in a dry run a claim waits: the row stays, nothing leaves; approved later it is made, here and outside', async (t) => {
  settings.set('dryRun', true);
  const { ports, writes, github, outbox, settled, record, waiting } = desk(t);
  await claimItems([item], writes, ports);
  await settled();
  assert.equal(record().claimedAt, undefined);
  assert.deepEqual([...github.assignees], []);
  const [stored] = waiting();
  assert.equal(stored?.proposal.kind, 'claim');

  settings.set('dryRun', false);
  void outbox.approve(stored.proposal.id);
  await settled();
  assert.notEqual(record().claimedAt, undefined);
  assert.deepEqual([...github.assignees], ['noor-sample']);
});

for (const [name, setting, value] of [
  ['in a dry run', 'dryRun', true],
  ['where claims are shown first', 'applyAtOnce', []],
] as const)
  test(`${name} what writes nothing outside is claimed and released at once; only the rest waits`, async (t) => {
    settings.set(setting, value);
    const { ports, writes, gate, settled, record, waiting } = desk(t);
    const recordOfAlert = (): ItemRecord => recordOf(entriesOf(alert, indexJournal(ports.journal())));
    await claimItems([alert, item], writes, ports);
    await settled();
    assert.notEqual(recordOfAlert().claimedAt, undefined);
    assert.equal(record().claimedAt, undefined);
    assert.deepEqual(
      waiting().map(({ proposal }) => proposal.signalIds),
      [[issue.id]],
    );

    gate.shown.length = 0;
    await releaseItems([alert], writes, ports);
    await settled();
    assert.equal(recordOfAlert().claimedAt, undefined);
    assert.deepEqual([gate.shown.length, waiting().length], [0, 1]);
  });

test('a claim that waits is no claim that was interrupted: the next start leaves it where it is', async (t) => {
  settings.set('dryRun', true);
  const before = desk(t);
  await claimItems([item], before.writes, before.ports);
  settings.set('dryRun', false);

  const { ports, writes, github, settled, waiting } = desk(t, before.folder);
  writes.finish(ports, () => assert.fail('nothing failed'));
  await settled();
  assert.equal(waiting().length, 1);
  assert.deepEqual([...github.assignees], []);
});

test('in a dry run undoing a claim proposes the release, and the claim stands until it is approved', async (t) => {
  const { ports, writes, github, outbox, settled, record, undo, waiting } = desk(t);
  void claimItems([item], writes, ports);
  await settled();
  assert.deepEqual([...github.assignees], ['noor-sample']);

  settings.set('dryRun', true);
  undo();
  await settled();
  assert.notEqual(record().claimedAt, undefined);
  assert.deepEqual([...github.assignees], ['noor-sample']);
  const [release] = waiting();
  assert.equal(release?.proposal.kind, 'release');

  settings.set('dryRun', false);
  void outbox.approve(release.proposal.id);
  await settled();
  assert.equal(record().claimedAt, undefined);
  assert.deepEqual([...github.assignees], []);
});

for (const missing of ['undo', 'release'])
  test(`undoing a claim is shown first where ${missing} is not applied at once; turned away the claim stands`, async (t) => {
    settings.set(
      'applyAtOnce',
      ['claim', 'release', 'undo'].filter((kind) => kind !== missing),
    );
    const { ports, writes, github, gate, settled, record, undo, waiting } = desk(t);
    void claimItems([item], writes, ports);
    await settled();
    person.answers.push(undefined);
    undo();
    await settled();
    assert.deepEqual([gate.shown.length, waiting().length], [1, 1]);
    assert.notEqual(record().claimedAt, undefined);
    assert.deepEqual([...github.assignees], ['noor-sample']);

    person.answers.push('Approve');
    undo();
    await settled();
    assert.equal(record().claimedAt, undefined);
    assert.deepEqual([...github.assignees], []);
  });

test('what is taken back outside is told of by the undone entry alone, so that Undo goes on to what was before it', async (t) => {
  const { ports, writes, settled, undo } = desk(t);
  void claimItems([item], writes, ports);
  await settled();
  undo();
  await settled();
  assert.deepEqual(
    ports.journal().flatMap(({ event }) => (event.type === 'attempted' ? [] : event.type)),
    ['claimed', 'undone'],
  );
  await undoAct({ acts: new Set(), clicked: [item], selected: [] }, writes, ports);
  assert.equal(person.said.at(-1), 'Nothing to undo here.');
});

for (const [name, wasMine] of [
  ['stands without me at once, though its source shows me yet', false],
  ['that was mine before stays mine', true],
] as const)
  test(`of a claim that is undone the row ${name}`, async (t) => {
    const { ports, writes, settled, record } = desk(t);
    const mine = signal({ id: issue.id, assignees: ['noor-sample'] });
    const other = signal({ id: 'github:acme/app#13', assignees: wasMine ? ['noor-sample'] : [] });
    const both: Item = { id: issue.id, signals: [issue, other] };
    const read: Item = { id: issue.id, signals: [mine, other] };
    await claimItems([both], writes, ports);
    await settled();
    await undoAct({ acts: new Set(), clicked: [item], selected: [] }, writes, { ...ports, itemOf: () => read });
    assert.deepEqual([record().claimedAt, record().releasedAt !== undefined], [undefined, !wasMine]);
  });

test('who wants to see claims first is shown them; turned away they wait, and the row does not change', async (t) => {
  settings.set('applyAtOnce', []);
  const { ports, writes, github, gate, settled, record, waiting } = desk(t);
  person.answers.push(undefined);
  await claimItems([item], writes, ports);
  await settled();
  assert.deepEqual([gate.shown.length, waiting().length, record().claimedAt], [1, 1, undefined]);

  person.answers.push('Approve');
  await claimItems([item], writes, ports);
  await settled();
  assert.deepEqual([...github.assignees], ['noor-sample']);
  person.answers.push('Approve');
  await releaseItems([item], writes, ports);
  await settled();
  assert.deepEqual([...github.assignees], []);
});

test('a claim or release that is tried again and cannot be recorded says so', async (t) => {
  const { ports, writes, github, settled, again } = desk(t);
  let isLocked = false;
  const append: WorkingPorts['append'] = (entry) => {
    if (isLocked) throw new Error('database is locked');
    ports.append(entry);
  };
  github.refuses = true;
  for (const change of [claimItems, releaseItems]) {
    isLocked = false;
    await change([item], writes, { ...ports, append });
    await settled();
    person.said.length = 0;
    isLocked = true;
    again();
    await settled();
    assert.match(person.said.join('\n'), /^Something went wrong/u);
  }
});

test('words that go with a claim are shown, and said as they stand there', async (t) => {
  const { ports, writes, github, gate, settled, record } = desk(t);
  person.answers.push('I’m on it.', 'Claim and Reply');
  await claimAndSaySo([item], writes, ports);
  await settled();

  assert.equal(gate.shown.length, 1);
  assert.match(github.said.join('\n'), /^I’m on it\.\n\n<!--/u);
  assert.notEqual(record().claimedAt, undefined);
});

test('words of a claim that was refused are in the box when it is tried again, and wait no more then', async (t) => {
  const { ports, writes, github, settled, waiting, again } = desk(t);
  github.refuses = true;
  person.answers.push('Mine, back at two.', 'Claim and Reply');
  await claimAndSaySo([item], writes, ports);
  await settled();
  assert.equal(waiting().length, 1);

  github.refuses = false;
  t.mock.method(window, 'showInputBox', async ({ value }: { readonly value?: string }) => value);
  person.answers.push('Claim and Reply');
  again();
  await settled();
  assert.match(github.said.join('\n'), /^Mine, back at two\.\n/u);
  assert.equal(waiting().length, 0);
});

test('a priority is set here and on the board; undone here, the board gets its former value back', async (t) => {
  const { ports, github, gate, settled, record, undo } = desk(t);
  person.answers.push('High');
  void prioritiseItems([item], ports);
  await settled();
  assert.deepEqual([record().priority, github.priority], ['high', '🔴 High']);
  assert.notEqual(gate.undo, undefined);

  undo();
  await settled();
  assert.deepEqual([record().priority, github.priority], [undefined, undefined]);
});

test('undone on the board, the priority goes here as well', async (t) => {
  const { ports, github, outbox, settled, record } = desk(t);
  person.answers.push('High');
  void prioritiseItems([item], ports);
  await settled();

  void undoWrites(outbox.stored(), ports.gate);
  await settled();
  assert.deepEqual([record().priority, github.priority], [undefined, undefined]);
});

test('a priority whose board part waits is dropped with it', async (t) => {
  settings.set('dryRun', true);
  const { ports, settled, record, undo, waiting } = desk(t);
  person.answers.push('Low');
  void prioritiseItems([item], ports);
  await settled();
  assert.deepEqual([record().priority, waiting().length], ['low', 1]);

  undo();
  await settled();
  assert.deepEqual([record().priority, waiting().length], [undefined, 0]);
});

test('a priority that could not reach the board is not written there after it was undone', async (t) => {
  const { ports, github, outbox, settled, record, undo } = desk(t);
  github.isAway = true;
  person.answers.push('High');
  void prioritiseItems([item], ports);
  await settled();
  assert.equal(record().priority, 'high');

  undo();
  await settled();
  github.isAway = false;
  void outbox.goOn();
  await settled();
  assert.deepEqual([record().priority, github.priority], [undefined, undefined]);
  assert.deepEqual(outbox.stored(), []);
});
