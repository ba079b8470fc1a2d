import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Item } from '../../../../src/core/item.ts';
import type { IssueCandidate } from '../../../../src/core/similar.ts';
import { signal } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { type FakeQuickPick, person, settings } from '../../../support/vscodeStub.ts';
import { FakeGate } from '../gate/fakeGate.ts';
import { ANSWERS, item, portsOf } from './answered.ts';

fakeVscode();
const { confirmation } = await import('../../../../src/host/convert/confirm.ts');

function desk(items: readonly [Item, ...Item[]] = [item], known: readonly IssueCandidate[] = []) {
  const gate = new FakeGate();
  const opened: string[] = [];
  const ports = portsOf(gate, { knownIssues: () => known, openUrl: async (url) => void opened.push(url) });
  const { step, approved, isKept } = confirmation(items, 'Convert', ports, undefined);
  const asked = (): ReturnType<typeof step.ask> => step.ask(ANSWERS, { step: 2, of: 2 });
  return { gate, asked, approved, isKept, opened };
}

/** The pick that is shown after so many others, once it is. */
async function shownPick(before = 0): Promise<FakeQuickPick> {
  for (let turn = 0; turn < 20; turn += 1) {
    const pick = person.picks.slice(before).at(-1);
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

const other = signal({ id: 'slack:C01:2.2', service: 'slack', kind: 'thread', title: 'Exports stop at midnight' });
const same: IssueCandidate = {
  repository: 'acme/app',
  number: 7,
  url: 'https://github.example/acme/app/issues/7',
  title: 'Exports stop at midnight',
  state: 'closed',
  text: '',
  mentions: [],
};

test('several at once say for which of them an issue about the same is known, and show it', async () => {
  const of = desk([item, { id: other.id, signals: [other] }], [same]);
  const move = of.asked();
  const pick = await shownPick();
  assert.equal(pick.items[0]?.description, '2 issues, with the default template');
  assert.match(pick.items[0]?.detail ?? '', /^\$\(info\) .*not on GitHub\.$/u);
  assert.deepEqual(pick.items[1], {
    label: '$(issues) Show Issues About the Same',
    description: 'There may be one already for 1 of 2',
    detail: '“Exports stop at midnight”',
    value: 'similar',
  });
  pick.enter(1);
  const found = await shownPick(1);
  assert.deepEqual(
    found.items.map(({ label }) => label),
    ['Exports stop at midnight', '$(issue-closed) #7 Exports stop at midnight'],
  );
  found.enter(1);
  const again = await shownPick(2);
  assert.deepEqual(of.opened, [same.url]);
  again.back();
  (await shownPick(3)).enter();
  assert.equal((await move).go, 'next');
  assert.equal(of.approved().length, 2);
});

test('several that nothing is known about lead nowhere else; one says nothing of it', async () => {
  const of = desk([item, { id: other.id, signals: [other] }]);
  const many = of.asked();
  const pick = await shownPick();
  assert.ok(!pick.items.some(({ label }) => label.includes('About the Same')));
  assert.match(pick.items[0]?.detail ?? '', /not on GitHub/u);
  pick.escape();
  await many;
  const one = desk([item], [same]).asked();
  const single = await shownPick(1);
  assert.equal(single.items[0]?.detail, undefined);
  single.escape();
  await one;
});

test('an issue that is planned itself is no duplicate of another, and takes no template', async () => {
  const issues = [signal({ place: 'acme/app' }), signal({ id: 'github:acme/app#2', place: 'acme/app' })] as const;
  const items = issues.map((each): Item => ({ id: each.id, signals: [each] }));
  const [first = item, ...others] = items;
  const move = desk([first, ...others], [{ ...same, title: issues[0].title }]).asked();
  const pick = await shownPick();
  assert.equal(pick.items[0]?.description, '2 issues');
  assert.deepEqual([pick.items[0]?.detail, pick.items[1]?.label], [undefined, '$(inbox) Keep as Proposal']);
  pick.escape();
  await move;
});
