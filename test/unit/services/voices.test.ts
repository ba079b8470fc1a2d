import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_VOICES, type Voice } from '../../../src/core/signal.ts';
import { mergeVoices } from '../../../src/services/voices.ts';

const voice = (id: string, firstAt: number, lastAt = firstAt): Voice => ({
  id,
  name: id.toUpperCase(),
  firstAt,
  lastAt,
});

test('each person is one voice, from their first word to their last, in the order of the first', () => {
  assert.deepEqual(mergeVoices([voice('kai', 5), voice('noor', 1), voice('kai', 3, 4), voice('noor', 9)]), [
    voice('noor', 1, 9),
    voice('kai', 3, 5),
  ]);
  assert.deepEqual(mergeVoices([]), []);
});

test('of many, who began it and who spoke last are kept', () => {
  const part = fc.record({ id: fc.integer({ min: 0, max: 80 }), at: fc.nat(1000), for: fc.nat(1000) });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 200 }), (parts) => {
      const voices = parts.map(({ id, at, for: length }) => voice(`u${String(id)}`, at, at + length));
      const merged = mergeVoices(voices);
      assert.ok(merged.length <= MAX_VOICES);
      assert.equal(new Set(merged.map(({ id }) => id)).size, merged.length);
      assert.equal(Math.min(...voices.map(({ firstAt }) => firstAt)), merged[0]?.firstAt);
      assert.equal(Math.max(...voices.map(({ lastAt }) => lastAt)), Math.max(...merged.map(({ lastAt }) => lastAt)));
      assert.deepEqual(
        merged.map(({ firstAt }) => firstAt),
        merged.map(({ firstAt }) => firstAt).toSorted((a, b) => a - b),
      );
      assert.deepEqual(mergeVoices(merged), merged);
    }),
  );
});
