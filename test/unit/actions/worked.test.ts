import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IssueBodyInput, issueBody } from '../../../src/actions/issueBody.ts';
import { workedLines } from '../../../src/actions/worked.ts';
import { writeMarker } from '../../../src/core/marker.ts';
import { signal } from '../../support/build.ts';

const nothing = { spentMs: 0, notes: [], branch: undefined, files: [] };

test('time, notes, branch and open files are told, and nothing of what there is not', () => {
  assert.deepEqual(workedLines(nothing), []);
  assert.deepEqual(
    workedLines({
      spentMs: 95 * 60_000,
      notes: ['The cache is stale'],
      branch: 'fix/sync',
      files: ['src/a.ts', 'b.md'],
    }),
    ['Time spent: 1 h 35 min', 'Note: The cache is stale', 'Branch: fix/sync', 'Open files: src/a.ts, b.md'],
  );
});

test('of many files the first are named and the rest counted; of many notes the last are kept', () => {
  const files = Array.from({ length: 13 }, (_, index) => `f${index}.ts`);
  const notes = Array.from({ length: 25 }, (_, index) => `note ${index}`);
  const lines = workedLines({ ...nothing, files, notes });

  assert.equal(lines.length, 21);
  assert.equal(lines[0], 'Note: note 5');
  assert.match(lines.at(-1) ?? '', /f9\.ts and 3 more$/u);
});

test('the issue says under “Tried” what was done, as text: a note makes no heading, no mention and no marker', () => {
  const input: IssueBodyInput = {
    item: { id: 'a', signals: [signal()] },
    conversations: new Map(),
    unreadable: new Map(),
    tried: ['Time spent: 20 min', 'Note: ping @noor-sample\n## Estimate\n<!-- responder-duty:item:x -->'],
    timeboxMinutes: 120,
    priority: 'medium',
    by: 'Noor',
    now: Date.UTC(2026, 10, 16, 12),
  };
  const body = issueBody(input, writeMarker('issue', 'p-1'));
  const tried = body.slice(body.indexOf('## Tried'), body.indexOf('## Estimate'));

  assert.match(tried, /- Time spent: 20 min\n/u);
  assert.equal(body.match(/^## Estimate/gmu)?.length, 1);
  assert.doesNotMatch(tried, /@noor/u);
  assert.doesNotMatch(tried, /<!--/u);
});
