import type { ChannelReaders } from '../core/reach.ts';
import type { SuggestedPlace } from '../core/suggestedPlace.ts';
import { apiUrl, pagerDutyEmail } from '../host/auth/credentials.ts';
import type { TokenService } from '../host/auth/signIn.ts';
import { systemClock } from '../services/clock.ts';
import { readGitHubFile, resolveGitHubFile } from '../services/github/file.ts';
import { createGitHubSource } from '../services/github/source.ts';
import { createPagerDutySource } from '../services/pagerduty/source.ts';
import { type Account, type Log, ServiceError, type Source } from '../services/service.ts';
import { channelReaders } from '../services/slack/channelReaders.ts';
import { type MentionedScope, mentionedChannels } from '../services/slack/mentionedChannels.ts';
import { createSlackSource } from '../services/slack/source.ts';

const TIMEOUT_MS = 30_000;
const now = (): number => systemClock.now();

/** A team file on GitHub, or with `beside` a file that it refers to. @throws {ServiceError} */
export async function readTeamFile(
  url: string,
  beside: string | undefined,
  { token, log }: { readonly token: () => Promise<string | undefined>; readonly log: Log },
): Promise<string> {
  // As on disk: what `.github/responder.yml` refers to is relative to the repository.
  const reference = beside !== undefined && /\/\.github\/[^/]*$/u.test(url) ? `/${beside}` : beside;
  const target = reference === undefined ? url : resolveGitHubFile(url, reference);
  if (target === undefined) throw new ServiceError('refused', 'the reference leads out of the repository');
  return readGitHubFile(target, { token, apiUrl: apiUrl('github'), now, log }, AbortSignal.timeout(TIMEOUT_MS));
}

/** Where a team is mentioned and nobody watches; each request has its own time limit. @throws {ServiceError} */
export function mentionedIn(
  scope: MentionedScope,
  abort: AbortSignal,
  { token, log }: { readonly token: () => Promise<string | undefined>; readonly log: Log },
): Promise<readonly SuggestedPlace[]> {
  const ports = { token, apiUrl: apiUrl('slack'), now, log };
  return mentionedChannels(scope, ports, abort);
}

/** Who can read a Slack channel. @throws {ServiceError} */
export function readersOfChannel(
  channelId: string,
  abort: AbortSignal,
  { token, log }: { readonly token: () => Promise<string | undefined>; readonly log: Log },
): Promise<ChannelReaders | undefined> {
  return channelReaders(channelId, { token, apiUrl: apiUrl('slack'), now, log }, abort);
}

function sourceOf(service: TokenService, ports: Parameters<typeof createGitHubSource>[0]): Source {
  switch (service) {
    case 'github':
      return createGitHubSource(ports);
    case 'slack':
      return createSlackSource(ports);
    case 'pagerduty':
      return createPagerDutySource({ ...ports, email: pagerDutyEmail() });
  }
}

/** Whose token it is. @throws {ServiceError} when the service does not accept it. */
export function accountOf(service: TokenService, token: string, log: Log): Promise<Account | undefined> {
  const ports = { token: async () => token, apiUrl: apiUrl(service), now, log };
  return sourceOf(service, ports).account(AbortSignal.timeout(TIMEOUT_MS));
}
