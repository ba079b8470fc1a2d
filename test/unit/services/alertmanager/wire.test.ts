import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAlerts } from '../../../../src/services/alertmanager/wire.ts';
import { ServiceError } from '../../../../src/services/service.ts';

const GOOD = {
  fingerprint: 'a1b2c3d4e5f60718',
  labels: { alertname: 'HighLatency', severity: 'critical' },
  annotations: { summary: 'p99 > 2s' },
  startsAt: '2026-11-16T09:00:00.000Z',
  endsAt: '2026-11-16T09:05:00.000Z',
  status: { state: 'active', silencedBy: [], inhibitedBy: [] },
  generatorURL: 'http://prom.example/graph?g0.expr=up',
};

test('an alert keeps its labels in the order of their names, and its times as epoch milliseconds', () => {
  const { alerts, skipped } = parseAlerts([{ ...GOOD, labels: { b: '2', a: '1' } }]);

  assert.equal(skipped.length, 0);
  assert.deepEqual(
    [...(alerts[0]?.labels ?? [])],
    [
      ['a', '1'],
      ['b', '2'],
    ],
  );
  assert.equal(alerts[0]?.startsAt, Date.UTC(2026, 10, 16, 9));
});

const BROKEN: readonly [string, unknown][] = [
  ['null', null],
  ['a string', 'alert'],
  ['a list', []],
  ['no fingerprint', { ...GOOD, fingerprint: undefined }],
  ['a fingerprint that is a path', { ...GOOD, fingerprint: '../../etc' }],
  ['a fingerprint of 10 MB', { ...GOOD, fingerprint: 'a'.repeat(10_000_000) }],
  ['labels that are a list', { ...GOOD, labels: ['x'] }],
  ['no labels', { ...GOOD, labels: undefined }],
  ['a start that is no time', { ...GOOD, startsAt: 'soon' }],
  ['a start that is a number', { ...GOOD, startsAt: 12 }],
  ['no status', { ...GOOD, status: undefined }],
  ['an unknown state', { ...GOOD, status: { state: 'exploded' } }],
];

for (const [name, record] of BROKEN) {
  test(`a record with ${name} is skipped and its neighbours stay`, () => {
    const { alerts, skipped } = parseAlerts([record, GOOD]);

    assert.equal(alerts.length, 1);
    assert.equal(skipped.length, 1);
    assert.ok((skipped[0]?.problem.length ?? 0) < 200);
  });
}

test('annotations of a wrong type are left out, not the alert', () => {
  const { alerts } = parseAlerts([
    { ...GOOD, annotations: 7 },
    { ...GOOD, annotations: { summary: 3, description: 'kept' } },
  ]);

  assert.equal(alerts[0]?.annotations.size, 0);
  assert.deepEqual([...(alerts[1]?.annotations ?? [])], [['description', 'kept']]);
});

test('the zero time means that an alert has not ended', () => {
  assert.equal(parseAlerts([{ ...GOOD, endsAt: '0001-01-01T00:00:00.000Z' }]).alerts[0]?.endsAt, undefined);
});

test('a reply that is no list is a bad response', () => {
  for (const body of [undefined, null, {}, 'bad matcher format: team', 3]) {
    assert.throws(
      () => parseAlerts(body),
      (error) => error instanceof ServiceError && error.reason === 'badResponse',
    );
  }
});

test('no reply whatsoever makes the parser fail in another way', () => {
  fc.assert(
    fc.property(fc.array(fc.anything()), (body) => {
      const { alerts, skipped } = parseAlerts(body);
      assert.equal(alerts.length + skipped.length, body.length);
    }),
  );
});
