// Drafting the handoff notes from the record.
import { draftHandoff } from '../../src/core/handoffDraft.ts';
import type { JournalEntry } from '../../src/core/journal.ts';
import { linkSignals } from '../../src/core/linking.ts';
import { team } from '../support/build.ts';
import type { BenchRow } from './benchRow.ts';
import { interleaved, ratioRow } from './measure.ts';
import { signals } from './samples.ts';

const SHIFT = { from: Date.UTC(2026, 10, 16, 8), to: Date.UTC(2026, 10, 23, 8), name: 'Noor', shadow: undefined };

export async function rows(): Promise<readonly BenchRow[]> {
  const found: BenchRow[] = [];
  for (const count of [200, 2000]) {
    const items = linkSignals(signals(Math.round(count * 1.1))).slice(0, count);
    const journal = items.filter((_, index) => index % 10 === 0).map(({ id }, index) => conversion(id, index));
    const input = { items, journal, team: team(), shift: SHIFT, next: undefined, now: SHIFT.to };
    const times = await interleaved({ ours: () => draftHandoff(input), reference: () => JSON.stringify(items) });
    found.push(ratioRow(`handoff notes of ${count} items ÷ JSON.stringify of them`, times, 2));
  }
  return found;
}

function conversion(signalId: string, index: number): JournalEntry {
  const url = `https://services.example/acme/app/issues/${index}`;
  const issue = { repository: 'acme/app', number: index, url, title: `Sync stops ${index}` };
  return {
    at: SHIFT.from + index * 60_000,
    id: signalId,
    signalIds: [signalId],
    event: { type: 'converted', ...issue, timeboxMinutes: 240, priority: 'high' },
  };
}
