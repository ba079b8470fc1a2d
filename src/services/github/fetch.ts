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
    return response.body === null ? response : limited(response, response.body);
  };
}

function limited(response: Response, body: ReadableStream<Uint8Array>): Response {
  let seen = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > MAX_BYTES) controller.error(new ServiceError('badResponse', 'GitHub answered with too much'));
      else controller.enqueue(chunk);
    },
  });
  return new Response(body.pipeThrough(counter), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}
