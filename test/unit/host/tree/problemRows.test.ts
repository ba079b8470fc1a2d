import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceStatus } from '../../../../src/core/sourceStatus.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';

fakeVscode();
const { problemRows, sourceOfFailureRow } = await import('../../../../src/host/tree/problemRows.ts');

const STATUS: SourceStatus = {
  id: 'feed:probes: north',
  service: 'feed',
  okAt: undefined,
  failure: { reason: 'unauthenticated', message: '401', retryAt: 0 },
  skipped: 2,
  failedPlaces: [{ place: '#probes', reason: 'notFound', message: '404' }],
};

test('a failure’s row says which source failed; those of places and records ask for no sign-in', () => {
  const rows = problemRows(STATUS, { now: 0, timeZone: 'UTC' });
  assert.deepEqual(
    rows.map(({ id }) => sourceOfFailureRow(id)),
    ['feed:probes: north', undefined, undefined],
  );
  assert.equal(rows[0]?.command?.command, 'responder.signIn');
});
