import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pacing } from '../../../src/outbox/pacing.ts';
import { ServiceError } from '../../../src/services/service.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

test('writes to one service run one at a time, a second apart, in order', async () => {
  const clock = new FakeClock(0);
  const pacing = new Pacing(clock);
  const begun: [string, number][] = [];
  const ends: (() => void)[] = [];
  const write = (name: string): Promise<void> =>
    pacing.run('write', () => {
      begun.push([name, clock.now()]);
      return new Promise((resolve) => ends.push(resolve));
    });
  const all = [write('a'), write('b'), write('c')];
  await clock.advance(5000);
  assert.deepEqual(begun, [['a', 0]]);
  ends[0]?.();
  await clock.advance(999);
  assert.equal(begun.length, 1);
  await clock.advance(1);
  assert.deepEqual(begun[1], ['b', 6000]);
  ends[1]?.();
  await clock.advance(1000);
  assert.deepEqual(begun[2], ['c', 7000]);
  ends[2]?.();
  await Promise.all(all);
});

test('a look is followed by no pause, and a failure blocks nobody', async () => {
  const clock = new FakeClock(0);
  const pacing = new Pacing(clock);
  assert.equal(await pacing.run('look', async () => 1), 1);
  await assert.rejects(pacing.run('look', () => Promise.reject(new Error('x'))));
  assert.equal(await pacing.run('write', async () => clock.now()), 0);
});

test('inside a penalty nothing is asked: a short one is waited for, a long one fails at once', async () => {
  const clock = new FakeClock(0);
  const pacing = new Pacing(clock);
  const penalty = (retryAt: number): Promise<unknown> =>
    assert.rejects(
      pacing.run('write', () => Promise.reject(new ServiceError('rateLimited', '429', { retryAt }))),
      ServiceError,
    );
  await penalty(20_000);
  let askedAt: number | undefined;
  const waiting = pacing.run('write', async () => {
    askedAt = clock.now();
  });
  await clock.advance(19_999);
  assert.equal(askedAt, undefined);
  await clock.advance(1);
  await waiting;
  assert.equal(askedAt, 20_000);

  await clock.advance(1000);
  await penalty(clock.now() + 600_000);
  await settle();
  await assert.rejects(
    pacing.run('look', () => assert.fail('asked inside the penalty')),
    (error) => error instanceof ServiceError && error.reason === 'rateLimited' && error.retryAt === 621_000,
  );
});
