import type { Person, Shift, Team } from './team.ts';

/** A shift as the service says it that keeps the schedule; times are epoch milliseconds, half open. */
export interface RemoteShift {
  readonly from: number;
  readonly to: number;
  readonly person: { readonly id: string; readonly name: string };
}

/** A team whose schedule lives elsewhere, with the shifts that were read there. */
export function withShifts(team: Team, shifts: readonly RemoteShift[]): Team {
  const { rotation } = team;
  if (rotation.type !== 'shifts' || rotation.remote === undefined) return team;
  const named = shifts.map(({ from, to, person }): Shift => {
    return { from, to, name: personOf(team, person)?.name ?? person.name, shadow: undefined };
  });
  return { ...team, rotation: { ...rotation, shifts: named } };
}

/** Those of the shifts whom the team file does not know: they are shown by the service's name for them. */
export function strangersOf(team: Team, shifts: readonly RemoteShift[]): readonly string[] {
  const strangers = shifts.filter(({ person }) => personOf(team, person) === undefined);
  return [...new Set(strangers.map(({ person }) => person.name))].sort();
}

/** By the service's id, otherwise by the name; who has another id there is somebody else. */
function personOf({ people }: Team, { id, name }: RemoteShift['person']): Person | undefined {
  const wanted = name.toLowerCase();
  return (
    people.find((person) => person.pagerduty === id) ??
    people.find((person) => person.pagerduty === undefined && person.name.toLowerCase() === wanted)
  );
}
