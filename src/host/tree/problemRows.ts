import * as vscode from 'vscode';
import type { ServiceName } from '../../core/signal.ts';
import { passes, type SourceFailure, type SourceStatus } from '../../core/sourceStatus.ts';
import type { Moment } from '../turnWords.ts';
import { agoText, failureText, serviceText, sourceFailureText, sourceText, whenText } from '../words.ts';
import { WARNING_COLOR } from './colors.ts';
import type { Row } from './row.ts';

const FAILURE = 'failure:source:';

/** What is wrong with a source: it failed, places were not read, records were skipped. */
export function problemRows(status: SourceStatus, moment: Moment): readonly Row[] {
  const groupId = `source:${status.id}`;
  const failure = status.failure === undefined ? [] : [failureRow(status, moment)];
  const places = status.failedPlaces.map((place) => placeRow(groupId, place, status.service));
  const skipped = status.skipped === 0 ? [] : [skippedRow(groupId, status.skipped)];
  return [...failure, ...places, ...skipped];
}

/** The source whose failure a row tells of, by its id. */
export function sourceOfFailureRow(rowId: string): string | undefined {
  return rowId.startsWith(FAILURE) ? rowId.slice(FAILURE.length) : undefined;
}

function failureRow(status: SourceStatus, { now, timeZone }: Moment): Row {
  const failure = status.failure ?? { reason: 'badResponse', message: '', retryAt: now };
  const label = sourceFailureText(failure.reason, status.service, sourceText(status));
  const again =
    failure.reason === 'unauthenticated'
      ? vscode.l10n.t('click to sign in')
      : vscode.l10n.t('retrying at {0}', whenText(failure.retryAt, now, timeZone));
  const shown = status.okAt === undefined ? undefined : vscode.l10n.t('last updated {0}', agoText(status.okAt, now));
  const description = [again, shown].filter((part) => part !== undefined).join(' · ');
  return {
    id: `${FAILURE}${status.id}`,
    label,
    description,
    icon: { name: 'warning', color: WARNING_COLOR },
    contextValue: `${remedyWord(failure.reason, status.service)} canShowLog problem`,
    accessible: `${label}, ${description}`,
    tooltip: [label, description, failure.message],
    command: remedyCommand(failure.reason, status.service),
    children: [],
  };
}

/** The addresses of feeds and the IDs of other extensions' sources are in the team file, not in the settings. */
function isInTeamFile(service: ServiceName): boolean {
  return service === 'feed' || service === 'extension';
}

function remedyWord(reason: SourceFailure, service: ServiceName): string {
  if (reason === 'unauthenticated' || reason === 'forbidden') return 'canSignIn';
  return reason === 'notFound' && !isInTeamFile(service) ? 'canOpenSettings' : 'canRetry';
}

function remedyCommand(reason: SourceFailure, service: ServiceName): Row['command'] {
  if (reason === 'unauthenticated' || reason === 'forbidden')
    return { command: 'responder.signIn', title: vscode.l10n.t('Sign In…') };
  if (reason === 'notFound' && !isInTeamFile(service))
    return { command: 'responder.openSettings', title: vscode.l10n.t('Open Settings') };
  return { command: 'responder.refresh', title: vscode.l10n.t('Refresh') };
}

function placeRow(groupId: string, place: SourceStatus['failedPlaces'][number], service: ServiceName): Row {
  const label = vscode.l10n.t('{0} is not read', place.place);
  const description = placeText(place, service);
  return {
    id: `place:${groupId}:${place.place}`,
    label,
    description,
    icon: { name: 'warning', color: WARNING_COLOR },
    contextValue: 'canShowLog problem',
    accessible: `${label}, ${description}`,
    // The service's own words, in its own language.
    tooltip: [label, description, place.message],
    command: { command: 'responder.showLog', title: vscode.l10n.t('Show Log') },
    children: [],
  };
}

/** What happened to one place, with what mends it where that is known. */
function placeText({ place, reason }: SourceStatus['failedPlaces'][number], service: ServiceName): string {
  const isInSlack = service === 'slack' && reason === 'notFound';
  if (isInSlack && place.startsWith('#'))
    return vscode.l10n.t('The app cannot see this channel: invite it there, or correct the name in the team file');
  if (isInSlack) return vscode.l10n.t('Nobody in Slack is called this: correct the name in the team file');
  if (service === 'slack' && reason === 'forbidden')
    return vscode.l10n.t('The app may not read this: invite it there, or give it the scope that it lacks');
  if (service === 'pagerduty' && reason === 'notFound')
    return vscode.l10n.t('PagerDuty and the team file do not know this by the same ID: correct it in the team file');
  const text = failureText(reason, serviceText(service));
  return passes(reason) ? vscode.l10n.t('{0}, retrying automatically', text) : text;
}

function skippedRow(groupId: string, skipped: number): Row {
  const label = skipped === 1 ? vscode.l10n.t('1 record skipped') : vscode.l10n.t('{0} records skipped', skipped);
  return {
    id: `skipped:${groupId}`,
    label,
    description: vscode.l10n.t('Show Log'),
    icon: { name: 'info', color: undefined },
    contextValue: 'canShowLog problem',
    accessible: vscode.l10n.t('{0} because they could not be read, Show Log', label),
    tooltip: [vscode.l10n.t('These records could not be read. See the log for details.')],
    command: { command: 'responder.showLog', title: vscode.l10n.t('Show Log') },
    children: [],
  };
}
