import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeclined } from '../../../../src/host/auth/declined.ts';

test('who declines a dialog has not failed', () => {
  for (const message of ['User did not consent to login.', 'Cancelled', 'User Cancelled', 'Canceled'])
    assert.ok(isDeclined(new Error(message)), message);
  for (const failure of [new Error('No authentication provider is registered'), 'Cancelled', undefined])
    assert.ok(!isDeclined(failure), String(failure));
});
