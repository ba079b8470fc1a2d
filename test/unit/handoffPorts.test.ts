import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { HandoffDraft } from '../../src/core/handoff.ts';
import type { Proposal, StoredProposal } from '../../src/core/proposal.ts';
import type { TeamSession } from '../../src/teamSession.ts';
import { team } from '../support/build.ts';
import { fakeVscode } from '../support/fakeVscode.ts';
import { person, settings } from '../support/vscodeStub.ts';
import { draft, entry } from './core/handoffSamples.ts';
import { FakeGate } from './host/gate/fakeGate.ts';

fakeVscode();
const { handoffPorts } = await import('../../src/handoffPorts.ts');

const NOTES = draft({ open: [entry()] });
const TARGETS = team({
  handoff: { slackChannel: 'integrations-internal', issue: undefined, remindWorkingDays: 1 },
});

function desk(stored: readonly StoredProposal[] = []) {
  const gate = new FakeGate();
  const dropped: string[] = [];
  const outbox = {
    ...gate.ports.outbox,
    stored: () => stored,
    drop: (id: string) => dropped.push(id) > 0,
  };
  const store = { handoffs: () => [], follow: () => undefined };
  const ports = handoffPorts({
    session: () => ({ team: TARGETS, store, outbox }) as unknown as TeamSession,
    gate: () => gate.ports,
    now: () => gate.now,
    openUrl: async () => undefined,
    log: gate.ports.log,
  });
  const confirm = (notes: HandoffDraft = NOTES): Promise<boolean> => ports.confirmPost('', 'slack', notes);
  return { gate, ports, confirm, dropped };
}

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
  settings.clear();
});

test('notes are shown before they are posted, and are edited on their page alone', async () => {
  const { gate, confirm } = desk();
  person.answers.push('Post');
  assert.equal(await confirm(), true);

  assert.equal(gate.shown.length, 1);
  assert.match(person.said[0] ?? '', /Post \| .*Keep as Proposal/u);
  assert.doesNotMatch(person.said[0] ?? '', /Edit/u);
});

test('turned away they wait among the proposals', async () => {
  const { gate, confirm } = desk();
  assert.equal(await confirm(), false);
  assert.deepEqual(
    gate.waiting.map(({ kind }) => kind),
    ['postHandoff'],
  );
});

test('who has them posted at once is not shown them; in a dry run they wait all the same', async () => {
  settings.set('applyAtOnce', ['postHandoff']);
  const { gate, confirm } = desk();
  assert.deepEqual([await confirm(), gate.shown.length], [true, 0]);

  settings.set('dryRun', true);
  assert.deepEqual([await confirm(), gate.waiting.length], [false, 1]);
});

test('what waited from before the notes were edited is not posted after them', async () => {
  const before = desk();
  await before.confirm({ ...NOTES, revision: 1 });
  const [old] = before.gate.waiting as [Proposal];
  const { ports, dropped } = desk([{ proposal: old, approvedAt: undefined, states: [{ status: 'waiting' }] }]);

  const posted = await ports.post('slack', { ...NOTES, revision: 2 });
  assert.equal(posted.status, 'posted');
  assert.deepEqual(dropped, [old.id]);
});
