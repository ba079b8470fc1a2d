import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { postHandoff } from '../../../src/actions/postHandoff.ts';
import type { HandoffDraft } from '../../../src/core/handoff.ts';
import type { Proposal, StepState, StoredProposal } from '../../../src/core/proposal.ts';
import { followPostedHandoffs, keepPostedHandoffs, settleEarlier } from '../../../src/session/postedHandoffs.ts';
import { team } from '../../support/build.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';
import { draft, entry } from '../core/handoffSamples.ts';

const SENDING: StepState = { status: 'sending' };
const REFUSED: StepState = { status: 'failed', reason: 'refused', message: 'no', permanent: true, retryAt: undefined };
const LOST: StepState = {
  status: 'failed',
  reason: 'offline',
  message: 'no answer',
  permanent: false,
  retryAt: undefined,
};
const NOTES = draft({ open: [entry()] });
const TARGETS = team({
  handoff: {
    slackChannel: 'integrations-internal',
    issue: { repository: 'acme/team-notes', label: 'handoff' },
    remindWorkingDays: 1,
  },
});

function done(url: string): StepState {
  return { status: 'done', outcome: { url, issue: undefined, warnings: [], undo: [] } };
}

function propose(over: Partial<HandoffDraft> = {}, where: 'slack' | 'issue' = 'slack', now = 1000): Proposal {
  const proposal = postHandoff({ draft: { ...NOTES, ...over }, team: TARGETS, where, now });
  assert.ok(proposal !== undefined);
  return proposal;
}

/** An outbox in which looking at a proposal ends as it is told. */
function outboxOf(stored: readonly StoredProposal[], looked: StepState) {
  const dropped: string[] = [];
  return {
    dropped,
    stored: () => stored,
    look: async (id: string): Promise<StoredProposal> => {
      const found = stored.find(({ proposal }) => proposal.id === id);
      assert.ok(found !== undefined);
      return { proposal: found.proposal, approvedAt: 1, states: [looked] };
    },
    drop: (id: string): boolean => {
      dropped.push(id);
      return true;
    },
  };
}

test('changed notes are not posted before it is known what became of the earlier ones', async () => {
  const earlier = propose({ revision: 1 });
  const changed = propose({ revision: 2 });
  for (const state of [SENDING, LOST]) {
    const stored = [{ proposal: earlier, approvedAt: 1, states: [state] }];
    const ends: readonly (readonly [StepState, string, readonly string[]])[] = [
      [done('https://slack.example/p1'), 'arrived', []],
      [{ status: 'waiting' }, 'none', [earlier.id]],
      [LOST, 'unknown', []],
      [SENDING, 'unknown', []],
    ];
    for (const [looked, how, dropped] of ends) {
      const outbox = outboxOf(stored, looked);
      assert.equal((await settleEarlier(changed, outbox)).how, how);
      assert.deepEqual(outbox.dropped, dropped);
    }
  }
});

test('what cannot be outside, another place and the notes themselves are not looked for', async () => {
  const changed = propose({ revision: 2 });
  const outbox = outboxOf(
    [
      { proposal: propose({ revision: 1 }), approvedAt: 1, states: [REFUSED] },
      { proposal: propose({ revision: 1 }, 'issue'), approvedAt: 1, states: [SENDING] },
      { proposal: changed, approvedAt: 1, states: [SENDING] },
    ],
    done('https://slack.example/p1'),
  );
  assert.deepEqual(await settleEarlier(changed, outbox), { how: 'none' });
});

function storeWith(t: TestContext, ...all: readonly StoredProposal[]) {
  const store = openWindow(t, tempFolder(t));
  store.saveDraft(NOTES);
  for (const stored of all) store.saveProposal(stored);
  return store;
}

test('a handoff that was posted, but not kept before a crash, is kept', (t) => {
  const url = 'https://slack.example/p1';
  const issueUrl = 'https://github.example/acme/team-notes/issues/9';
  const store = storeWith(
    t,
    { proposal: propose({}, 'slack'), approvedAt: 1, states: [done(url)] },
    { proposal: propose({ revision: 7 }, 'slack', 500), approvedAt: 1, states: [done('https://slack.example/p0')] },
    { proposal: propose({}, 'issue', 2000), approvedAt: 1, states: [done(issueUrl)] },
    { proposal: propose({ id: 'not posted' }), approvedAt: 1, states: [LOST] },
  );
  store.append({
    id: 'entry',
    at: 1500,
    signalIds: [],
    event: { type: 'handoffPosted', handoffId: NOTES.id, where: 'slack', url },
  });
  keepPostedHandoffs(store);

  const [kept, ...more] = store.handoffs();
  assert.deepEqual(more, []);
  assert.equal(kept?.id, NOTES.id);
  assert.deepEqual(kept.links, [
    { where: 'slack', url },
    { where: 'issue', url: issueUrl },
  ]);
  assert.match(kept.markdown, /Sync stops/u);
  const rows = store.rowsWritten();
  keepPostedHandoffs(store);
  assert.equal(store.rowsWritten(), rows, 'what is kept is not written again');
});

test('notes that were edited since are kept as they were posted, without the marker', (t) => {
  const posted = propose({ revision: 1, to: 'Rio' }, 'issue');
  const store = storeWith(t, {
    proposal: posted,
    approvedAt: 1,
    states: [done('https://github.example/acme/team-notes/issues/9')],
  });
  keepPostedHandoffs(store);

  const [kept] = store.handoffs();
  assert.match(kept?.markdown ?? '', /Rio/u);
  assert.doesNotMatch(kept?.markdown ?? '', /responder-duty:/u);
  assert.equal(kept?.postedAt, 1000, 'without an entry in the journal');
});

test('what is taken back leaves its place; an earlier post that still stands comes back, and without one the handoff goes', (t) => {
  const [first, second, issue] = [
    'https://slack.example/p1',
    'https://slack.example/p2',
    'https://github.example/9',
  ] as const;
  const [before, edited, asIssue] = [propose({ revision: 1 }), propose({}, 'slack', 2000), propose({}, 'issue', 3000)];
  const stored = (proposal: Proposal, url: string) => ({ proposal, approvedAt: 1, states: [done(url)] });
  const store = storeWith(t, stored(before, first), stored(edited, second), stored(asIssue, issue));
  t.after(followPostedHandoffs(store));
  const undo = (of: Proposal, state: StepState): void =>
    store.saveProposal({
      proposal: { ...of, id: `undo ${of.id}`, kind: 'undo', undoes: of.id },
      approvedAt: 1,
      states: [state],
    });
  const links = (): readonly string[] | undefined =>
    store.handoffs()[0]?.links.map(({ where, url }) => `${where} ${url}`);

  undo(edited, { status: 'waiting' });
  assert.deepEqual(links(), [`slack ${second}`, `issue ${issue}`], 'it stands until it is taken back');
  undo(edited, done(second));
  assert.deepEqual(links(), [`issue ${issue}`, `slack ${first}`]);
  undo(before, done(first));
  assert.deepEqual(links(), [`issue ${issue}`]);
  undo(asIssue, done(issue));
  assert.deepEqual(store.handoffs(), []);
});

test('notes that waited are kept as soon as they are posted, from wherever they were approved', (t) => {
  const waiting = propose();
  const store = storeWith(t, { proposal: waiting, approvedAt: undefined, states: [{ status: 'waiting' }] });
  const end = followPostedHandoffs(store);
  assert.deepEqual(store.handoffs(), []);

  store.saveProposal({ proposal: waiting, approvedAt: 2000, states: [done('https://slack.example/p3')] });
  assert.deepEqual(
    store.handoffs().map(({ links }) => links),
    [[{ where: 'slack', url: 'https://slack.example/p3' }]],
  );

  end();
  store.saveProposal({ proposal: propose({}, 'issue'), approvedAt: 3000, states: [done('https://github.example/9')] });
  assert.equal(store.handoffs()[0]?.links.length, 1, 'nobody listens any more');
});
