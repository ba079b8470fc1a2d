import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Signal } from '../../../../src/core/signal.ts';
import { createExtensionSource } from '../../../../src/services/extension/source.ts';
import { parseMessages, parseRecords } from '../../../../src/services/extension/wire.ts';
import { type PollResult, ServiceError } from '../../../../src/services/service.ts';
import type { ResponderSource, SourceRequest } from '../../../../src/shared/api.ts';
import { SourceRegistry } from '../../../../src/shared/contributed.ts';
import { FakeClock } from '../../../support/fakeClock.ts';

const NOW = Date.UTC(2026, 10, 16, 12);
const HOUR = 3_600_000;
const GOOD = { id: 'a', title: 'Pump is hot', url: 'https://pager.example/a' };

class Desk {
  readonly registry = new SourceRegistry();
  readonly known = new Map<string, Signal>();
  readonly memory = new Map<string, unknown>();
  readonly clock = new FakeClock(NOW);
  readonly source = createExtensionSource({ name: 'acme.pager', contributed: this.registry, clock: this.clock });

  register(poll: (request: SourceRequest) => unknown, more: Partial<ResponderSource> = {}): { dispose(): void } {
    return this.registry.api.registerSource({
      id: 'acme.pager',
      label: 'Pager',
      poll: poll as ResponderSource['poll'],
      ...more,
    });
  }

  async poll(): Promise<PollResult> {
    const watch = [
      { id: 'extension:acme.pager', service: 'extension', source: 'acme.pager', respondWithinMinutes: 60 },
    ] as const;
    const { known, memory } = this;
    const result = await this.source.poll({
      watch,
      since: NOW - 48 * HOUR,
      known,
      memory,
      abort: new AbortController().signal,
    });
    for (const signal of result.changed) known.set(signal.id, JSON.parse(JSON.stringify(signal)));
    return result;
  }
}

test('what another extension returns becomes signals of its place, and closes when it is no longer returned', async () => {
  const desk = new Desk();
  let records: unknown = [
    { ...GOOD, id: 'x/ä', state: 'quiet', assignees: ['Kai'], labels: ['p1'], author: 'Rio', count: 3 },
  ];
  const requests: SourceRequest[] = [];
  desk.register((request) => {
    requests.push(request);
    return Promise.resolve(records);
  });
  const [signal] = (await desk.poll()).changed;
  assert.equal(signal?.id, 'extension:acme.pager/x%2F%C3%A4');
  assert.deepEqual(
    [signal.service, signal.source, signal.place, signal.state, signal.assignees, signal.count, signal.author?.name],
    ['extension', 'extension:acme.pager', 'Pager', 'quiet', ['Kai'], 3, 'Rio'],
  );

  records = undefined;
  assert.deepEqual((await desk.poll()).changed, [], 'undefined is: nothing changed');
  assert.deepEqual(requests.at(-1)?.known, ['x/ä']);

  records = [];
  assert.equal((await desk.poll()).changed[0]?.state, 'closed');
});

test('it is given a small memory and nothing else of ours', async () => {
  const desk = new Desk();
  let given: SourceRequest | undefined;
  desk.register((request) => {
    given = request;
    request.memory.set('cursor', 7);
    return [];
  });
  await desk.poll();
  assert.deepEqual(Object.keys(given ?? {}).toSorted(), ['known', 'memory', 'signal', 'since']);
  assert.equal(given?.memory.get('cursor'), 7);
  assert.throws(() => given?.memory.set('all', 'x'.repeat(100_000)), RangeError);
});

test('what it throws is a failure with its words, what it returns instead of a list a bad answer', async () => {
  const cases: readonly [() => unknown, string][] = [
    [() => Promise.reject(new Error('the pager is\nout')), 'offline'],
    [() => Promise.reject('a string'), 'offline'],
    [() => 'records', 'badResponse'],
    [() => ({ length: 1, 0: GOOD }), 'badResponse'],
    [() => null, 'badResponse'],
  ];
  for (const [poll, reason] of cases) {
    const desk = new Desk();
    desk.register(poll);
    await assert.rejects(
      desk.poll(),
      (error) => error instanceof ServiceError && error.reason === reason && !error.message.includes('\n'),
    );
  }
});

test('a source that comes late has not failed; one that nobody contributes has', async () => {
  const desk = new Desk();
  const polling = desk.poll();
  desk.register(() => [GOOD]);
  assert.equal((await polling).changed.length, 1);

  const other = new Desk();
  const failed = assert.rejects(other.poll(), { reason: 'notFound' });
  await other.clock.advance(20_000);
  await failed;
});

test('broken records are skipped, whatever they do', async () => {
  const trap = new Proxy(
    {},
    {
      get: () => {
        throw new Error('trap');
      },
    },
  );
  const circular: Record<string, unknown> = { ...GOOD, id: 'c' };
  circular['text'] = circular;
  const { records, skipped, unread } = parseRecords(
    [
      null,
      'x',
      trap,
      { ...GOOD, url: 'javascript:alert(1)' },
      { ...GOOD, title: '\u202e' },
      { ...GOOD, id: 7 },
      {
        ...GOOD,
        get id() {
          throw new Error('no');
        },
      },
      circular,
    ],
    'Pager',
  );
  assert.deepEqual(
    records.map(({ id, text }) => [id, text]),
    [['c', '']],
  );
  assert.equal(skipped.length, 7);
  assert.deepEqual(unread, ['', '', '', 'a', 'a', '', '']);
});

test('whatever is returned, it is read or refused as a bad response', () => {
  const value = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
  });
  const record = fc.record(
    { id: value, title: value, url: value, state: value, startedAt: value, count: value, labels: value },
    { requiredKeys: [] },
  );
  const refused = (read: () => unknown): boolean => {
    try {
      read();
      return true;
    } catch (error) {
      return error instanceof ServiceError && error.reason === 'badResponse';
    }
  };
  fc.assert(
    fc.property(fc.oneof(value, fc.array(fc.oneof(value, record))), (returned) => {
      assert.ok(refused(() => parseRecords(returned, 'Pager')));
      assert.ok(refused(() => parseMessages(returned, { startedAt: NOW })));
    }),
    { numRuns: 500 },
  );
});

test('a conversation is read where it is offered, and is plain text', async () => {
  const desk = new Desk();
  const asked: string[] = [];
  desk.register(() => [GOOD], {
    readConversation: async (id) => {
      asked.push(id);
      return [{ author: 'Rio', at: NOW, text: '**@kai** <!-- x -->', url: 'command:x' }, { text: 'who?' } as never];
    },
  });
  const [signal] = (await desk.poll()).changed;
  assert.ok(signal !== undefined);
  const { messages, skipped } = await desk.source.readConversation(signal, new AbortController().signal);
  assert.deepEqual([asked, skipped, messages.length, messages[0]?.url], [['a'], 1, 1, undefined]);
  assert.doesNotMatch(messages[0]?.markdown ?? '', /(?<!\\)\*\*|@kai|<!--/u);
});
