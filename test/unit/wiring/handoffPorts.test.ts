import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { HandoffDraft } from '../../../src/core/handoff.ts';
import type { Proposal, StepState, StoredProposal } from '../../../src/core/proposal.ts';
import type { Outbox } from '../../../src/outbox/outbox.ts';
import type { TeamSession } from '../../../src/session/teamSession.ts';
import { team } from '../../support/build.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person, settings } from '../../support/vscodeStub.ts';
import { draft, entry } from '../core/handoffSamples.ts';
import { FakeGate } from '../host/gate/fakeGate.ts';

fakeVscode();
const { handoffPorts } = await import('../../../src/wiring/handoffPorts.ts');

const NOTES = draft({ open: [entry()] });
const TARGETS = team({
  handoff: { slackChannel: 'integrations-internal', issue: undefined, remindWorkingDays: 1 },
});

function desk(stored: readonly StoredProposal[] = [], over: Partial<Outbox> = {}) {
  const gate = new FakeGate();
  const dropped: string[] = [];
  const withheld: string[] = [];
  const outbox = {
    ...gate.ports.outbox,
    withhold: (id: string) => void withheld.push(id),
    stored: () => stored,
    drop: (id: string) => dropped.push(id) > 0,
    ...over,
  };
  const store = { handoffs: () => [], follow: () => undefined };
  const ports = handoffPorts({
    session: () => ({ team: TARGETS, store, outbox }) as unknown as TeamSession,
    gate: () => gate.ports,
    now: () => gate.now,
    openUrl: async () => undefined,
    log: gate.ports.log,
  });
  const confirm = (notes: HandoffDraft = NOTES): Promise<boolean> => ports.confirmPost('slack', notes);
  return { gate, ports, confirm, dropped, withheld };
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

test('what was posted and taken back is posted once more, and only once', async () => {
  const first = desk();
  await first.ports.post('slack', NOTES);
  const [posted] = first.gate.sent as [Proposal];
  const outcome = { url: 'https://slack.example/gone', issue: undefined, warnings: [], undo: [] };
  const done = (proposal: Proposal): StoredProposal => ({
    proposal,
    approvedAt: 1,
    states: [{ status: 'done', outcome }],
  });
  const all = [done(posted), done({ ...posted, id: 'u1', kind: 'undo', undoes: posted.id })];
  const tried: string[] = [];
  const submit = async (proposal: Proposal): Promise<StoredProposal> => {
    const before = all.find((each) => each.proposal.id === proposal.id);
    if (before !== undefined) return before;
    tried.push(proposal.id);
    const now = {
      ...done(proposal),
      states: [{ status: 'done', outcome: { ...outcome, url: 'https://slack.example/new' } }],
    } as const;
    all.push(now);
    return now;
  };
  const again = desk(all, { submit });
  for (const _ of ['as a crash may ask for it', 'twice'])
    assert.deepEqual(await again.ports.post('slack', NOTES), {
      status: 'posted',
      url: 'https://slack.example/new',
      warnings: [],
    });
  assert.equal(tried.length, 1);
});

for (const [reason, isWithheld] of [
  ['offline', true],
  ['rateLimited', true],
  ['forbidden', false],
] as const)
  test(`a post that fails with ${reason} waits for Retry and does not go by itself`, async () => {
    const failed: StepState = { status: 'failed', reason, message: 'no', permanent: !isWithheld, retryAt: undefined };
    const stopped = (proposal: Proposal): StoredProposal => ({
      proposal,
      approvedAt: Date.UTC(2026, 10, 24, 11),
      states: [failed],
    });
    const tried: string[] = [];
    const submit = async (proposal: Proposal) => {
      tried.push(proposal.id);
      return stopped(proposal);
    };
    const first = desk([], { submit });
    assert.equal((await first.ports.post('slack', NOTES)).status, 'failed');
    assert.deepEqual(first.withheld, isWithheld ? tried : []);
  });

test('an earlier try of which nobody can tell whether it arrived does not go by itself either', async () => {
  const before = desk();
  await before.confirm({ ...NOTES, revision: 1 });
  const [old] = before.gate.waiting as [Proposal];
  const lost: StepState = { status: 'failed', reason: 'offline', message: '', permanent: false, retryAt: undefined };
  const stored = { proposal: old, approvedAt: before.gate.now, states: [lost] };
  const { ports, withheld, gate } = desk([stored], { look: async () => stored });
  assert.equal((await ports.post('slack', { ...NOTES, revision: 2 })).status, 'failed');
  assert.deepEqual([withheld, gate.sent], [[old.id], []]);
});
