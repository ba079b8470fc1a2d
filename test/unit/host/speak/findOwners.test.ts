import assert from 'node:assert/strict';
import { beforeEach, type TestContext, test } from 'node:test';
import { signal, team } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';
import { desk, itemOf } from './speakDesk.ts';

fakeVscode();
const { findOwners } = await import('../../../../src/host/speak/findOwners.ts');

const trace = itemOf(
  signal({ id: 'github:acme/app#9', title: 'Crash', excerpt: 'at run (src/sync/queue.ts:3:1)', labels: [] }),
);
// What goes on waiting fails, and holds up no other test.
const BOUNDED = { timeout: 10_000 };
// A request that waits for its turn: it hears of no abort.
const never = new Promise<never>(() => {});

beforeEach(() => {
  person.waits.length = 0;
});

/** The look's time is over when the test says so; of the time to read what was said, at once. */
function limits(t: TestContext): AbortController {
  const whole = new AbortController();
  t.mock.method(AbortSignal, 'timeout', (delayMs: number) => (delayMs < 5000 ? AbortSignal.abort() : whole.signal));
  return whole;
}

test(
  'a conversation that is never read keeps nobody waiting: what the item itself names is looked for',
  BOUNDED,
  async (t) => {
    limits(t);
    const asked: unknown[] = [];
    const { ports } = desk(t, {
      team: team({ owners: [] }),
      readConversation: () => never,
      owners: {
        codeOwners: async () => [{ pattern: '/src/', owners: ['@acme/core'], line: 2 }],
        lastAuthors: async (_, paths) => {
          asked.push(paths);
          return [];
        },
      },
    });
    const { owners, notice } = await findOwners(trace, ports);
    assert.deepEqual(asked, [['src/sync/queue.ts']]);
    assert.deepEqual([owners.length, notice], [1, undefined]);
  },
);

test('when the time is over, what did not answer is only missing, and said', BOUNDED, async (t) => {
  const whole = limits(t);
  const { ports } = desk(t, {
    team: team({ owners: [] }),
    owners: {
      codeOwners: async () => [{ pattern: '/src/', owners: ['@acme/core'], line: 2 }],
      lastAuthors: () => {
        whole.abort(new DOMException('', 'TimeoutError'));
        return never;
      },
    },
  });
  const { owners, notice } = await findOwners(trace, ports);
  assert.equal(owners.length, 1);
  assert.match(notice ?? '', /GitHub did not answer in time/u);
});

test('Escape ends a look of which nothing answers', BOUNDED, async (t) => {
  limits(t);
  const { ports } = desk(t, {
    team: team({ owners: [] }),
    readConversation: () => never,
    owners: {
      codeOwners: () => {
        person.waits[0]?.escape();
        return never;
      },
      lastAuthors: () => never,
    },
  });
  const { owners, notice } = await findOwners(trace, ports);
  assert.deepEqual(owners, []);
  assert.match(notice ?? '', /you skipped it/u);
});
