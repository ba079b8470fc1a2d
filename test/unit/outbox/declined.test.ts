import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standing } from '../../../src/core/journal.ts';
import type { Outcome, Proposal, Write } from '../../../src/core/proposal.ts';
import { createOutbox } from '../../../src/outbox/outbox.ts';
import type { Writer } from '../../../src/services/service.ts';
import { signal } from '../../support/build.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

const ITEM = signal({ id: 'slack:C1:1.2', service: 'slack', source: 'slack', updatedAt: 77 });
const REPLY: Write = { type: 'replyInThread', channel: 'C1', threadTs: '1.2', markdown: 'Ask there.', marker: 'm' };
const BACK: Write = { type: 'deleteMessage', channel: 'C1', ts: '1.3' };

test('what was declined is done with, once it is said; taking it back brings it back', async (t) => {
  const clock = new FakeClock();
  const store = openWindow(t, tempFolder(t), () => clock.now());
  const status = { id: 'slack', service: 'slack', okAt: 0, failure: undefined, skipped: 0, failedPlaces: [] } as const;
  store.savePoll({ source: 'slack', changed: [ITEM], gone: [], status });
  const outcome: Outcome = { url: 'https://slack.example/1.3', issue: undefined, warnings: [], undo: [BACK] };
  const writer: Writer = {
    service: 'slack',
    types: ['replyInThread', 'deleteMessage'],
    find: async () => undefined,
    apply: async () => outcome,
  };
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const outbox = createOutbox({ store, writers: [writer], clock, log, holder: 'w', dryRun: () => false });
  const declined: Proposal = {
    id: 'p1',
    createdAt: clock.now(),
    kind: 'decline',
    signalIds: [ITEM.id],
    title: ITEM.title,
    steps: [REPLY],
    decision: undefined,
    undoes: undefined,
  };

  outbox.propose(declined);
  const done = (): readonly unknown[] =>
    standing(store.journal()).flatMap(({ event }) => (event.type === 'done' ? [event.seen] : []));
  assert.deepEqual(done(), []);
  await outbox.approve('p1');
  assert.deepEqual(done(), [{ [ITEM.id]: 77 }]);

  const back: Proposal = { ...declined, id: 'p2', kind: 'undo', steps: [BACK], undoes: 'p1' };
  const undone = outbox.submit(back);
  await clock.advance(5000);
  await undone;
  assert.deepEqual(done(), []);
});
