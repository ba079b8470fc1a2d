import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item } from '../../../src/core/item.ts';
import { stateOf } from '../../../src/core/itemState.ts';
import type { Watch } from '../../../src/core/team.ts';
import { day, signal, team } from '../../support/build.ts';

const MINUTE = 60_000;
const { now } = day();

function watch(id: string, respondWithinMinutes: number): Watch {
  return { id, respondWithinMinutes, service: 'slack', what: 'channel', channel: id, alerts: false };
}

const today = day({ team: team({ watch: [watch('alerts', 60), watch('questions', 120)] }) });

function alertAndQuestion(askedMinutesAgo: number): Item {
  const at = now - askedMinutesAgo * MINUTE;
  return {
    id: 'item',
    signals: [
      signal({
        id: 'slack:C1:1.0',
        service: 'slack',
        kind: 'thread',
        watchIds: ['questions'],
        startedAt: at,
        voices: [{ id: 'U09RIO', name: 'Rio', firstAt: at, lastAt: at }],
      }),
      signal({
        id: 'alertmanager:a',
        service: 'alertmanager',
        kind: 'alert',
        watchIds: ['alerts'],
        author: undefined,
        startedAt: now - 30 * MINUTE,
      }),
    ],
  };
}

test('the clock and the sentence of an item with several signals are of the same signal', () => {
  const said = (askedMinutesAgo: number) => {
    const { clock, turn } = stateOf(alertAndQuestion(askedMinutesAgo), today) ?? {};
    return [clock?.signalId, clock?.leftMinutes, turn?.turn, turn?.because.code, turn?.because.at];
  };
  assert.deepEqual(said(115), ['slack:C1:1.0', 5, 'us', 'asked', now - 115 * MINUTE]);
  assert.deepEqual(said(45), ['alertmanager:a', 30, 'us', 'firing', now - 30 * MINUTE]);
});
