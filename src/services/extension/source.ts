import type { Conversation } from '../../core/conversation.ts';
import { oneLine } from '../../core/plainText.ts';
import type { Signal } from '../../core/signal.ts';
import type { ResponderSource } from '../../shared/api.ts';
import type { ContributedSources } from '../../shared/contributed.ts';
import type { Clock } from '../clock.ts';
import { reportedConversation, reportedId, toPollResult, UNCHANGED } from '../reported.ts';
import { type Memory, type PollRequest, type PollResult, ServiceError, type Source } from '../service.ts';
import { parseMessages, parseRecords } from './wire.ts';

/** Extensions start one after another: a source that is late at the start has not failed. */
const PATIENCE_MS = 20_000;
/** Characters of one value. */
const MAX_MEMORY = 50_000;

export interface ExtensionPorts {
  /** The id that the team file names and the other extension registers. */
  readonly name: string;
  readonly contributed: ContributedSources;
  readonly clock: Clock;
}

/** What another extension contributes, as a source like our own; its id is `extension:<id>`. */
export function createExtensionSource(ports: ExtensionPorts): Source {
  const id = `extension:${ports.name}`;
  return {
    id,
    service: 'extension',
    poll: (request) => poll(id, ports, request),
    readConversation: (signal, abort) => readConversation(ports, signal, abort),
    account: async () => undefined,
  };
}

async function poll(id: string, ports: ExtensionPorts, request: PollRequest): Promise<PollResult> {
  const { name } = ports;
  const watch = request.watch.find((entry) => entry.service === 'extension' && entry.source === name);
  if (watch === undefined) throw new ServiceError('refused', `${id} is not watched`);
  const source = await arrived(ports, request.abort);
  const { since, memory, abort } = request;
  const known = [...request.known.values()]
    .filter((signal) => signal.source === id)
    .map((signal) => nativeId(signal, name));
  const returned: unknown = await calling(name, () =>
    source.poll({ since, known, memory: bounded(memory), signal: abort }),
  );
  if (returned === undefined) return UNCHANGED;
  const place = oneLine(source.label, 60);
  const by = { service: 'extension', name, place, source: id, watchId: watch.id } as const;
  return toPollResult(parseRecords(returned, place), by, { ...request, now: ports.clock.now() });
}

async function readConversation(ports: ExtensionPorts, signal: Signal, abort: AbortSignal): Promise<Conversation> {
  const source = ports.contributed.find(ports.name);
  if (source?.readConversation === undefined) return reportedConversation(signal);
  const returned: unknown = await calling(ports.name, () =>
    source.readConversation?.(nativeId(signal, ports.name), abort),
  );
  return returned === undefined ? reportedConversation(signal) : parseMessages(returned, signal);
}

/** The source, once it is registered. @throws {ServiceError} `notFound` when nobody does */
async function arrived({ name, contributed, clock }: ExtensionPorts, abort: AbortSignal): Promise<ResponderSource> {
  const present = contributed.find(name);
  if (present !== undefined) return present;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = contributed.onDidRegister((id) => {
    if (id === name) resolve();
  });
  const over = new AbortController();
  await Promise.race([promise, clock.delay(PATIENCE_MS, AbortSignal.any([abort, over.signal]))]);
  over.abort();
  stop();
  const source = contributed.find(name);
  if (source === undefined) throw new ServiceError('notFound', `no extension contributes ${name}`);
  return source;
}

/** The memory is for cursors; it is kept in this machine's store. */
function bounded(memory: Memory): Memory {
  return {
    get: (key) => memory.get(key),
    set: (key, value) => {
      if (JSON.stringify([key, value]).length > MAX_MEMORY) throw new RangeError('too much to remember');
      memory.set(key, value);
    },
    delete: (key) => memory.delete(key),
  };
}

/** Whatever another extension's code throws, with its words for the log. */
async function calling<T>(name: string, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const said = error instanceof Error ? oneLine(error.message, 200) : 'an unknown error';
    throw new ServiceError('offline', `${name}: ${said}`, { cause: error });
  }
}

function nativeId({ id }: Signal, name: string): string {
  return decodeURIComponent(id.slice(reportedId({ service: 'extension', name }, '').length));
}
