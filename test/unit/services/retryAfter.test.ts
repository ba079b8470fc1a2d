import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byOurClock, retryAfter, waitEnd } from '../../../src/services/retryAfter.ts';

const NOW = Date.UTC(2026, 10, 18, 12);
const LONGEST = 61 * 60_000;

/** What is waited for, ms; undefined when the header says nothing. */
const CASES: readonly (readonly [name: string, header: string | undefined, waitMs: number | undefined])[] = [
  ['nothing', undefined, undefined],
  ['seconds', '120', 120_000],
  ['a part of a second', '2.5', 2500],
  ['blanks around', '  30  ', 30_000],
  ['zero', '0', 1000],
  ['a date', 'Wed, 18 Nov 2026 12:01:30 GMT', 90_000],
  ['a date in the words of RFC 850', 'Wednesday, 18-Nov-26 12:01:30 GMT', 90_000],
  ['a date in the words of asctime', 'Wed Nov 18 12:01:30 2026', 90_000],
  ['an early day in the words of asctime', 'Wed Nov  4 12:01:30 2026', 1000],
  ['a date that is past', 'Sun, 06 Nov 1994 08:49:37 GMT', 1000],
  ['a date that is now', 'Wed, 18 Nov 2026 12:00:00 GMT', 1000],
  ['a date of years to come', 'Fri, 31 Dec 9999 23:59:59 GMT', LONGEST],
  ['years', '99999999', LONGEST],
  ['more than any number', '9'.repeat(5000), LONGEST],
  ['less than nothing', '-5', undefined],
  ['no number', 'NaN', undefined],
  ['no end', 'Infinity', undefined],
  ['another notation', '0x10', undefined],
  ['a power', '1e3', undefined],
  ['empty', '', undefined],
  ['two values', '5, 10', undefined],
  ['a word with a number, which some parsers take for a year', 'soon 2030', undefined],
  ['a day alone', '2026-11-18', undefined],
  ['a date of another zone', 'Wed, 18 Nov 2026 12:01:30 +0100', undefined],
  ['a day that there is not', 'Wed, 99 Nov 2026 12:01:30 GMT', undefined],
  ['an hour that there is not', 'Wed, 18 Nov 2026 77:01:30 GMT', undefined],
  ['a month that there is not', 'Wed, 18 Foo 2026 12:01:30 GMT', undefined],
  ['a page', `<html>${' '.repeat(10_000)}`, undefined],
];

for (const [name, header, waitMs] of CASES)
  test(`Retry-After: ${name}`, () => {
    const at = retryAfter(new Headers(header === undefined ? {} : { 'retry-after': header }), NOW);
    assert.equal(at, waitMs === undefined ? undefined : NOW + waitMs);
  });

test('a date is measured against the clock of the server that says it', () => {
  const headers = { 'retry-after': 'Wed, 18 Nov 2026 11:02:00 GMT', date: 'Wed, 18 Nov 2026 11:00:00 GMT' };
  assert.equal(retryAfter(new Headers(headers), NOW), NOW + 120_000);
  assert.equal(retryAfter(new Headers({ ...headers, date: 'soon 2030' }), NOW), NOW + 1000, 'else against our own');
  assert.equal(byOurClock(Date.UTC(2026, 10, 18, 11, 2), new Headers(headers), NOW), NOW + 120_000);
});

test('no header is waited for longer than an hour and a minute, nor asks for an hour that is past', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  fc.assert(
    fc.property(hostile, hostile, (text, date) => {
      const headers = new Headers();
      for (const [name, value] of Object.entries({ 'retry-after': text, date }))
        if (/^[\x20-\x7e]*$/u.test(value)) headers.set(name, value);
      const at = retryAfter(headers, NOW);
      assert.ok(at === undefined || (at >= NOW + 1000 && at <= NOW + LONGEST));
    }),
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (seconds) => {
      const at = waitEnd(seconds, NOW);
      assert.ok(at >= NOW + 1000 && at <= NOW + LONGEST);
    }),
  );
});
