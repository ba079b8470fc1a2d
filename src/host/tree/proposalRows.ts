import * as vscode from 'vscode';
import type { ProposalKind } from '../../core/proposal.ts';
import type { ProposalView } from '../../core/proposalView.ts';
import { kindText, phaseText } from '../gate/words.ts';
import { agoText } from '../words.ts';
import { ERROR_COLOR, WARNING_COLOR } from './colors.ts';
import type { Row } from './row.ts';

const PREFIX = 'proposal:';

/** What waits to be written, as rows, oldest first; `now` is epoch ms. */
export function proposalRows(proposals: readonly ProposalView[], now: number): readonly Row[] {
  return proposals.map((proposal) => proposalRow(proposal, now));
}

/** The row of a proposal, as commands take it. */
export function proposalRowId(proposalId: string): string {
  return `${PREFIX}${proposalId}`;
}

/** The proposal that a row stands for. */
export function proposalIdOf(rowId: string): string | undefined {
  return rowId.startsWith(PREFIX) ? rowId.slice(PREFIX.length) : undefined;
}

function proposalRow(proposal: ProposalView, now: number): Row {
  const kind = kindText(proposal.kind);
  const places = proposal.places.join(', ');
  const phase = phaseText(proposal, now);
  const age = vscode.l10n.t('proposed {0}', agoText(proposal.createdAt, now));
  const what = [kind, ...(places === '' ? [] : [places])];
  const said = [...what, phase, age];
  const can = [
    'canApprove',
    ...(proposal.hasWords ? ['canCopy'] : []),
    'canDrop',
    ...(proposal.canEdit ? ['canEdit'] : []),
  ];
  return {
    id: proposalRowId(proposal.id),
    label: proposal.title,
    // A narrow side bar cuts what comes last. That it waits, most of them say by being here.
    description: (proposal.phase === 'waiting' ? [...what, age] : [phase, ...what, age]).join(' · '),
    icon: iconOf(proposal),
    contextValue: [...can, 'proposal'].join(' '),
    accessible: [proposal.title, ...said].join(', '),
    tooltip: [
      proposal.title,
      said.join(' · '),
      ...(proposal.isBegun ? [vscode.l10n.t('Part of it has already been sent.')] : []),
      vscode.l10n.t('Click to see exactly what will be sent.'),
    ],
    command: { command: 'responder.showProposal', title: vscode.l10n.t('Show Proposal') },
    children: [],
  };
}

/** What waits tells what it is for, the rest what is the matter with it. */
function iconOf({ phase, kind }: ProposalView): Row['icon'] {
  switch (phase) {
    case 'waiting':
      return { name: KIND_ICON[kind], color: undefined };
    case 'stale':
      return { name: 'history', color: WARNING_COLOR };
    case 'stopped':
      return { name: 'error', color: ERROR_COLOR };
    case 'going':
      return { name: 'sync', color: undefined };
  }
}

const KIND_ICON: { readonly [Kind in ProposalKind]: string } = {
  convert: 'issues',
  postHandoff: 'notebook',
  claim: 'person-add',
  release: 'person',
  reply: 'reply',
  decline: 'reply',
  askOwner: 'question',
  statusUpdate: 'megaphone',
  label: 'tag',
  prioritise: 'project',
  close: 'issue-closed',
  silence: 'bell-slash',
  closeLoop: 'comment-discussion',
  incident: 'flame',
  undo: 'discard',
};
