import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allWordsOf, issueWordsOf, withIssueWords, withWords, wordsOf } from '../../../src/actions/words.ts';
import { writeMarker } from '../../../src/core/marker.ts';
import type { Proposal, Write } from '../../../src/core/proposal.ts';

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
  assert.deepEqual(wordsOf(proposal(LABEL, COMMENT)), { step: 1, text: 'Fixed.' });
  assert.deepEqual(wordsOf(proposal(NOTE)), { step: 0, text: 'Rolled back.' });
  assert.equal(wordsOf(proposal(LABEL)), undefined);
});

test('words that are said in several places at once are changed in all of them; other words stay', () => {
  const other: Write = { ...REPLY, threadTs: '9.9', markdown: 'Something else.' };
  const { steps } = withWords(proposal(REPLY, COMMENT, other), { step: 0, text: 'Fixed since Monday.' });
  assert.deepEqual(steps, [
    { ...REPLY, markdown: 'Fixed since Monday.' },
    { ...COMMENT, body: `Fixed since Monday.\n\n${MARKER}\n${ITEM}` },
    other,
  ]);
});

test('whatever is written, every marker by which it is found again stays in the body', () => {
  const text = fc.string().filter((one) => one.trim() !== '' && !one.includes('<!--'));
  fc.assert(
    fc.property(text, (words) => {
      const [comment] = withWords(proposal(COMMENT), { step: 0, text: words }).steps;
      assert.ok(comment?.type === 'commentOnIssue');
      for (const marker of [MARKER, ITEM]) assert.ok(comment.body.includes(marker));
      const [issue] = withIssueWords(proposal(ISSUE), { title: 'T', labels: [], body: words }).steps;
      assert.ok(issue?.type === 'createIssue' && issue.body.includes(ITEM));
    }),
  );
});

test('an edit that changes nothing changes nothing', () => {
  for (const one of [proposal(COMMENT), proposal(REPLY, COMMENT), proposal(NOTE)]) {
    const words = wordsOf(one);
    assert.ok(words !== undefined);
    assert.deepEqual(withWords(one, words), one);
  }
  const issue = issueWordsOf(proposal(ISSUE));
  assert.deepEqual(issue, { title: 'A receiver answers 421', labels: ['bug'], body: 'Impact' });
  assert.deepEqual(withIssueWords(proposal(ISSUE), issue), proposal(ISSUE));
});

test('a copy has all that is said to people, each word once and no marker', () => {
  assert.equal(allWordsOf(proposal(REPLY, COMMENT)), 'Fixed.');
  assert.equal(allWordsOf(proposal(ISSUE, LABEL, NOTE)), 'A receiver answers 421\n\nImpact\n\nRolled back.');
  assert.equal(allWordsOf(proposal(LABEL)), '');
});

test('a proposal says that its words are a person’s once they are others, not before', () => {
  const drafted = proposal(COMMENT);
  assert.equal(withWords(drafted, { step: 0, text: 'Fixed.' }).isRewritten, undefined);
  assert.equal(withWords(drafted, { step: 0, text: 'Fixed since Monday.' }).isRewritten, true);
});
