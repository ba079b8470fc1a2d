import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JOURNAL_SCHEMA, journalLines } from '../../../src/core/journalExport.ts';
import { arbitraryJournal } from './journalSamples.ts';

test('what is exported is the journal, line by line, whatever it holds', () => {
  fc.assert(
    fc.property(arbitraryJournal, fc.string(), (journal, team) => {
      const lines = [...journalLines({ journal, team, exportedAt: 5 })];
      for (const line of lines) assert.ok(!line.includes('\n'));
      const [head, ...entries] = lines.map((line) => JSON.parse(line));
      assert.deepEqual(head, {
        type: 'responder-duty journal',
        schema: JOURNAL_SCHEMA,
        team,
        exportedAt: 5,
        entries: journal.length,
      });
      // A field that is undefined is not written.
      assert.deepEqual(entries, JSON.parse(JSON.stringify(journal)));
    }),
  );
});
