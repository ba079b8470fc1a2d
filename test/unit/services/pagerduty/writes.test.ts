import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Write } from '../../../../src/core/proposal.ts';
import { createPagerDutyWriter } from '../../../../src/services/pagerduty/writes.ts';
import { ACCOUNT_TOKEN } from '../../../team/pagerduty/actions.ts';
import { fakePagerDuty, NOW } from './fakePagerDuty.ts';

const context = { issue: undefined, abort: new AbortController().signal };
const CHANGES = { method: 'PUT', path: /^\/incidents\/[A-Z0-9]+$/u };
const NOTES = { method: 'POST', path: /\/notes$/u };
const DELETIONS = { method: 'DELETE', path: /\/notes\/[A-Z0-9]+$/u };

test('an acknowledgement is written once, in my name', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  const incident = company.trigger({ title: 'Sync is down' });
  const writer = createPagerDutyWriter(ports);
  const write: Write = { type: 'acknowledge', incident: incident.id };

  assert.equal(await writer.find(write, context), undefined);
  const outcome = await writer.apply(write, context);
  assert.equal(outcome.url, `https://acme-sample.pagerduty.example/incidents/${incident.id}`);
  assert.deepEqual(await writer.find(write, context), outcome);
  await writer.apply(write, context);
  assert.equal(proxy.requests(CHANGES).length, 1);
  assert.deepEqual(
    incident.acknowledgements.map(({ userId }) => userId),
    ['P02NOO'],
  );
});

test('what a teammate acknowledged I may acknowledge too', async (t) => {
  const { company, ports } = await fakePagerDuty(t);
  const incident = company.trigger({ title: 'Sync is down' });
  company.acknowledge(incident.id, 'Kai');
  await createPagerDutyWriter(ports).apply({ type: 'acknowledge', incident: incident.id }, context);
  assert.deepEqual(
    incident.acknowledgements.map(({ userId }) => userId),
    ['P02KAI', 'P02NOO'],
  );
});

test('a resolution whose reply was lost is found by its state, and not sent again', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  const incident = company.trigger({ title: 'Sync is down' });
  const writer = createPagerDutyWriter(ports);
  const write: Write = { type: 'resolve', incident: incident.id };
  proxy.fail(CHANGES, { type: 'drop', when: 'after' }, 1);

  await assert.rejects(writer.apply(write, context), { reason: 'offline' });
  assert.equal(incident.status, 'resolved');
  assert.ok((await writer.find(write, context)) !== undefined);
  await writer.apply(write, context);
  assert.equal(proxy.requests(CHANGES).length, 1);
});

test('a note whose reply was lost is found by its marker', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  const incident = company.trigger({ title: 'Sync is down' });
  const writer = createPagerDutyWriter(ports);
  const write: Write = { type: 'addNote', incident: incident.id, text: 'Rolled back.', marker: '(Responder Duty p1)' };
  proxy.fail(NOTES, { type: 'drop', when: 'after' }, 1);

  await assert.rejects(writer.apply(write, context), { reason: 'offline' });
  assert.ok((await writer.find(write, context)) !== undefined);
  assert.equal(await writer.find({ ...write, marker: '(Responder Duty p2)' }, context), undefined);
  assert.deepEqual(
    incident.notes.map(({ content, userId }) => [content, userId]),
    [['Rolled back.\n\n(Responder Duty p1)', 'P02NOO']],
  );
});

test('a note is taken back, also when it was found, and once it is gone there is nothing to do', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  const incident = company.trigger({ title: 'Sync is down' });
  const writer = createPagerDutyWriter(ports);
  const write: Write = { type: 'addNote', incident: incident.id, text: 'Rolled back.', marker: '(Responder Duty p1)' };
  const { undo } = await writer.apply(write, context);
  assert.deepEqual(undo, [{ type: 'deleteNote', incident: incident.id, noteId: incident.notes[0]?.id }]);
  assert.deepEqual((await writer.find(write, context))?.undo, undo);

  const [back] = undo;
  assert.ok(back !== undefined);
  proxy.fail(DELETIONS, { type: 'drop', when: 'after' }, 1);
  await assert.rejects(writer.apply(back, context), { reason: 'offline' });
  assert.deepEqual(incident.notes, []);
  assert.equal(await writer.find(back, context), undefined);
  assert.deepEqual((await writer.apply(back, context)).undo, []);
  assert.equal(proxy.requests(DELETIONS).length, 1);
});

test('what answers with nothing in it is read; a note that goes meanwhile is gone', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  const incident = company.trigger({ title: 'Sync is down' });
  const writer = createPagerDutyWriter(ports);
  for (const [marker, fault] of [
    ['(Responder Duty p1)', undefined],
    ['(Responder Duty p2)', 404],
  ] as const) {
    const [back] = (await writer.apply({ type: 'addNote', incident: incident.id, text: 'x', marker }, context)).undo;
    assert.ok(back !== undefined);
    if (fault !== undefined) proxy.fail(DELETIONS, { type: 'answer', status: fault, body: {} }, 1);
    await writer.apply(back, context);
    assert.equal(incident.notes.length, fault === undefined ? 0 : 1);
  }
});

test('a note of somebody else is not deleted', async (t) => {
  const { company, ports, proxy } = await fakePagerDuty(t);
  const incident = company.trigger({ title: 'Sync is down' });
  incident.notes.push({ id: 'NKAI', userId: 'P02KAI', content: 'On it.', at: NOW });
  const back: Write = { type: 'deleteNote', incident: incident.id, noteId: 'NKAI' };
  await assert.rejects(createPagerDutyWriter(ports).apply(back, context), { reason: 'forbidden' });
  assert.equal(proxy.requests(DELETIONS).length, 0);
});

test('an incident that is over cannot be acknowledged, and one that is not there is said to be gone', async (t) => {
  const { company, ports } = await fakePagerDuty(t);
  const incident = company.trigger({ title: 'Sync is down' });
  company.resolve(incident.id);
  const writer = createPagerDutyWriter(ports);
  await assert.rejects(writer.apply({ type: 'acknowledge', incident: incident.id }, context), { reason: 'refused' });
  await assert.rejects(writer.apply({ type: 'resolve', incident: 'QNONE' }, context), { reason: 'notFound' });
});

test('nothing is sent for an id that would lead elsewhere, nor for another service’s write', async (t) => {
  const { ports, proxy } = await fakePagerDuty(t);
  const writer = createPagerDutyWriter(ports);
  await assert.rejects(writer.apply({ type: 'resolve', incident: '../users/me' }, context), { reason: 'refused' });
  const react: Write = { type: 'react', channel: 'C01', ts: '1.2', name: 'eyes', remove: false };
  await assert.rejects(writer.apply(react, context), { reason: 'refused' });
  assert.equal(proxy.requests().length, 0);
});

test('an account’s key writes in the name of the address that is set, and without one says what is missing', async (t) => {
  const account = { token: async () => ACCOUNT_TOKEN };
  const { company, ports } = await fakePagerDuty(t, account);
  const incident = company.trigger({ title: 'Sync is down' });
  const write: Write = { type: 'acknowledge', incident: incident.id };
  await assert.rejects(createPagerDutyWriter(ports).apply(write, context), /responder\.pagerduty\.email/u);
  await createPagerDutyWriter({ ...ports, email: 'kai@acme.example' }).apply(write, context);
  assert.deepEqual(
    incident.acknowledgements.map(({ userId }) => userId),
    ['P02KAI'],
  );
});
