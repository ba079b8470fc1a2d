import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

test('one holder at a time; renewed, released, and free once its time is over', (t) => {
  const folder = tempFolder(t);
  let now = 1_000_000;
  const one = openWindow(t, folder, () => now);
  const two = openWindow(t, folder, () => now);
  assert.equal(one.takeLease('asker', 'w1', 12_000), true);
  assert.equal(two.takeLease('asker', 'w2', 12_000), false);
  assert.equal(two.takeLease('another', 'w2', 12_000), true);
  now += 11_000;
  assert.equal(one.takeLease('asker', 'w1', 12_000), true);
  now += 11_999;
  assert.equal(two.takeLease('asker', 'w2', 12_000), false);
  now += 1;
  assert.equal(two.takeLease('asker', 'w2', 12_000), true);
  assert.equal(one.takeLease('asker', 'w1', 12_000), false);
  one.releaseLease('asker', 'w1');
  assert.equal(one.takeLease('asker', 'w1', 12_000), false);
  two.releaseLease('asker', 'w2');
  assert.equal(one.takeLease('asker', 'w1', 12_000), true);
});

test('a lease from before the machine was set back an hour holds nobody up', (t) => {
  const folder = tempFolder(t);
  let now = 10_000_000;
  const one = openWindow(t, folder, () => now);
  const two = openWindow(t, folder, () => now);
  one.takeLease('asker', 'w1', 12_000);
  now -= 3_600_000;
  assert.equal(two.takeLease('asker', 'w2', 12_000), true);
});
