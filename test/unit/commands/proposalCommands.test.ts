import assert from 'node:assert/strict';
import { beforeEach, type TestContext, test } from 'node:test';
import type { CommandWiring } from '../../../src/commands/commandWiring.ts';
import { standing } from '../../../src/core/journal.ts';
import type { Proposal, Write } from '../../../src/core/proposal.ts';
import type { SourceFailure } from '../../../src/core/sourceStatus.ts';
import { ClaimWrites } from '../../../src/host/working/claimWrites.ts';
import { createOutbox, type Outbox } from '../../../src/outbox/outbox.ts';
import { ServiceError, type Writer } from '../../../src/services/service.ts';
import { proposal as proposalOf, signal, team } from '../../support/build.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';
import { documents, type FakeDocument, person, window } from '../../support/vscodeStub.ts';
import { FakeGate } from '../host/gate/fakeGate.ts';

fakeVscode();
const { allWordsOf } = await import('../../../src/actions/words.ts');
const { proposalCommands } = await import('../../../src/commands/proposalCommands.ts');

const proposal: Proposal = {
  id: 'p1',
  createdAt: 0,
  kind: 'reply',
  signalIds: [],
  title: 'Sync stops',
  steps: [{ type: 'replyInThread', channel: 'C01', threadTs: '1.2', markdown: 'Planned for May.', marker: 'm' }],
  decision: undefined,
  undoes: undefined,
};

/** The document of *Edit…* on a proposal that waits. */
async function editing(t: TestContext): Promise<{
  readonly outbox: Outbox;
  readonly document: FakeDocument;
  readonly shown: readonly string[];
  readonly sent: readonly string[];
  readonly done: Promise<unknown>;
}> {
  const clock = new FakeClock();
  const store = openWindow(t, tempFolder(t), () => clock.now());
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const sent: string[] = [];
  const writer: Writer = {
    service: 'slack',
    types: ['replyInThread'],
    find: async () => undefined,
    apply: async (write) => {
      sent.push(write.type === 'replyInThread' ? write.markdown : '');
      return { url: 'https://slack.example/1', issue: undefined, warnings: [], undo: [] };
    },
  };
  const outbox = createOutbox({ store, writers: [writer], clock, log, holder: 'w', dryRun: () => false });
  const shown: string[] = [];
  const preview = {
    showChange: async (_: string, __: unknown, now: { readonly proposals: readonly Proposal[] }) =>
      void shown.push(...now.proposals.map(allWordsOf)),
  };
  outbox.propose(proposal);
  const done = proposalCommands({
    session: () => ({ outbox, store }),
    selectedProposals: () => [],
    gate: () => ({ outbox, preview, placeOf: () => undefined, coveredBy: () => 0, now: clock.now }),
  } as unknown as CommandWiring)['responder.editProposal']('proposal:p1');
  await settle();
  const document = documents.at(-1);
  assert.ok(document !== undefined);
  return { outbox, document, shown, sent, done: Promise.resolve(done) };
}

function texts(outbox: Outbox): readonly string[] {
  return outbox.stored().map((one) => allWordsOf(one.proposal));
}

beforeEach(() => {
  person.said.length = 0;
  person.copied.length = 0;
  person.answers.length = 0;
});

test('an edit of a proposal that waits is kept, and shown beside what was to be written', async (t) => {
  const { outbox, document, shown, done } = await editing(t);
  document.type('Planned for June.');
  document.press('apply');
  await done;
  assert.deepEqual([texts(outbox), shown], [['Planned for June.'], ['Planned for June.']]);
});

test('an edit of a proposal that was dropped meanwhile waits again', async (t) => {
  const { outbox, document, shown, done } = await editing(t);
  outbox.drop('p1');
  document.type('Planned for June.');
  document.press('apply');
  await done;
  assert.deepEqual([texts(outbox), shown], [['Planned for June.'], ['Planned for June.']]);
  assert.equal(outbox.stored()[0]?.approvedAt, undefined);
  assert.ok(!person.said.some((text) => text.includes('begun')));
});

test('an edit that is discarded brings back nothing that was dropped meanwhile', async (t) => {
  const { outbox, document, done } = await editing(t);
  outbox.drop('p1');
  document.type('Planned for June.');
  document.press('discard');
  await done;
  assert.deepEqual(texts(outbox), []);
});

test('an edit of a proposal that was begun meanwhile is not in it, and can be copied', async (t) => {
  const { outbox, document, sent, done } = await editing(t);
  await outbox.approve('p1');
  person.answers.push('Copy Text');
  document.type('Planned for June.');
  document.press('apply');
  await done;
  assert.deepEqual(sent, ['Planned for May.']);
  assert.equal(person.said.at(-1), 'It is already being sent, without your last edit. [Copy Text]');
  assert.deepEqual(person.copied, ['Planned for June.']);
});

test('what was kept as it was typed, and then sent, is not said to be missing', async (t) => {
  const { outbox, document, sent, done } = await editing(t);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  document.type('Planned for June.');
  t.mock.timers.tick(400);
  await outbox.approve('p1');
  document.press('apply');
  await done;
  assert.deepEqual(sent, ['Planned for June.']);
  assert.equal(person.said.at(-1), 'It has been sent, or is being sent, so it can no longer be edited.');
});

/** *Edit…* on a reply whose answer was lost two hours ago; `find` is what looking for it does. */
async function editingLost(t: TestContext, find: Writer['find']) {
  const clock = new FakeClock();
  const store = openWindow(t, tempFolder(t), clock.now);
  const { log } = new FakeGate().ports;
  const sent: string[] = [];
  const slack = { isDown: true };
  const writer: Writer = {
    service: 'slack',
    types: ['replyInThread'],
    find,
    apply: async (write) => {
      if (slack.isDown) throw new ServiceError('offline', 'no answer');
      sent.push(write.type);
      return { url: 'https://slack.example/1', issue: undefined, warnings: [], undo: [] };
    },
  };
  const outbox = createOutbox({ store, writers: [writer], clock, log, holder: 'w', dryRun: () => false });
  await outbox.submit(proposal);
  await clock.advance(2 * 3_600_000);
  slack.isDown = false;
  const gate = { ...new FakeGate().ports, outbox, now: clock.now };
  const commands = proposalCommands({
    session: () => ({ outbox, store }),
    selectedProposals: () => [],
    gate: () => gate,
  } as unknown as CommandWiring);
  const titles: string[] = [];
  const tokens: (() => void)[] = [];
  t.mock.method(window, 'withProgress', async ({ title }: { readonly title: string }, task: Task) => {
    titles.push(title);
    const onCancellationRequested = (cancel: () => void) => (tokens.push(cancel), { dispose: () => undefined });
    return task({ report: () => undefined }, { onCancellationRequested });
  });
  const opened = documents.length;
  const edit = Promise.resolve(commands['responder.editProposal']('proposal:p1'));
  await settle();
  return { commands, edit, clock, sent, titles, cancel: () => tokens[0]?.(), opens: () => documents.length > opened };
}

type Task = (progress: unknown, token: unknown) => Promise<unknown>;

test('where nobody can tell whether it was sent, that is said, and it is not edited', async (t) => {
  const { edit, clock, titles, opens } = await editingLost(t, async () => {
    throw new ServiceError('offline', 'no answer');
  });
  await clock.advance(5000);
  await edit;
  assert.deepEqual([titles, opens()], [['Checking whether it was sent'], false]);
  assert.equal(person.said.length, 1);
  assert.match(person.said[0] ?? '', /^It is not known whether it was sent, so it cannot be edited now\. .*Slack/u);
});

test('while it is looked for that shows; who cancels edits nothing, and what is approved meanwhile is sent after it', async (t) => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const { commands, edit, clock, sent, titles, cancel, opens } = await editingLost(t, () => promise);
  await clock.advance(5000);
  assert.deepEqual(titles, ['Checking whether it was sent']);
  const approved = commands['responder.approveProposal']('proposal:p1', undefined);
  cancel();
  await edit;
  assert.deepEqual([person.said, opens(), sent], [[], false, []]);
  resolve(undefined);
  await clock.advance(5000);
  await approved;
  assert.deepEqual(sent, ['replyInThread']);
});

test('dropped half-way, what was written can be undone; the rest is not written any more', async (t) => {
  const clock = new FakeClock();
  const store = openWindow(t, tempFolder(t), () => clock.now());
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const sent: Write[] = [];
  const assign: Write = { type: 'assign', repository: 'acme/app', number: 1, add: ['noor-sample'], remove: [] };
  const back: Write = { ...assign, add: [], remove: ['noor-sample'] };
  const writer: Writer = {
    service: 'github',
    types: ['assign', 'replyInThread'],
    find: async () => undefined,
    apply: async (write) => {
      if (write.type === 'replyInThread') throw new ServiceError('forbidden', 'no');
      sent.push(write);
      return { url: 'https://github.example/1', issue: undefined, warnings: [], undo: [back] };
    },
  };
  const outbox = createOutbox({ store, writers: [writer], clock, log, holder: 'w', dryRun: () => false });
  const gate = { ...new FakeGate().ports, outbox, now: clock.now, newId: () => 'u1' };
  const session = () => ({ outbox, store });
  const acts = new Set<string>();
  const commands = proposalCommands({
    session,
    acts,
    selectedProposals: () => [],
    gate: () => gate,
  } as unknown as CommandWiring);
  const run = async (work: unknown): Promise<void> => {
    for (let second = 0; second < 10; second += 1) await clock.advance(1000);
    await work;
  };
  await run(outbox.submit({ ...proposal, steps: [assign, ...proposal.steps] }));

  await run(commands['responder.dropProposal']('proposal:p1', undefined));
  assert.deepEqual(outbox.unfinished(), []);
  await run(commands['responder.undoWrite']());
  assert.deepEqual(sent, [assign, back]);
});

const ASSIGN: Write = { type: 'assign', repository: 'acme/app', number: 1, add: ['noor-sample'], remove: [] };
const UNASSIGN: Write = { ...ASSIGN, add: [], remove: ['noor-sample'] };

const WORDS: Write = {
  type: 'commentOnIssue',
  repository: 'acme/app',
  number: 1,
  body: 'I look into it.',
  marker: 'c1',
  since: 0,
};

/** Claims while GitHub cannot be reached: made in the Queue, whose rows tell of them, or approved among the proposals. */
async function claiming(
  t: TestContext,
  where: 'queue' | 'proposals',
  claimed: { readonly [id: string]: readonly Write[] } = { c1: [ASSIGN] },
) {
  const clock = new FakeClock();
  const store = openWindow(t, tempFolder(t), clock.now);
  const { log } = new FakeGate().ports;
  const outside = new Set<string>();
  const github: { failing: SourceFailure | undefined; hears?: () => Promise<unknown> } = { failing: 'offline' };
  const writer: Writer = {
    service: 'github',
    types: ['assign', 'commentOnIssue'],
    find: async () => undefined,
    apply: async (write) => {
      if (github.failing !== undefined) throw new ServiceError(github.failing, 'no');
      if (write.type === 'commentOnIssue') await github.hears?.();
      if (write.type === 'assign') for (const login of write.add) outside.add(login);
      return { url: 'https://github.example/1', issue: undefined, warnings: [], undo: [UNASSIGN] };
    },
  };
  const outbox = createOutbox({ store, writers: [writer], clock, log, holder: 'w', dryRun: () => false });
  const claims = new ClaimWrites();
  const issue = signal({ id: 'github:acme/app#1' });
  const session = {
    outbox,
    store,
    team: team(),
    me: team().people[0],
    itemOf: () => ({ id: issue.id, signals: [issue] }),
    conversionOf: () => undefined,
    refresh: async () => undefined,
  };
  const gate = { ...new FakeGate().ports, outbox, now: clock.now };
  const wiring = {
    session: () => session,
    acts: new Set(),
    claims,
    selectedProposals: () => [],
    gate: () => gate,
    now: clock.now,
  } as unknown as CommandWiring;
  const commands = proposalCommands(wiring);
  const run = async (work: unknown): Promise<void> => {
    for (let second = 0; second < 10; second += 1) await clock.advance(1000);
    await work;
    await claims.settled();
  };
  for (const [id, steps] of Object.entries(claimed)) {
    const claim = proposalOf({ id, kind: 'claim', createdAt: clock.now(), signalIds: [issue.id], steps });
    if (where === 'queue') {
      store.append({ id, at: clock.now(), signalIds: [issue.id], event: { type: 'claimed' } });
      outbox.approveLater(claim);
    } else outbox.propose(claim);
    await run(where === 'queue' ? outbox.resume(id) : outbox.approve(id));
  }
  person.said.length = 0;
  const isClaimed = (): boolean => standing(store.journal()).some(({ event }) => event.type === 'claimed');
  return { commands, run, outbox, outside, github, isClaimed };
}

test('dropping a claim of which a row tells takes it back there, too; no row then says what nobody outside sees', async (t) => {
  const { commands, run, outbox, isClaimed } = await claiming(t, 'queue');
  assert.equal(isClaimed(), true);
  await run(commands['responder.dropProposal']('proposal:c1', undefined));
  assert.deepEqual([outbox.stored(), isClaimed()], [[], false]);
  assert.ok(person.said[0]?.startsWith('Undone. Claimed:'), person.said.join());
});

for (const [what, steps, said] of [
  ['without words', [ASSIGN], 'It has no text to edit.'],
  [
    'whose words wait',
    [ASSIGN, WORDS],
    'The reply goes with its claim, so it cannot be edited. Drop it to write another.',
  ],
] as const)
  test(`a claim ${what}, of which a row tells, is not edited, and why is said`, async (t) => {
    const { commands, run, outbox } = await claiming(t, 'queue', { c1: steps });
    const before = outbox.stored();
    await run(commands['responder.editProposal']('proposal:c1'));
    assert.deepEqual(person.said, [said]);
    assert.deepEqual(outbox.stored(), before);
  });

test('the words of a claim that are on their way are said to be', async (t) => {
  const { commands, run, outbox, github } = await claiming(t, 'queue', { c1: [ASSIGN, WORDS] });
  github.failing = undefined;
  github.hears = async () => commands['responder.editProposal']('proposal:c1');
  await run(commands['responder.approveProposal']('proposal:c1', undefined));
  assert.deepEqual(outbox.unfinished(), []);
  assert.deepEqual(person.said, ['It has been sent, or is being sent, so it can no longer be edited.']);
});

test('a claim that was approved among the proposals is dropped as anything else', async (t) => {
  const { commands, run, outbox, isClaimed } = await claiming(t, 'proposals');
  await run(commands['responder.dropProposal']('proposal:c1', undefined));
  assert.ok(person.said[0]?.startsWith('Proposal dropped.'), person.said.join());
  assert.deepEqual([outbox.stored(), isClaimed()], [[], false]);
});

test('approving a claim of which a row tells tries it now; one that is refused then is told of once, and the row goes back', async (t) => {
  const { commands, run, outside, github, isClaimed } = await claiming(t, 'queue');
  github.failing = 'forbidden';
  await run(commands['responder.approveProposal']('proposal:c1', undefined));
  assert.deepEqual([[...outside], isClaimed(), person.said.length], [[], false, 1], person.said.join());
  assert.ok(person.said[0]?.startsWith('Not claimed:'), person.said.join());
});

test('approving one claim after another tells once of each that is refused, and of no other failure', async (t) => {
  const { commands, run, github, isClaimed } = await claiming(t, 'queue', { c1: [ASSIGN], c2: [ASSIGN] });
  github.failing = 'forbidden';
  const presses = ['c1', 'c2', 'c2'].map((id) => commands['responder.approveProposal'](`proposal:${id}`, undefined));
  await run(Promise.all(presses));
  const isTold = (text: string): boolean => text.startsWith('Not claimed:');
  assert.deepEqual([isClaimed(), person.said.length, person.said.every(isTold)], [false, 2, true], person.said.join());
});

test('approving a claim tries that alone, and it does so once however often it is asked', async (t) => {
  const { commands, run, outbox } = await claiming(t, 'queue', { c1: [ASSIGN], c2: [ASSIGN] });
  const triesOf = () => outbox.stored().map(({ states: [state] }) => (state?.status === 'failed' ? state.tries : 0));
  const before = triesOf();
  const press = () => commands['responder.approveProposal']('proposal:c2', undefined);
  await run(Promise.all([press(), press()]));
  assert.deepEqual(
    [before, triesOf()],
    [
      [undefined, undefined],
      [undefined, 2],
    ],
  );
});

test('approving a claim tries it now, and it stands', async (t) => {
  for (const where of ['queue', 'proposals'] as const) {
    const { commands, run, outside, outbox, github, isClaimed } = await claiming(t, where);
    github.failing = undefined;
    await run(commands['responder.approveProposal']('proposal:c1', undefined));
    assert.deepEqual([[...outside], outbox.unfinished(), isClaimed()], [['noor-sample'], [], true], where);
  }
});
