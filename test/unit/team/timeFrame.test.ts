import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTimeFrame } from '../../../src/team/timeFrame.ts';

function shown(text: string): string | undefined {
  const frame = readTimeFrame(text);
  const days = [frame?.first, frame?.last].map((day) => day && [day.year ?? '?', day.month, day.day].join('/'));
  return frame && days.join(' to ');
}

test('a time frame is read however people write it', () => {
  const cases: readonly [string, string][] = [
    ['Sept 26–Oct 3', '?/9/26 to ?/10/3'],
    ['Sep 26 - Oct 3, 2026', '?/9/26 to 2026/10/3'],
    ['26 Sept – 3 Oct', '?/9/26 to ?/10/3'],
    ['26th of September — 3rd October 2026', '?/9/26 to 2026/10/3'],
    ['2026-09-26 – 2026-10-03', '2026/9/26 to 2026/10/3'],
    ['2026-09-26 - 2026-10-03', '2026/9/26 to 2026/10/3'],
    ['2026-09-26-2026-10-03', '2026/9/26 to 2026/10/3'],
    ['2026/09/26 to 2026/10/03', '2026/9/26 to 2026/10/3'],
    ['Dec 28–Jan 4', '?/12/28 to ?/1/4'],
    ['Nov 16–23', '?/11/16 to ?/11/23'],
    ['16–23 Nov', '?/11/16 to ?/11/23'],
    ['16.–23. Nov. 2026', '?/11/16 to 2026/11/23'],
    ['26.9.–3.10.2026', '?/9/26 to 2026/10/3'],
    ['Nov 16th to 23rd', '?/11/16 to ?/11/23'],
    ['Mon, Nov 16 – Mon, Nov 23', '?/11/16 to ?/11/23'],
    ['Monday Nov 16 → Monday Nov 23', '?/11/16 to ?/11/23'],
    ['From March 1 until April 2', '?/3/1 to ?/4/2'],
    ['NOV 16‑NOV 23', '?/11/16 to ?/11/23'],
    ['Week of Nov 16', '?/11/16 to '],
    ['May 4, 2026 .. May 11, 2026', '2026/5/4 to 2026/5/11'],
  ];
  for (const [text, expected] of cases) assert.equal(shown(text), expected, text);
});

test('what could mean several things, or nothing, is no time frame', () => {
  const cases = [
    '',
    'soon',
    '9/26–10/3',
    'Sept–Oct',
    '26–3',
    'Nov 16–23–30',
    'Nov 16–later',
    'Novel 16–23',
    'Marble 3–4',
    '13.13.–14.13.',
    'Q4',
    '–',
    '2026',
  ];
  for (const text of cases) assert.equal(readTimeFrame(text), undefined, text);
});

test('no text is too strange', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void readTimeFrame(text)));
});
