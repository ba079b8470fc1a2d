import type { Outcome, Write } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { sendJson } from '../plainHttp.ts';
import { ServiceError, type ServicePorts, type WriteContext, type Writer } from '../service.ts';
import { type AlertQuery, getSilence, getSilences, replyJson, silenceAddress } from './client.ts';
import { parseCreatedSilence, parseSilenceRecord, parseSilenceRecords, SILENCE_ID } from './wire.ts';

type Silence = Extract<Write, { type: 'silence' }>;
type ExpireSilence = Extract<Write, { type: 'expireSilence' }>;
type Query = Omit<AlertQuery, 'matchers'>;

export type AlertmanagerWritePorts = Pick<ServicePorts, 'now' | 'log'> & {
  /** The addresses of the Alertmanagers that are watched now: nothing is sent to any other. */
  readonly urls: () => readonly string[];
};

/**
 * Silences alerts, never without an end, and ends silences. There are no accounts: a silence that an earlier try made is
 * recognised by the marker in its comment. No token is ever sent.
 */
export function createAlertmanagerWriter(ports: AlertmanagerWritePorts): Writer {
  return {
    service: 'alertmanager',
    types: ['silence', 'expireSilence'],
    async find(write, context) {
      const wanted = silenceWrite(write);
      // Ended twice is ended, so that is simply done again.
      return wanted.type === 'silence' ? findSilence(wanted, queryOf(wanted, ports, context)) : undefined;
    },
    async apply(write, context) {
      const wanted = silenceWrite(write);
      const query = queryOf(wanted, ports, context);
      const outcome = await (wanted.type === 'silence' ? silence(wanted, query) : expireSilence(wanted, query));
      ports.log.debug(`alertmanager: ${wanted.type}: done`);
      return outcome;
    },
  };
}

function silenceWrite(write: Write): Silence | ExpireSilence {
  if (write.type === 'silence' || write.type === 'expireSilence') return write;
  throw new ServiceError('refused', `Alertmanager does not write ${write.type}`);
}

/** A stored proposal outlives a change of the team file: it reaches no server that the team has left. */
function queryOf(
  { url }: Silence | ExpireSilence,
  { urls, now }: AlertmanagerWritePorts,
  { abort }: WriteContext,
): Query {
  if (!urls().includes(url) || safeUrl(url) === undefined)
    throw new ServiceError('refused', 'this Alertmanager is not watched');
  return { url, now: now(), abort };
}

/** Source: `POST /api/v2/silences` in Alertmanager's `api/v2/openapi.yaml`. */
async function silence(write: Silence, query: Query): Promise<Outcome> {
  const { matchers, endsAt, createdBy, comment } = write;
  if (Number.isNaN(new Date(endsAt).getTime())) throw new ServiceError('refused', 'the silence has no end');
  if (endsAt <= query.now) throw new ServiceError('refused', 'the silence would have ended already');
  const body = {
    matchers,
    startsAt: new Date(query.now).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    createdBy,
    comment,
  };
  const reply = await sendJson('POST', new URL(`${query.url}/api/v2/silences`), { body, abort: query.abort });
  return silenced(query.url, parseCreatedSilence(replyJson(reply, query.now)));
}

/** One that has ended meanwhile was made all the same. */
async function findSilence({ marker }: Silence, query: Query): Promise<Outcome | undefined> {
  const own = parseSilenceRecords(await getSilences(query)).find(({ comment }) => comment.includes(marker));
  return own && silenced(query.url, own.id);
}

/** Its state is read first: what has ended already is answered with an error. */
async function expireSilence({ silenceId, url }: ExpireSilence, query: Query): Promise<Outcome> {
  if (!SILENCE_ID.test(silenceId)) throw new ServiceError('refused', 'this is no id of a silence');
  if (await isActive(silenceId, query)) {
    const { response, text } = await sendJson('DELETE', silenceAddress(silenceId, url), { abort: query.abort });
    if (!response.ok) replyJson({ response, text }, query.now);
  }
  return { url: pageOf(url, silenceId), issue: undefined, warnings: [], undo: [] };
}

async function isActive(id: string, query: Query): Promise<boolean> {
  try {
    const record = parseSilenceRecord(await getSilence(id, query));
    if (record === undefined) throw new ServiceError('badResponse', 'the reply is not a silence');
    return !record.isExpired;
  } catch (error) {
    // Forgotten by the server, some days after its end.
    if (error instanceof ServiceError && error.reason === 'notFound') return false;
    throw error;
  }
}

function silenced(url: string, silenceId: string): Outcome {
  const undo: Write = { type: 'expireSilence', url, silenceId };
  return { url: pageOf(url, silenceId), issue: undefined, warnings: [], undo: [undo] };
}

function pageOf(url: string, silenceId: string): string {
  return `${url}/#/silences/${silenceId}`;
}
