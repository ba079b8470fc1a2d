import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { closeLoop, loopId, loopOf, placesToTell } from '../../../src/actions/closeLoop.ts';
import type { Closing } from '../../../src/core/closing.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { readMarkers, writeMarker } from '../../../src/core/marker.ts';
import { closing } from '../../support/build.ts';

const CLOSED = Date.UTC(2026, 10, 18, 10);
const THREAD = 'slack:C01INT:1763000000.000100';
const ORIGIN = 'github:acme/docs#3';
const INCIDENT = 'pagerduty:Q1ABC';

const CLOSING = closing({ closedAt: CLOSED, markers: [THREAD, ORIGIN, INCIDENT, 'alertmanager:abc', 'feed:x:1'] });
const PULL = { kind: 'pullRequest', name: 'acme/app#34', url: 'https://github.example/acme/app/pull/34' } as const;
const COMMIT = { kind: 'commit', name: 'abc1234', url: 'https://github.example/acme/app/commit/abc1234' } as const;
const ISSUE_LINK = '[acme/app#12](<https://github.example/acme/app/issues/12>)';

function converted(id: string, signalIds: readonly string[], number = 12): JournalEntry {
  const url = `https://github.example/acme/app/issues/${number}`;
  const event = { type: 'converted', repository: 'Acme/App', number, url, title: '' } as const;
  return { id, at: 1, signalIds, event: { ...event, timeboxMinutes: 120, priority: 'low' } };
}

/** What a place would be told, without its marker. */
function told(place: string, over: Partial<Closing> = {}): string | undefined {
  const [step] = closeLoop({ closing: { ...CLOSING, ...over }, place, now: CLOSED })?.steps ?? [];
  if (step?.type === 'replyInThread') return step.markdown;
  if (step?.type === 'commentOnIssue') return step.body.slice(0, step.body.indexOf('\n\n<!--'));
  return step?.type === 'addNote' ? step.text : undefined;
}

for (const [name, over, thread, issue] of [
  [
    'a pull request',
    { fix: PULL },
    `Fixed in [acme/app#34](<${PULL.url}>). It was planned as ${ISSUE_LINK}.`,
    'Fixed in acme/app#34. It was planned as acme/app#12.',
  ],
  [
    'a pull request of a version',
    { fix: PULL, version: 'v1.4' },
    `Fixed in [acme/app#34](<${PULL.url}>) (v1.4). It was planned as ${ISSUE_LINK}.`,
    'Fixed in acme/app#34 (v1.4). It was planned as acme/app#12.',
  ],
  [
    'a commit',
    { fix: COMMIT },
    `Fixed in commit [abc1234](<${COMMIT.url}>). It was planned as ${ISSUE_LINK}.`,
    `Fixed in commit [abc1234](<${COMMIT.url}>). It was planned as acme/app#12.`,
  ],
  ['nobody knows how', {}, `Closed as completed: ${ISSUE_LINK}.`, 'Closed as completed: acme/app#12.'],
  [
    'nobody knows how, with words and a version',
    { words: 'Thanks to *Rio* @channel', version: 'v1.4' },
    `Closed as completed: ${ISSUE_LINK} (v1.4). “Thanks to \\*Rio\\* @\u200bchannel”`,
    'Closed as completed: acme/app#12 (v1.4). “Thanks to \\*Rio\\* @\u200bchannel”',
  ],
  [
    'not planned',
    { reason: 'notPlanned' },
    `This will not be worked on: ${ISSUE_LINK} was closed as not planned.`,
    'This will not be worked on: acme/app#12 was closed as not planned.',
  ],
  [
    'not planned, with the reason',
    { reason: 'notPlanned', words: 'It goes away in March.' },
    `This will not be worked on: ${ISSUE_LINK} was closed as not planned. “It goes away in March.”`,
    'This will not be worked on: acme/app#12 was closed as not planned. “It goes away in March.”',
  ],
  [
    'a duplicate',
    { reason: 'duplicate' },
    `Closed as a duplicate of another issue: ${ISSUE_LINK}.`,
    'Closed as a duplicate of another issue: acme/app#12.',
  ],
] as const)
  test(`closed by ${name}: a thread and an issue are told so`, () => {
    assert.equal(told(THREAD, over), thread);
    assert.equal(told(ORIGIN, over), issue);
  });

test('a note of an incident is plain text', () => {
  assert.equal(
    told(INCIDENT, { fix: PULL }),
    `Fixed in acme/app#34 (${PULL.url}). It was planned as acme/app#12 (${CLOSING.url}).`,
  );
});

test('the same closing makes the same proposal but for its time, whoever drafts it and when', () => {
  for (const place of [THREAD, ORIGIN, INCIDENT]) {
    const mine = closeLoop({ closing: CLOSING, place, now: 1 });
    const theirs = closeLoop({ closing: { ...CLOSING, markers: [] }, place, now: 2 });
    assert.ok(mine !== undefined && theirs !== undefined);
    assert.deepEqual({ ...mine, createdAt: 0 }, { ...theirs, createdAt: 0 });
  }
});

test('another closing of the same issue is another proposal, and so is each place', () => {
  const ids = [CLOSED, CLOSED + 1].flatMap((closedAt) =>
    [THREAD, ORIGIN, INCIDENT].map((place) => closeLoop({ closing: { ...CLOSING, closedAt }, place, now: 1 })?.id),
  );
  assert.equal(new Set(ids).size, 6);
});

test('a comment is looked for since the closing, by a marker that says which closing and place it is of', () => {
  const proposal = closeLoop({ closing: CLOSING, place: ORIGIN, now: CLOSED + 9_000_000 });
  const [step] = proposal?.steps ?? [];
  assert.ok(step?.type === 'commentOnIssue');
  assert.equal(step.since, CLOSED);
  assert.deepEqual(readMarkers('loop', step.body), [loopId(CLOSING, ORIGIN)]);
  assert.deepEqual(proposal && loopOf(proposal), { issueId: CLOSING.issueId, closedAt: CLOSED, place: ORIGIN });
});

test('only proposals of this kind tell of a closing', () => {
  for (const [kind, id] of [
    ['reply', 'closeLoop:github:acme/app#12@5:slack:C1:1.2'],
    ['closeLoop', 'x'],
    ['closeLoop', 'closeLoop:github:acme/app#12:slack:C1:1.2'],
  ] as const)
    assert.equal(loopOf({ kind, id }), undefined);
});

test('places are those of the markers and of the journal, each once; alerts and the issue itself hear nothing', () => {
  const journal = [
    converted('a', [THREAD, 'github:acme/app#12', 'slack:C01INT:1763000009.000100']),
    converted('b', ['slack:C09OTH:1763000009.000100'], 13),
  ];
  assert.deepEqual(placesToTell(CLOSING, journal), [THREAD, ORIGIN, INCIDENT, 'slack:C01INT:1763000009.000100']);
  assert.deepEqual(placesToTell(CLOSING, []), [THREAD, ORIGIN, INCIDENT]);
  assert.deepEqual(
    placesToTell({ ...CLOSING, markers: ['github:acme/app#12', 'GitHub:acme/app#12', 'x', ''] }, []),
    [],
  );
});

test('of a conversion that was taken back nobody is told', () => {
  const undone: JournalEntry = { id: 'u', at: 2, signalIds: [], event: { type: 'undone', entryId: 'a' } };
  const made = { ...CLOSING, markers: [THREAD] };
  assert.deepEqual(placesToTell(made, [converted('a', [THREAD]), undone]), []);
  assert.deepEqual(
    placesToTell(CLOSING, [converted('a', [THREAD]), undone]),
    [ORIGIN, INCIDENT],
    'whom a conversion of somebody else named still waits',
  );
  assert.equal(placesToTell(CLOSING, [converted('a', [THREAD]), undone, converted('c', [THREAD])]).length, 3);
});

test('a body that names hundreds of places does not make hundreds of replies', () => {
  const markers = Array.from({ length: 500 }, (_, index) => `slack:C01INT:17630000${index}.000100`);
  assert.equal(placesToTell({ ...CLOSING, markers }, []).length, 20);
});

test('whatever was said outside, a reply is one line that holds no marker but its own, mentions nobody and fills nothing in', () => {
  const hostile = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.constantFrom(
      writeMarker('item', 'github:acme/app#1'),
      '<!-- hidden',
      '@here @acme/integrations',
      '{{issueUrl}}\n\n# x',
      '](javascript:alert(1))',
      '\u202egnp.exe',
      '`'.repeat(2000),
    ),
  );
  const reasons = fc.constantFrom('completed' as const, 'notPlanned' as const, 'duplicate' as const);
  fc.assert(
    fc.property(hostile, hostile, reasons, (words, title, reason) => {
      for (const place of [THREAD, ORIGIN]) {
        const text = told(place, { words, title, reason }) ?? '';
        assert.ok(!text.includes('\n') && text.length < 2000);
        assert.doesNotMatch(text, /<!--|[\u202a-\u202e]|@[\p{L}\p{N}]/u);
        assert.match(text, /^(?:Closed as|This will not)/u);
      }
      const [step] = closeLoop({ closing: { ...CLOSING, words, title }, place: ORIGIN, now: 1 })?.steps ?? [];
      assert.ok(step?.type === 'commentOnIssue');
      assert.deepEqual(
        [readMarkers('item', step.body), readMarkers('loop', step.body)],
        [[], [loopId(CLOSING, ORIGIN)]],
      );
    }),
  );
});
