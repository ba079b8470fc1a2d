import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Call, Reply } from './call.ts';
import type { Fault, PlannedFault } from './faults.ts';
import { matches, type ProxiedService, type RequestFilter, type SeenRequest } from './record.ts';

/** Stands between the extension and the services: records every request, and lets a test break them. */
export class RecordingProxy {
  #seen: SeenRequest[] = [];
  #count = 0;
  #faults: PlannedFault[] = [];
  #hanging = new Set<ServerResponse>();
  readonly #servers: Server[] = [];
  readonly #answers = new EventEmitter().setMaxListeners(0);

  /** Listens on a free port of 127.0.0.1 (or the given one). @returns the origin, e.g. `http://127.0.0.1:4711`. */
  async listen(service: ProxiedService, answer: Answer, port = 0): Promise<string> {
    const server = createServer((incoming, outgoing) => {
      this.#serve(service, answer, incoming, outgoing).catch((error: unknown) => {
        sendReply(outgoing, { status: 500, headers: {}, body: `sample team: ${String(error)}` });
      });
    });
    this.#servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** What was asked since the start or the last `clear`, in order. */
  requests(filter: RequestFilter = {}): readonly SeenRequest[] {
    return this.#seen.filter((request) => matches(filter, request));
  }

  clear(): void {
    this.#seen = [];
  }

  /** Resolves when that many matching requests have been answered. @throws after `timeout` ms. */
  async waitFor(filter: RequestFilter, { count = 1, timeout = 15_000 } = {}): Promise<readonly SeenRequest[]> {
    const signal = AbortSignal.timeout(timeout);
    for (;;) {
      const found = this.requests(filter).filter((request) => request.status !== 0);
      if (found.length >= count) return found;
      await once(this.#answers, 'answer', { signal });
    }
  }

  /** From now on, `times` matching requests go wrong; the newest plan wins. @returns a call that ends the plan. */
  fail(match: RequestFilter, fault: Fault, times = Number.POSITIVE_INFINITY): () => void {
    const planned: PlannedFault = { match, fault, left: times };
    this.#faults.unshift(planned);
    return () => {
      this.#faults = this.#faults.filter((other) => other !== planned);
    };
  }

  /** Ends all faults; requests that hang lose their socket. */
  heal(): void {
    this.#faults = [];
    for (const response of this.#hanging) response.destroy();
    this.#hanging.clear();
  }

  async stop(): Promise<void> {
    this.heal();
    await Promise.all(
      this.#servers.map(async (server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }),
    );
  }

  async #serve(
    service: ProxiedService,
    answer: Answer,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const call = await readCall(incoming);
    const seen = this.#record(service, call);
    const reply = await this.#answerOrFail(seen, () => answer(call), outgoing);
    if (reply === undefined) return;
    seen.status = reply.status;
    sendReply(outgoing, reply);
    this.#answers.emit('answer');
  }

  #record(service: ProxiedService, call: Call): SeenRequest {
    this.#count += 1;
    const seen: SeenRequest = {
      number: this.#count,
      time: Date.now(),
      service,
      method: call.method,
      path: call.path,
      query: Object.fromEntries(call.query),
      search: call.query.toString(),
      body: call.body,
      headers: Object.fromEntries(Object.entries(call.headers).filter(([name]) => RECORDED.has(name))),
      status: 0,
    };
    this.#seen.push(seen);
    return seen;
  }

  #faultFor(seen: SeenRequest): Fault | undefined {
    const planned = this.#faults.find((each) => each.left > 0 && matches(each.match, seen));
    if (planned === undefined) return undefined;
    planned.left -= 1;
    return planned.fault;
  }

  async #answerOrFail(
    seen: SeenRequest,
    answer: () => Promise<Reply>,
    outgoing: ServerResponse,
  ): Promise<Reply | undefined> {
    const fault = this.#faultFor(seen);
    switch (fault?.type) {
      case undefined:
        return await answer();
      case 'answer':
        return faultReply(fault);
      case 'hold':
        await fault.until;
        return await answer();
      case 'replaceBody': {
        const reply = await answer();
        return { ...reply, body: fault.replace(reply.body) };
      }
      case 'drop':
        if (fault.when === 'after') await answer();
        outgoing.destroy();
        return undefined;
      case 'hang':
        this.#hanging.add(outgoing);
        outgoing.once('close', () => this.#hanging.delete(outgoing));
        return undefined;
    }
  }
}

const RECORDED = new Set([
  'accept',
  'content-type',
  'if-none-match',
  'if-modified-since',
  'user-agent',
  'x-github-api-version',
]);

async function readCall(incoming: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    text,
    body: parseBody(text, headers['content-type'] ?? ''),
  };
}

function parseBody(text: string, type: string): unknown {
  if (text === '') return undefined;
  if (type.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function faultReply(fault: Extract<Fault, { type: 'answer' }>): Reply {
  const isText = typeof fault.body === 'string';
  const type = isText ? 'text/plain' : 'application/json; charset=utf-8';
  const body = fault.body === undefined ? '' : typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
  return { status: fault.status, headers: { 'content-type': type, ...fault.headers }, body };
}

function sendReply(outgoing: ServerResponse, reply: Reply): void {
  if (outgoing.destroyed || outgoing.headersSent) return;
  const bodyless = reply.status === 204 || reply.status === 304;
  const body = Buffer.from(bodyless ? '' : reply.body);
  outgoing.writeHead(reply.status, bodyless ? reply.headers : { ...reply.headers, 'content-length': body.length });
  outgoing.end(body);
}
