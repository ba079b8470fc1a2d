import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { StoredProposal } from '../../../../src/core/proposal.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person, settings } from '../../../support/vscodeStub.ts';
import { FakeGate } from '../gate/fakeGate.ts';

fakeVscode();
const { claimTelling } = await import('../../../../src/host/working/tellClaims.ts');

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
  settings.clear();
});

const stored: StoredProposal = {
  proposal: {
    id: 'p1',
    createdAt: 0,
    kind: 'claim',
    signalIds: [],
    title: 'Sync stops',
    steps: [],
    decision: undefined,
    undoes: undefined,
  },
  approvedAt: 1,
  states: [],
};

for (const [answer, becomes] of [
  [undefined, 'kept'],
  ['Drop', 'dropped'],
  ['Retry', 'tried again'],
] as const)
  test(`words that nobody was told are ${becomes} by ${answer ?? 'closing the message'}`, async () => {
    const became: string[] = [];
    person.answers.push(answer);
    claimTelling({ ...new FakeGate().ports, refresh: async () => undefined }).unsaid(stored, {
      again: () => became.push('tried again'),
      keep: () => became.push('kept'),
      drop: () => became.push('dropped'),
    });
    await new Promise(setImmediate);
    assert.deepEqual(became, [becomes]);
    assert.match(person.said.join('\n'), /the reply was not sent.*\[Retry \| Drop\]/u);
  });

test('what was dropped is told of in the status bar, and what was sent before it could be', () => {
  const { dropped } = claimTelling({ ...new FakeGate().ports, refresh: async () => undefined });
  dropped(1, 0);
  dropped(2, 1);
  dropped(0, 1);
  dropped(0, 0);
  assert.deepEqual(person.said, [
    'Proposal dropped.',
    '2 proposals dropped. What has already been sent stays.',
    'What has already been sent stays.',
  ]);
});

test('what leaves as soon as its service answers is told of in the status bar, and nobody is asked', () => {
  const assign = { type: 'assign', repository: 'acme/app', number: 12, add: ['noor-sample'], remove: [] } as const;
  const offline = { status: 'failed', reason: 'offline', message: '', permanent: false, retryAt: undefined } as const;
  const going = { ...stored, proposal: { ...stored.proposal, steps: [assign] }, states: [offline] };
  claimTelling({ ...new FakeGate().ports, refresh: async () => undefined }).later([going]);
  assert.deepEqual(person.said, ['“Sync stops”: will be sent as soon as GitHub answers']);
});
