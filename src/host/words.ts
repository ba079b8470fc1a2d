import * as vscode from 'vscode';
import { type Age, ageOf } from '../core/age.ts';
import type { ServiceName, SignalKind } from '../core/signal.ts';
import type { SourceFailure } from '../core/sourceStatus.ts';

/** `5 min ago` for something at `at`, seen at `now` (epoch ms). */
export function agoText(at: number, now: number): string {
  return ageText(ageOf(now - at));
}

function ageText({ unit, count }: Age): string {
  switch (unit) {
    case 'now':
      return vscode.l10n.t('just now');
    case 'minute':
      return vscode.l10n.t('{0} min ago', count);
    case 'hour':
      return vscode.l10n.t('{0} h ago', count);
    case 'day':
      return count === 1 ? vscode.l10n.t('1 day ago') : vscode.l10n.t('{0} days ago', count);
    case 'week':
      return vscode.l10n.t('{0} weeks ago', count);
  }
}

/** `10:42` today, `Mon 09:00` within a week, `Mon, Nov 30` beyond; in the editor's language, in `timeZone`. */
export function whenText(at: number, now: number, timeZone: string): string {
  const locale = vscode.env.language;
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const day = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone });
  if (day.format(at) === day.format(now)) return time.format(at);
  if (Math.abs(at - now) < 6.5 * 86_400_000) {
    const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone });
    return `${weekday.format(at)} ${time.format(at)}`;
  }
  return dayText(at, timeZone);
}

/** `Mon, Nov 30`. */
export function dayText(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(vscode.env.language, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    timeZone,
  }).format(at);
}

/** What a source is called: a feed by the team's name for it, another extension's by its id. */
export function sourceText({ id, service }: { readonly id: string; readonly service: ServiceName }): string {
  return service === 'feed' || service === 'extension' ? id.slice(service.length + 1) : serviceText(service);
}

export function serviceText(service: ServiceName): string {
  switch (service) {
    case 'github':
      return 'GitHub';
    case 'slack':
      return 'Slack';
    case 'alertmanager':
      return 'Alertmanager';
    case 'pagerduty':
      return 'PagerDuty';
    case 'feed':
      return vscode.l10n.t('Feed');
    case 'extension':
      return vscode.l10n.t('Extension');
  }
}

export function kindText(kind: SignalKind): string {
  switch (kind) {
    case 'issue':
      return vscode.l10n.t('Issue');
    case 'pullRequest':
      return vscode.l10n.t('Pull request');
    case 'reviewRequest':
      return vscode.l10n.t('Review request');
    case 'mention':
      return vscode.l10n.t('Mention');
    case 'thread':
      return vscode.l10n.t('Thread');
    case 'alert':
      return vscode.l10n.t('Alert');
  }
}

/** What happened to a source or place; `name` is what the team file calls it. */
export function sourceFailureText(reason: SourceFailure, service: ServiceName, name: string): string {
  if (service === 'extension' && reason === 'notFound')
    return vscode.l10n.t('No extension offers the source {0}', name);
  return failureText(reason, service === 'feed' || service === 'extension' ? name : serviceText(service));
}

/** What happened, as a short sentence for a row. */
export function failureText(reason: SourceFailure, service: string): string {
  switch (reason) {
    case 'unauthenticated':
      return vscode.l10n.t('Not signed in to {0}', service);
    case 'forbidden':
      return vscode.l10n.t('{0} does not allow this account to read', service);
    case 'notFound':
      return vscode.l10n.t('{0}: not found', service);
    case 'rateLimited':
      return vscode.l10n.t('{0}: rate limit reached', service);
    case 'offline':
      return vscode.l10n.t('{0} cannot be reached', service);
    case 'serverError':
      return vscode.l10n.t('{0} reported a server error', service);
    case 'badResponse':
      return vscode.l10n.t('{0} returned an invalid response', service);
    case 'refused':
      return vscode.l10n.t('{0} refused the request', service);
  }
}

/** Why a service would not have a write, as a short sentence. */
export function notWrittenText(reason: SourceFailure, service: ServiceName): string {
  const name = serviceText(service);
  return reason === 'forbidden'
    ? vscode.l10n.t('{0} does not allow this account to write', name)
    : failureText(reason, name);
}
