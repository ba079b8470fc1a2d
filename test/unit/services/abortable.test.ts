import assert from 'node:assert/strict';
import { test } from 'node:test';
import { abortable } from '../../../src/services/abortable.ts';

const never = new Promise<never>(() => {});

test('what is done in time is passed on, answer or failure', async () => {
  const { signal } = new AbortController();
  assert.equal(await abortable(Promise.resolve(7), signal), 7);
  await assert.rejects(abortable(Promise.reject(new Error('no')), signal), /no/u);
});

test('what never answers ends when it is aborted', async () => {
  const controller = new AbortController();
  const waiting = abortable(never, controller.signal);
  controller.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  await assert.rejects(abortable(never, controller.signal), { name: 'AbortError' });
});

test('work that fails although nobody waits for it any more is no unhandled rejection', async () => {
  // The runner fails a test that leaves one.
  const work = Promise.reject(new Error('aborted as well'));
  await assert.rejects(abortable(work, AbortSignal.abort()), { name: 'AbortError' });
});
