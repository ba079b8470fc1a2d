import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import { ServiceError, type SkippedRecord } from '../service.ts';

const MAX_ALERTS = 5000;
const MAX_PAIRS = 64;
const MAX_SILENCES = 50;
/** A UUID in the versions that we know. */
export const SILENCE_ID = /^[\w-]{1,100}$/u;

/** One alert as Alertmanager lists it; times are epoch milliseconds. */
export interface Alert {
  readonly fingerprint: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** May lie in the future: rules and `amtool` can say so. */
  readonly startsAt: number;
  readonly endsAt: number | undefined;
  readonly suppressed: boolean;
  /** Ids of the silences that hold it; empty when it is inhibited by another alert. */
  readonly silencedBy: readonly string[];
  readonly generatorUrl: string | undefined;
}

const pairs = z.record(z.string(), z.unknown());

const alertShape = z.object({
  fingerprint: z.string().check(z.regex(/^[0-9a-f]{1,64}$/iu)),
  labels: pairs,
  annotations: z.catch(pairs, {}),
  startsAt: z.string().check(z.maxLength(64)),
  endsAt: z.catch(z.optional(z.string().check(z.maxLength(64))), undefined),
  status: z.object({
    state: z.enum(['active', 'suppressed', 'unprocessed']),
    silencedBy: z.catch(z.array(z.string().check(z.maxLength(100))), []),
  }),
  generatorURL: z.catch(z.optional(z.string()), undefined),
});

/** Reads a list of alerts; a record that is none is skipped. @throws {ServiceError} `badResponse` when it is no list. */
export function parseAlerts(body: unknown): { alerts: readonly Alert[]; skipped: readonly SkippedRecord[] } {
  if (!Array.isArray(body)) throw new ServiceError('badResponse', 'the reply is not a list of alerts');
  const alerts: Alert[] = [];
  const skipped: SkippedRecord[] = [];
  const records: readonly unknown[] = body;
  for (const record of records.slice(0, MAX_ALERTS)) {
    const alert = parseAlert(record);
    if (typeof alert === 'string') skipped.push({ place: 'Alertmanager', problem: alert });
    else alerts.push(alert);
  }
  if (records.length > MAX_ALERTS) {
    skipped.push({ place: 'Alertmanager', problem: `${records.length - MAX_ALERTS} alerts beyond ${MAX_ALERTS}` });
  }
  return { alerts, skipped };
}

/** The alert, or what is wrong with the record. */
function parseAlert(record: unknown): Alert | string {
  const parsed = alertShape.safeParse(record);
  if (!parsed.success) {
    return `an alert without a usable ${oneLine(parsed.error.issues[0]?.path.join('.') ?? 'shape', 60)}`;
  }
  const { fingerprint, labels, annotations, startsAt, endsAt, status, generatorURL } = parsed.data;
  const start = Date.parse(startsAt);
  if (Number.isNaN(start)) return 'an alert whose startsAt is no time';
  const end = endsAt === undefined ? Number.NaN : Date.parse(endsAt);
  return {
    fingerprint: fingerprint.toLowerCase(),
    labels: toPairs(labels),
    annotations: toPairs(annotations),
    startsAt: start,
    // A zero time ("0001-01-01") stands for "not ended".
    endsAt: end > 0 ? end : undefined,
    suppressed: status.state === 'suppressed',
    silencedBy: status.silencedBy.slice(0, MAX_SILENCES),
    generatorUrl: generatorURL,
  };
}

function toPairs(record: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const texts = Object.entries(record).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MAX_PAIRS));
}

/** Why an alert is quiet. */
export interface Silence {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
  /** Whatever its author called themselves; empty when they did not. */
  readonly createdBy: string;
}

const silenceShape = z.object({
  id: z.string().check(z.maxLength(100)),
  endsAt: z.string().check(z.maxLength(64)),
  createdBy: z.catch(z.string(), ''),
});

/** Of a list of silences those that are wanted. @throws {ServiceError} `badResponse` when it is no list. */
export function parseSilences(body: unknown, wanted: ReadonlySet<string>): readonly Silence[] {
  if (!Array.isArray(body)) throw new ServiceError('badResponse', 'the reply is not a list of silences');
  const records: readonly unknown[] = body;
  return records.flatMap((record) => {
    const { data } = silenceShape.safeParse(record);
    const endsAt = Date.parse(data?.endsAt ?? '');
    if (data === undefined || !wanted.has(data.id) || Number.isNaN(endsAt)) return [];
    return [{ id: data.id, endsAt, createdBy: oneLine(data.createdBy, 80) }];
  });
}

/** A silence that may be one of ours: by what it says of itself. */
export interface SilenceRecord {
  readonly id: string;
  readonly comment: string;
  /** It ended, or somebody ended it. */
  readonly isExpired: boolean;
}

const recordShape = z.object({
  id: z.string().check(z.regex(SILENCE_ID)),
  comment: z.catch(z.string(), ''),
  status: z.object({ state: z.enum(['active', 'pending', 'expired']) }),
});

/** @throws {ServiceError} `badResponse` when it is no list. */
export function parseSilenceRecords(body: unknown): readonly SilenceRecord[] {
  if (!Array.isArray(body)) throw new ServiceError('badResponse', 'the reply is not a list of silences');
  const records: readonly unknown[] = body;
  return records.flatMap((record) => parseSilenceRecord(record) ?? []);
}

/** Undefined for what is no silence. */
export function parseSilenceRecord(record: unknown): SilenceRecord | undefined {
  const { data } = recordShape.safeParse(record);
  return data && { id: data.id, comment: data.comment, isExpired: data.status.state === 'expired' };
}

const createdShape = z.object({ silenceID: z.string().check(z.regex(SILENCE_ID)) });

/** The id of a silence that was just made. @throws {ServiceError} `badResponse` */
export function parseCreatedSilence(reply: unknown): string {
  const { data } = createdShape.safeParse(reply);
  if (data === undefined) throw new ServiceError('badResponse', 'Alertmanager does not say what it made');
  return data.silenceID;
}
