import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Item } from '../../../../src/core/item.ts';
import type { Answers } from '../../../../src/host/convert/answers.ts';
import type { ConvertPorts } from '../../../../src/host/convert/convertPorts.ts';
import { signal, team } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { type FakeQuickPick, person, settings } from '../../../support/vscodeStub.ts';
import { FakeGate } from '../gate/fakeGate.ts';

fakeVscode();
const { confirmation } = await import('../../../../src/host/convert/confirm.ts');

const thread = signal({ id: 'slack:C01:1763370000.000100', service: 'slack', kind: 'thread', title: 'It answers 421' });
const item: Item = { id: thread.id, signals: [thread] };
const ANSWERS: Answers = {
  timeboxMinutes: 240,
  priority: 'high',
  repository: 'acme/app',
  title: 'It answers 421',
  labels: [],
  assignee: null,
};

function desk() {
  const gate = new FakeGate();
  const ports = {
    ...gate.ports,
    team: team({ issues: { repository: 'acme/app', labels: [], project: undefined } }),
    me: { name: 'Noor', github: 'noor-sample' },
    readConversation: async () => ({ messages: [], skipped: 0 }),
    answers: { get: () => undefined, set: () => undefined },
    worked: async () => [],
  } as unknown as ConvertPorts;
  const { step, approved, isKept } = confirmation([item], 'Convert', ports, undefined);
  const asked = (): ReturnType<typeof step.ask> => step.ask(ANSWERS, { step: 2, of: 2 });
  return { gate, asked, approved, isKept };
}

/** The pick that is shown, once it is. */
async function shownPick(): Promise<FakeQuickPick> {
  for (let turn = 0; turn < 20; turn += 1) {
    const pick = person.picks.at(-1);
    if (pick !== undefined) return pick;
    await setImmediate();
  }
  return assert.fail('nothing is asked');
}

beforeEach(() => {
  person.picks.length = 0;
  settings.clear();
});

for (const [choice, isKept] of [
  ['$(check) Create', false],
  ['$(inbox) Keep as Proposal', true],
] as const) {
  test(`“${choice}” takes what was shown, ${isKept ? 'to wait' : 'to be written'}`, async () => {
    const of = desk();
    const move = of.asked();
    const pick = await shownPick();
    pick.enter(pick.items.findIndex(({ label }) => label === choice));
    assert.equal((await move).go, 'next');
    assert.deepEqual(of.approved(), of.gate.shown);
    assert.deepEqual([of.approved().length, of.isKept()], [1, isKept]);
  });
}

test('turning away writes nothing and keeps what was answered', async () => {
  const of = desk();
  const move = of.asked();
  (await shownPick()).escape();
  assert.deepEqual(await move, { go: 'cancel', answers: ANSWERS });
  assert.deepEqual(of.approved(), []);
});

test('who has conversions applied at once is not shown them; in a dry run they wait', async () => {
  settings.set('applyAtOnce', ['convert']);
  const of = desk();
  assert.equal((await of.asked()).go, 'next');
  assert.deepEqual([of.gate.shown.length, of.approved().length, of.isKept()], [0, 1, false]);

  settings.set('dryRun', true);
  await of.asked();
  assert.deepEqual([of.approved().length, of.isKept()], [1, true]);
});
