import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceFailure } from '../../../../src/core/sourceStatus.ts';
import { createGitHubWriteClient } from '../../../../src/services/github/client.ts';
import { toServiceError } from '../../../../src/services/github/failures.ts';
import { FakeGitHub, NOW } from './fakeGitHub.ts';

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

const FAULT = 'Something went wrong while executing your query';
const GRAPHQL: readonly (readonly [name: string, status: number, body: unknown, reason: SourceFailure])[] = [
  ['without a type', 200, errors({ message: `${FAULT}. This may be the result of a timeout` }), 'serverError'],
  [
    'with the time',
    200,
    errors({ message: `${FAULT} on 2026-11-18T12:00:00Z. Please include \`A:1\`` }),
    'serverError',
  ],
  ['that is not the first', 200, errors({ type: 'NOT_FOUND', message: 'No #7' }, { message: FAULT }), 'serverError'],
  ['with a type', 200, errors({ type: 'INTERNAL', message: 'Something went wrong' }), 'serverError'],
  ['of a part', 200, errors({ type: 'SERVICE_UNAVAILABLE', message: 'Checks are down' }), 'serverError'],
  ['of time', 200, errors({ message: 'We couldn’t respond to your request in time. Sorry' }), 'serverError'],
  ['of time, plainly', 200, errors({ message: "We couldn't respond to your request in time." }), 'serverError'],
  ['of resources', 200, errors({ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Too much' }), 'serverError'],
  ['as a bad gateway', 502, errors({ message: FAULT }), 'serverError'],
  ['as a page', 504, '<html>', 'serverError'],
  ['a limit', 200, errors({ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }), 'rateLimited'],
  ['a limit by its other name', 200, errors({ type: 'RATE_LIMIT', message: 'Slow down' }), 'rateLimited'],
  ['a limit beside a fault', 200, errors({ message: FAULT }, { type: 'RATE_LIMIT', message: 'x' }), 'rateLimited'],
  ['nothing there', 200, errors({ type: 'NOT_FOUND', message: 'Could not resolve' }), 'notFound'],
  ['not allowed', 200, errors({ type: 'FORBIDDEN', message: 'No write access' }), 'forbidden'],
  ['too few scopes', 200, errors({ type: 'INSUFFICIENT_SCOPES', message: 'Needs project' }), 'forbidden'],
  ['a type nobody knows', 200, errors({ type: 'UNPROCESSABLE', message: 'The item is archived' }), 'refused'],
  ['no type', 200, errors({ message: "Field 'x' doesn't exist" }), 'refused'],
  ['our words, quoted', 200, errors({ message: `“${FAULT}” is no option` }, null, 7, {}), 'refused'],
];

for (const [name, status, body, reason] of GRAPHQL)
  test(`an answer of GitHub’s GraphQL that tells of a failure: ${name} (${reason})`, async () => {
    const github = new FakeGitHub().on('POST /graphql', { status, body });
    const client = await createGitHubWriteClient(github.ports(), new AbortController().signal);
    await assert.rejects(client.mutate('mutation { x }', {}), { reason });
    assert.equal(github.sent.length, 1, 'sent once');
  });

test('a limit of GitHub’s GraphQL says until when, in whichever form it comes', async () => {
  for (const type of ['RATE_LIMITED', 'RATE_LIMIT']) {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String((NOW + 600_000) / 1000) };
    const github = new FakeGitHub().on('POST /graphql', { headers, body: errors({ type, message: 'x' }) });
    const client = await createGitHubWriteClient(github.ports(), new AbortController().signal);
    await assert.rejects(client.mutate('mutation { x }', {}), { reason: 'rateLimited', retryAt: NOW + 601_000 });
  }
});

function errors(...list: readonly unknown[]): unknown {
  return { data: null, errors: list };
}
