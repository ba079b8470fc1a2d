import type { IncidentWrite, Outcome, Write } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError, type Writer } from '../service.ts';
import { readAccount } from './account.ts';
import { openPagerDuty, type PagerDutyApi, type PagerDutyPorts } from './client.ts';
import { PAGERDUTY_WEB } from './incidentSignal.ts';
import { type Entry, type Incident, parseIncident, parseNote, parseNotes, type User } from './wire.ts';

type DeleteNote = Extract<Write, { type: 'deleteNote' }>;

/** Acknowledges and resolves incidents, and adds notes to them. What is so already is not written again. */
export function createPagerDutyWriter(ports: PagerDutyPorts): Writer {
  const open = async (abort: AbortSignal): Promise<Session> => {
    const api = await openPagerDuty(ports, abort);
    const user = await readAccount(api, ports.email);
    return { api, user };
  };
  return {
    service: 'pagerduty',
    types: ['acknowledge', 'resolve', 'addNote', 'deleteNote'],
    async find(write, { abort }) {
      const wanted = incidentWrite(write);
      // Doing it twice changes nothing, so it is simply done again.
      return wanted.type === 'deleteNote' ? undefined : find(wanted, await open(abort));
    },
    async apply(write, { abort }) {
      const wanted = incidentWrite(write);
      const session = await open(abort);
      if (wanted.type === 'deleteNote') return deleteNote(wanted, session);
      // State is read first: acknowledging again would be told to everybody a second time.
      return (wanted.type === 'addNote' ? undefined : await find(wanted, session)) ?? send(wanted, session);
    },
  };
}

interface Session {
  readonly api: PagerDutyApi;
  readonly user: User | undefined;
}

function incidentWrite(write: Write): IncidentWrite | DeleteNote {
  if (!('incident' in write)) throw new ServiceError('refused', `PagerDuty does not write ${write.type}`);
  if (!/^[A-Z0-9]{1,40}$/u.test(write.incident)) throw new ServiceError('refused', 'this is no id of an incident');
  return write;
}

async function find(write: IncidentWrite, { api, user }: Session): Promise<Outcome | undefined> {
  const incident = await readIncident(api, write.incident);
  switch (write.type) {
    case 'addNote': {
      const note = (await readNotes(api, write.incident)).find(({ text }) => text.includes(write.marker));
      return note && noted(incident, note);
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
  const from = addressOf(user);
  if (write.type === 'addNote') {
    const content = `${write.text}\n\n${write.marker}`;
    const note = parseNote(await api.send('POST', `${path}/notes`, { body: { note: { content } }, from }));
    return noted(await readIncident(api, write.incident), note);
  }
  const status = write.type === 'resolve' ? 'resolved' : 'acknowledged';
  const body = { incident: { type: 'incident_reference', status } };
  const after = parseIncident(await api.send('PUT', path, { body, from }));
  if (after.status !== status) throw new ServiceError('badResponse', `the incident is ${after.status} afterwards`);
  return outcome(after);
}

/**
 * Deletes a note of our own account; whoever may respond could delete those of others as well.
 * Source: `DELETE /incidents/{id}/notes/{note_id}`, which answers 204.
 * @throws {ServiceError} `forbidden` for somebody else's
 */
async function deleteNote({ incident: id, noteId }: DeleteNote, { api, user }: Session): Promise<Outcome> {
  const incident = await readIncident(api, id);
  const note = (await readNotes(api, id)).find((each) => each.id === noteId);
  if (note === undefined) return outcome(incident);
  const from = addressOf(user);
  if (note.author?.id !== user?.id) throw new ServiceError('forbidden', 'the note is not ours');
  try {
    await api.send('DELETE', `/incidents/${id}/notes/${encodeURIComponent(noteId)}`, { from });
  } catch (error) {
    // Somebody else was quicker.
    if (!(error instanceof ServiceError && error.reason === 'notFound')) throw error;
  }
  return outcome(incident);
}

/** @throws {ServiceError} `refused` for a key in whose name nothing can be written */
function addressOf(user: User | undefined): string {
  if (user?.email !== undefined) return user.email;
  throw new ServiceError('refused', 'this key is nobody’s: set responder.pagerduty.email to your PagerDuty address');
}

async function readIncident(api: PagerDutyApi, id: string): Promise<Incident> {
  return parseIncident(await api.get(`/incidents/${id}`));
}

async function readNotes(api: PagerDutyApi, incident: string): Promise<readonly Entry[]> {
  return parseNotes(await api.get(`/incidents/${incident}/notes`)).records;
}

function noted(incident: Incident, { id }: Entry): Outcome {
  return outcome(incident, [{ type: 'deleteNote', incident: incident.id, noteId: id }]);
}

/** PagerDuty knows no way back from an acknowledgement, nor from a resolution. */
function outcome({ page }: Incident, undo: readonly Write[] = []): Outcome {
  return { url: safeUrl(page) ?? PAGERDUTY_WEB, issue: undefined, warnings: [], undo };
}
