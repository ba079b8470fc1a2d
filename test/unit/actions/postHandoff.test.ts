import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  otherTries,
  postedAnew,
  postHandoff,
  revisionOf,
  SLACK_MARKDOWN_LIMIT,
} from '../../../src/actions/postHandoff.ts';
import { MAX_ISSUE_BODY_LENGTH } from '../../../src/core/issueLimits.ts';
import { readMarkers } from '../../../src/core/marker.ts';
import type { Proposal, StepState, StoredProposal } from '../../../src/core/proposal.ts';
import { team } from '../../support/build.ts';
import { draft, entry } from '../core/handoffSamples.ts';

const now = Date.UTC(2026, 10, 20);
const targets = team({
  handoff: {
    slackChannel: 'integrations-internal',
    issue: { repository: 'acme/team-notes', label: 'handoff' },
    remindWorkingDays: 1,
  },
});
const notes = draft({ open: [entry()] });
const long = draft({
  open: Array.from({ length: 2_000 }, (_, index) => entry({ id: `${index}`, note: 'x'.repeat(50) })),
});

test('to Slack: one message to the team’s channel', () => {
  const proposal = postHandoff({ draft: notes, team: targets, where: 'slack', now });

  const [step, ...more] = proposal?.steps ?? [];
  assert.ok(step?.type === 'postMessage' && more.length === 0);
  assert.equal(step.channel, 'integrations-internal');
  assert.match(step.markdown, /^- \[Sync stops/mu);
  assert.deepEqual(readMarkers('handoff', step.marker), [notes.id]);
  assert.deepEqual(readMarkers('handoff', step.markdown), []);
});

test('as an issue: titled, labelled, with tick boxes, and its own marker in the body', () => {
  const proposal = postHandoff({ draft: notes, team: targets, where: 'issue', now });

  const [step] = proposal?.steps ?? [];
  assert.ok(step?.type === 'createIssue');
  assert.deepEqual(
    [step.repository, step.labels, step.title],
    ['acme/team-notes', ['handoff'], 'Handoff: Noor → Kai, Nov 16 – Nov 23'],
  );
  assert.match(step.body, /^- \[ \] /mu);
  assert.deepEqual(readMarkers('handoff', step.body), [notes.id]);
  assert.equal(step.since, now);
});

test('no such place in the team file: nothing to propose', () => {
  assert.equal(postHandoff({ draft: notes, team: team(), where: 'slack', now }), undefined);
  assert.equal(postHandoff({ draft: notes, team: team(), where: 'issue', now }), undefined);
});

test('the same notes for the same place are the same proposal; edited notes are another', () => {
  const idOf = (draftNow: typeof notes, where: 'slack' | 'issue'): string | undefined =>
    postHandoff({ draft: draftNow, team: targets, where, now })?.id;

  assert.equal(idOf(notes, 'slack'), idOf({ ...notes }, 'slack'));
  assert.notEqual(idOf(notes, 'slack'), idOf(notes, 'issue'));
  assert.notEqual(idOf(notes, 'slack'), idOf({ ...notes, revision: 1 }, 'slack'));
});

test('long notes are cut to what the place takes, and keep the marker', () => {
  const fullNotes = 'https://github.example/acme/team-notes/issues/9';
  const [message] = postHandoff({ draft: long, team: targets, where: 'slack', now, fullNotes })?.steps ?? [];
  const [issue] = postHandoff({ draft: long, team: targets, where: 'issue', now })?.steps ?? [];

  assert.ok(message?.type === 'postMessage' && message.markdown.length <= SLACK_MARKDOWN_LIMIT);
  assert.ok(message.markdown.includes(fullNotes));
  assert.ok(issue?.type === 'createIssue' && issue.body.length <= MAX_ISSUE_BODY_LENGTH);
  assert.deepEqual(readMarkers('handoff', issue.body), [long.id]);
});

test('earlier tries of edited notes are those of the same notes and place alone', () => {
  const propose = (where: 'slack' | 'issue', over: object = {}) => {
    const proposal = postHandoff({ draft: { ...notes, ...over }, team: targets, where, now });
    assert.ok(proposal !== undefined);
    return proposal;
  };
  const before = propose('slack', { revision: 1 });
  const posted = propose('slack', { revision: 12 });
  const others = [propose('issue', { revision: 1 }), propose('slack', { id: `${notes.id}:x`, revision: 1 })];
  assert.deepEqual(otherTries(posted, [before, posted, ...others]), [before]);
});

const done: StepState = {
  status: 'done',
  outcome: { url: 'https://slack.example/p1', issue: undefined, warnings: [], undo: [] },
};

function storedAs(proposal: Proposal, state: StepState = done): StoredProposal {
  return { proposal, approvedAt: now, states: proposal.steps.map(() => state) };
}

test('what was posted and taken back is posted anew; what is not, or not yet, taken back stays as it is', () => {
  for (const where of ['slack', 'issue'] as const) {
    const first = postHandoff({ draft: { ...notes, revision: 3 }, team: targets, where, now });
    assert.ok(first !== undefined);
    const undo = (of: Proposal, id: string): Proposal => ({ ...of, id, kind: 'undo', undoes: of.id });
    const posted = storedAs(first);
    for (const all of [[], [posted], [posted, storedAs(undo(first, 'u1'), { status: 'waiting' })]])
      assert.equal(postedAnew(first, all), first);

    const takenBack = [posted, storedAs(undo(first, 'u1'))];
    const again = postedAnew(first, takenBack);
    assert.notEqual(again.id, first.id);
    assert.deepEqual(postedAnew(first, [...takenBack, storedAs(again)]), again, 'trying again is the same try');
    const [step] = again.steps;
    const [before] = first.steps;
    assert.ok(step !== undefined && 'marker' in step && before !== undefined && 'marker' in before);
    assert.notEqual(step.marker, before.marker, 'the one that was taken back is not taken for it');
    assert.deepEqual(readMarkers('handoff', step.marker), [notes.id]);
    if (step.type === 'createIssue') assert.ok(step.body.includes(step.marker) && !step.body.includes(before.marker));
    assert.equal(revisionOf(again), 3);
    const edited = postHandoff({ draft: { ...notes, revision: 4 }, team: targets, where, now });
    assert.deepEqual(edited && otherTries(edited, [again]), [again], 'it is another try of the same notes');

    const twice = postedAnew(first, [...takenBack, storedAs(again), storedAs(undo(again, 'u2'))]);
    assert.ok(twice.id !== again.id && twice.id !== first.id);
  }
});
