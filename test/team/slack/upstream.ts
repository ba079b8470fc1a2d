import { CHANNELS, PEOPLE, SLACK_WEB } from '../people.ts';
import { type Call, forward, isRecord, type Reply } from '../proxy/call.ts';
import { readerTokens } from '../proxy/readerTokens.ts';

/**
 * Speaks to the emulated Slack. The emulator invents the ids of users and channels at random, so each has an alias
 * that is the same in every run (`U02NOO`, `C01INTEG`); they are exchanged in both directions, in bodies as text.
 */
export interface SlackUpstream {
  /** Asks a Web API method; the reply as JSON. */
  call(method: string, fields: Fields, token: string): Promise<Record<string, unknown>>;
  /** Passes a client's call on. */
  pass(call: Call): Promise<Reply>;
  /** A token for the proxy's own reading, which sees everything; see {@link readerTokens}. */
  readonly reader: () => string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** `origin` as the emulator writes it into its replies, e.g. `http://localhost:1234`. */
export async function connectSlack(origin: string): Promise<SlackUpstream> {
  const address = origin.replace('localhost', '127.0.0.1');
  const aliases = await readAliases(address);
  const inward = exchanger(new Map([...aliases].map(([real, alias]) => [alias, real])));
  const outward = exchanger(aliases);
  const pass = async (call: Call): Promise<Reply> => {
    const reply = await forward(address, { ...call, text: inward(call.text) });
    return { ...reply, body: outward(reply.body).replaceAll(origin, SLACK_WEB).replaceAll(REAL_WEB, SLACK_WEB) };
  };
  return {
    pass,
    reader: readerTokens(),
    call: async (method, fields, token) => {
      const reply = await pass(methodCall(method, fields, token));
      const body: unknown = reply.status === 404 ? undefined : JSON.parse(reply.body);
      return isRecord(body) ? body : { ok: false, error: 'unknown_method', req_method: method };
    },
  };
}

const REAL_WEB = 'https://integrations-sample.slack.com';

function methodCall(method: string, fields: Fields, token: string): Call {
  return {
    method: 'POST',
    path: `/api/${method}`,
    query: new URLSearchParams(),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    text: JSON.stringify(fields),
    body: fields,
  };
}

async function readAliases(address: string): Promise<Map<string, string>> {
  const ask = async (method: string): Promise<Record<string, unknown>> => {
    const call = methodCall(
      method,
      { limit: 1000, types: 'public_channel,private_channel' },
      PEOPLE[0]?.slackToken ?? '',
    );
    return JSON.parse((await forward(address, call)).body);
  };
  const users = (await ask('users.list'))['members'] as { id: string; name: string }[];
  const channels = (await ask('conversations.list'))['channels'] as { id: string; name: string }[];
  const aliases = new Map<string, string>([['T000000001', 'T01ACME']]);
  for (const user of users) {
    const person = PEOPLE.find((each) => each.name.toLowerCase() === user.name);
    if (person !== undefined) aliases.set(user.id, person.slack);
  }
  for (const channel of channels) {
    const alias = (CHANNELS as Readonly<Record<string, string>>)[channel.name];
    if (alias !== undefined) aliases.set(channel.id, alias);
  }
  return aliases;
}

function exchanger(pairs: ReadonlyMap<string, string>): (text: string) => string {
  const pattern = new RegExp(`\\b(?:${[...pairs.keys()].join('|')})\\b`, 'gu');
  return (text) => text.replace(pattern, (id) => pairs.get(id) ?? id);
}
