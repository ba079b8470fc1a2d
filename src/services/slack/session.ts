import { createHash } from 'node:crypto';
import { ServiceError, type ServicePorts } from '../service.ts';
import { createSlackApi, type SlackWriteApi } from './client.ts';
import { type Identity, parseIdentity } from './wire.ts';

const IDENTITY_TTL_MS = 3_600_000;

/** What Slack is reached with. */
export type SlackPorts = ServicePorts & {
  /** Base address of the Web API; Slack's own when undefined. */
  readonly apiUrl: string | undefined;
};

export interface SlackSession {
  /** Asks with the token of now. @throws {ServiceError} `unauthenticated` when signed out or refused */
  open(abort: AbortSignal): Promise<{ readonly api: SlackWriteApi; readonly identity: Identity }>;
}

/** Between cycles it remembers who the token belongs to, and the waits that Slack imposed; never the token. */
export function createSlackSession({ token, apiUrl, now, log }: SlackPorts): SlackSession {
  const penalties = new Map<string, number>();
  let last: { readonly digest: string; readonly at: number; readonly identity: Identity } | undefined;

  return {
    async open(abort) {
      const secret = await token();
      if (secret === undefined || secret === '') throw new ServiceError('unauthenticated', 'no Slack token');
      const digest = createHash('sha256').update(secret).digest('hex');
      if (last?.digest !== digest) {
        penalties.clear();
        last = undefined;
      }
      const api = createSlackApi({ ports: { now, log }, token: secret, apiUrl, abort, penalties });
      if (last === undefined || now() - last.at >= IDENTITY_TTL_MS) {
        last = { digest, at: now(), identity: parseIdentity(await api.call('auth.test', {})) };
      }
      return { api, identity: last.identity };
    },
  };
}
