import * as z from 'zod/mini';
import { oneLine, plainText } from '../../core/plainText.ts';
import { ServiceError, type SkippedRecord } from '../service.ts';

/** The shapes of https://github.com/PagerDuty/api-schema (REST v2), as far as we use them. */

const MAX_PEOPLE = 50;
const ID = /^[A-Z0-9]{1,40}$/u;

/** Somebody or something that a record refers to. */
export interface Reference {
  readonly id: string;
  /** What PagerDuty calls it; the id when it has no name. */
  readonly name: string;
}

/** One incident as PagerDuty lists it; times are epoch milliseconds. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly status: 'triggered' | 'acknowledged' | 'resolved';
  readonly urgency: string | undefined;
  /** `P1`. */
  readonly priority: string | undefined;
  readonly key: string | undefined;
  readonly service: Reference;
  /** Id. */
  readonly policy: string | undefined;
  /** Unchecked. */
  readonly page: string | undefined;
  readonly self: string | undefined;
  readonly createdAt: number;
  readonly changedAt: number;
  /** User ids. */
  readonly acknowledgers: readonly string[];
  /** When it is triggered again: the end of a snooze, or of the service's acknowledgement timeout. */
  readonly triggersAgainAt: number | undefined;
}

const id = z.string().check(z.regex(ID));
const time = z
  .pipe(
    z.string().check(z.maxLength(64)),
    z.transform((text) => Date.parse(text)),
  )
  .check(z.refine((at) => !Number.isNaN(at)));
const optionalText = z.catch(z.optional(z.string()), undefined);
const optionalTime = z.catch(z.optional(time), undefined);

const referenceShape = z.pipe(
  z.object({ id, type: optionalText, summary: optionalText, name: optionalText, email: optionalText }),
  z.transform((raw) => ({ ...raw, name: nameOf(raw.summary ?? raw.name, raw.id) })),
);
const optionalReference = z.catch(z.optional(referenceShape), undefined);

const acknowledgementShape = z.object({ acknowledger: referenceShape });
/** The ids of the users who acknowledged. A service may do so as well; it is nobody. */
const acknowledgers = z.pipe(
  z.catch(z.array(z.unknown()), []),
  z.transform((entries) =>
    entries.slice(0, MAX_PEOPLE).flatMap((entry) => {
      const { data } = acknowledgementShape.safeParse(entry);
      return data?.acknowledger.type?.startsWith('user') === true ? [data.acknowledger.id] : [];
    }),
  ),
);

const pendingShape = z.object({ type: z.literal('unacknowledge'), at: time });

const incidentShape = z.object({
  id,
  status: z.enum(['triggered', 'acknowledged', 'resolved']),
  title: optionalText,
  summary: optionalText,
  description: optionalText,
  urgency: optionalText,
  priority: optionalReference,
  incident_key: optionalText,
  service: referenceShape,
  escalation_policy: optionalReference,
  html_url: optionalText,
  self: optionalText,
  created_at: time,
  updated_at: optionalTime,
  last_status_change_at: optionalTime,
  resolved_at: optionalTime,
  acknowledgements: acknowledgers,
  pending_actions: z.catch(z.array(z.unknown()), []),
});

/** One page of a list. */
export interface Page<T> {
  readonly records: readonly T[];
  readonly skipped: readonly SkippedRecord[];
  /** Whether there is another; PagerDuty says so without counting. */
  readonly more: boolean;
  /** How many records it held, readable or not. */
  readonly length: number;
}

/** A page of incidents; a record that is none is skipped. @throws {ServiceError} `badResponse` when it is no list. */
export function parseIncidents(body: unknown): Page<Incident> {
  return parsePage(body, 'incidents', toIncident);
}

/** `{incident}`, as one is read or written. @throws {ServiceError} `badResponse` */
export function parseIncident(body: unknown): Incident {
  const incident = toIncident(member(body, 'incident'));
  if (typeof incident === 'string') throw new ServiceError('badResponse', incident);
  return incident;
}

function toIncident(record: unknown): Incident | string {
  const parsed = incidentShape.safeParse(record);
  if (!parsed.success) return `an incident without a usable ${problemPath(parsed.error)}`;
  const { data } = parsed;
  const again = data.pending_actions.map((action) => pendingShape.safeParse(action).data?.at).find(isNumber);
  return {
    id: data.id,
    title: nameOf(data.title ?? data.summary, data.id),
    description: plainText(data.description ?? '', 20_000),
    status: data.status,
    urgency: word(data.urgency),
    priority: word(data.priority?.name),
    key: data.incident_key?.slice(0, 2048),
    service: reference(data.service),
    policy: data.escalation_policy?.id,
    page: data.html_url,
    self: data.self,
    createdAt: data.created_at,
    changedAt: data.resolved_at ?? data.updated_at ?? data.last_status_change_at ?? data.created_at,
    acknowledgers: unique(data.acknowledgements),
    triggersAgainAt: again,
  };
}

/** A note, or an entry of an incident's log: what happened, and by whom. */
export interface Entry {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  /** Plain text as it came. */
  readonly text: string;
  readonly author: (Reference & { readonly isPerson: boolean }) | undefined;
  readonly page: string | undefined;
}

const noteShape = z.object({ id: z.string(), content: z.string(), created_at: time, user: optionalReference });
const logEntryShape = z.object({
  id: z.string(),
  type: z.string().check(z.maxLength(100)),
  summary: z.string(),
  created_at: time,
  agent: optionalReference,
  html_url: optionalText,
});

/** @throws {ServiceError} `badResponse` when it is no list. */
export function parseNotes(body: unknown): Page<Entry> {
  return parsePage(body, 'notes', toNote);
}

/** `{note}`, as one is written. @throws {ServiceError} `badResponse` */
export function parseNote(body: unknown): Entry {
  const note = toNote(member(body, 'note'));
  if (typeof note === 'string') throw new ServiceError('badResponse', note);
  return note;
}

function toNote(record: unknown): Entry | string {
  const parsed = noteShape.safeParse(record);
  if (!parsed.success) return `a note without a usable ${problemPath(parsed.error)}`;
  const { id: noteId, content, created_at: at, user } = parsed.data;
  return { id: noteId, type: 'note', at, text: content, author: author(user), page: undefined };
}

/** @throws {ServiceError} `badResponse` when it is no list. */
export function parseLog(body: unknown): Page<Entry> {
  return parsePage(body, 'log_entries', (record) => {
    const parsed = logEntryShape.safeParse(record);
    if (!parsed.success) return `a log entry without a usable ${problemPath(parsed.error)}`;
    const { id: entryId, type, summary, created_at: at, agent, html_url: page } = parsed.data;
    return { id: entryId, type, at, text: summary, author: author(agent), page };
  });
}

/** Who a user's own key belongs to. */
export interface User extends Reference {
  readonly email: string | undefined;
}

/** `{user}`. @throws {ServiceError} `badResponse` */
export function parseUser(body: unknown): User {
  return toUser(member(body, 'user'));
}

/** `{users}`: those that can be read. */
export function parseUsers(body: unknown): readonly User[] {
  const list = member(body, 'users');
  return Array.isArray(list)
    ? list.flatMap((each) => (referenceShape.safeParse(each).success ? [toUser(each)] : []))
    : [];
}

function toUser(record: unknown): User {
  const { data } = referenceShape.safeParse(record);
  if (data === undefined) throw new ServiceError('badResponse', 'the user cannot be read');
  // A header may hold it: nothing but a plain address.
  const email = /^[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[\w.-]{1,200}$/u.test(data.email ?? '') ? data.email : undefined;
  return { ...reference(data), email };
}

/** `{service}` or `{escalation_policy}`: its name and, of a policy, the services that it stands behind. */
export function parsePlace(
  body: unknown,
  field: 'service' | 'escalation_policy',
): Reference & { readonly services: readonly string[] } {
  const record = member(body, field);
  const { data } = referenceShape.safeParse(record);
  if (data === undefined) throw new ServiceError('badResponse', `the ${field} cannot be read`);
  const list = z.object({ services: z.array(z.unknown()) }).safeParse(record).data?.services ?? [];
  const services = list.flatMap((each) => referenceShape.safeParse(each).data?.id ?? []);
  return { ...reference(data), services };
}

/** One stretch of a schedule; undefined where it has no end on that side. */
export interface OnCall {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly person: Reference;
}

const onCallShape = z.object({
  start: z.optional(z.nullable(time)),
  end: z.optional(z.nullable(time)),
  user: referenceShape,
});

/** The `final_schedule` of `{schedule}`: layers and overrides laid over each other. @throws {ServiceError} `badResponse` */
export function parseSchedule(body: unknown): {
  readonly name: string;
  readonly onCall: readonly OnCall[];
  readonly skipped: readonly SkippedRecord[];
} {
  const schedule = member(body, 'schedule');
  const name = referenceShape.safeParse(schedule).data?.name ?? 'PagerDuty';
  const page = parsePage(member(schedule, 'final_schedule'), 'rendered_schedule_entries', (record): OnCall | string => {
    const parsed = onCallShape.safeParse(record);
    if (!parsed.success) return `a shift without a usable ${problemPath(parsed.error)}`;
    const { start, end, user } = parsed.data;
    return { from: start ?? undefined, to: end ?? undefined, person: reference(user) };
  });
  return { name, onCall: page.records, skipped: page.skipped };
}

function parsePage<T extends object>(body: unknown, field: string, parse: (record: unknown) => T | string): Page<T> {
  const list = member(body, field);
  if (!Array.isArray(list)) throw new ServiceError('badResponse', `the reply has no list of ${field}`);
  const read = list.map(parse);
  return {
    records: read.filter((one) => typeof one !== 'string'),
    skipped: read.flatMap((one) => (typeof one === 'string' ? [{ place: 'PagerDuty', problem: one }] : [])),
    more: member(body, 'more') === true,
    length: list.length,
  };
}

function member(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
}

function reference({ id: ownId, name }: Reference): Reference {
  return { id: ownId, name };
}

function author(raw: (Reference & { readonly type?: string | undefined }) | undefined): Entry['author'] {
  return raw && { ...reference(raw), isPerson: raw.type?.startsWith('user') ?? false };
}

function nameOf(text: string | undefined, otherwise: string): string {
  const name = oneLine(text ?? '', 200);
  return name === '' ? otherwise : name;
}

function word(text: string | undefined): string | undefined {
  const one = oneLine(text ?? '', 60);
  return one === '' ? undefined : one;
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined;
}

function problemPath(error: z.core.$ZodError): string {
  return oneLine(error.issues[0]?.path.join('.') || 'shape', 60);
}
