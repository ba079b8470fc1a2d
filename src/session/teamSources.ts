import { type PlannedIssues, plannedIssues } from '../core/closedLoop.ts';
import type { Team, Watch } from '../core/team.ts';
import type { Source } from '../services/service.ts';
import type { Store } from '../store/store.ts';
import type { WatchedSource } from '../sync/poll.ts';
import { scheduleSource, scheduleSourceId } from './remoteSchedule.ts';
import { createWatchedSource, type SourcePorts, sourceIdOf } from './watchedSource.ts';

export interface TeamSourcePorts extends SourcePorts {
  readonly store: Store;
  /** What was closed before (epoch ms) is not told of any more. */
  readonly closingsSince: () => number;
  /** Who is asked in place of the services' own sources; for tests. */
  readonly createSource?: (id: string, watch: readonly Watch[]) => Source;
}

/** Who is asked for what a team file lists. A source that is still watched after the file changed is the same one. */
export class TeamSources {
  readonly #ports: TeamSourcePorts;
  #team: Team | undefined;
  #all: readonly WatchedSource[] = [];

  constructor(ports: TeamSourcePorts) {
    this.#ports = ports;
  }

  /** In the order of the team file. */
  all(): readonly WatchedSource[] {
    return this.#all;
  }

  /** Any source of a service. */
  of(service: Source['service']): Source | undefined {
    return this.#all.find(({ source }) => source.service === service)?.source;
  }

  withId(id: string): Source | undefined {
    return this.#all.find(({ source }) => source.id === id)?.source;
  }

  setTeam(team: Team): void {
    this.#team = team;
    const byId = Map.groupBy(team.watch, sourceIdOf);
    // How planned issues end is read there, also when nothing of it is watched.
    if (team.issues !== undefined && !byId.has('github')) byId.set('github', []);
    const watched = Array.from(byId, ([id, watch]) => ({ source: this.withId(id) ?? this.#create(id, watch), watch }));
    const { pagerduty, log, clock } = this.#ports;
    const schedule =
      this.withId(scheduleSourceId(team) ?? '') ?? scheduleSource(team, { ...pagerduty, log, now: () => clock.now() });
    this.#all = schedule === undefined ? watched : [...watched, { source: schedule, watch: [] }];
  }

  #create(id: string, watch: readonly Watch[]): Source {
    const { store, createSource, closingsSince } = this.#ports;
    const planned = (): PlannedIssues =>
      plannedIssues(this.#team?.issues?.repository, store.journal(), closingsSince());
    return createSource?.(id, watch) ?? createWatchedSource(id, watch, { ...this.#ports, planned });
  }
}
