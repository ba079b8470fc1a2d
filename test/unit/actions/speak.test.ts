import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speak, speakInChannel, talksOf } from '../../../src/actions/speak.ts';
import type { Item } from '../../../src/core/item.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { signal } from '../../support/build.ts';

const ISSUE = signal({ id: 'github:acme/app#1' });
const THREAD = signal({ id: 'slack:C01:1763370000.000100', service: 'slack', place: '#integrations' });
const INCIDENT = signal({ id: 'pagerduty:Q1', service: 'pagerduty', kind: 'alert' });
const ALERT = signal({ id: 'alertmanager:f0', service: 'alertmanager', kind: 'alert' });

function item(first: Signal, ...others: readonly Signal[]): Item {
  return { id: first.id, signals: [first, ...others] };
}

const input = { kind: 'reply', text: 'We look into it.', id: 'p1', now: 5 } as const;

test('the conversations of an item: what stands for it first, and the issue that it became, once', () => {
  const cases: readonly (readonly [Item, readonly string[]])[] = [
    [item(ALERT), []],
    [item(ALERT, THREAD, ISSUE), [THREAD.id, ISSUE.id]],
    [item({ ...THREAD, state: 'closed' }, ISSUE), [ISSUE.id, THREAD.id]],
    [item(INCIDENT), [INCIDENT.id]],
    [item({ ...INCIDENT, state: 'closed' }), []],
  ];
  for (const [one, expected] of cases)
    assert.deepEqual(
      talksOf(one).map(({ id }) => id),
      expected,
    );
  const became = { repository: 'Acme/App', number: 1 };
  assert.deepEqual(
    talksOf(item(ALERT), became).map(({ id, place }) => [id, place]),
    [['github:acme/app#1', 'Acme/App']],
  );
  assert.deepEqual(
    talksOf(item(THREAD, ISSUE), became).map(({ id }) => id),
    [THREAD.id, ISSUE.id],
  );
});

test('the same words go into each conversation, each with a marker of its own', () => {
  const proposal = speak({ ...input, item: item(THREAD, ISSUE, INCIDENT) });
  assert.deepEqual(
    proposal?.steps.map(({ type }) => type),
    ['replyInThread', 'commentOnIssue', 'addNote'],
  );
  const markers = proposal.steps.map((step) => ('marker' in step ? step.marker : ''));
  assert.equal(new Set(markers).size, 3);
  assert.deepEqual(proposal.signalIds, [THREAD.id, ISSUE.id, INCIDENT.id]);
});

test('where nobody can answer there is no proposal; a channel can always be spoken in', () => {
  assert.equal(speak({ ...input, item: item(ALERT) }), undefined);
  const asked = speakInChannel({ ...input, kind: 'askOwner', item: item(ALERT) }, 'billing', 'm');
  assert.deepEqual(asked.steps, [
    { type: 'postMessage', channel: 'billing', markdown: 'We look into it.', marker: 'm', since: 5 },
  ]);
});
