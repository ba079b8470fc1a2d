import { type Answer, type Call, isRecord, json, type Reply, textOf } from '../proxy/call.ts';
import { type Account, type IncidentRecord, incidentJson, PAGERDUTY_WEB, reference, time, userOf } from './state.ts';

const LIMIT = { ratelimit: 960, page: 25, largest: 100, deepest: 10_000 } as const;
const RATE_HEADERS = {
  'ratelimit-limit': String(LIMIT.ratelimit),
  'ratelimit-remaining': String(LIMIT.ratelimit - 1),
  'ratelimit-reset': '57',
};

/** Answers as PagerDuty's REST API v2 does, in the shapes of its OpenAPI. */
export function answerPagerDuty(account: Account): Answer {
  return async (call) => {
    const token = /^Token token=(\S+)$/u.exec(call.headers['authorization'] ?? '')?.[1] ?? '';
    if (!account.tokens.has(token)) return failure(401, 2006, 'Unauthorized');
    if (!(call.headers['accept'] ?? '').includes('application/vnd.pagerduty+json;version=2'))
      return failure(406, 2013, 'API version not supported');
    const reply = route(account, call, account.tokens.get(token));
    return { ...reply, headers: { ...RATE_HEADERS, ...reply.headers } };
  };
}

function route(account: Account, call: Call, userId: string | undefined): Reply {
  const [, collection = '', id = '', part = '', partId = ''] = call.path.split('/');
  if (call.method === 'GET') {
    if (collection === 'incidents' && id === '') return listIncidents(account, call);
    if (collection === 'incidents') return readIncident(account, { id, part }, call);
    if (collection === 'users') return readUsers(account, id, call, userId);
    if (collection === 'schedules') return readSchedule(account, id, call);
    return readPlace(account, collection, id);
  }
  const incident = collection === 'incidents' ? account.incidents.get(id) : undefined;
  if (incident === undefined) return notFound();
  const from = call.headers['from'];
  const writer = from === undefined ? userOf(account, userId) : account.users.find(({ email }) => email === from);
  if (writer === undefined) return invalid(['Requester User Not Found']);
  if (call.method === 'PUT' && part === '') return changeStatus(account, incident, call, writer.id);
  if (call.method === 'POST' && part === 'notes') return addNote(account, incident, call, writer.id);
  if (call.method === 'DELETE' && part === 'notes') return deleteNote(incident, partId);
  return notFound();
}

function listIncidents(account: Account, { query }: Call): Reply {
  const statuses = query.getAll('statuses[]');
  const services = query.getAll('service_ids[]');
  const known = ['triggered', 'acknowledged', 'resolved'];
  if (statuses.some((status) => !known.includes(status))) return invalid(['Statuses is invalid.']);
  const isAll = query.get('date_range') === 'all';
  const since = isAll ? 0 : Date.parse(query.get('since') ?? '') || account.now() - 30 * 86_400_000;
  const found = [...account.incidents.values()]
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .filter(({ serviceId }) => services.length === 0 || services.includes(serviceId))
    .filter(({ createdAt }) => createdAt >= since)
    .map((incident) => incidentJson(account, incident));
  return page('incidents', found, query);
}

/** Classic pagination: `total` is null unless asked for. */
function page(field: string, records: readonly object[], query: URLSearchParams): Reply {
  const limit = Math.min(Number(query.get('limit') ?? LIMIT.page), LIMIT.largest);
  const offset = Number(query.get('offset') ?? 0);
  if (offset + limit > LIMIT.deepest) return invalid(['Offset plus limit must not exceed 10000.']);
  const more = records.length > offset + limit;
  return json(200, { [field]: records.slice(offset, offset + limit), limit, offset, total: null, more });
}

function readIncident(account: Account, { id, part }: { id: string; part: string }, { query }: Call): Reply {
  const incident = account.incidents.get(id);
  if (incident === undefined) return notFound();
  if (part === '') return json(200, { incident: incidentJson(account, incident) });
  if (part === 'notes') return json(200, { notes: incident.notes.map((note) => noteJson(account, note)) });
  if (part !== 'log_entries') return notFound();
  const entries = incident.log.toReversed().map(({ id: entryId, type, userId, summary, at }) => ({
    id: entryId,
    type,
    summary,
    self: null,
    html_url: `${PAGERDUTY_WEB}/incidents/${id}/log_entries/${entryId}`,
    created_at: time(at),
    agent:
      userId === undefined
        ? reference('service', incident.serviceId, 'Monitoring')
        : reference('user', userId, userOf(account, userId)?.name ?? ''),
    channel: { type: userId === undefined ? 'api' : 'website' },
  }));
  return page('log_entries', entries, query);
}

function noteJson(account: Account, note: IncidentRecord['notes'][number]): object {
  const { id, userId, content, at } = note;
  return {
    id,
    user: reference('user', userId, userOf(account, userId)?.name ?? ''),
    channel: { summary: 'The PagerDuty website or APIs' },
    content,
    created_at: time(at),
  };
}

function changeStatus(account: Account, incident: IncidentRecord, { body }: Call, userId: string): Reply {
  const wanted = isRecord(body) && isRecord(body['incident']) ? textOf(body['incident']['status']) : '';
  if (wanted !== 'acknowledged' && wanted !== 'resolved') return invalid(['Status is invalid.']);
  if (incident.status === 'resolved') return invalid(['Incident Already Resolved']);
  const at = account.now();
  const name = userOf(account, userId)?.name ?? '';
  incident.status = wanted;
  incident.changedAt = at;
  incident.snoozedUntil = undefined;
  if (wanted === 'acknowledged') incident.acknowledgements.push({ at, userId });
  else incident.acknowledgements = [];
  const type = wanted === 'acknowledged' ? 'acknowledge_log_entry' : 'resolve_log_entry';
  const word = wanted === 'acknowledged' ? 'Acknowledged' : 'Resolved';
  incident.log.push({ id: `R${incident.log.length}`, type, userId, summary: `${word} by ${name}.`, at });
  return json(200, { incident: incidentJson(account, incident) });
}

function addNote(account: Account, incident: IncidentRecord, { body }: Call, userId: string): Reply {
  const content = isRecord(body) && isRecord(body['note']) ? textOf(body['note']['content']) : '';
  if (content.trim() === '') return invalid(["Content can't be blank"]);
  const note = { id: `N${incident.id}${incident.log.length}`, userId, content, at: account.now() };
  incident.notes.push(note);
  incident.changedAt = note.at;
  incident.log.push({
    id: `R${incident.log.length}`,
    type: 'annotate_log_entry',
    userId,
    summary: 'Note added.',
    at: note.at,
  });
  return json(201, { note: noteJson(account, note) });
}

/** Of whoever wrote it. */
function deleteNote(incident: IncidentRecord, id: string): Reply {
  const index = incident.notes.findIndex((note) => note.id === id);
  if (index === -1) return notFound();
  incident.notes.splice(index, 1);
  return json(204, undefined);
}

function readUsers(account: Account, id: string, { query }: Call, userId: string | undefined): Reply {
  const asked = id === 'me' ? userId : id;
  if (id === 'me' && asked === undefined) return invalid(['This endpoint needs a user-level key']);
  const wanted = query.get('query')?.toLowerCase() ?? '';
  const json_ = (user: Account['users'][number]): object => ({
    ...user,
    type: 'user',
    summary: user.name,
    self: null,
    html_url: `${PAGERDUTY_WEB}/users/${user.id}`,
  });
  if (id === '')
    return page(
      'users',
      account.users.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted)).map(json_),
      query,
    );
  const user = userOf(account, asked);
  return user === undefined ? notFound() : json(200, { user: json_(user) });
}

function readPlace(account: Account, collection: string, id: string): Reply {
  const service = account.services.find((each) => each.id === id);
  if (collection === 'services' && service !== undefined)
    return json(200, { service: { ...service, type: 'service', summary: service.name, status: 'active' } });
  const policy = account.policies.find((each) => each.id === id);
  if (collection !== 'escalation_policies' || policy === undefined) return notFound();
  const services = account.services.filter(({ policyId }) => policyId === id);
  return json(200, {
    escalation_policy: {
      ...policy,
      type: 'escalation_policy',
      summary: policy.name,
      services: services.map((each) => reference('service', each.id, each.name)),
    },
  });
}

function readSchedule(account: Account, id: string, { query }: Call): Reply {
  const schedule = account.schedules.get(id);
  if (schedule === undefined) return notFound();
  const since = Date.parse(query.get('since') ?? '');
  const until = Date.parse(query.get('until') ?? '');
  if (until - since > 92 * 86_400_000) return invalid(['Time range cannot exceed 3 months.']);
  const entries = schedule.entries.filter(({ start, end }) => start < until && end > since);
  return json(200, {
    schedule: {
      id,
      type: 'schedule',
      summary: schedule.name,
      name: schedule.name,
      time_zone: 'Europe/Berlin',
      final_schedule: {
        name: 'Final Schedule',
        rendered_coverage_percentage: 100,
        rendered_schedule_entries: entries.map(({ start, end, userId }) => ({
          start: time(start),
          end: time(end),
          user: reference('user', userId, userOf(account, userId)?.name ?? ''),
        })),
      },
    },
  });
}

function failure(status: number, code: number, message: string, errors: readonly string[] = []): Reply {
  return json(status, { error: { message, code, ...(errors.length === 0 ? {} : { errors }) } });
}

function invalid(errors: readonly string[]): Reply {
  return failure(400, 2001, 'Invalid Input Provided', errors);
}

function notFound(): Reply {
  return failure(404, 2100, 'Not Found');
}
