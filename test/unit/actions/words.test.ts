import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  allWordsOf,
  anew,
  canRewrite,
  issueWordsOf,
  withIssueWords,
  withWords,
  wordsOf,
} from '../../../src/actions/words.ts';
import { MAX_ISSUE_BODY_LENGTH } from '../../../src/core/issueLimits.ts';
import { readMarkers, writeMarker } from '../../../src/core/marker.ts';
import type { Proposal, Write } from '../../../src/core/proposal.ts';
import { projectProposals } from '../../../src/core/proposalView.ts';

const MARKER = writeMarker('reply', 'p');
const ITEM = writeMarker('item', 'slack:C01:1.2');
const COMMENT: Write = {
  type: 'commentOnIssue',
  repository: 'acme/app',
  number: 12,
  body: `Fixed.\n\n${MARKER}\n${ITEM}`,
  marker: MARKER,
  since: 0,
};
const REPLY: Write = { type: 'replyInThread', channel: 'C01', threadTs: '1.2', markdown: 'Fixed.', marker: MARKER };
const ISSUE: Write = {
  type: 'createIssue',
  repository: 'acme/app',
  title: 'A receiver answers 421',
  body: `Impact\n\n${ITEM}`,
  labels: ['bug'],
  assignees: [],
  marker: ITEM,
  since: 0,
};
const LABEL: Write = { type: 'label', repository: 'acme/app', number: 12, add: ['bug'], remove: [] };
const NOTE: Write = { type: 'addNote', incident: 'Q1', text: 'Rolled back.', marker: '(Responder Duty p)' };
const SILENCE: Extract<Write, { readonly type: 'silence' }> = {
  type: 'silence',
  url: 'https://alerts.example',
  matchers: [],
  endsAt: 1,
  createdBy: 'Noor',
  comment: 'Known since May.\n\n(Responder Duty p.1)',
  marker: '(Responder Duty p.1)',
};

function proposal(...steps: readonly Write[]): Proposal {
  return {
    id: 'p',
    createdAt: 0,
    kind: 'reply',
    signalIds: [],
    title: 'A receiver answers 421',
    steps,
    decision: undefined,
    undoes: undefined,
  };
}

test('the words of a comment are shown without the markers below them', () => {
  assert.deepEqual(wordsOf(proposal(LABEL, COMMENT)), [{ text: 'Fixed.', steps: [1] }]);
  assert.deepEqual(wordsOf(proposal(NOTE)), [{ text: 'Rolled back.', steps: [0] }]);
  assert.deepEqual(wordsOf(proposal(LABEL)), []);
});

test('each text that is said can be rewritten; one that is said in several places changes in all of them', () => {
  const other: Write = { ...REPLY, threadTs: '9.9', markdown: 'Something else.' };
  const before = proposal(REPLY, COMMENT, other);
  assert.deepEqual(wordsOf(before), [
    { text: 'Fixed.', steps: [0, 1] },
    { text: 'Something else.', steps: [2] },
  ]);
  assert.deepEqual(withWords(before, new Map([['Fixed.', 'Fixed since Monday.']])).steps, [
    { ...REPLY, markdown: 'Fixed since Monday.' },
    { ...COMMENT, body: `Fixed since Monday.\n\n${MARKER}\n${ITEM}` },
    other,
  ]);
  assert.deepEqual(withWords(before, new Map([['Something else.', 'That too.']])).steps, [
    REPLY,
    COMMENT,
    { ...other, markdown: 'That too.' },
  ]);
});

test('the comment of a silence is rewritten above the marker by which it is found again', () => {
  const second = { ...SILENCE, comment: 'Known since May.\n\n(Responder Duty p.2)', marker: '(Responder Duty p.2)' };
  const both = proposal(SILENCE, second);
  assert.deepEqual(wordsOf(both), [{ text: 'Known since May.', steps: [0, 1] }]);
  assert.equal(allWordsOf(both), 'Known since May.');
  assert.deepEqual(withWords(both, new Map([['Known since May.', 'Moves on Friday.']])).steps, [
    { ...SILENCE, comment: 'Moves on Friday.\n\n(Responder Duty p.1)' },
    { ...second, comment: 'Moves on Friday.\n\n(Responder Duty p.2)' },
  ]);
});

test('what the list of proposals offers to edit and copy is what can be rewritten here', () => {
  const waiting = { approvedAt: undefined, states: [{ status: 'waiting' }] } as const;
  for (const step of [COMMENT, REPLY, ISSUE, LABEL, NOTE, SILENCE])
    for (const kind of ['reply', 'postHandoff'] as const) {
      const one: Proposal = { ...proposal(step), kind };
      const [view] = projectProposals([{ proposal: one, ...waiting }], { now: 0, channelName: () => undefined });
      assert.deepEqual([view?.canEdit, view?.hasWords], [canRewrite(one), allWordsOf(one) !== ''], step.type);
    }
});

test('whatever is written, every marker by which it is found again stays in the body', () => {
  const text = fc.string().filter((one) => one.trim() !== '' && !one.includes('<!--'));
  fc.assert(
    fc.property(text, (words) => {
      const [comment] = withWords(proposal(COMMENT), new Map([['Fixed.', words]])).steps;
      assert.ok(comment?.type === 'commentOnIssue');
      for (const marker of [MARKER, ITEM]) assert.ok(comment.body.includes(marker));
      const [issue] = withIssueWords(proposal(ISSUE), { title: 'T', labels: [], body: words }).steps;
      assert.ok(issue?.type === 'createIssue' && issue.body.includes(ITEM));
    }),
  );
});

test('an edit that changes nothing changes nothing', () => {
  for (const one of [proposal(COMMENT), proposal(REPLY, COMMENT), proposal(NOTE)]) {
    const same = wordsOf(one).map(({ text }) => [text, text] as const);
    assert.ok(same.length > 0);
    assert.equal(withWords(one, new Map(same)), one);
  }
  const issue = issueWordsOf(proposal(ISSUE));
  assert.deepEqual(issue, { title: 'A receiver answers 421', labels: ['bug'], body: 'Impact' });
  const drafted = proposal(ISSUE);
  assert.equal(issue && withIssueWords(drafted, issue), drafted);
});

test('an issue that is edited names its proposal, and is kept within what GitHub takes as in a conversion', () => {
  const forged = writeMarker('item', 'github:evil/evil#666');
  const edited = withIssueWords(proposal(ISSUE, REPLY), {
    title: ` ${'T'.repeat(300)}`,
    labels: [' bug ', 'BUG', '', 'x'.repeat(80)],
    body: `${forged}\n${'A line.\n'.repeat(20_000)}`,
  });
  const [issue, reply] = edited.steps;
  assert.ok(issue?.type === 'createIssue');
  assert.equal(issue.title.length, 256);
  assert.deepEqual([edited.title, edited.isRewritten], [issue.title, true]);
  assert.deepEqual(issue.labels.slice(0, 1), ['bug']);
  assert.ok(issue.labels.length === 2 && issue.labels.every(({ length }) => length <= 50));
  assert.ok(issue.body.length <= MAX_ISSUE_BODY_LENGTH && issue.body.endsWith(`an issue holds no more._\n\n${ITEM}`));
  assert.deepEqual(readMarkers('item', issue.body), ['slack:C01:1.2']);
  assert.equal(reply, REPLY);

  const untitled = withIssueWords(proposal(ISSUE), { title: ' ', labels: ['bug'], body: 'Other.' });
  assert.equal(untitled.title, 'A receiver answers 421');
});

test('a comment that is edited is kept within what GitHub takes as well', () => {
  const [comment] = withWords(proposal(COMMENT), new Map([['Fixed.', 'A line.\n'.repeat(20_000)]])).steps;
  assert.ok(comment?.type === 'commentOnIssue');
  assert.ok(comment.body.length <= MAX_ISSUE_BODY_LENGTH && comment.body.endsWith(`${MARKER}\n${ITEM}`));
});

test('a copy has all that is said to people, each word once and no marker', () => {
  assert.equal(allWordsOf(proposal(REPLY, COMMENT)), 'Fixed.');
  assert.equal(allWordsOf(proposal(ISSUE, LABEL, NOTE)), 'A receiver answers 421\n\nImpact\n\nRolled back.');
  assert.equal(allWordsOf(proposal(LABEL)), '');
});

test('a proposal says that its words are a person’s once they are others, not before', () => {
  const drafted = proposal(COMMENT);
  assert.equal(withWords(drafted, new Map([['Fixed.', 'Fixed.']])).isRewritten, undefined);
  assert.equal(withWords(drafted, new Map([['Fixed.', 'Fixed since Monday.']])).isRewritten, true);
});

test('as a proposal of its own it says the same, and is found by its own markers alone', () => {
  const old = '0b1c';
  const own = writeMarker('reply', `${old}:slack:C01:1.2`);
  const note = `(Responder Duty ${old})`;
  const said = proposal(
    { ...COMMENT, body: `Fixed in ${old}.\n\n${own}\n${ITEM}`, marker: own },
    { ...REPLY, marker: own },
    { ...NOTE, marker: note },
    { ...SILENCE, comment: `Known.\n\n${note}`, marker: note },
    LABEL,
  );
  const other = anew({ ...said, id: old }, '9f$&e');
  assert.equal(allWordsOf(other), allWordsOf(said));
  assert.equal(other.id, '9f$&e');
  const [comment, ...others] = other.steps;
  const marker = own.replace(old, () => '9f$&e');
  assert.deepEqual(comment, { ...COMMENT, body: `Fixed in ${old}.\n\n${marker}\n${ITEM}`, marker });
  assert.deepEqual(
    others.map((write) => 'marker' in write && write.marker.includes('9f$&e') && !write.marker.includes(old)),
    [true, true, true, false],
  );
  assert.ok(others.some((write) => write.type === 'silence' && write.comment === 'Known.\n\n(Responder Duty 9f$&e)'));
});

test('also where a marker holds the id as an address would', () => {
  const marker = writeMarker('reply', 'a/0');
  const said = { ...proposal({ ...REPLY, marker }), id: 'a/0' };
  assert.deepEqual(anew(said, 'b/0').steps, [{ ...REPLY, marker: writeMarker('reply', 'b/0') }]);
});
