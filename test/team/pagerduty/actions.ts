import { PEOPLE, TEAM_MEMBERS } from '../people.ts';
import { shiftStart, TEAM_ZONE, type Week } from '../rotation.ts';
import type { Account, IncidentRecord, ScheduleEntry } from './state.ts';

export const SERVICE_ID = 'PSVC123';
export const POLICY_ID = 'PPOL123';
export const SCHEDULE_ID = 'PABC123';
const OTHER_SERVICE_ID = 'PSVC999';
/** A key of Noor's own, and one of the account's. */
export const PAGERDUTY_TOKEN = 'pd-noor-sample-key-1';
export const ACCOUNT_TOKEN = 'pd-account-sample-k1';

export interface NewIncident {
  readonly title: string;
  readonly description?: string;
  readonly urgency?: 'high' | 'low';
  readonly priority?: string;
  readonly at?: number;
  readonly otherService?: boolean;
}

/** What happens in the sample company's PagerDuty. */
export class PagerDutyActions {
  readonly account: Account;

  constructor(now: () => number) {
    const users = PEOPLE.map(({ name, pagerduty }) => {
      return { id: pagerduty, name, email: `${name.toLowerCase()}@acme.example` };
    });
    this.account = {
      users,
      services: [
        { id: SERVICE_ID, name: 'Integrations hub', policyId: POLICY_ID },
        { id: OTHER_SERVICE_ID, name: 'Checkout', policyId: 'PPOL999' },
      ],
      policies: [
        { id: POLICY_ID, name: 'Integrations, first line' },
        { id: 'PPOL999', name: 'Checkout' },
      ],
      schedules: new Map([[SCHEDULE_ID, { name: 'Integrations on call', entries: weeks(now()) }]]),
      incidents: new Map(),
      tokens: new Map([
        [PAGERDUTY_TOKEN, users[0]?.id],
        [ACCOUNT_TOKEN, undefined],
      ]),
      now,
    };
  }

  /** Something breaks. */
  trigger(incident: NewIncident): IncidentRecord {
    const { account } = this;
    const number = account.incidents.size + 1;
    const at = incident.at ?? account.now();
    const record: IncidentRecord = {
      id: `Q${number}INCIDENT`,
      number,
      title: incident.title,
      description: incident.description ?? incident.title,
      serviceId: incident.otherService === true ? OTHER_SERVICE_ID : SERVICE_ID,
      urgency: incident.urgency ?? 'high',
      priority: incident.priority,
      createdAt: at,
      status: 'triggered',
      changedAt: at,
      acknowledgements: [],
      snoozedUntil: undefined,
      notes: [],
      log: [{ id: 'R0', type: 'trigger_log_entry', userId: undefined, summary: 'Triggered through the API.', at }],
    };
    account.incidents.set(record.id, record);
    return record;
  }

  acknowledge(id: string, by: string): void {
    const incident = this.incident(id);
    const at = this.account.now();
    const userId = this.#userId(by);
    Object.assign(incident, { status: 'acknowledged', changedAt: at, snoozedUntil: undefined });
    incident.acknowledgements.push({ at, userId });
    incident.log.push({
      id: `R${incident.log.length}`,
      type: 'acknowledge_log_entry',
      userId,
      summary: 'Acknowledged.',
      at,
    });
  }

  /** Puts it off, which acknowledges it. */
  snooze(id: string, by: string, until: number): void {
    this.acknowledge(id, by);
    const incident = this.incident(id);
    incident.snoozedUntil = until;
    const at = this.account.now() + 1;
    incident.log.push({
      id: `R${incident.log.length}`,
      type: 'snooze_log_entry',
      userId: this.#userId(by),
      summary: 'Snoozed.',
      at,
    });
  }

  /** The acknowledgement ends by itself: no snooze, though it looks like one. */
  timesOut(id: string, at: number): void {
    this.incident(id).snoozedUntil = at;
  }

  resolve(id: string): void {
    Object.assign(this.incident(id), {
      status: 'resolved',
      changedAt: this.account.now(),
      acknowledgements: [],
      snoozedUntil: undefined,
    });
  }

  /** @throws when there is none of it. */
  incident(id: string): IncidentRecord {
    const found = this.account.incidents.get(id);
    if (found === undefined) throw new Error(`there is no incident ${id}`);
    return found;
  }

  #userId(name: string): string {
    return this.account.users.find((user) => user.name === name)?.id ?? '';
  }
}

/** One critical incident of the team's, one that is over, and one of another team. */
export function seedIncidents(pagerDuty: PagerDutyActions, { ago }: Week): void {
  pagerDuty.trigger({
    title: 'Connector sync is down in eu-north',
    description: 'No connector has synced for 12 minutes. Runbook: https://github.example/acme/docs/wiki/sync-down',
    priority: 'P1',
    at: ago(24),
  });
  const over = pagerDuty.trigger({ title: 'Export workers restarted', urgency: 'low', at: ago(200) });
  pagerDuty.resolve(over.id);
  pagerDuty.trigger({ title: 'Checkout answers slowly', otherService: true, at: ago(30) });
}

/** The same people in the same order as the rotation's page. */
function weeks(now: number): readonly ScheduleEntry[] {
  const monday = shiftStart(now);
  const start = (week: number): number =>
    monday.add({ weeks: week }).toZonedDateTime({ timeZone: TEAM_ZONE, plainTime: '09:00' }).epochMilliseconds;
  return Array.from({ length: 13 }, (_, index) => index - 6).map((week) => {
    const size = TEAM_MEMBERS.length;
    const person = TEAM_MEMBERS[((week % size) + size) % size];
    return { start: start(week), end: start(week + 1), userId: person?.pagerduty ?? '' };
  });
}
