import assert from 'node:assert/strict';
import { beforeEach, type TestContext, test } from 'node:test';
import { proposalPhase } from '../../../../src/core/approval.ts';
import type { CreatedIssue, Outcome, Proposal, Write } from '../../../../src/core/proposal.ts';
import { createOutbox } from '../../../../src/outbox/outbox.ts';
import { ServiceError, type Writer } from '../../../../src/services/service.ts';
import { FakeClock, settle } from '../../../support/fakeClock.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { openWindow, tempFolder } from '../../../support/tempStore.ts';
import { person, window } from '../../../support/vscodeStub.ts';

fakeVscode();
const { carryOut, finishLater } = await import('../../../../src/host/convert/carryOut.ts');

const proposal: Proposal = {
  id: 'p1',
  createdAt: 0,
  kind: 'convert',
  signalIds: ['slack:C01:1763370000.000100'],
  title: 'It answers 421',
  steps: [
    {
      type: 'createIssue',
      repository: 'acme/app',
      title: 'It answers 421',
      body: 'It does.',
      labels: [],
      assignees: [],
      marker: '<!-- m -->',
      since: 0,
    },
    { type: 'replyInThread', channel: 'C01', threadTs: '1763370000.000100', markdown: 'Planned.', marker: 'm' },
  ],
  decision: undefined,
  undoes: undefined,
};
const issue: CreatedIssue = {
  repository: 'acme/app',
  number: 1,
  url: 'https://github.example/1',
  nodeId: 'I',
  databaseId: 1,
};

const CLOSE: Write = { type: 'closeIssue', repository: 'acme/app', number: 1, reason: 'notPlanned' };

/** An outbox on a disk; the person cancels while the issue is created. */
function desk(t: TestContext) {
  const clock = new FakeClock();
  const store = openWindow(t, tempFolder(t), () => clock.now());
  const sent: string[] = [];
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  let cancel = (): void => undefined;
  const during: { create: () => void; reply?: () => void } = { create: () => cancel() };
  t.mock.method(
    window,
    'withProgress',
    async (_: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) =>
      task(
        { report: () => undefined },
        {
          onCancellationRequested: (listener: () => void) => {
            cancel = listener;
            return { dispose: () => undefined };
          },
        },
      ),
  );
  const writer: Writer = {
    service: 'github',
    types: ['createIssue', 'replyInThread', 'reopenIssue'],
    find: async () => undefined,
    apply: async ({ type }): Promise<Outcome> => {
      sent.push(type);
      if (type === 'replyInThread' && during.reply !== undefined) during.reply();
      if (type === 'createIssue') during.create();
      return { url: issue.url, issue: type === 'createIssue' ? issue : undefined, warnings: [], undo: [CLOSE] };
    },
  };
  const outbox = createOutbox({ store, writers: [writer], clock, log, holder: 'w', dryRun: () => false });
  const answers = { get: () => undefined, set: () => undefined };
  const offered: string[] = [];
  const undoBar = { show: (text: string) => void offered.push(text), hide: () => undefined };
  const ports = { outbox, answers, openUrl: async () => {}, placeOf: () => undefined, undoBar, now: clock.now, log };
  /** The engine's minutes. */
  const later = async (): Promise<void> => {
    const going = outbox.goOn();
    await settle();
    await clock.advance(60_000);
    await going;
  };
  return { ports, outbox, sent, later, during, clock, offered };
}

beforeEach(() => {
  person.answers.length = 0;
});

test('a conversion that is cancelled between its steps does not go on by itself', async (t) => {
  const { ports, outbox, sent, later } = desk(t);
  await carryOut([proposal], ports);
  await later();
  assert.deepEqual(sent, ['createIssue']);
  assert.equal(outbox.stored()[0]?.approvedAt, undefined);
});

test('nor does one that is cancelled while it is resumed', async (t) => {
  const { ports, outbox, sent, later } = desk(t);
  outbox.approveLater(proposal);
  const [stored] = outbox.stored();
  assert.ok(stored !== undefined);
  person.answers.push('Resume');
  await finishLater(stored, ports);
  await later();
  assert.deepEqual(sent, ['createIssue']);
});

test('one that is dropped half-way keeps the issue that it made, so that it can be taken back', async (t) => {
  const { ports, outbox } = desk(t);
  const [begun] = await carryOut([proposal], ports);
  assert.ok(begun !== undefined);
  person.answers.push('Drop');
  await finishLater(begun, ports);
  const kept = outbox.stored().map((stored) => stored.proposal.steps.map(({ type }) => type));
  assert.deepEqual([kept, outbox.unfinished()], [[['createIssue']], []]);
});

test('of many, those whose turn comes after the machine has slept ask again', async (t) => {
  const { ports, outbox, sent, during, clock } = desk(t);
  during.create = () => clock.set(clock.now() + 10 * 3_600_000);
  const steps = proposal.steps.slice(0, 1);
  await carryOut(
    [
      { ...proposal, steps },
      { ...proposal, id: 'p2', steps },
    ],
    ports,
  );
  assert.deepEqual(sent, ['createIssue']);
  const phases = outbox.stored().map((stored) => proposalPhase(stored, clock.now()));
  assert.deepEqual(phases, ['done', 'stale']);
});

test('of many, one that is dropped or edited before its turn is not created', async (t) => {
  const { ports, outbox, sent, during } = desk(t);
  const steps = proposal.steps.slice(0, 1);
  const edit = (change: { body: string } | { labels: readonly string[] }) =>
    steps.map((step) => (step.type === 'createIssue' ? { ...step, ...change } : step));
  const edited = { p3: edit({ body: 'It did.' }), p4: edit({ labels: ['bug'] }) };
  during.create = () => {
    outbox.drop('p2');
    for (const [id, steps] of Object.entries(edited)) outbox.revise({ ...proposal, id, steps });
  };
  const all = ['p1', 'p2', 'p3', 'p4'].map((id) => ({ ...proposal, id, steps }));
  await carryOut(all, ports);
  assert.deepEqual(sent, ['createIssue']);
  const left = outbox.stored().map((stored) => [stored.proposal.id, stored.proposal.steps]);
  assert.deepEqual(left.slice(1), Object.entries(edited));
  assert.match(person.said.join('\n'), /Not sent: 2 changes\. The text was edited in Proposals meanwhile/u);
});

test('an issue that was opened again, and got no comment yet, is no conversion: it is said, and the answers are kept', async (t) => {
  const { ports, during, clock } = desk(t);
  during.create = () => undefined;
  during.reply = () => {
    throw new ServiceError('forbidden', 'archived');
  };
  const forgotten: string[] = [];
  const reopen: Write = { type: 'reopenIssue', repository: 'acme/app', number: 1 };
  const [, reply] = proposal.steps;
  assert.ok(reply !== undefined);
  person.said.length = 0;
  const answers = { get: () => undefined, set: (id: string) => void forgotten.push(id) };
  const carried = carryOut([{ ...proposal, id: 'p9', steps: [reopen, reply] }], { ...ports, answers });
  for (let second = 0; second < 5; second += 1) await clock.advance(1000);
  await carried;
  assert.deepEqual(forgotten, []);
  assert.match(person.said.join('\n'), /Part of it was sent; not done yet: /u);
});

test('all that are created can be taken back from the status bar', async (t) => {
  const { ports, offered, during, clock } = desk(t);
  during.create = () => undefined;
  const steps = proposal.steps.slice(0, 1);
  const converted = (...ids: string[]) =>
    carryOut(
      ids.map((id) => ({ ...proposal, id, steps })),
      ports,
    );
  const all = [converted('p1'), converted('p2', 'p3')];
  for (let second = 0; second < 5; second += 1) await clock.advance(1000);
  await Promise.all(all);
  assert.deepEqual(offered, ['Convert to issue · It answers 421', '2 changes']);
});
