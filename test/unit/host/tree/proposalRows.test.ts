import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProposalView } from '../../../../src/core/proposalView.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';

fakeVscode();
const { proposalIdOf, proposalRows } = await import('../../../../src/host/tree/proposalRows.ts');

const NOW = Date.UTC(2026, 10, 18, 11);

function row(over: Partial<ProposalView> = {}) {
  const view: ProposalView = {
    id: 'p1',
    kind: 'reply',
    title: 'A receiver answers 421',
    phase: 'waiting',
    createdAt: NOW - 5 * 60_000,
    places: ['#integrations', 'acme/app#12'],
    failure: undefined,
    isBegun: false,
    hasWords: true,
    canEdit: true,
    ...over,
  };
  const [first] = proposalRows([view], NOW);
  assert.ok(first !== undefined);
  return first;
}

const refused = { reason: 'forbidden', service: 'github', retryAt: undefined } as const;
const limited = { reason: 'rateLimited', service: 'slack', retryAt: NOW + 12 * 60_000 } as const;

test('a row says what it is, where it goes, where it stands and how old it is; a screen reader says the same', () => {
  const { label, description, accessible } = row();
  assert.equal(description, 'Reply · #integrations, acme/app#12 · proposed 5 min ago');
  assert.equal(accessible, `${label}, Reply, #integrations, acme/app#12, waits for approval, proposed 5 min ago`);
});

test('whatever an icon says is said in words, and why', () => {
  const cases: readonly (readonly [Partial<ProposalView>, RegExp, string])[] = [
    [{ phase: 'stale' }, /approval expired/u, 'history'],
    [{ phase: 'stopped', failure: refused }, /not sent: GitHub does not allow this account to write/u, 'error'],
    [{ phase: 'stopped', failure: refused, isBegun: true }, /partly sent: GitHub does not/u, 'error'],
    [{ phase: 'going', failure: limited }, /Slack: rate limit reached, retrying in 12 min/u, 'sync'],
    [
      { phase: 'going', failure: { ...limited, reason: 'offline', retryAt: undefined } },
      /Slack cannot be reached, retrying automatically/u,
      'sync',
    ],
  ];
  for (const [over, said, icon] of cases) {
    const { accessible, description, icon: shown } = row(over);
    assert.match(accessible, said);
    assert.match(description, said);
    assert.equal(shown.name, icon);
  }
});

test('what waits tells by its icon what it is for', () => {
  const kinds = ['convert', 'label', 'silence', 'closeLoop'] as const;
  assert.deepEqual(
    kinds.map((kind) => row({ kind }).icon.name),
    ['issues', 'tag', 'bell-slash', 'comment-discussion'],
  );
  assert.equal(row({ kind: 'label', phase: 'stale' }).icon.name, 'history');
});

test('a row can be rewritten only while nothing of it is outside, and copied whenever it says something', () => {
  assert.equal(row().contextValue, 'canApprove canCopy canDrop canEdit proposal');
  assert.equal(row({ isBegun: true, canEdit: false }).contextValue, 'canApprove canCopy canDrop proposal');
  assert.equal(row({ hasWords: false, canEdit: false }).contextValue, 'canApprove canDrop proposal');
});

test('a row knows its proposal, and rows of other views are none', () => {
  assert.equal(proposalIdOf(row().id), 'p1');
  assert.equal(proposalIdOf('item:p1'), undefined);
});
