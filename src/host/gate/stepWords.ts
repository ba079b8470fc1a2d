import * as vscode from 'vscode';
import type { PlaceOf } from '../../core/place.ts';
import {
  type BackWrite,
  type ChangeWrite,
  type IncidentWrite,
  isBack,
  isChange,
  type StoredProposal,
  type Write,
} from '../../core/proposal.ts';
import { progressOf } from '../../core/proposalProgress.ts';
import { serviceOf } from '../../core/reach.ts';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import { notWrittenText } from '../words.ts';

/**
 * Where a half-done conversion stands, as a sentence: `The issue acme/app#12 exists; not done yet: the reply
 * in #integrations.` Empty when nothing is left to do.
 */
export function describeUnfinished(stored: StoredProposal, placeOf: PlaceOf): string {
  const { issue, next, left, untouched } = progressOf(stored);
  if (next === undefined) return '';
  const name = issue === undefined ? undefined : `${issue.repository}#${issue.number}`;
  const missing = left.map((step) => missingText(step, placeOf)).join(', ');
  if (name !== undefined) return vscode.l10n.t('The issue {0} exists; not done yet: {1}.', name, missing);
  if (left.length < stored.proposal.steps.length)
    return vscode.l10n.t('Part of it was sent; not done yet: {0}.', missing);
  return untouched
    ? vscode.l10n.t('Nothing has been sent yet; not done: {0}.', missing)
    : vscode.l10n.t('It is not known whether it was sent; not done: {0}.', missing);
}

/** Why it stopped: which step, what happened, in words; undefined when no step failed. */
export function describeFailure(stored: StoredProposal, placeOf: PlaceOf): string | undefined {
  const { next } = progressOf(stored);
  if (next?.state.status !== 'failed') return undefined;
  const { reason, message } = next.state;
  const why = writeFailureText(reason, next.step.type);
  return vscode.l10n.t('Failed at {0}: {1} ({2}).', missingText(next.step, placeOf), why, message);
}

/** Why a write was not done, as a short sentence. */
export function writeFailureText(reason: SourceFailure, type: Write['type']): string {
  return notWrittenText(reason, serviceOf(type));
}

/** A step that is not done, named in the middle of a sentence. */
function missingText(step: Write, placeOf: PlaceOf): string {
  if (isChange(step)) return changeText(step);
  if (isBack(step)) return backText(step, placeOf);
  if ('incident' in step) return incidentText(step);
  switch (step.type) {
    case 'createIssue':
      return vscode.l10n.t('the issue in {0}', step.repository);
    case 'planIssue':
      return plannedText(step);
    case 'addToBoard':
      return vscode.l10n.t('the card on board {0} of {1}', step.number, step.owner);
    case 'assign':
      return vscode.l10n.t('the assignees of {0}', `${step.repository}#${step.number}`);
    case 'replyInThread':
    case 'commentOnIssue':
    case 'postMessage':
    case 'react':
      return saidText(step, placeOf);
  }
}

function saidText(
  step: Extract<Write, { readonly type: 'replyInThread' | 'commentOnIssue' | 'postMessage' | 'react' }>,
  placeOf: PlaceOf,
): string {
  switch (step.type) {
    case 'replyInThread':
      return vscode.l10n.t('the reply in {0}', placeOf(step.channel) ?? step.channel);
    case 'commentOnIssue':
      return vscode.l10n.t('the comment on {0}', `${step.repository}#${step.number}`);
    case 'postMessage':
      return vscode.l10n.t('the message in {0}', `#${step.channel}`);
    case 'react':
      return vscode.l10n.t('the reaction in {0}', placeOf(step.channel) ?? step.channel);
  }
}

function changeText(step: ChangeWrite): string {
  switch (step.type) {
    case 'label':
      return vscode.l10n.t('the labels of {0}', `${step.repository}#${step.number}`);
    case 'closeIssue':
    case 'reopenIssue':
      return vscode.l10n.t('the state of {0}', `${step.repository}#${step.number}`);
    case 'setBoardPriority':
      return vscode.l10n.t('the board');
    case 'silence':
      return vscode.l10n.t('the silence');
  }
}

function backText(step: BackWrite, placeOf: PlaceOf): string {
  switch (step.type) {
    case 'deleteComment':
      return vscode.l10n.t('our comment in {0}', step.repository);
    case 'deleteMessage':
      return vscode.l10n.t('our message in {0}', placeOf(step.channel) ?? step.channel);
    case 'deleteNote':
      return vscode.l10n.t('our note on incident {0}', step.incident);
    case 'restoreBoardFields':
    case 'removeFromBoard':
      return vscode.l10n.t('the board');
    case 'expireSilence':
      return vscode.l10n.t('the silence');
  }
}

function incidentText({ type, incident }: IncidentWrite): string {
  switch (type) {
    case 'acknowledge':
      return vscode.l10n.t('the acknowledgement of incident {0}', incident);
    case 'resolve':
      return vscode.l10n.t('the end of incident {0}', incident);
    case 'addNote':
      return vscode.l10n.t('the note on incident {0}', incident);
  }
}

/** What only gets a comment is looked at before, and not changed. */
function plannedText({ repository, number, labels, assignees }: Extract<Write, { type: 'planIssue' }>): string {
  const issue = `${repository}#${number}`;
  return labels.length + assignees.length === 0
    ? vscode.l10n.t('a look at {0}', issue)
    : vscode.l10n.t('labels and assignee of {0}', issue);
}
