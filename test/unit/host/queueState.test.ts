import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceStatus } from '../../../src/core/sourceStatus.ts';
import type { ResponderView } from '../../../src/core/view.ts';
import { queueState, stateWithoutTeam } from '../../../src/host/queueState.ts';
import { emptyQueue, viewOf } from '../../support/build.ts';

const EMPTY = viewOf(emptyQueue);
const READ: SourceStatus = {
  id: 'slack',
  service: 'slack',
  okAt: 1,
  failure: undefined,
  skipped: 0,
  failedPlaces: [],
};
const SIGNED_OUT: SourceStatus = { ...READ, failure: { reason: 'unauthenticated', message: '', retryAt: 0 } };

test('an empty queue says the one thing that helps', () => {
  const cases: readonly [string, readonly SourceStatus[]][] = [
    ['nothingWatched', []],
    ['allClear', [READ]],
    ['starting', [READ, { ...READ, id: 'github', okAt: undefined }]],
    ['signedOut', [SIGNED_OUT]],
    ['ready', [READ, { ...SIGNED_OUT, id: 'github' }]],
    ['ready', [{ ...READ, skipped: 1 }]],
  ];
  for (const [state, statuses] of cases) assert.equal(queueState(EMPTY, statuses), state);
});

test('a file that cannot be read is not told as one with mistakes, nor a store that cannot be opened as no team', () => {
  assert.equal(stateWithoutTeam('unreadable'), 'unreadableTeam');
  assert.equal(stateWithoutTeam('bad'), 'badTeam');
  assert.equal(stateWithoutTeam('team'), 'noStore');
});

test('a filter that lets nothing through is not the same as nothing to do', () => {
  const filtered = (total: number): ResponderView => ({
    ...EMPTY,
    queue: { ...EMPTY.queue, filter: { name: 'x', count: 0, total } },
  });
  assert.equal(queueState(filtered(3), [READ]), 'noMatch');
  assert.equal(queueState(filtered(0), [READ]), 'allClear');
});
