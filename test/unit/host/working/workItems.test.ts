import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Item } from '../../../../src/core/item.ts';
import { entriesOf, type ItemRecord, indexJournal, recordOf } from '../../../../src/core/itemRecord.ts';
import type { JournalEntry } from '../../../../src/core/journal.ts';
import type { Proposal } from '../../../../src/core/proposal.ts';
import { actIdOf, declinedId } from '../../../../src/core/undo.ts';
import { ClaimWrites } from '../../../../src/host/working/claimWrites.ts';
import type { WorkingPorts } from '../../../../src/host/working/workingPorts.ts';
import { signal, team } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { act } = await import('../../../../src/host/working/act.ts');
const { claimItems } = await import('../../../../src/host/working/claimItems.ts');
const { noteItems, prioritiseItems, snoozeItems, undoAct } = await import('../../../../src/host/working/workItems.ts');

const [first, second, alert] = ['github:acme/app#1', 'github:acme/app#2', 'alertmanager:f00'].map((id): Item => {
  const service = id.startsWith('alert') ? 'alertmanager' : 'github';
  return { id, signals: [signal({ id, service, title: `Title of ${id}` })] };
});
assert.ok(first !== undefined && second !== undefined && alert !== undefined);
const noon = Date.UTC(2026, 10, 24, 11);

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
});

function desk(over: Partial<WorkingPorts> = {}) {
  const journal: JournalEntry[] = [];
  const sent: Proposal[] = [];
  const acts = new Set<string>();
  const writes = new ClaimWrites();
  let count = 0;
  const ports = {
    team: team(),
    me: team().people[0],
    journal: () => journal,
    append: (entry: JournalEntry) => {
      if (entry.event.type !== 'undone') acts.add(actIdOf(entry.id));
      journal.push(entry);
    },
    offerUndo: (text: string) => void person.said.push(`Undo: ${text}`),
    gate: { undoBar: { hide: () => undefined } },
    itemOf: (id: string) => [first, second, alert].find((item) => item?.id === id),
    isIssue: () => true,
    outbox: {
      submit: async (proposal: Proposal) => {
        sent.push(proposal);
        const outcome = { url: '', issue: undefined, warnings: [] };
        return { proposal, states: proposal.steps.map(() => ({ status: 'done', outcome }) as const) };
      },
      approveLater: () => undefined,
      drop: () => true,
      stored: () => [],
      unfinished: () => [],
    },
    telling: { failed: () => undefined, unsaid: () => undefined, takenBack: () => undefined, broken: () => undefined },
    now: () => noon,
    newId: () => {
      count += 1;
      return `id${count}`;
    },
    ...over,
  } as unknown as WorkingPorts;
  const recordNow = (item: Item): ItemRecord => recordOf(entriesOf(item, indexJournal(journal)));
  const undo = (clicked: readonly Item[] = [], selected: readonly Item[] = []): void =>
    void undoAct({ acts, clicked, selected }, writes, ports);
  return { ports, journal, sent, acts, writes, recordNow, undo };
}

test('what happened to one is said with its title, to many with their number, and with Undo', () => {
  const { ports } = desk();
  act([first], { type: 'done' }, ports);
  act([first, second], { type: 'claimed' }, ports);

  assert.deepEqual(person.said, ['Undo: Done: “Title of github:acme/app#1”', 'Undo: Claimed: 2 items']);
});

test('what is so already is left alone, and with nothing left the person is told', () => {
  const { ports, journal } = desk();
  act([first], { type: 'claimed' }, ports);
  act([first, second], { type: 'claimed' }, ports);
  act([first, second], { type: 'claimed' }, ports);

  assert.deepEqual(
    journal.map(({ signalIds }) => signalIds[0]),
    [first.id, second.id],
  );
  assert.equal(person.said.at(-1), 'No changes needed.');
});

test('undo takes back the last act of this window, wherever its row has gone; then the one before', () => {
  const { ports, recordNow, undo } = desk();
  act([first, second], { type: 'done' }, ports);
  act([first], { type: 'noted', text: 'ask Rio' }, ports);

  undo([], [second]);
  assert.deepEqual(recordNow(first).notes, []);
  assert.notEqual(recordNow(first).doneAt, undefined);
  undo();
  assert.equal(recordNow(first).doneAt, undefined);
  assert.equal(recordNow(second).doneAt, undefined);
  assert.equal(person.said.at(-1), 'Undone. Done: 2 items');
  undo();
  assert.equal(person.said.at(-1), 'Nothing to undo here.');
});

test('undo on a row takes back what happened to it last; a new window undoes what is selected', () => {
  const { ports, recordNow, undo, acts } = desk();
  act([first], { type: 'done' }, ports);
  act([second], { type: 'done' }, ports);
  undo([first]);
  assert.equal(recordNow(first).doneAt, undefined);
  assert.notEqual(recordNow(second).doneAt, undefined);

  acts.clear();
  undo([], [second]);
  assert.equal(recordNow(second).doneAt, undefined);
});

test('snooze, priority and note ask once for all that is selected; leaving changes nothing', async () => {
  const { ports, recordNow, journal } = desk();
  person.answers.push('For 1 hour', 'High', ' ask Rio ');
  await snoozeItems([first, second], ports);
  await prioritiseItems([first, second], ports);
  await noteItems([first, second], ports);

  for (const item of [first, second]) {
    assert.deepEqual(recordNow(item).snooze?.until, { type: 'time', at: noon + 3_600_000 });
    assert.equal(recordNow(item).priority, 'high');
    assert.deepEqual(recordNow(item).notes, ['ask Rio']);
  }
  const before = journal.length;
  await snoozeItems([first], ports);
  await noteItems([first], ports);
  assert.equal(journal.length, before);
});

test('a claim that nobody could see is not made, and the person is told why; an alert needs no account', async () => {
  const { ports, sent, writes, recordNow } = desk({ me: undefined });
  void claimItems([first, alert], writes, ports);
  await writes.settled();

  assert.equal(recordNow(first).claimedAt, undefined);
  assert.equal(recordNow(alert).claimedAt, noon);
  assert.deepEqual(
    sent.flatMap(({ steps }) => steps),
    [],
  );
  assert.match(person.said.join('\n'), /Nobody would see the claim/u);
});

test('claiming many writes one proposal each, under the ids of their entries', async () => {
  const { ports, sent, writes, journal } = desk();
  void claimItems([first, second], writes, ports);
  await writes.settled();

  assert.deepEqual(
    sent.map(({ id }) => id),
    journal.map(({ id }) => id),
  );
  assert.deepEqual(
    sent.map(({ steps }) => steps.map(({ type }) => type)),
    [['assign'], ['assign']],
  );
});

test('undo of what was declined takes the word back, too; of what was just done there is nothing to take back', () => {
  const taken: string[] = [];
  const done = { status: 'done', outcome: { url: '', issue: undefined, warnings: [], undo: [] } } as const;
  const declined = { proposal: { id: 'p1', kind: 'decline', steps: [] }, approvedAt: 1, states: [done] };
  const { ports, undo } = desk({
    outbox: { stored: () => [declined], drop: () => true } as unknown as WorkingPorts['outbox'],
    takeBack: async (stored) => void taken.push(...stored.map(({ proposal }) => proposal.id)),
  });
  ports.append({ id: declinedId('p1'), at: noon, signalIds: [first.id], event: { type: 'done' } });
  act([second], { type: 'done' }, ports);

  undo();
  assert.deepEqual(taken, []);
  undo();
  assert.deepEqual(taken, ['p1']);
});
