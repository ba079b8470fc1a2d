import type { SignedIn } from './dutyView.ts';
import type { ServiceName } from './signal.ts';
import type { Person, Team } from './team.ts';

/** The people of the team by the ids that services know them by. */
export interface Roster {
  /** Who is signed in here. */
  readonly me: Person | undefined;
  readonly byId: ReadonlyMap<string, Person>;
}

/** Accounts that are signed in here count as the team's, whether the team file has them or not. */
export function rosterOf(team: Team, accounts: SignedIn): Roster {
  const byId = new Map<string, Person>();
  for (const person of team.people) {
    byId.set(person.name.toLowerCase(), person);
    if (person.github !== undefined) byId.set(keyOf('github', person.github), person);
    if (person.slack !== undefined) byId.set(keyOf('slack', person.slack), person);
  }
  const { github, slack } = accounts;
  const mine = [
    github === undefined ? undefined : keyOf('github', github),
    slack === undefined ? undefined : keyOf('slack', slack),
  ].filter((key) => key !== undefined);
  const known = mine.map((key) => byId.get(key)).find((person) => person !== undefined);
  const name = github ?? slack;
  const me = known ?? (name === undefined ? undefined : { name, github, slack, timeZone: team.timeZone });
  if (me !== undefined) for (const key of mine) if (!byId.has(key)) byId.set(key, me);
  return { me, byId };
}

/** Who of the team a service's id means. GitHub logins know no case; services without ids of ours name people. */
export function memberOf(roster: Roster, service: ServiceName, id: string): Person | undefined {
  return roster.byId.get(keyOf(service, id));
}

function keyOf(service: ServiceName, id: string): string {
  if (service === 'slack') return `slack:${id}`;
  return service === 'github' ? `github:${id.toLowerCase()}` : id.toLowerCase();
}
