import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineHost } from '../../../src/engineHost.ts';
import type { TimeboxPorts } from '../../../src/host/timebox/timeboxPorts.ts';
import type { TeamSession } from '../../../src/session/teamSession.ts';
import { viewOf } from '../../support/build.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';

fakeVscode();
const { createWatches } = await import('../../../src/wiring/watches.ts');

test('a store that is locked is logged by each watch, and never thrown at what paints', () => {
  const errors: string[] = [];
  const locked = (): never => {
    throw new Error('database is locked');
  };
  const host = {
    context: { globalState: { get: () => undefined } },
    log: { error: (line: string) => void errors.push(line) },
    painter: {},
    clock: { now: () => 0 },
  } as unknown as EngineHost;
  const session = { timebox: locked, statuses: locked } as unknown as TeamSession;
  const watches = createWatches({
    host,
    session: () => session,
    timebox: {} as TimeboxPorts,
    teamKey: () => 'acme',
    holder: 'window',
    run: async () => undefined,
  });
  watches.look(viewOf({ groups: [], count: 0, waiting: 0, late: 0 } as unknown as Parameters<typeof viewOf>[0]));
  watches.dispose();

  assert.deepEqual(
    errors.map((line) => line.split('\n')[0]),
    ['timebox: Error: database is locked', 'notice: Error: database is locked'],
  );
});
