import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fields = Readonly<Record<string, string>>;

/** What a method answers: a JSON value, a raw reply, or `drop` (after the handler ran) for a cut socket. */
export type Answer =
  | object
  | { readonly status: number; readonly headers?: Record<string, string>; readonly raw: string }
  | 'drop';

export interface FakeSlack extends AsyncDisposable {
  readonly apiUrl: string;
  /** Handlers by method; a test may replace them. */
  readonly methods: Record<string, (fields: Fields) => Answer>;
  readonly requests: { method: string; fields: Fields; authorization: string | undefined }[];
  /** How often a method was asked. */
  count(method: string): number;
}

/** A Slack on loopback that knows only what a test tells it. */
export async function startFakeSlack(methods: FakeSlack['methods'] = {}): Promise<FakeSlack> {
  const requests: FakeSlack['requests'] = [];
  const all: FakeSlack['methods'] = {
    'auth.test': () => ({
      ok: true,
      url: 'https://acme.slack.example/',
      team_id: 'T1',
      user_id: 'U0ME',
      user: 'noor',
      bot_id: 'B0ME',
    }),
    'usergroups.list': () => ({ ok: true, usergroups: [{ id: 'S0TEAM', handle: 'integrations-team' }] }),
    'users.list': () => ({ ok: true, members: [] }),
    'users.info': ({ user = '' }) => ({
      ok: true,
      user: { id: user, profile: { display_name: NAMES[user] ?? '' }, is_bot: user === 'U0BOT' },
    }),
    'users.conversations': () => ({
      ok: true,
      channels: [
        { id: 'C1', name: 'integrations' },
        { id: 'C2', name: 'alerts' },
      ],
    }),
    'conversations.list': () => ({ ok: true, channels: [] }),
    'conversations.history': () => ({ ok: true, messages: [] }),
    'conversations.replies': () => ({ ok: false, error: 'thread_not_found' }),
    ...methods,
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const method = (request.url ?? '').replace('/api/', '');
    const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    requests.push({ method, fields, authorization: request.headers.authorization });
    const answer = all[method]?.(fields) ?? { status: 404, raw: 'no such method' };
    if (answer === 'drop') return response.destroy();
    if ('raw' in answer) return response.writeHead(answer.status, answer.headers).end(answer.raw);
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    methods: all,
    requests,
    count: (method) => requests.filter((one) => one.method === method).length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const NAMES: Readonly<Record<string, string>> = { U0KAI: 'Kai', U0MIKA: 'Mika', U0BOT: 'alertbot' };

/** Slack's time of an epoch in milliseconds. */
export function ts(ms: number): string {
  return (ms / 1000).toFixed(6);
}
