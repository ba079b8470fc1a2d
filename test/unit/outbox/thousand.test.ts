import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Outcome, Proposal, Write } from '../../../src/core/proposal.ts';
import { createOutbox, type Outbox } from '../../../src/outbox/outbox.ts';
import { ServiceError, type Writer } from '../../../src/services/service.ts';
import type { SqliteStore } from '../../../src/store/sqliteStore.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const log = { debug() {}, info() {}, warn() {}, error() {} };

const DONE: Outcome = { url: 'https://outside.example/', issue: undefined, warnings: [], undo: [] };

/** One request as a service counts it. */
interface Request {
  readonly begun: number;
  ended: number;
  readonly isRefused: boolean;
}

/** A service that takes its time, and now and then wants to be left alone. */
class Service {
  readonly requests: Request[] = [];
  readonly written = new Map<string, number>();
  readonly looks: string[] = [];
  /** Until when it will have no request, epoch ms. */
  closedUntil = 0;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  writer(service: Writer['service'], types: Writer['types']): Writer {
    return {
      service,
      types,
      find: async (write) => {
        assert.ok('marker' in write);
        this.looks.push(write.marker);
        return this.written.has(write.marker) ? DONE : undefined;
      },
      apply: async (write) => {
        assert.ok('marker' in write);
        const turn = this.requests.length;
        const begun = this.#clock.now();
        assert.ok(begun >= this.closedUntil, 'not before it said');
        const isRefused = turn % 97 === 96;
        const request: Request = { begun, ended: Number.POSITIVE_INFINITY, isRefused };
        this.requests.push(request);
        // From nothing to three seconds, none like the one before.
        await this.#clock.delay((turn * 37) % 3000, new AbortController().signal);
        request.ended = this.#clock.now();
        if (isRefused) {
          this.closedUntil = request.ended + (turn % 2 === 0 ? 15_000 : 5 * MINUTE);
          throw new ServiceError('rateLimited', '429', { retryAt: this.closedUntil });
        }
        this.written.set(write.marker, (this.written.get(write.marker) ?? 0) + 1);
        return DONE;
      },
    };
  }

  /** The most requests that were begun within any span of that length. */
  most(spanMs: number): number {
    return Math.max(
      ...this.requests.map(
        ({ begun }, at) => this.requests.slice(at).filter((each) => each.begun < begun + spanMs).length,
      ),
    );
  }
}

function comment(at: number, service: 'github' | 'slack'): Proposal {
  const marker = `${service} ${String(at)}`;
  const place = { repository: 'acme/app', number: at };
  const step: Write =
    service === 'github'
      ? { type: 'commentOnIssue', ...place, body: marker, marker, since: 0 }
      : { type: 'replyInThread', channel: 'C01', threadTs: String(at), markdown: marker, marker };
  return {
    id: marker,
    createdAt: at,
    kind: 'reply',
    signalIds: ['signal'],
    title: marker,
    steps: [step],
    decision: undefined,
    undoes: undefined,
  };
}

/** Windows that may be closed at any moment; what they had begun comes to nothing. */
function machine(t: TestContext, clock: FakeClock, writers: readonly Writer[]) {
  const folder = tempFolder(t);
  let windows = 0;
  return (): { readonly outbox: Outbox; readonly store: SqliteStore; readonly close: () => void } => {
    windows += 1;
    const store = openWindow(t, folder, clock.now);
    let isClosed = false;
    for (const method of ['saveProposal', 'append', 'takeLease', 'releaseLease'] as const) {
      const real = store[method].bind(store) as (...args: never[]) => never;
      store[method] = (...args: unknown[]) => {
        if (isClosed) throw new Error('the window was closed');
        return real(...(args as never[]));
      };
    }
    const holder = `w${String(windows)}`;
    return {
      store,
      outbox: createOutbox({ store, writers, clock, log, holder, dryRun: () => false }),
      close: () => void (isClosed = true),
    };
  };
}

test('a thousand queued writes keep each service’s limits to the last, also when windows come and go', async (t) => {
  const clock = new FakeClock();
  const [github, slack] = [new Service(clock), new Service(clock)];
  const open = machine(t, clock, [
    github.writer('github', ['commentOnIssue']),
    slack.writer('slack', ['replyInThread']),
  ]);
  let window = open();
  const other = open();
  for (let at = 0; at < 800; at += 1) window.outbox.approveLater(comment(at, 'github'));
  for (let at = 0; at < 200; at += 1) window.outbox.approveLater(comment(at, 'slack'));

  const begun = clock.now();
  for (let minute = 0; github.written.size + slack.written.size < 1000 && minute < 240; minute += 1) {
    // As the engine does, once a minute, whether or not it is done with the last.
    for (const { outbox } of [window, other]) void outbox.goOn().catch(() => undefined);
    if (minute === 7 || minute === 63) {
      await clock.advance(20_500);
      window.close();
      window = open();
    }
    await clock.advance(MINUTE - ((clock.now() - begun) % MINUTE));
  }

  for (const service of [github, slack]) {
    const { requests } = service;
    for (const [at, { ended, isRefused }] of requests.entries()) {
      const next = requests[at + 1];
      // What a closed window had begun may be under way still when the next one begins.
      if (next === undefined || ended === Number.POSITIVE_INFINITY) continue;
      assert.ok(next.begun - ended >= 1000 || next.begun - (requests[at]?.begun ?? 0) >= 1000);
      if (isRefused) assert.ok(next.begun > ended);
    }
    assert.ok(service.most(MINUTE) <= 80);
    assert.ok(service.most(HOUR) <= 500);
    assert.ok([...service.written.values()].every((times) => times === 1));
  }
  assert.deepEqual([github.written.size, slack.written.size], [800, 200]);
  assert.ok(github.requests.length > 800, 'some were refused');
  const refused = github.requests.filter(({ isRefused }) => isRefused).length;
  // Those that were refused, and in each window that was closed the one under way.
  assert.ok(github.looks.length <= refused + 2, 'nobody looks for what was never sent');
});
