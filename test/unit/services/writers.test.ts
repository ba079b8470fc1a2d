import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WRITE_TYPES } from '../../../src/core/proposal.ts';
import { serviceOf } from '../../../src/core/reach.ts';
import { createAlertmanagerWriter } from '../../../src/services/alertmanager/writes.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { createGitHubWriter } from '../../../src/services/github/writes.ts';
import { createPagerDutyWriter } from '../../../src/services/pagerduty/writes.ts';
import { createSlackWriter } from '../../../src/services/slack/writes.ts';

test('each type of write has one writer, that of the service where it lands', () => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const ports = { token: async () => undefined, now: () => 0, log, apiUrl: undefined, email: undefined };
  const writers = [
    createGitHubWriter(ports),
    createSlackWriter({ ...ports, clock: systemClock }),
    createPagerDutyWriter(ports),
    createAlertmanagerWriter({ ...ports, urls: () => [] }),
  ];
  for (const type of Object.values(WRITE_TYPES)) {
    const takers = writers.filter(({ types }) => types.includes(type));
    assert.deepEqual(
      takers.map(({ service }) => service),
      [serviceOf(type)],
      type,
    );
  }
});
