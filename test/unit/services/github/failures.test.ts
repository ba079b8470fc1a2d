import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toServiceError } from '../../../../src/services/github/failures.ts';

test('a fault of GitHub’s own is told as that, and passes by itself, not before it says', () => {
  const failed = (status: number, headers: Readonly<Record<string, string>> = {}) =>
    toServiceError(Object.assign(new Error('x'), { name: 'HttpError', status, response: { status, headers } }), 5000);
  for (const status of [408, 500, 502, 503, 504]) {
    assert.equal(failed(status).reason, 'serverError');
    assert.equal(failed(status).retryAt, undefined);
  }
  assert.equal(failed(503, { 'retry-after': '120' }).retryAt, 125_000);
});

test('a failure says what GitHub said, but not the page of something in between', () => {
  const failed = (status: number, message: string) =>
    toServiceError(
      Object.assign(new Error(message), { name: 'HttpError', status, response: { status, headers: {} } }),
      0,
    );
  assert.equal(failed(403, 'Resource not accessible').message, 'GitHub answered 403: Resource not accessible');
  assert.equal(failed(502, '<html><body>Bad Gateway</body></html>').message, 'GitHub answered 502');
  assert.equal(failed(502, '  <!DOCTYPE html><p>Hello').message, 'GitHub answered 502');
});
