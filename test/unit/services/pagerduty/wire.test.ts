import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toSignal } from '../../../../src/services/pagerduty/incidentSignal.ts';
import {
  parseIncident,
  parseIncidents,
  parseLog,
  parseNotes,
  parseSchedule,
  parseUser,
} from '../../../../src/services/pagerduty/wire.ts';
import { ServiceError } from '../../../../src/services/service.ts';

const GOOD = {
  id: 'Q1',
  status: 'triggered',
  title: 'Sync is down',
  created_at: '2026-11-18T11:00:00Z',
  html_url: 'https://acme.pagerduty.example/incidents/Q1',
  service: { id: 'PSVC123', type: 'service_reference', summary: 'Hub' },
};

const list = (...incidents: readonly unknown[]): unknown => ({ incidents, more: false });

for (const [what, over] of [
  ['an id with a path in it', { id: '../users/me' }],
  ['an id that is a number', { id: 7 }],
  ['no service', { service: null }],
  ['a status of another version', { status: 'merged' }],
  ['a start that is no time', { created_at: 'yesterday' }],
  ['no start', { created_at: undefined }],
] as const) {
  test(`an incident with ${what} is skipped, and the others are read`, () => {
    const { records, skipped } = parseIncidents(list({ ...GOOD, ...over }, GOOD));
    assert.deepEqual(
      records.map(({ id }) => id),
      ['Q1'],
    );
    assert.equal(skipped.length, 1);
  });
}

test('what is odd in the parts that are not needed costs only that part', () => {
  const odd = {
    ...GOOD,
    title: '\u202eevil\u0000\nname',
    description: 'x'.repeat(10_000_000),
    html_url: 'javascript:alert(1)',
    self: 7,
    priority: { id: 'not an id!' },
    urgency: ['high'],
    acknowledgements: [
      null,
      {},
      { acknowledger: { id: 'PUSER', type: 'user_reference' } },
      { acknowledger: { id: 'PSVC', type: 'service_reference' } },
    ],
    pending_actions: [7, { type: 'unacknowledge', at: 'soon' }, { type: 'resolve', at: '2026-11-19T11:00:00Z' }],
    updated_at: 'never',
  };
  const [incident] = parseIncidents(list(odd)).records;
  assert.ok(incident !== undefined);
  assert.equal(incident.title, 'evil name');
  assert.deepEqual(incident.acknowledgers, ['PUSER']);
  assert.equal(incident.triggersAgainAt, undefined);
  assert.equal(incident.changedAt, incident.createdAt);
  const signal = toSignal(incident, ['w', 'w'], undefined);
  assert.equal(signal.url, 'https://www.pagerduty.com/');
  assert.ok(signal.excerpt.length <= 500);
  assert.deepEqual([signal.labels, signal.names, signal.watchIds], [[], [], ['w']]);
});

for (const body of [null, 7, 'text', [], {}, { incidents: {} }, { error: { message: 'no' } }]) {
  test(`${JSON.stringify(body)} is no list of incidents`, () => {
    assert.throws(() => parseIncidents(body), { reason: 'badResponse' });
    assert.throws(() => parseIncident(body), { reason: 'badResponse' });
    assert.throws(() => parseSchedule(body), { reason: 'badResponse' });
  });
}

test('whatever comes, a reply is read or refused', () => {
  for (const parse of [parseIncidents, parseIncident, parseNotes, parseLog, parseUser, parseSchedule])
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ incidents: fc.array(fc.jsonValue()), notes: fc.array(fc.jsonValue()) })),
        (body) => {
          try {
            parse(body);
          } catch (error) {
            assert.ok(error instanceof ServiceError);
          }
        },
      ),
    );
});

test('an address that could break out of a header is none', () => {
  const user = { id: 'P1', type: 'user', summary: 'Noor' };
  assert.equal(parseUser({ user: { ...user, email: 'noor@acme.example' } }).email, 'noor@acme.example');
  assert.equal(parseUser({ user: { ...user, email: 'noor@acme.example\r\nX-Evil: 1' } }).email, undefined);
});

test('a schedule may have open ends, and shifts of nobody are skipped', () => {
  const user = { id: 'P1', type: 'user_reference', summary: 'Noor' };
  const { onCall, skipped } = parseSchedule({
    schedule: {
      id: 'PABC',
      summary: 'First line',
      final_schedule: {
        rendered_schedule_entries: [
          { start: null, end: null, user },
          { start: '2026-11-16T09:00:00+01:00', end: '2026-11-23T09:00:00+01:00', user: null },
        ],
      },
    },
  });
  assert.deepEqual(onCall, [{ from: undefined, to: undefined, person: { id: 'P1', name: 'Noor' } }]);
  assert.equal(skipped.length, 1);
});
