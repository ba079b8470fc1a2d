import { targetsOf } from './clock.ts';
import { conversionsOf } from './conversion.ts';
import { layOutDutyHours } from './dutyHours.ts';
import type { SignedIn } from './dutyView.ts';
import { indexJournal } from './itemRecord.ts';
import type { Day } from './itemState.ts';
import type { JournalEntry } from './journal.ts';
import { Kept } from './kept.ts';
import { rosterOf } from './roster.ts';
import type { Team } from './team.ts';
import { runOf } from './timeboxRun.ts';

export interface DayInput {
  readonly team: Team;
  readonly accounts: SignedIn;
  /** Append-only: the same length means the same journal. */
  readonly journal: readonly JournalEntry[];
  /** Epoch milliseconds. */
  readonly now: number;
}

type OfTeam = Pick<Day, 'roster' | 'targets' | 'timeZone'>;
type OfJournal = Pick<Day, 'journal' | 'conversions' | 'timeboxed'>;

const DAY_MS = 86_400_000;

/** Makes the {@link Day} of a moment, and keeps of it what has not changed since the last. */
export class DayCache {
  readonly #ofTeam = new Kept<OfTeam>();
  readonly #ofJournal = new Kept<OfJournal>();
  readonly #hours = new Kept<Day['hours']>();
  readonly #states = new Kept<Day['states']>();

  at({ team, accounts, journal, now }: DayInput): Day {
    const ofTeam = this.#ofTeam.get([team, accounts], () => {
      const roster = rosterOf(team, accounts);
      return { roster, targets: targetsOf(team), timeZone: roster.me?.timeZone ?? team.timeZone };
    });
    const ofJournal = this.#ofJournal.get([journal, journal.length], () => ({
      journal: indexJournal(journal),
      conversions: conversionsOf(journal),
      timeboxed: new Set(runOf(journal)?.signalIds),
    }));
    const hours = this.#hours.get([team, Math.floor(now / DAY_MS)], () => layOutDutyHours(team, now));
    const states = this.#states.get([ofTeam, ofJournal, hours], () => new Map());
    return { ...ofTeam, ...ofJournal, hours, states, now };
  }
}
