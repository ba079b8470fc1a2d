import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversionOf, conversionsOf } from '../../../src/core/conversion.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import { signal } from '../../support/build.ts';

const url = 'https://github.example/Acme/App/issues/7';

function converted(id: string, signalIds: readonly string[]): JournalEntry {
  const issue = { repository: 'Acme/App', number: 7, url, title: 'Sync' };
  return { id, at: 1, signalIds, event: { type: 'converted', ...issue, timeboxMinutes: 240, priority: 'high' } };
}

const undone: JournalEntry = { id: 'u', at: 2, signalIds: [], event: { type: 'undone', entryId: 'a' } };

function issueOf(journal: readonly JournalEntry[], id: string): string | undefined {
  return conversionOf({ id, signals: [signal({ id })] }, conversionsOf(journal))?.url;
}

test('an issue that an item became is known as that when the item’s own signals are gone, however its repository is spelt', () => {
  const journal = [converted('a', ['slack:C01:1'])];
  assert.equal(issueOf(journal, 'slack:C01:1'), url);
  assert.equal(issueOf(journal, 'github:acme/app#7'), url);
  assert.equal(issueOf(journal, 'github:acme/app#8'), undefined);
});

test('a conversion that was taken back does not count, until there is another one', () => {
  const journal = [converted('a', ['slack:C01:1']), undone];
  assert.equal(issueOf(journal, 'slack:C01:1'), undefined);
  assert.equal(issueOf(journal, 'github:acme/app#7'), undefined);

  const again = [...journal, converted('b', ['slack:C01:2'])];
  assert.equal(issueOf(again, 'slack:C01:1'), undefined);
  assert.equal(issueOf(again, 'slack:C01:2'), url);
  assert.equal(issueOf(again, 'github:acme/app#7'), url);
});

test('the marker of an issue whose conversion was taken back here does not bring it back', () => {
  const thread = signal({ id: 'slack:C01:1' });
  const issue = signal({ id: 'github:acme/app#7', url, markers: [thread.id] });
  const item = { id: thread.id, signals: [thread, issue] } as const;
  assert.equal(conversionOf(item, conversionsOf([]))?.number, 7);
  assert.equal(conversionOf(item, conversionsOf([converted('a', [thread.id]), undone])), undefined);
});
