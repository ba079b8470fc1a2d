import { hasTrouble, type SourceStatus } from '../core/sourceStatus.ts';
import type { ResponderView } from '../core/view.ts';
import type { QueueState } from './contextKeys.ts';

/** What the Queue has to say: its rows when it has any, otherwise the one sentence that helps. */
export function queueState({ queue }: ResponderView, statuses: readonly SourceStatus[]): QueueState {
  if (queue.groups.some((group) => group.count > 0)) return 'ready';
  const withAccounts = statuses.filter(({ service }) => service !== 'alertmanager');
  if (withAccounts.length > 0 && withAccounts.every(isSignedOut)) return 'signedOut';
  if (statuses.some(hasTrouble)) return 'ready';
  return statuses.every(({ okAt }) => okAt !== undefined) ? 'allClear' : 'starting';
}

function isSignedOut({ failure }: SourceStatus): boolean {
  return failure?.reason === 'unauthenticated';
}
