import { boundedBody } from './boundedBody.ts';
import { ServiceError } from './service.ts';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 16 * 1024 * 1024;

export interface TextReply {
  readonly response: Response;
  readonly text: string;
}

/**
 * Asks an address once and reads the whole answer, whatever its status. A redirect is an answer and is not followed: what
 * is sent reaches this address alone.
 * @throws {ServiceError} `offline` when nobody answers, `badResponse` when the answer is too large
 */
export async function getText(
  address: URL,
  headers: Readonly<Record<string, string>>,
  abort: AbortSignal,
): Promise<TextReply> {
  return exchange(address, { headers }, abort);
}

/** The same for what writes: sent once, whatever happens to it. @throws {ServiceError} as `getText` */
export async function sendJson(
  method: 'POST' | 'DELETE',
  address: URL,
  { body, abort }: { readonly body?: unknown; readonly abort: AbortSignal },
): Promise<TextReply> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return exchange(address, { method, ...content, headers: { 'content-type': 'application/json' } }, abort);
}

async function exchange(
  address: URL,
  { headers, ...init }: Pick<RequestInit, 'method' | 'body'> & { readonly headers: Readonly<Record<string, string>> },
  abort: AbortSignal,
): Promise<TextReply> {
  try {
    const signal = AbortSignal.any([abort, AbortSignal.timeout(TIMEOUT_MS)]);
    const accept = { accept: 'application/json' };
    const response = await fetch(address, { ...init, headers: { ...accept, ...headers }, redirect: 'manual', signal });
    return { response, text: new TextDecoder().decode(await boundedBody(response, MAX_BYTES)) };
  } catch (error) {
    if (abort.aborted || error instanceof ServiceError) throw error;
    throw new ServiceError('offline', `${address.host} does not answer`, { cause: error });
  }
}

/** The JSON of a text; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
