import fc from 'fast-check';
import type { JournalEntry, JournalEvent } from '../../../src/core/journal.ts';
import type { Attempted } from '../../../src/core/journalView.ts';

export const SIGNALS = ['github:acme/app#1', 'slack:C01:1700000000.000100', 'alertmanager:ab12'];

export function entry(id: string, at: number, event: JournalEvent, over: Partial<JournalEntry> = {}): JournalEntry {
  return { id, at, signalIds: [SIGNALS[0] ?? ''], event, ...over };
}

/** A try of a reply of one step, unless told otherwise. */
export function tried(proposalId: string, over: Partial<Attempted> = {}): Attempted {
  return {
    type: 'attempted',
    proposalId,
    kind: 'reply',
    title: 'Customer behind a proxy',
    step: 0,
    steps: 1,
    write: 'replyInThread',
    result: 'done',
    url: undefined,
    reason: undefined,
    ...over,
  };
}

const PROPOSALS = ['p', 'q', 'act/0'];

const arbitraryEvent: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc.constantFrom<JournalEvent>(
    { type: 'claimed' },
    { type: 'done' },
    { type: 'noted', text: 'ask Ines' },
    { type: 'checked', watchId: 'slack:channel:integrations' },
    { type: 'handoffPosted', handoffId: 'h', where: 'slack', url: 'https://slack.example/p1' },
  ),
  fc
    .constantFrom('p', 'q:converted', 'act/0', 'act/1', 'nobody')
    .map((entryId) => ({ type: 'undone', entryId }) as const),
  fc
    .record({
      proposalId: fc.constantFrom(...PROPOSALS),
      result: fc.constantFrom('done', 'found', 'failed'),
      step: fc.nat(2),
      steps: fc.integer({ min: 1, max: 3 }),
    })
    .map((over) => tried(over.proposalId, over)),
);

/** Entries of some acts and writes, in order of time, of which many are of one moment. Ids are mostly unique. */
export const arbitraryJournal: fc.Arbitrary<readonly JournalEntry[]> = fc
  .array(
    fc.record({
      at: fc.nat(5),
      signalIds: fc.subarray(SIGNALS),
      event: arbitraryEvent,
      id: fc.oneof(
        fc.uuid(),
        fc.uuid(),
        fc.constantFrom('p', 'p:converted', 'q:converted', 'q:undone/p', 'act/0', 'act/1'),
      ),
    }),
    { maxLength: 25 },
  )
  .map((entries) => entries.toSorted((a, b) => a.at - b.at));
