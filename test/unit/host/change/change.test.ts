import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Item } from '../../../../src/core/item.ts';
import type { IssueNumber } from '../../../../src/core/nativeIds.ts';
import type { ChangePorts } from '../../../../src/host/change/changePorts.ts';
import { ServiceError } from '../../../../src/services/service.ts';
import { signal, team } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person, settings } from '../../../support/vscodeStub.ts';
import { FakeGate } from '../gate/fakeGate.ts';
import { keptWhileShown } from '../gate/keptWhileShown.ts';

fakeVscode();
const { labelItems } = await import('../../../../src/host/change/labelItems.ts');
const { closeItems } = await import('../../../../src/host/change/closeItems.ts');
const { silenceItems } = await import('../../../../src/host/change/silenceItems.ts');
const { prioritiseOnBoard } = await import('../../../../src/host/change/boardPriority.ts');

const issue = itemOf(signal({ id: 'github:acme/app#1', title: 'Sync stops', labels: ['bug', 'team/integrations'] }));
const other = itemOf(signal({ id: 'github:acme/app#2', title: 'Slow', labels: ['bug'] }));
const thread = itemOf(signal({ id: 'slack:C01:1763370000.000100', service: 'slack', kind: 'thread' }));
const alert = itemOf(
  signal({
    id: 'alertmanager:f0',
    service: 'alertmanager',
    source: 'alertmanager:http://127.0.0.1:9093',
    kind: 'alert',
    title: 'Queue lag',
    labels: ['alertname:QueueLag', 'team:integrations'],
  }),
);
const BOARD = { owner: 'acme', number: 213, priorityField: 'Priority', timeboxField: undefined };

function itemOf(one: ReturnType<typeof signal>): Item {
  return { id: one.id, signals: [one] };
}

function desk(over: Partial<ChangePorts> = {}, lookUps: Partial<ChangePorts['lookUps']> = {}) {
  const gate = new FakeGate();
  const signals = new Map([issue, other, thread, alert].flatMap((item) => item.signals.map((each) => [each.id, each])));
  const ports: ChangePorts = {
    team: team({ issues: { repository: 'acme/app', labels: [], project: BOARD } }),
    me: team().people[0],
    gate: gate.ports,
    convertedOf: () => undefined,
    signals: () => signals,
    lookUps: {
      repositoryLabels: async () => ['bug', 'oauth', 'team/integrations'],
      issueLabels: async () => assert.fail('the source has told the labels'),
      issuesOnBoard: async () => [],
      ...lookUps,
    },
    now: () => gate.now,
    newId: gate.ports.newId,
    log: gate.ports.log,
    ...over,
  };
  return { gate, ports };
}

function answering(...answers: (string | undefined)[]): void {
  person.answers.push(...answers);
}

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
  settings.clear();
});

test('labels are changed at once, with Undo: what is checked anew is added, what is no longer is removed', async () => {
  const { gate, ports } = desk();
  answering('oauth');
  await labelItems([issue], ports);

  assert.deepEqual(person.said[0], 'Labels of “Sync stops”: bug | team/integrations | oauth');
  assert.deepEqual(gate.sent[0]?.steps, [
    { type: 'label', repository: 'acme/app', number: 1, add: ['oauth'], remove: ['bug', 'team/integrations'] },
  ]);
  assert.deepEqual([gate.shown, gate.undo], [[], 'Labels · Sync stops']);
});

test('of several issues each gets its own write; what only one has stays', async () => {
  const { gate, ports } = desk();
  answering('bug');
  await labelItems([issue, other, thread], ports);

  assert.equal(gate.sent.length, 0, 'both have it already, and the other label is not touched');
  answering('oauth');
  await labelItems([issue, other], ports);
  assert.deepEqual(
    gate.sent.map(({ steps: [step] }) => step?.type === 'label' && [step.number, step.add, step.remove]),
    [
      [1, ['oauth'], ['bug']],
      [2, ['oauth'], ['bug']],
    ],
  );
});

test('the labels of the issue that an item became are asked for', async () => {
  const asked: IssueNumber[] = [];
  const converted = { repository: 'Acme/Planning', number: 9 };
  const issueLabels = async (one: IssueNumber) => {
    asked.push(one);
    return ['bug'];
  };
  const { gate, ports } = desk({ convertedOf: () => converted }, { issueLabels });
  answering('team/integrations');
  await labelItems([thread], ports);

  assert.deepEqual(asked, [converted]);
  assert.deepEqual(gate.sent[0]?.steps, [{ type: 'label', ...converted, add: ['team/integrations'], remove: ['bug'] }]);
});

test('labels that cannot be read are told of, and nothing is written', async () => {
  const repositoryLabels = async () => Promise.reject(new ServiceError('forbidden', 'no'));
  const { gate, ports } = desk({}, { repositoryLabels });
  await labelItems([issue], ports);

  assert.match(person.said[0] ?? '', /^The labels could not be read: /u);
  assert.deepEqual(gate.sent, []);
});

test('what is no issue is said to be none, and nobody is asked', async () => {
  const { ports } = desk();
  await labelItems([thread], ports);
  await closeItems([alert], ports);
  await silenceItems([issue], ports);

  assert.deepEqual(person.said, [
    'There is no open issue among the selected items.',
    'There is no open issue among the selected items.',
    'There is no firing alert of Alertmanager among the selected items.',
  ]);
});

test('closing is shown first: the word, then the reason; turning away keeps it', async () => {
  const { gate, ports } = desk();
  answering('Not Planned', ' Out of scope. ', '$(check) Close');
  await closeItems([issue], ports);

  const [comment, close] = gate.sent[0]?.steps ?? [];
  assert.ok(comment?.type === 'commentOnIssue' && comment.body.startsWith('Out of scope.\n\n'));
  assert.deepEqual(close, { type: 'closeIssue', repository: 'acme/app', number: 1, reason: 'notPlanned' });
  assert.deepEqual(gate.shown, gate.sent);

  answering('Completed', '', undefined);
  await closeItems([issue], ports);
  assert.deepEqual([gate.sent.length, gate.waiting.length], [1, 1]);
  assert.deepEqual(
    gate.waiting[0]?.steps.map(({ type }) => type),
    ['closeIssue'],
    'no word, no comment',
  );
});

test('a silence says what it holds, has an end and a comment, and is shown first', async () => {
  const { gate, ports } = desk();
  answering('For 1 hour', 'The provider is at it.', '$(check) Silence');
  await silenceItems([alert], ports);

  const [step] = gate.sent[0]?.steps ?? [];
  assert.ok(step?.type === 'silence');
  assert.equal(step.endsAt, gate.now + 3_600_000);
  assert.equal(step.createdBy, 'Noor');
  assert.ok(step.comment.startsWith('The provider is at it.'));
  assert.equal(gate.shown.length, 1);
});

test('what was typed is kept before it is shown; a closing without a word leaves nothing behind', async () => {
  for (const [run, answers, kinds] of [
    [(ports: ChangePorts) => closeItems([issue], ports), ['Completed', 'Fixed.', 'Close'], ['close']],
    [(ports: ChangePorts) => closeItems([issue], ports), ['Completed', '', 'Close'], []],
    [(ports: ChangePorts) => silenceItems([alert], ports), ['For 1 hour', 'Known.', 'Silence'], ['silence']],
  ] as const) {
    const { gate, ports } = desk();
    const { ports: shown, kept } = keptWhileShown(gate);
    answering(...answers);
    await run({ ...ports, gate: shown });
    assert.deepEqual(
      kept.map(({ kind }) => kind),
      kinds,
    );
    assert.equal(gate.sent.length, 1);
    assert.deepEqual(gate.waiting, []);
  }
});

test('without a comment there is no silence', async () => {
  const { gate, ports } = desk();
  answering('For 30 minutes', '  ');
  await silenceItems([alert], ports);

  assert.deepEqual([gate.sent, gate.waiting], [[], []]);
});

test('in a dry run nothing leaves: what was asked for waits', async () => {
  settings.set('dryRun', true);
  const { gate, ports } = desk();
  answering('oauth');
  await labelItems([issue], ports);

  assert.equal(gate.sent.length, 0);
  assert.equal(gate.waiting.length, 1);
  assert.match(person.said.at(-1) ?? '', /^Dry run: saved to Proposals/u);
});

test('the board gets the priority of planned issues and of those that stand on it, and of no other', async () => {
  const looked: (readonly IssueNumber[])[] = [];
  const issuesOnBoard: ChangePorts['lookUps']['issuesOnBoard'] = async (issues) => {
    looked.push(issues);
    return issues.filter(({ number }) => number === 1);
  };
  const { gate, ports } = desk({}, { issuesOnBoard });
  const planned = { item: thread, entryId: 'act/2', converted: { repository: 'acme/app', number: 9 } };
  const others = [issue, other].map((item, index) => ({ item, entryId: `act/${index}`, converted: undefined }));
  gate.ports.undoBar.showAct('Priority: High: 3 items');
  await prioritiseOnBoard([...others, planned], 'high', ports);

  assert.deepEqual(
    looked.map((issues) => issues.map(({ number }) => number)),
    [[1, 2]],
    'the planned one needs no look',
  );
  assert.deepEqual(
    gate.sent.map(({ id, steps }) => [id, steps]),
    [
      ['act/0', [boardStep(1)]],
      ['act/2', [boardStep(9)]],
    ],
  );
  assert.equal(gate.undo, 'Priority: High: 3 items', 'that of the act takes the board’s part back as well');
});

function boardStep(number: number) {
  const board = { owner: 'acme', number: 213 };
  return { type: 'setBoardPriority', repository: 'acme/app', number, board, field: 'Priority', option: '🔴 High' };
}

test('where the priority was here already, what the board gets is taken back by itself', async () => {
  const { gate, ports } = desk();
  gate.ports.undoBar.showAct('Priority: High: 1 item');
  await prioritiseOnBoard(
    [{ item: thread, entryId: undefined, converted: { repository: 'acme/app', number: 9 } }],
    'high',
    ports,
  );
  assert.deepEqual([gate.sent.length, gate.undo], [1, 'Priority on the board · Sync stops after a rename']);
});

test('a board that cannot be looked at is left alone, and the person is told', async () => {
  const issuesOnBoard = async () => Promise.reject(new ServiceError('offline', 'no answer'));
  const { gate, ports } = desk({}, { issuesOnBoard });
  await prioritiseOnBoard([{ item: issue, entryId: 'act/0', converted: undefined }], 'low', ports);

  assert.deepEqual([gate.sent, gate.waiting], [[], []]);
  assert.match(person.said.join('\n'), /^Priority not set on the board: whether the issue is on it/u);
});

test('of many issues all are looked for on the board, and those that could not be are counted', async () => {
  const looks: number[] = [];
  const many = Array.from({ length: 34 }, (_, index) => {
    const item = itemOf(signal({ id: `github:acme/app#${100 + index}` }));
    return { item, entryId: `act/${index}`, converted: undefined };
  });
  const issuesOnBoard: ChangePorts['lookUps']['issuesOnBoard'] = async (issues) => {
    looks.push(issues.length);
    if (looks.length === 5) throw new ServiceError('rateLimited', 'not now');
    return issues.filter(({ number }) => number >= 120);
  };
  const { gate, ports } = desk({}, { issuesOnBoard });
  await prioritiseOnBoard(many, 'high', ports);
  assert.deepEqual(looks, [10, 10, 10, 4]);
  assert.deepEqual(
    person.said.filter((text) => /not set/u.test(text)),
    [],
  );
  assert.equal(gate.sent.length, 14);

  looks.length = 0;
  await prioritiseOnBoard([...many, ...many.slice(0, 16)], 'high', ports);
  assert.match(person.said.join('\n'), /^Priority not set on the board for 10 issues/mu);
});
