import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SourceFailure, SourceStatus } from '../../../src/core/sourceStatus.ts';
import { afterFailure, afterRequest, afterSuccess, firstPlan, type Plan } from '../../../src/sync/schedule.ts';

const NOW = 1_000_000_000;
const MINUTE = 60_000;
const FRESH: Plan = { dueAt: NOW, failures: 0, penaltyUntil: 0 };

test('alerts are asked for every half a minute, GitHub and Slack every minute, or later when they wish', () => {
  assert.equal(afterSuccess('alertmanager', NOW, undefined).dueAt, NOW + MINUTE / 2);
  assert.equal(afterSuccess('github', NOW, undefined).dueAt, NOW + MINUTE);
  assert.equal(afterSuccess('slack', NOW, NOW + 1).dueAt, NOW + MINUTE);
  assert.equal(afterSuccess('github', NOW, NOW + 2 * MINUTE).dueAt, NOW + 2 * MINUTE);
  assert.equal(afterSuccess('github', NOW, Number.MAX_SAFE_INTEGER).dueAt, NOW + 60 * MINUTE);
});

test('failures in a row double the wait, up to ten minutes and never beyond', () => {
  const waits: number[] = [];
  let plan = FRESH;
  for (let failure = 0; failure < 6; failure += 1) {
    plan = afterFailure(plan, { service: 'github', now: NOW, retryAt: undefined, random: 1 });
    waits.push((plan.dueAt - NOW) / MINUTE);
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 10, 10]);
  assert.equal(afterSuccess('github', NOW, undefined).failures, 0);
});

test('a penalty is never shortened, by a back-off, by chance or by a person', () => {
  fc.assert(
    fc.property(
      fc.record({
        failures: fc.nat(2000),
        wait: fc.integer({ min: 0, max: 24 * 60 * MINUTE }),
        random: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      }),
      ({ failures, wait, random }) => {
        const retryAt = NOW + wait;
        const plan = afterFailure({ ...FRESH, failures }, { service: 'slack', now: NOW, retryAt, random });
        assert.ok(plan.dueAt >= retryAt && Number.isFinite(plan.dueAt));
        assert.ok(afterRequest(plan, NOW).dueAt >= retryAt);
        assert.ok(plan.dueAt <= Math.max(retryAt, NOW + 10 * MINUTE));
      },
    ),
  );
});

test('a person need not wait for a back-off', () => {
  const plan = afterFailure(FRESH, { service: 'slack', now: NOW, retryAt: undefined, random: 0 });
  assert.equal(plan.dueAt, NOW + 0.75 * MINUTE);
  assert.equal(afterRequest(plan, NOW).dueAt, NOW);
});

const first: readonly [string, SourceFailure | undefined, number, number][] = [
  ['never asked', undefined, 0, 0],
  ['told to wait', 'rateLimited', 30 * MINUTE, 30],
  ['told to wait for a year', 'rateLimited', 365 * 24 * 60 * MINUTE, 24 * 60],
  ['told to wait, long ago', 'rateLimited', -MINUTE, 0],
  ['offline', 'offline', 8 * MINUTE, 8],
  ['answered with a fault of its own', 'serverError', 8 * MINUTE, 8],
  ['signed out', 'unauthenticated', 8 * MINUTE, 0],
  ['answered nonsense', 'badResponse', 8 * MINUTE, 0],
];
for (const [name, reason, wait, expected] of first) {
  test(`the first poll of a window: the source was ${name}`, () => {
    const failure = reason && { reason, message: '', retryAt: NOW + wait };
    const status: SourceStatus = { id: 's', service: 'slack', okAt: 1, failure, skipped: 0, failedPlaces: [] };
    assert.equal(firstPlan(status, NOW).dueAt, NOW + expected * MINUTE);
  });
}
