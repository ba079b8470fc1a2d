import type { SignedIn } from './dutyView.ts';
import type { ServiceName } from './signal.ts';
import type { Person, Team } from './team.ts';

/** The people of the team by the ids that services know them by. */
export interface Roster {
  /** Who is signed in here. */
  readonly me: Person | undefined;
  /** By login in small letters. */
  readonly byLogin: ReadonlyMap<string, Person>;
  readonly bySlackId: ReadonlyMap<string, Person>;
  readonly byPagerDutyId: ReadonlyMap<string, Person>;
  /** By name in small letters. */
  readonly byName: ReadonlyMap<string, Person>;
}

/** Accounts that are signed in here count as the team's, whether the team file has them or not. */
export function rosterOf(team: Team, { github, slack, pagerduty }: SignedIn): Roster {
  const byLogin = peopleBy(team, ({ github: login }) => login?.toLowerCase());
  const bySlackId = peopleBy(team, (person) => person.slack);
  const byPagerDutyId = peopleBy(team, (person) => person.pagerduty);
  const byName = peopleBy(team, ({ name }) => name.toLowerCase());
  const accounts = [
    { people: byLogin, id: github?.toLowerCase() },
    { people: bySlackId, id: slack },
    { people: byPagerDutyId, id: pagerduty },
  ];
  const name = github ?? slack ?? pagerduty;
  const stranger = name === undefined ? undefined : { name, github, slack, pagerduty, timeZone: team.timeZone };
  const known = accounts.map(({ people, id }) => people.get(id ?? ''));
  const me = known.find((person) => person !== undefined) ?? stranger;
  for (const { people, id } of accounts)
    if (me !== undefined && id !== undefined && !people.has(id)) people.set(id, me);
  return { me, byLogin, bySlackId, byPagerDutyId, byName };
}

function peopleBy(team: Team, idOf: (person: Person) => string | undefined): Map<string, Person> {
  const people = new Map<string, Person>();
  for (const person of team.people) {
    const id = idOf(person);
    if (id !== undefined) people.set(id, person);
  }
  return people;
}

/** Who of the team a service's id means. GitHub logins know no case; services without ids of ours name people. */
export function memberOf(roster: Roster, service: ServiceName, id: string): Person | undefined {
  if (service === 'slack') return roster.bySlackId.get(id);
  if (service === 'pagerduty') return roster.byPagerDutyId.get(id);
  return (service === 'github' ? roster.byLogin : roster.byName).get(id.toLowerCase());
}
