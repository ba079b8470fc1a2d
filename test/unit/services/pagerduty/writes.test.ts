import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Write } from '../../../../src/core/proposal.ts';
import { createPagerDutyWriter } from '../../../../src/services/pagerduty/writes.ts';
import { ACCOUNT_TOKEN } from '../../../team/pagerduty/actions.ts';
import { fakePagerDuty } from './fakePagerDuty.ts';

const context = { issue: undefined, abort: new AbortController().signal };
const CHANGES = { method: 'PUT', path: /^\/incidents\/[A-Z0-9]+$/u };
const NOTES = { method: 'POST', path: /\/notes$/u };

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
