import * as vscode from 'vscode';
import { allWordsOf, anew, issueWordsOf } from '../../actions/words.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { inertTitle } from '../inert.ts';

const TITLE_LENGTH = 48;

export interface DraftPorts {
  readonly outbox: Pick<Outbox, 'revise' | 'propose'>;
  readonly newId: () => string;
}

/**
 * Stores a proposal that nobody has approved, in the place of an earlier text of it. Where that was approved meanwhile, and
 * may be outside, this one becomes a proposal of its own. Returns the one that is stored: what is shown and sent from now on.
 */
export function keepDraft(draft: Proposal, { outbox, newId }: DraftPorts): Proposal {
  if (outbox.revise(draft)) return draft;
  const stored = outbox.propose(draft);
  if (isSaid(draft, stored.proposal)) return draft;
  const own = anew(draft, newId());
  outbox.propose(own);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'An earlier text of “{0}” was approved meanwhile. What you wrote since is a proposal of its own.',
      inertTitle(draft.title, TITLE_LENGTH),
    ),
  );
  return own;
}

/** The same for several. */
export function keepDrafts(drafts: readonly Proposal[], ports: DraftPorts): readonly Proposal[] {
  return drafts.map((draft) => keepDraft(draft, ports));
}

/** Whether a proposal says to people what another one says, labels included. */
export function isSaid(proposal: Proposal, other: Proposal): boolean {
  return allWordsOf(proposal) === allWordsOf(other) && labelsOf(proposal) === labelsOf(other);
}

function labelsOf(proposal: Proposal): string {
  return JSON.stringify(issueWordsOf(proposal)?.labels);
}

/** A proposal as it is stored by now; undefined when it is not. */
export function storedOf(
  { id }: Proposal,
  { outbox }: { readonly outbox: Pick<Outbox, 'stored'> },
): StoredProposal | undefined {
  return outbox.stored().find(({ proposal }) => proposal.id === id);
}
