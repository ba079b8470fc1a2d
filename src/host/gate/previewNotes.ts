import * as vscode from 'vscode';
import type { PlaceOf } from '../../core/place.ts';
import type { BoardPriority } from '../../core/priority.ts';
import type { Proposal, Write } from '../../core/proposal.ts';
import { type ChannelReaders, reachOf, wayBackOf } from '../../core/reach.ts';
import { issueSignalId, type Signal } from '../../core/signal.ts';

type SetBoardPriority = Extract<Write, { readonly type: 'setBoardPriority' }>;

/** What is known of the places that are written to, and of why. */
export interface PreviewFacts {
  /** What an issue or pull request is now, by its signal id, whether or not it is watched. */
  readonly issueOf: (signalId: string) => Pick<Signal, 'labels' | 'assignees' | 'state'> | undefined;
  /** Undefined while nobody knows. */
  readonly boardPriorityOf: (write: SetBoardPriority) => BoardPriority | undefined;
  /** The sentence that says whose turn it is about a signal. */
  readonly turnOf: (signalId: string) => string | undefined;
  /** Whether everybody can read a repository; undefined while nobody knows. */
  readonly isPublic: (repository: string) => boolean | undefined;
  /** Who can read a Slack channel, by its id; undefined while nobody knows. */
  readonly ofChannel: (channelId: string) => ChannelReaders | undefined;
  readonly channelName: PlaceOf;
}

/** Why a proposal is there, as a sentence; undefined when nothing is known. */
export function whyText({ kind, signalIds }: Proposal, { turnOf }: PreviewFacts): string | undefined {
  if (kind === 'undo') return vscode.l10n.t('Why: it undoes an earlier change.');
  if (kind === 'closeLoop')
    return vscode.l10n.t('Why: the issue created from it was closed, so the reporter gets an answer.');
  if (kind === 'postHandoff') return vscode.l10n.t('Why: the next responder starts with these notes.');
  const [turn] = signalIds.flatMap((id) => turnOf(id) ?? []);
  return turn === undefined ? undefined : vscode.l10n.t('Why: {0}.', turn);
}

/** What stands beside a proposal's write: what was before and will be after, who will see it, how it is taken back. */
export function stepNotes(write: Write, { undoes }: Pick<Proposal, 'undoes'>, facts: PreviewFacts): readonly string[] {
  const change = changeOf(write, facts);
  return [
    ...(change === undefined
      ? []
      : [vscode.l10n.t('Before: {0}', change.before), vscode.l10n.t('After: {0}', change.after)]),
    vscode.l10n.t('Who sees it: {0}', readersText(write, facts)),
    vscode.l10n.t('Undo: {0}', wayBackText(undoes === undefined ? wayBackOf(write) : 'isBack')),
  ];
}

interface Change {
  readonly before: string;
  readonly after: string;
}

/** Of what exists, as far as it is known: a source may have last seen it minutes ago. */
function changeOf(write: Write, { issueOf, boardPriorityOf }: PreviewFacts): Change | undefined {
  if (write.type === 'setBoardPriority') return boardChange(write, boardPriorityOf(write));
  if (write.type === 'restoreBoardFields') return boardRestored(write);
  if (!('repository' in write) || !('number' in write)) return undefined;
  const signal = issueOf(issueSignalId(write));
  if (signal === undefined) return undefined;
  switch (write.type) {
    case 'label':
      return listChange(signal.labels, write.add, write.remove);
    case 'assign':
      return listChange(signal.assignees, write.add, write.remove);
    case 'closeIssue':
      return { before: stateText(signal), after: vscode.l10n.t('closed') };
    case 'reopenIssue':
      return { before: stateText(signal), after: vscode.l10n.t('open') };
    case 'planIssue':
    case 'commentOnIssue':
      return undefined;
  }
}

function boardChange({ option }: SetBoardPriority, known: BoardPriority | undefined): Change {
  if (known === undefined) return { before: nowOnBoard(), after: option };
  const before = known.isOnBoard ? (known.before ?? vscode.l10n.t('None')) : vscode.l10n.t('not on the board');
  return { before, after: known.after };
}

/** What our own write left may have been changed since, so only what comes back is said. */
function boardRestored({ fields }: Extract<Write, { readonly type: 'restoreBoardFields' }>): Change | undefined {
  const after = fields.flatMap(({ names }) =>
    names === undefined ? [] : [`${names.field}: ${names.value ?? vscode.l10n.t('None')}`],
  );
  return after.length === 0 || after.length < fields.length
    ? undefined
    : { before: nowOnBoard(), after: after.join(', ') };
}

function nowOnBoard(): string {
  return vscode.l10n.t('what the board has when this is sent');
}

function stateText({ state }: Pick<Signal, 'state'>): string {
  return state === 'closed' ? vscode.l10n.t('closed') : vscode.l10n.t('open');
}

function listChange(before: readonly string[], add: readonly string[], remove: readonly string[]): Change {
  const after = [...before.filter((one) => !remove.includes(one)), ...add.filter((one) => !before.includes(one))];
  const text = (list: readonly string[]): string => (list.length === 0 ? vscode.l10n.t('None') : list.join(', '));
  return { before: text(before), after: text(after) };
}

function readersText(write: Write, { isPublic, ofChannel, channelName }: PreviewFacts): string {
  const reach = reachOf(write);
  switch (reach.type) {
    case 'repository':
      return repositoryText(reach.repository, isPublic(reach.repository));
    case 'board':
      return vscode.l10n.t('everybody who can see the board');
    case 'channel': {
      const name = reach.id === undefined ? `#${reach.name ?? ''}` : (channelName(reach.id) ?? reach.id);
      return channelText(name, reach.id === undefined ? undefined : ofChannel(reach.id));
    }
    case 'incident':
      return vscode.l10n.t('everybody who follows the incident');
    case 'alertmanager':
      return vscode.l10n.t('everybody who can see this Alertmanager');
  }
}

function channelText(name: string, readers: ChannelReaders | undefined): string {
  if (readers === undefined) return vscode.l10n.t('everybody who can read {0}', name);
  const { isPrivate, members } = readers;
  if (!isPrivate) return vscode.l10n.t('everybody in the workspace, {0} is a public channel', name);
  return members === undefined
    ? vscode.l10n.t('the members of {0}, a private channel', name)
    : vscode.l10n.t('the members of {0}, a private channel: {1}', name, members);
}

function repositoryText(repository: string, isPublic: boolean | undefined): string {
  if (isPublic === undefined) return vscode.l10n.t('everybody who can read {0}', repository);
  return isPublic
    ? vscode.l10n.t('everybody, {0} is public', repository)
    : vscode.l10n.t('everybody who can read {0}, which is private', repository);
}

function wayBackText(way: ReturnType<typeof wayBackOf>): string {
  switch (way) {
    case 'restore':
      return vscode.l10n.t('for a day, restores the previous values');
    case 'delete':
      return vscode.l10n.t('for a day, deletes the text; people may have read it by then');
    case 'close':
      return vscode.l10n.t('for a day, closes the issue as not planned, with a comment');
    case 'end':
      return vscode.l10n.t('for a day, ends the silence');
    case 'never':
      return vscode.l10n.t('not possible');
    case 'isBack':
      return vscode.l10n.t('not possible, this is an undo');
  }
}
