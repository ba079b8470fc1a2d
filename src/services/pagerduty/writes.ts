import type { IncidentWrite, Outcome, Write } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError, type Writer } from '../service.ts';
import { readAccount } from './account.ts';
import { openPagerDuty, type PagerDutyApi, type PagerDutyPorts } from './client.ts';
import { PAGERDUTY_WEB } from './incidentSignal.ts';
import { type Incident, parseIncident, parseNotes, type User } from './wire.ts';

/** Acknowledges and resolves incidents, and adds notes to them. What is so already is not written again. */
export function createPagerDutyWriter(ports: PagerDutyPorts): Writer {
  const open = async (abort: AbortSignal): Promise<Session> => {
    const api = await openPagerDuty(ports, abort);
    const user = await readAccount(api, ports.email);
    return { api, user };
  };
  return {
    service: 'pagerduty',
    types: ['acknowledge', 'resolve', 'addNote'],
    async find(write, { abort }) {
      return find(incidentWrite(write), await open(abort));
    },
    async apply(write, { abort }) {
      const wanted = incidentWrite(write);
      const session = await open(abort);
      // State is read first: acknowledging again would be told to everybody a second time.
      return (wanted.type === 'addNote' ? undefined : await find(wanted, session)) ?? send(wanted, session);
    },
  };
}

interface Session {
  readonly api: PagerDutyApi;
  readonly user: User | undefined;
}

function incidentWrite(write: Write): IncidentWrite {
  if (write.type !== 'acknowledge' && write.type !== 'resolve' && write.type !== 'addNote')
    throw new ServiceError('refused', `PagerDuty does not write ${write.type}`);
  if (!/^[A-Z0-9]{1,40}$/u.test(write.incident)) throw new ServiceError('refused', 'this is no id of an incident');
  return write;
}

async function find(write: IncidentWrite, { api, user }: Session): Promise<Outcome | undefined> {
  const incident = await readIncident(api, write.incident);
  switch (write.type) {
    case 'addNote': {
      const { records } = parseNotes(await api.get(`/incidents/${write.incident}/notes`));
      return records.some(({ text }) => text.includes(write.marker)) ? outcome(incident) : undefined;
    }
    case 'resolve':
      return incident.status === 'resolved' ? outcome(incident) : undefined;
    case 'acknowledge':
      if (incident.status === 'resolved') throw new ServiceError('refused', 'the incident is resolved already');
      return user !== undefined && isHeld(incident, user) ? outcome(incident) : undefined;
  }
}

function isHeld({ status, acknowledgers }: Incident, { id }: User): boolean {
  return status === 'acknowledged' && acknowledgers.includes(id);
}

/** Source: `PUT /incidents/{id}` and `POST /incidents/{id}/notes`; both want the writer's address in `From`. */
async function send(write: IncidentWrite, { api, user }: Session): Promise<Outcome> {
  const path = `/incidents/${write.incident}`;
  const from = user?.email;
  if (from === undefined)
    throw new ServiceError('refused', 'this key is nobody’s: set responder.pagerduty.email to your PagerDuty address');
  if (write.type === 'addNote') {
    const content = `${write.text}\n\n${write.marker}`;
    await api.send('POST', `${path}/notes`, { body: { note: { content } }, from });
    return outcome(await readIncident(api, write.incident));
  }
  const status = write.type === 'resolve' ? 'resolved' : 'acknowledged';
  const body = { incident: { type: 'incident_reference', status } };
  const after = parseIncident(await api.send('PUT', path, { body, from }));
  if (after.status !== status) throw new ServiceError('badResponse', `the incident is ${after.status} afterwards`);
  return outcome(after);
}

async function readIncident(api: PagerDutyApi, id: string): Promise<Incident> {
  return parseIncident(await api.get(`/incidents/${id}`));
}

function outcome({ page }: Incident): Outcome {
  return { url: safeUrl(page) ?? PAGERDUTY_WEB, issue: undefined, warnings: [], undo: [] };
}
