import type { TestContext } from 'node:test';
import type { Signal } from '../../../../src/core/signal.ts';
import type { PagerDutyWatch } from '../../../../src/core/team.ts';
import type { PagerDutyPorts } from '../../../../src/services/pagerduty/client.ts';
import type { PollRequest } from '../../../../src/services/service.ts';
import { PAGERDUTY_TOKEN, PagerDutyActions, POLICY_ID, SERVICE_ID } from '../../../team/pagerduty/actions.ts';
import { answerPagerDuty } from '../../../team/pagerduty/answer.ts';
import { RecordingProxy } from '../../../team/proxy/proxy.ts';

export const NOW = Date.UTC(2026, 10, 18, 11);
export const SERVICE: PagerDutyWatch = {
  id: `pagerduty:service:${SERVICE_ID}`,
  service: 'pagerduty',
  by: 'service',
  pagerdutyId: SERVICE_ID,
  name: 'Integrations hub',
  respondWithinMinutes: 15,
};
export const POLICY: PagerDutyWatch = {
  ...SERVICE,
  id: `pagerduty:escalationPolicy:${POLICY_ID}`,
  by: 'escalationPolicy',
  pagerdutyId: POLICY_ID,
  name: undefined,
};

export interface FakePagerDuty {
  readonly proxy: RecordingProxy;
  readonly company: PagerDutyActions;
  /** The clock of both sides. */
  readonly clock: { now: number };
  readonly ports: PagerDutyPorts;
}

/** The stand-in of the sample team, alone. */
export async function fakePagerDuty(test: TestContext, over: Partial<PagerDutyPorts> = {}): Promise<FakePagerDuty> {
  const clock = { now: NOW };
  const company = new PagerDutyActions(() => clock.now);
  const proxy = new RecordingProxy();
  test.after(() => proxy.stop());
  const apiUrl = await proxy.listen('pagerduty', answerPagerDuty(company.account));
  const ports: PagerDutyPorts = {
    token: async () => PAGERDUTY_TOKEN,
    now: () => clock.now,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    apiUrl,
    email: undefined,
    ...over,
  };
  return { proxy, company, clock, ports };
}

/** One poll's request, of which a test names only what matters. */
export function request(over: Partial<PollRequest> = {}): PollRequest {
  return {
    watch: [SERVICE],
    since: NOW - 3 * 86_400_000,
    known: new Map(),
    memory: new Map<string, unknown>(),
    abort: new AbortController().signal,
    ...over,
  };
}

export function byId(...lists: readonly (readonly Signal[])[]): ReadonlyMap<string, Signal> {
  return new Map(lists.flat().map((signal) => [signal.id, signal]));
}
