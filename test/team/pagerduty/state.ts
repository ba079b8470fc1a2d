/** The records of PagerDuty's REST API v2 (github.com/PagerDuty/api-schema), as far as the stand-in has them. */
export interface IncidentRecord {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly serviceId: string;
  readonly urgency: 'high' | 'low';
  readonly priority: string | undefined;
  readonly createdAt: number;
  status: 'triggered' | 'acknowledged' | 'resolved';
  changedAt: number;
  acknowledgements: { at: number; userId: string }[];
  snoozedUntil: number | undefined;
  notes: { id: string; userId: string; content: string; at: number }[];
  log: { id: string; type: string; userId: string | undefined; summary: string; at: number }[];
}

export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface ServiceRecord {
  readonly id: string;
  readonly name: string;
  readonly policyId: string;
}

export interface ScheduleEntry {
  readonly start: number;
  readonly end: number;
  readonly userId: string;
}

/** The account as it stands. */
export interface Account {
  readonly users: readonly UserRecord[];
  readonly services: readonly ServiceRecord[];
  readonly policies: readonly { readonly id: string; readonly name: string }[];
  readonly schedules: Map<string, { readonly name: string; entries: readonly ScheduleEntry[] }>;
  readonly incidents: Map<string, IncidentRecord>;
  /** Accepted keys with the user that each belongs to; undefined for the account's own. */
  readonly tokens: Map<string, string | undefined>;
  readonly now: () => number;
}

export const PAGERDUTY_WEB = 'https://acme-sample.pagerduty.example';

export function userOf(account: Account, id: string | undefined): UserRecord | undefined {
  return account.users.find((user) => user.id === id);
}

/** A reference as every record refers to another. */
export function reference(type: string, id: string, summary: string): object {
  const folder =
    { user: 'users', service: 'service-directory', escalation_policy: 'escalation_policies' }[type] ?? type;
  return { id, type: `${type}_reference`, summary, self: null, html_url: `${PAGERDUTY_WEB}/${folder}/${id}` };
}

export function time(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/u, 'Z');
}

/** An incident as the API says it. */
export function incidentJson(account: Account, incident: IncidentRecord): object {
  const service = account.services.find(({ id }) => id === incident.serviceId);
  const policy = account.policies.find(({ id }) => id === service?.policyId);
  const [onCall] = account.users;
  const isOpen = incident.status !== 'resolved';
  return {
    id: incident.id,
    type: 'incident',
    summary: `[#${incident.number}] ${incident.title}`,
    self: null,
    html_url: `${PAGERDUTY_WEB}/incidents/${incident.id}`,
    incident_number: incident.number,
    title: incident.title,
    description: incident.description,
    created_at: time(incident.createdAt),
    updated_at: time(incident.changedAt),
    last_status_change_at: time(incident.changedAt),
    resolved_at: isOpen ? null : time(incident.changedAt),
    status: incident.status,
    incident_key: `key-${incident.number}`,
    urgency: incident.urgency,
    priority:
      incident.priority === undefined
        ? null
        : { ...reference('priority', 'PPRIO1', incident.priority), name: incident.priority },
    service: reference('service', incident.serviceId, service?.name ?? ''),
    escalation_policy: reference('escalation_policy', policy?.id ?? '', policy?.name ?? ''),
    assignments:
      isOpen && onCall !== undefined
        ? [{ at: time(incident.createdAt), assignee: reference('user', onCall.id, onCall.name) }]
        : [],
    acknowledgements: incident.acknowledgements.map(({ at, userId }) => ({
      at: time(at),
      acknowledger: reference('user', userId, userOf(account, userId)?.name ?? ''),
    })),
    pending_actions:
      incident.snoozedUntil === undefined ? [] : [{ type: 'unacknowledge', at: time(incident.snoozedUntil) }],
    teams: [],
    alert_counts: { all: 1, triggered: isOpen ? 1 : 0, resolved: isOpen ? 0 : 1 },
  };
}
