import { ServiceError } from '../service.ts';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 32_000_000;

/** `send`, but only to one origin (a token goes nowhere else), with a time limit, and with an end to what is read. */
export function guardedFetch(origin: string, send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : input;
    if (new URL(url).origin !== origin) throw new ServiceError('refused', 'an address outside the GitHub API');
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const response = await send(input, { ...init, signal });
    // Redirects (a renamed repository) are followed by the platform, which drops the token on the way to another origin.
    if (response.url !== '' && new URL(response.url).origin !== origin) {
      await response.body?.cancel();
      throw new ServiceError('refused', 'GitHub redirected to another address');
    }
    if (response.body === null) return response;
    // Read here and not by the client, which takes a broken answer for an empty one.
    const body = await readAll(response.body);
    return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
  };
}

async function readAll(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let seen = 0;
  for await (const chunk of body) {
    seen += chunk.byteLength;
    if (seen > MAX_BYTES) throw new ServiceError('badResponse', 'GitHub answered with too much');
    chunks.push(chunk);
  }
  return new Blob(chunks);
}
