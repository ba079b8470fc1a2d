import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../src/services/clock.ts';
import { windowClock } from '../../src/windowClock.ts';
import { repository } from '../support/paths.ts';
import { tempFolder } from '../support/tempStore.ts';

const HOUR = 3_600_000;

test('under test a file sets the clock, also while it runs; nonsense and no file set nothing', (context) => {
  const file = path.join(tempFolder(context), 'clock');
  const clock = windowClock(repository, { RESPONDER_TEST_CLOCK: file });
  const isSystem = (): boolean => Math.abs(clock.now() - Date.now()) < HOUR;

  assert.ok(isSystem());
  for (const moment of [5 * HOUR, 7 * HOUR]) {
    writeFileSync(file, String(moment));
    assert.equal(clock.now(), moment);
    assert.equal(clock.now(), moment);
  }
  for (const text of ['soon', '1e999', '', '-5']) {
    writeFileSync(file, text);
    assert.ok(isSystem(), text);
  }
});

test('a published extension has the machine’s own clock, whatever its environment says', (context) => {
  const published = tempFolder(context);
  const file = path.join(published, 'clock');
  writeFileSync(file, String(HOUR));

  assert.equal(windowClock(published, { RESPONDER_TEST_CLOCK: file }), systemClock);
  assert.equal(windowClock(repository, {}), systemClock);
});
