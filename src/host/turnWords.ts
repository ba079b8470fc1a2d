import * as vscode from 'vscode';
import type { RunningClock } from '../core/clock.ts';
import type { TurnCode, TurnReason } from '../core/turn.ts';
import type { NextReason } from '../core/urgency.ts';
import { agoText, whenText } from './words.ts';

/** What words about times need. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
}

/** The sentence that decided whose turn it is. */
export function turnText(because: TurnReason, moment: Moment): string {
  const at = because.at ?? moment.now;
  const [who, ago] = [because.who ?? '', agoText(at, moment.now)];
  // Costly, so computed only where needed.
  const until = (): string => whenText(at, moment.now, moment.timeZone);
  const texts: Readonly<Record<TurnCode, () => string>> = {
    asked: () => vscode.l10n.t('{0} asked {1}, nobody on the team has replied', who, ago),
    wrote: () => vscode.l10n.t('{0} wrote {1}, after the team', who, ago),
    reported: () => vscode.l10n.t('It came {0}, nobody on the team has replied', ago),
    answered: () => vscode.l10n.t('{0} of the team answered {1}', who, ago),
    teamAsked: () => vscode.l10n.t('{0} of the team asked {1}, nobody has replied', who, ago),
    firing: () => vscode.l10n.t('The alert began to fire {0}', ago),
    silenced: () =>
      because.at === undefined
        ? vscode.l10n.t('Silenced without an end')
        : vscode.l10n.t('Silenced until {0}', until()),
    snoozed: () => vscode.l10n.t('Snoozed until {0}', until()),
    reviewAsked: () =>
      who === ''
        ? vscode.l10n.t('A review is asked of the team')
        : vscode.l10n.t('{0} asks the team for a review', who),
    claimed: () => vscode.l10n.t('Claimed by you {0}', ago),
    taken: () => vscode.l10n.t('{0} took it with 👀 or acknowledged it', who),
    assigned: () => vscode.l10n.t('{0} is assigned to it', who),
  };
  return texts[because.code]();
}

/** What is left of a response clock: `2 h left`, `40 min late`. `dayMinutes` is a working day. */
export function clockText({ state, leftMinutes }: RunningClock, dayMinutes: number): string {
  const length = lengthText(Math.abs(leftMinutes), dayMinutes);
  return state === 'late' ? vscode.l10n.t('{0} late', length) : vscode.l10n.t('{0} left', length);
}

/** Why the next item is on top. */
export function nextText(because: NextReason, dayMinutes: number, now: number): string {
  switch (because.code) {
    case 'late':
      return vscode.l10n.t('it is {0} late', lengthText(because.minutes, dayMinutes));
    case 'warning':
      return vscode.l10n.t('only {0} are left to respond', lengthText(because.minutes, dayMinutes));
    case 'priority':
      if (because.priority === 'critical') return vscode.l10n.t('its priority is critical');
      return because.priority === 'high'
        ? vscode.l10n.t('its priority is high')
        : vscode.l10n.t('the others have a lower priority');
    case 'people':
      return vscode.l10n.t('it has waited as long as others, and it affects more people');
    case 'waiting':
      return vscode.l10n.t('it has waited the longest, since {0}', agoText(because.at, now));
  }
}

/** Working minutes in the largest unit that says them well. */
export function lengthText(minutes: number, dayMinutes: number): string {
  if (minutes < 60) return vscode.l10n.t('{0} min', Math.max(1, Math.floor(minutes)));
  if (minutes < 2 * dayMinutes) return vscode.l10n.t('{0} h', Math.floor(minutes / 60));
  return vscode.l10n.t('{0} working days', Math.floor(minutes / dayMinutes));
}
