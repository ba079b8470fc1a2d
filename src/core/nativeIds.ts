import type { Signal } from './signal.ts';

export interface IssueNumber {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
}

/** The issue or pull request that a GitHub signal's id names. */
export function parseIssueId(signalId: string): IssueNumber | undefined {
  const [, repository, number] = /^github:([^/\s]+\/[^/#\s]+)#(\d{1,15})$/u.exec(signalId) ?? [];
  return repository === undefined ? undefined : { repository, number: Number(number) };
}

/** Whether a GitHub signal is about a pull request; of a mention only its address tells. */
export function isPullRequest({ kind, url }: Pick<Signal, 'kind' | 'url'>): boolean {
  return kind === 'pullRequest' || kind === 'reviewRequest' || /\/pull\/\d/u.test(url);
}

/** The incident that a PagerDuty signal's id names. */
export function parseIncidentId(signalId: string): string | undefined {
  return /^pagerduty:([A-Z0-9]{1,40})$/u.exec(signalId)?.[1];
}

/** Whether a signal's id names a place where people are told: alerts have nobody. */
export function canBeTold(signalId: string): boolean {
  return [parseThreadId, parseIssueId, parseIncidentId].some((parse) => parse(signalId) !== undefined);
}

/** The channel and the root's `ts` that a Slack signal's id names. */
export function parseThreadId(signalId: string): { readonly channel: string; readonly ts: string } | undefined {
  const [, channel, ts] = /^slack:([A-Z0-9]{1,32}):(\d{1,12}\.\d{1,6})$/u.exec(signalId) ?? [];
  return channel === undefined || ts === undefined ? undefined : { channel, ts };
}
