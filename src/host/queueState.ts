import { hasTrouble, type SourceStatus } from '../core/sourceStatus.ts';
import type { ResponderView } from '../core/view.ts';
import type { QueueState } from './contextKeys.ts';
import type { TeamState } from './teamFile/teamFile.ts';

/** What the Queue has to say: its rows when it has any, otherwise the one sentence that helps. */
export function queueState({ queue }: ResponderView, statuses: readonly SourceStatus[]): QueueState {
  if (queue.groups.some((group) => group.count > 0)) return 'ready';
  if (queue.filter !== undefined && queue.filter.total > 0) return 'noMatch';
  if (statuses.length === 0) return 'nothingWatched';
  const withAccounts = statuses.filter(
    ({ service }) => service === 'github' || service === 'slack' || service === 'pagerduty',
  );
  if (withAccounts.length > 0 && withAccounts.every(isSignedOut)) return 'signedOut';
  if (statuses.some(hasTrouble)) return 'ready';
  return statuses.every(({ okAt }) => okAt !== undefined) ? 'allClear' : 'starting';
}

/** What the Queue says while no team is watched; with a team in force, its store could not be opened. */
export function stateWithoutTeam(type: TeamState['type']): QueueState {
  switch (type) {
    case 'none':
      return 'noTeam';
    case 'untrusted':
      return 'untrusted';
    case 'bad':
      return 'badTeam';
    case 'unreadable':
      return 'unreadableTeam';
    case 'team':
      return 'noStore';
  }
}

function isSignedOut({ failure }: SourceStatus): boolean {
  return failure?.reason === 'unauthenticated';
}
