import * as vscode from 'vscode';
import type { StoredProposal } from '../../core/proposal.ts';
import { projectProposals } from '../../core/proposalView.ts';
import type { PreviewInput } from '../previewMarkdown.ts';
import type { GatePorts } from './gate.ts';
import { describeFailure } from './stepWords.ts';
import { kindText, phaseText } from './words.ts';

/** What a proposal's document is called. */
export function headingOf({ proposal }: StoredProposal): string {
  return `${kindText(proposal.kind)}: ${proposal.title}`;
}

/** What is shown of a proposal that waits: where it stands and why, and of each write whether it is outside already. */
export function storedPreview(
  stored: StoredProposal,
  { placeOf, coveredBy, now }: Pick<GatePorts, 'placeOf' | 'coveredBy' | 'now'>,
): PreviewInput {
  const { proposal, states } = stored;
  const [view] = projectProposals([stored], { now: now(), channelName: placeOf });
  const failure = describeFailure(stored, placeOf);
  const written = new Map(
    proposal.steps.flatMap((step, index) => {
      const state = states[index];
      return state?.status === 'done' ? [[step, state.outcome.url] as const] : [];
    }),
  );
  return {
    heading: headingOf(stored),
    proposals: [proposal],
    placeOf,
    coveredBy,
    intro:
      written.size === 0
        ? undefined
        : vscode.l10n.t('Part of it has already been sent. The rest will be sent, in this order.'),
    leadOf: () => [
      ...(view === undefined ? [] : [vscode.l10n.t('Where it stands: {0}.', phaseText(view, now()))]),
      ...(failure === undefined ? [] : [failure]),
    ],
    notesOf: (write) => {
      const url = written.get(write);
      return url === undefined ? [] : [vscode.l10n.t('Already sent: {0}', url)];
    },
  };
}
