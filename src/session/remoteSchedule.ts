import { type RemoteShift, strangersOf, withShifts } from '../core/remoteRotation.ts';
import type { SourceStatus } from '../core/sourceStatus.ts';
import type { Team } from '../core/team.ts';
import type { PagerDutyPorts } from '../services/pagerduty/client.ts';
import { createScheduleSource } from '../services/pagerduty/schedule.ts';
import { readShifts } from '../services/remoteShifts.ts';
import type { Source } from '../services/service.ts';
import type { Store } from '../store/store.ts';

/** The id of the source that a team's schedule is read by; undefined when the team file has the schedule. */
export function scheduleSourceId({ rotation }: Team): string | undefined {
  const remote = rotation.type === 'shifts' ? rotation.remote : undefined;
  return remote && `${remote.service}:schedule:${remote.schedule}`;
}

/** The source of a schedule that is kept elsewhere: it is asked like any other, and keeps its shifts in its memory. */
export function scheduleSource({ rotation }: Team, ports: PagerDutyPorts): Source | undefined {
  const remote = rotation.type === 'shifts' ? rotation.remote : undefined;
  return remote && createScheduleSource(remote.schedule, ports);
}

/** The team with the last shifts that were read; the very same team while nothing differs. */
export function withKeptShifts(team: Team, store: Store): Team {
  const id = scheduleSourceId(team);
  if (id === undefined) return team;
  const filled = withShifts(team, keptShifts(id, store));
  return JSON.stringify(filled.rotation) === JSON.stringify(team.rotation) ? team : filled;
}

/** The schedule's status, with those whom the team file does not know as its troubles. */
export function withStrangers(status: SourceStatus, team: Team, store: Store): SourceStatus {
  if (status.id !== scheduleSourceId(team)) return status;
  const strangers = strangersOf(team, keptShifts(status.id, store));
  const failedPlaces = strangers.map((place) => ({
    place,
    reason: 'notFound' as const,
    message: 'not in the team file',
  }));
  return strangers.length === 0 ? status : { ...status, failedPlaces: [...status.failedPlaces, ...failedPlaces] };
}

function keptShifts(sourceId: string, store: Store): readonly RemoteShift[] {
  return readShifts(store.lastMemory(sourceId));
}
