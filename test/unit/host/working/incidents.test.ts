import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Item } from '../../../../src/core/item.ts';
import type { WorkingPorts } from '../../../../src/host/working/workingPorts.ts';
import { signal } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person, settings } from '../../../support/vscodeStub.ts';
import { FakeGate } from '../gate/fakeGate.ts';
import { keptWhileShown } from '../gate/keptWhileShown.ts';

fakeVscode();
const { noteIncidents, resolveIncidents, staysAcknowledged } = await import(
  '../../../../src/host/working/incidents.ts'
);

const incident: Item = itemOf(
  signal({ id: 'pagerduty:Q1', service: 'pagerduty', kind: 'alert', title: 'Connector sync is down' }),
);
const over: Item = itemOf(signal({ id: 'pagerduty:Q2', service: 'pagerduty', kind: 'alert', state: 'closed' }));
const issue: Item = itemOf(signal());

function itemOf(one: ReturnType<typeof signal>): Item {
  return { id: one.id, signals: [one] };
}

function desk() {
  const gate = new FakeGate();
  const ports = { gate: gate.ports, now: () => gate.now, newId: gate.ports.newId } as unknown as WorkingPorts;
  return { gate, ports };
}

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
  settings.clear();
});

test('what resolves an incident is shown first, with the verb that approves it, and then written', async () => {
  const { gate, ports } = desk();
  person.answers.push('Rolled back.', 'Resolve');
  await resolveIncidents([incident, over, issue], ports);

  assert.deepEqual(
    gate.sent.map(({ kind, steps }) => [kind, steps.map(({ type }) => type)]),
    [['incident', ['addNote', 'resolve']]],
  );
  assert.deepEqual(gate.shown, gate.sent);
});

test('turned away a note waits with its words, whoever has what applied at once', async () => {
  settings.set('applyAtOnce', ['claim', 'label', 'silence']);
  const { gate, ports } = desk();
  person.answers.push('On it.', undefined);
  await noteIncidents([incident], ports);

  assert.equal(gate.sent.length, 0);
  const [step] = gate.waiting[0]?.steps ?? [];
  assert.ok(step?.type === 'addNote' && step.text === 'On it.');
});

test('a note is kept before it is shown; resolving without one leaves nothing behind', async () => {
  for (const [run, answers, count] of [
    [noteIncidents, ['On it.', 'Add Note'], 1],
    [resolveIncidents, ['Rolled back.', 'Resolve'], 1],
    [resolveIncidents, ['', 'Resolve'], 0],
  ] as const) {
    const { gate, ports } = desk();
    const { ports: shown, kept } = keptWhileShown(gate);
    person.answers.push(...answers);
    await run([incident], { ...ports, gate: shown });
    assert.deepEqual([kept.length, gate.sent.length, gate.waiting.length], [count, 1, 0]);
  }
});

test('who has incidents applied at once is not shown them', async () => {
  settings.set('applyAtOnce', ['incident']);
  const { gate, ports } = desk();
  person.answers.push('Rolled back.');
  await resolveIncidents([incident], ports);

  assert.deepEqual([gate.sent.length, gate.shown.length], [1, 0]);
});

test('in a dry run an incident is not resolved', async () => {
  settings.set('dryRun', true);
  const { gate, ports } = desk();
  person.answers.push('');
  await resolveIncidents([incident], ports);

  assert.deepEqual([gate.sent.length, gate.waiting.length], [0, 1]);
});

test('what a claim acknowledges is said to stay; what has no open incident needs no such word', () => {
  assert.match(staysAcknowledged([issue, incident]) ?? '', /cannot be undone/u);
  assert.equal(staysAcknowledged([issue, over]), undefined);
});
