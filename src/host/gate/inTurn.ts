import * as vscode from 'vscode';
import { proposalPhase } from '../../core/approval.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { withAbort } from '../progress.ts';
import { isSaid, storedOf } from './drafts.ts';

/** Sends a proposal; undefined when that ended in a way that was told already. `approvedAt` is epoch ms. */
export type Run = (proposal: Proposal, abort: AbortSignal, approvedAt: number) => Promise<StoredProposal | undefined>;

export interface TurnPorts {
  readonly outbox: Pick<Outbox, 'withhold' | 'stored'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What became of proposals that were sent one after another. */
export interface Sent {
  readonly ended: readonly StoredProposal[];
  /** Begun and not ended when the person cancelled: they wait for another approval. */
  readonly withheld: readonly StoredProposal[];
  /** These say something else by now than what was approved: they were not sent. */
  readonly changed: readonly Proposal[];
  readonly isCancelled: boolean;
}

/** All are stored before the first is sent: what a crash or a cancel leaves waits among the proposals. */
export function keepUntilSent(
  proposals: readonly Proposal[],
  { outbox }: { readonly outbox: Pick<Outbox, 'propose'> },
): void {
  for (const proposal of proposals) outbox.propose(proposal);
}

/** Sends stored proposals that a person approves now, one after another, under a progress called `title`. */
export async function sendInTurn(
  proposals: readonly Proposal[],
  { title, run }: { readonly title: string; readonly run: Run },
  ports: TurnPorts,
): Promise<Sent> {
  // The person answers for all of them now: what is not sent within the hour asks again, however late its turn comes.
  const approvedAt = ports.now();
  const ended: StoredProposal[] = [];
  const withheld: StoredProposal[] = [];
  const changed: Proposal[] = [];
  return withAbort(title, async (abort, report) => {
    const isCancelled = (): boolean => abort.aborted;
    for (const [index, proposal] of proposals.entries()) {
      if (isCancelled()) break;
      if (proposals.length > 1) report(vscode.l10n.t('{0} of {1}: {2}', index + 1, proposals.length, proposal.title));
      // It may have been dropped, edited or approved among the proposals while it was shown, or waited for its turn.
      const now = storedOf(proposal, ports);
      if (now === undefined) continue;
      if (!isSaid(proposal, now.proposal)) {
        changed.push(proposal);
        continue;
      }
      const stored = await run(proposal, abort, approvedAt);
      if (stored === undefined) continue;
      // Whoever cancels takes the approval back: what is left does not go on by itself.
      const isLeft = isCancelled() && proposalPhase(stored, ports.now()) === 'going';
      if (isLeft) ports.outbox.withhold(proposal.id);
      (isLeft ? withheld : ended).push(stored);
    }
    return { ended, withheld, changed, isCancelled: isCancelled() };
  });
}
