import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../src/services/clock.ts';
import { windowClock } from '../../src/windowClock.ts';
import { repository } from '../support/paths.ts';
import { tempFolder } from '../support/tempStore.ts';

const HOUR = 3_600_000;

test('under test a file moves the clock, also while it runs; nonsense and no file move nothing', (context) => {
  const file = path.join(tempFolder(context), 'clock');
  const clock = windowClock(repository, { RESPONDER_TEST_CLOCK: file });
  const movedBy = (): number => Math.round((clock.now() - Date.now()) / HOUR) + 0;

  assert.equal(movedBy(), 0);
  for (const [text, hours] of [
    [String(2 * HOUR), 2],
    [String(-3 * HOUR), -3],
    ['soon', 0],
    ['1e999', 0],
  ] as const) {
    writeFileSync(file, text);
    assert.equal(movedBy(), hours, text);
  }
});

test('a published extension has the machine’s own clock, whatever its environment says', (context) => {
  const published = tempFolder(context);
  const file = path.join(published, 'clock');
  writeFileSync(file, String(HOUR));

  assert.equal(windowClock(published, { RESPONDER_TEST_CLOCK: file }), systemClock);
  assert.equal(windowClock(repository, {}), systemClock);
});
