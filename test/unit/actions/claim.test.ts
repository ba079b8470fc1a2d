import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { claim, givesBack, isSeenOutside, isTaken, needsLogin, release, takeBack } from '../../../src/actions/claim.ts';
import type { Item } from '../../../src/core/item.ts';
import { readMarkers } from '../../../src/core/marker.ts';
import type { Proposal, StepState, StoredProposal, Write } from '../../../src/core/proposal.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { signal } from '../../support/build.ts';

const me = { name: 'Noor', github: 'noor-sample', slack: 'U02NOO', timeZone: 'Europe/Berlin' };
const issue = signal({ id: 'github:acme/app#12' });
const thread = signal({ id: 'slack:C01:1700000000.000100', service: 'slack', kind: 'thread' });
const alert = signal({ id: 'alertmanager:f00', service: 'alertmanager', kind: 'alert' });

function item(first: Signal, ...others: Signal[]): Item {
  return { id: first.id, signals: [first, ...others] };
}

const DONE: StepState = { status: 'done', outcome: { url: '', issue: undefined, warnings: [], undo: [] } };
const LOST = { status: 'failed', reason: 'offline', message: '', permanent: false, retryAt: undefined } as const;
const FAILED: StepState = LOST;

/** Done, with what its service says takes it back. */
function done(write: Write): StepState {
  const undo: readonly Write[] =
    write.type === 'assign'
      ? [{ ...write, add: write.remove, remove: write.add }]
      : write.type === 'react'
        ? [{ ...write, remove: !write.remove }]
        : [{ type: 'deleteMessage', channel: 'C01', ts: '1.2' }];
  return { status: 'done', outcome: { url: '', issue: undefined, warnings: [], undo } };
}

function stored(proposal: Proposal, states: readonly StepState[] = proposal.steps.map(() => DONE)): StoredProposal {
  return { proposal, approvedAt: 1, states };
}

const input = (over: Item) => ({ item: over, me, now: 5, id: 'act/0' });

test('claiming assigns me on GitHub and reacts in Slack; an alert has nowhere to leave a trace', () => {
  const proposal = claim(input(item(issue, thread, alert)));

  assert.equal(proposal.kind, 'claim');
  assert.deepEqual(proposal.signalIds, [issue.id, thread.id, alert.id]);
  assert.deepEqual(proposal.steps, [
    { type: 'assign', repository: 'acme/app', number: 12, add: ['noor-sample'], remove: [] },
    { type: 'react', channel: 'C01', ts: '1700000000.000100', name: 'eyes', remove: false },
  ]);
  assert.deepEqual(claim(input(item(alert))).steps, []);
});

test('claiming acknowledges a PagerDuty incident, once, and nothing takes that back', () => {
  const incident = signal({ id: 'pagerduty:Q1INCIDENT', service: 'pagerduty', kind: 'alert', takenBy: ['P02KAI'] });
  const noor = { ...me, pagerduty: 'P02NOO' };
  const claimed = claim({ ...input(item(incident)), me: noor });
  assert.deepEqual(claimed.steps, [{ type: 'acknowledge', incident: 'Q1INCIDENT' }]);
  assert.equal(isSeenOutside(item(incident)), true);
  assert.equal(takeBack(stored(claimed), { id: 'b', now: 6 }), undefined);
  assert.deepEqual(release({ ...input(item(incident)), me: noor }).steps, []);
  const mine = signal({ ...incident, takenBy: ['P02KAI', 'P02NOO'] });
  assert.deepEqual(claim({ ...input(item(mine)), me: noor }).steps, []);
});

test('a claim of an incident whose word was not said stands', () => {
  const incident = signal({ id: 'pagerduty:Q1INCIDENT', service: 'pagerduty', kind: 'alert' });
  const claimed = claim(input(item(incident)), 'I’m on it.');
  assert.deepEqual(claimed.steps.at(-1), {
    type: 'addNote',
    incident: 'Q1INCIDENT',
    text: 'I’m on it.',
    marker: '(Responder Duty act/0)',
  });
  assert.equal(isTaken(stored(claimed, [DONE, FAILED])), true);
});

test('where I am already, whatever the case of the login, and where all is closed, nothing is written', () => {
  const mine = signal({ ...issue, assignees: ['Noor-Sample'] });
  const seen = signal({ ...thread, takenBy: ['U02NOO'] });
  const closed = signal({ ...issue, id: 'github:acme/app#13', state: 'closed' });

  assert.deepEqual(claim(input(item(mine, seen, closed))).steps, []);
});

test('without a login of mine nothing is written on GitHub; Slack knows who reacts', () => {
  assert.deepEqual(
    claim({ ...input(item(issue, thread)), me: undefined }).steps.map(({ type }) => type),
    ['react'],
  );
});

test('a word goes to each open conversation, under a marker of its own', () => {
  const { steps } = claim(input(item(issue, thread, alert)), 'I’m on it.');
  const [, , comment, reply] = steps;
  assert.ok(comment?.type === 'commentOnIssue' && reply?.type === 'replyInThread');

  assert.match(comment.body, /^I’m on it\.\n\n<!--/u);
  assert.deepEqual(readMarkers('reply', comment.marker), ['act/0:github:acme/app#12']);
  assert.equal(reply.markdown, 'I’m on it.');
  assert.equal(reply.threadTs, '1700000000.000100');
});

test('releasing takes me off everywhere, though the sources do not show me yet', () => {
  assert.deepEqual(release(input(item(issue, thread))).steps, [
    { type: 'assign', repository: 'acme/app', number: 12, add: [], remove: ['noor-sample'] },
    { type: 'react', channel: 'C01', ts: '1700000000.000100', name: 'eyes', remove: true },
  ]);
});

test('taking back reverses the steps that were done, last first, and leaves what was said', () => {
  const proposal = claim(input(item(issue, thread)), 'I’m on it.');
  const states = proposal.steps.map(done);
  const back = takeBack(stored(proposal, states.with(3, FAILED)), { id: 'back', now: 9 });

  assert.equal(back?.kind, 'release');
  assert.deepEqual(back?.steps, [
    { type: 'react', channel: 'C01', ts: '1700000000.000100', name: 'eyes', remove: true },
    { type: 'assign', repository: 'acme/app', number: 12, add: [], remove: ['noor-sample'] },
  ]);
  assert.equal(
    takeBack(
      stored(
        proposal,
        proposal.steps.map(() => FAILED),
      ),
      { id: 'back', now: 9 },
    ),
    undefined,
  );
});

test('what was so before stays when a claim is taken back; what a lost reply left goes with it', () => {
  const proposal = claim(input(item(issue, thread)));
  const [assign, react] = proposal.steps.map(done);
  assert.ok(assign?.status === 'done' && react?.status === 'done');
  assert.equal(takeBack(stored(proposal, [DONE, DONE]), { id: 'back', now: 9 }), undefined);
  const lost: StepState = { ...LOST, undo: react.outcome.undo };
  assert.deepEqual(takeBack(stored(proposal, [assign, lost]), { id: 'back', now: 9 })?.steps, [
    ...react.outcome.undo,
    ...assign.outcome.undo,
  ]);
});

test('a claim taken back gives the item back when nothing else of it is mine: not what I had before, nor an incident', () => {
  const mine = (one: Signal): Signal => ({ ...one, assignees: ['Noor-Sample'], takenBy: ['U02NOO', 'PNOO'] });
  const incident = signal({ id: 'pagerduty:Q1', service: 'pagerduty', kind: 'alert' });
  const noor = { ...me, pagerduty: 'PNOO' };
  for (const [before, after, isBack] of [
    [item(issue, thread), item(issue, thread), true],
    [item(issue, thread), item(mine(issue), mine(thread)), true],
    [item(mine(issue), thread), item(mine(issue), mine(thread)), false],
    [item(thread, incident), item(mine(thread), mine(incident)), false],
  ] as const) {
    const proposal = claim({ ...input(before), me: noor });
    const states = proposal.steps.map((write) => (write.type === 'acknowledge' ? DONE : done(write)));
    const back = takeBack(stored(proposal, states), { id: 'back', now: 9 });
    assert.ok(back !== undefined);
    assert.equal(givesBack(back, after, noor), isBack);
  }
  assert.equal(givesBack(claim(input(item(issue))), item(issue), me), false);
});

test('taking back twice is what was done at first, for any item', () => {
  const aSignal = fc.constantFrom(issue, thread, alert, signal({ ...issue, id: 'github:acme/docs#3' }));
  fc.assert(
    fc.property(
      fc.uniqueArray(aSignal, { minLength: 1, selector: ({ id }) => id }),
      fc.boolean(),
      (signals, claims) => {
        const [first = issue, ...others] = signals;
        const proposal = (claims ? claim : release)(input(item(first, ...others)));
        const back = takeBack(stored(proposal, proposal.steps.map(done)), { id: 'back', now: 6 });
        const again = back && takeBack(stored(back, back.steps.map(done)), { id: 'again', now: 7 });
        assert.deepEqual(again?.steps ?? [], proposal.steps);
        assert.equal(again?.kind ?? proposal.kind, proposal.kind);
      },
    ),
  );
});

test('a claim whose reply alone is missing is taken; one whose assignee GitHub left out is not', () => {
  const proposal = claim(input(item(issue)), 'I’m on it.');
  const dropped: StepState = {
    ...DONE,
    outcome: { url: '', issue: undefined, warnings: ['assignee: noor-sample'], undo: [] },
  };

  assert.equal(isTaken(stored(proposal, [DONE, FAILED])), true);
  assert.equal(isTaken(stored(proposal, [FAILED, { status: 'waiting' }])), false);
  assert.equal(isTaken(stored(proposal, [dropped, FAILED])), false);
  assert.equal(isTaken(stored(claim(input(item(issue))), [FAILED])), false);
});

test('only GitHub needs a login, and only an alert is seen nowhere', () => {
  assert.deepEqual(
    [issue, thread, alert].map((one) => needsLogin(item(one))),
    [true, false, false],
  );
  assert.deepEqual(
    [issue, thread, alert].map((one) => isSeenOutside(item(one))),
    [true, true, false],
  );
});
