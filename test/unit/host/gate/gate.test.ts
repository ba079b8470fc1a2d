import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Proposal, StepState, StoredProposal } from '../../../../src/core/proposal.ts';
import type { SourceFailure } from '../../../../src/core/sourceStatus.ts';
import type { GatePorts } from '../../../../src/host/gate/gate.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { allWordsOf } = await import('../../../../src/actions/words.ts');
const { approve } = await import('../../../../src/host/gate/gate.ts');
const { undoWrites } = await import('../../../../src/host/gate/undoWrites.ts');

const NOW = Date.UTC(2026, 10, 18, 11);

function proposal(id: string): Proposal {
  return {
    id,
    createdAt: NOW,
    kind: 'reply',
    signalIds: [],
    title: `Matter ${id}`,
    steps: [{ type: 'commentOnIssue', repository: 'acme/app', number: 1, body: `Words ${id}`, marker: 'm', since: 0 }],
    decision: undefined,
    undoes: undefined,
  };
}

function waiting(id: string): StoredProposal {
  return { proposal: proposal(id), approvedAt: undefined, states: [{ status: 'waiting' }] };
}

function done(undo: boolean): StepState {
  const outcome = { url: 'https://github.example/1', issue: undefined, warnings: [] };
  return {
    status: 'done',
    outcome: { ...outcome, undo: undo ? [{ type: 'deleteMessage', channel: 'C', ts: '1' }] : [] },
  };
}

function failed(reason: SourceFailure): StepState {
  return { status: 'failed', reason, message: 'in its words', permanent: reason === 'refused', retryAt: undefined };
}

/** A gate whose outbox ends each proposal as it is told. */
function gate(ends: Readonly<Record<string, StepState>>, now = NOW) {
  const approved: string[] = [];
  const undone: (readonly string[])[] = [];
  const bar: { text: string | undefined } = { text: undefined };
  const stored = Object.entries(ends).map(
    ([id, state]): StoredProposal => ({ proposal: proposal(id), approvedAt: NOW, states: [state] }),
  );
  const ports = {
    outbox: {
      approve: async (id: string) => {
        approved.push(id);
        return stored.find((one) => one.proposal.id === id);
      },
      submit: async (one: Proposal) => {
        approved.push(`${one.kind} of ${one.undoes}`);
        return { proposal: one, approvedAt: now, states: one.steps.map(() => done(false)) };
      },
      propose: (one: Proposal) => {
        const known = stored.find(({ proposal: { id } }) => id === one.id);
        const kept = known ?? {
          proposal: one,
          approvedAt: undefined,
          states: one.steps.map(() => ({ status: 'waiting' })),
        };
        if (known === undefined) stored.push(kept);
        return kept;
      },
      stored: () => stored,
    },
    undoBar: {
      show: (text: string, ids: readonly string[]) => {
        undone.push(ids);
        bar.text = text;
      },
      hide: () => void (bar.text = undefined),
    },
    placeOf: () => undefined,
    refresh: async () => undefined,
    now: () => now,
    newId: () => 'u',
    log: { warn: () => undefined },
  } as unknown as GatePorts;
  return { ports, approved, undone, stored, bar };
}

beforeEach(() => {
  person.said.length = 0;
  person.copied.length = 0;
  person.answers.length = 0;
  person.ran.length = 0;
});

test('of several one is refused: the others are written and can be undone, its text is offered', async () => {
  const { ports, approved, undone } = gate({ a: done(true), b: failed('refused'), c: done(true) });
  person.answers.push('Copy Text');
  await approve(['a', 'b', 'c'].map(waiting), ports);
  await new Promise(setImmediate);
  assert.deepEqual(approved, ['a', 'b', 'c']);
  assert.deepEqual(undone, [['a', 'c']]);
  const [said = ''] = person.said.filter((text) => text.startsWith('Not sent'));
  assert.match(said, /“Matter b”.*the comment on acme\/app#1: GitHub refused the request.*in its words/u);
  assert.deepEqual(person.copied, ['Words b']);
});

test('the status bar says what is taken back, and of several only how many can be', async () => {
  const { ports, bar } = gate({ a: done(true), b: done(false), c: done(true), d: done(true) });
  await approve([waiting('a')], ports);
  assert.equal(bar.text, 'Reply · Matter a');
  await approve(['b', 'c', 'd'].map(waiting), ports);
  assert.equal(bar.text, '2 changes');
  await approve(['b', 'c'].map(waiting), ports);
  assert.equal(bar.text, 'Reply · Matter c');
});

test('after what cannot be taken back, the status bar does not offer what was before it', async () => {
  const { ports, bar } = gate({ a: done(true), b: done(false) });
  await approve([waiting('a')], ports);
  await approve([waiting('b')], ports);
  assert.equal(bar.text, undefined);
});

test('a reply in which a name of a snippet is still open is not sent: it is said which, and it can be edited', async () => {
  const { ports, approved } = gate({ a: done(true), b: done(true) });
  const open = { ...proposal('b'), steps: proposal('b').steps.map((step) => ({ ...step, body: 'Ask ${owner}.' })) };
  person.answers.push('Edit…');
  await approve([waiting('a'), { ...waiting('b'), proposal: open }], ports);
  await new Promise(setImmediate);
  assert.deepEqual(approved, ['a']);
  const [said = ''] = person.said.filter((text) => text.startsWith('Not sent'));
  assert.match(said, /^Not sent: “Matter b”\. No value is known for \$\{owner\}\..*\[Edit… \| Show Proposals\]$/u);
  assert.deepEqual(person.ran, ['responder.editProposal']);
});

test('what was edited or dropped among the proposals while it waited for its turn is not sent, and said so', async () => {
  const { ports, approved, stored } = gate({ a: done(false), b: done(false), c: done(false) });
  const { approve: send } = ports.outbox;
  Object.assign(ports.outbox, {
    approve: async (...input: Parameters<typeof send>) => {
      const edited = { ...proposal('b'), steps: [{ ...proposal('b').steps[0], body: 'Other words' }] } as Proposal;
      stored.splice(1, 2, { ...waiting('b'), proposal: edited });
      return send(...input);
    },
  });
  await approve(['a', 'b', 'c'].map(waiting), ports);
  await new Promise(setImmediate);
  assert.deepEqual(approved, ['a']);
  assert.deepEqual(
    person.said.filter((text) => text.startsWith('Not sent')),
    ['Not sent: “Matter b”. The text was edited in Proposals meanwhile, and waits there. [Show Proposals]'],
  );
  assert.deepEqual(stored.length, 2);
});

test('tried again, it is sent with the text that it has by then', async () => {
  const { ports, approved, stored } = gate({ a: failed('refused') });
  const said: Proposal[] = [];
  const { approve: send } = ports.outbox;
  Object.assign(ports.outbox, {
    approve: async (...input: Parameters<typeof send>) => {
      said.push(...stored.map((one) => one.proposal));
      const ended = await send(...input);
      const edited = { ...proposal('a'), steps: [{ ...proposal('a').steps[0], body: 'Other words' }] } as Proposal;
      stored.splice(0, 1, { ...waiting('a'), proposal: edited, states: [done(false)] });
      return ended;
    },
  });
  person.answers.push('Retry');
  await approve([waiting('a')], ports);
  await new Promise(setImmediate);
  assert.deepEqual(approved, ['a', 'a']);
  assert.deepEqual(said.map(allWordsOf), ['Words a', 'Other words']);
});

test('tried again, what was dropped meanwhile is not sent', async () => {
  const { ports, approved, stored } = gate({ a: failed('refused') });
  const { approve: send } = ports.outbox;
  Object.assign(ports.outbox, {
    approve: async (...input: Parameters<typeof send>) => {
      const ended = await send(...input);
      stored.length = 0;
      return ended;
    },
  });
  person.answers.push('Retry');
  await approve([waiting('a')], ports);
  await new Promise(setImmediate);
  assert.deepEqual([approved, stored], [['a'], []]);
});

test('after what was refused, the status bar offers what was before it', async () => {
  const { ports, bar } = gate({ a: done(true), b: failed('refused') });
  await approve([waiting('a')], ports);
  await approve([waiting('b')], ports);
  assert.equal(bar.text, 'Reply · Matter a');
});

test('each that was refused is named with its reason', async () => {
  const { ports } = gate({ a: failed('refused'), b: failed('forbidden') });
  await approve(['a', 'b'].map(waiting), ports);
  const [said = ''] = person.said.filter((text) => text.startsWith('2 were not sent'));
  assert.match(said, /“Matter a”.*refused.*“Matter b”.*does not allow this account to write/u);
});

test('what only waits for its service is said to go on by itself', async () => {
  const { ports } = gate({ a: failed('offline') });
  await approve([waiting('a')], ports);
  assert.ok(person.said.some((text) => /^Not sent yet: “Matter a”.*retried automatically/u.test(text)));
  assert.ok(!person.said.some((text) => text.startsWith('Not sent:')));
});

test('a write is undone once and for a day; else it is said why not', async () => {
  const day = 24 * 3_600_000;
  for (const [state, now, said, sent] of [
    [done(true), NOW + day, undefined, ['undo of a']],
    [done(true), NOW + day + 1, 'more than a day old', []],
    [done(false), NOW, 'does not support undoing', []],
  ] as const) {
    person.said.length = 0;
    const { ports, approved, stored } = gate({ a: state }, now);
    await undoWrites(stored, ports);
    assert.deepEqual(approved, sent);
    assert.equal(
      person.said.some((text) => said !== undefined && text.includes(said)),
      said !== undefined,
    );
  }
});
