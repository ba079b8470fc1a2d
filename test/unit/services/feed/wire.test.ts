import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FeedWatch } from '../../../../src/core/team.ts';
import { parseFeed } from '../../../../src/services/feed/wire.ts';
import { ServiceError } from '../../../../src/services/service.ts';

function mapping(over: Partial<FeedWatch> = {}): FeedWatch {
  return {
    id: 'feed:Checks',
    service: 'feed',
    name: 'Checks',
    url: 'https://checks.example/api/failing?team=a',
    items: undefined,
    fields: {
      id: ['id'],
      title: ['title'],
      url: ['url', '/checks/{id}'],
      state: ['state'],
      startedAt: ['at'],
      count: ['count'],
      labels: ['labels', 'kind'],
    },
    closed: ['Done'],
    quiet: ['muted'],
    respondWithinMinutes: undefined,
    ...over,
  };
}

const GOOD = { id: 'a', title: 'Backup is late', url: 'https://checks.example/a' };

const BROKEN: readonly [string, unknown][] = [
  ['null', null],
  ['a string', 'record'],
  ['a list', [GOOD]],
  ['no id', { ...GOOD, id: undefined }],
  ['an id that is a group', { ...GOOD, id: {} }],
  ['an empty id', { ...GOOD, id: ' ' }],
  ['an id of 10 MB', { ...GOOD, id: 'a'.repeat(10_000_000) }],
  ['no title', { ...GOOD, title: undefined }],
  ['a title that is a list', { ...GOOD, title: ['x'] }],
  ['a title of characters that cannot be seen', { ...GOOD, title: '\u202e\u200b' }],
  ['an address that is a script', { ...GOOD, url: 'javascript:alert(1)' }],
  ['an address that is a command', { ...GOOD, url: 'command:responder.signOut' }],
  ['an address with a password', { ...GOOD, url: 'https://a:b@checks.example/' }],
  ['an address that is none', { ...GOOD, url: 'https://' }],
];

for (const [name, record] of BROKEN)
  test(`a record that is broken is skipped and takes no other with it: ${name}`, () => {
    const { records, skipped } = parseFeed([record, GOOD], mapping());

    assert.deepEqual(
      records.map(({ id }) => id),
      ['a'],
    );
    assert.equal(skipped.length, 1);
    assert.ok((skipped[0]?.problem.length ?? 0) < 200);
  });

test('a record that cannot be read, but has an id, is told to be there', () => {
  assert.deepEqual(parseFeed([{ ...GOOD, title: '' }], mapping()).unread, ['a']);
});

test('titles are one line without what disguises them, addresses may be relative or made of values', () => {
  const title = `Backup\n<b>is</b> \u202elate${'x'.repeat(10_000_000)}`;
  const [first, second] = parseFeed(
    [
      { ...GOOD, title, url: '../a?b=c' },
      { id: 'b/../../c?d', title: 'B' },
    ],
    mapping(),
  ).records;

  assert.match(first?.title ?? '', /^Backup <b>is<\/b> late/u);
  assert.ok((first?.title.length ?? 0) <= 200);
  assert.equal(first?.url, 'https://checks.example/a?b=c');
  assert.equal(second?.url, 'https://checks.example/checks/b%2F..%2F..%2Fc%3Fd');
});

const TIMES: readonly [unknown, number | undefined][] = [
  ['2026-11-16T09:00:00Z', Date.UTC(2026, 10, 16, 9)],
  [1_794_819_600, 1_794_819_600_000],
  [1_794_819_600_123, 1_794_819_600_123],
  ['1794819600', 1_794_819_600_000],
  [1_794_819_600.5, 1_794_819_600_500],
  ['soon', undefined],
  [-5, undefined],
  [0, undefined],
  [1e300, undefined],
  [null, undefined],
  [{}, undefined],
];

test('a time is ISO 8601, or seconds or milliseconds', () => {
  for (const [at, expected] of TIMES)
    assert.equal(parseFeed([{ ...GOOD, at }], mapping()).records[0]?.startedAt, expected, String(at));
});

test('states that the mapping names are closed or quiet, in any case; others are open', () => {
  const states = ['done', 'DONE', 'Muted', 'firing', '', undefined, 7, null];
  const { records } = parseFeed(
    states.map((state, id) => ({ ...GOOD, id, state })),
    mapping(),
  );

  assert.deepEqual(
    records.map(({ state }) => state),
    ['closed', 'closed', 'quiet', ...Array.from({ length: 5 }, () => 'open')],
  );
});

test('counts are whole numbers of one or more', () => {
  const counts: readonly [unknown, number][] = [
    [7, 7],
    ['128', 128],
    [2.9, 2],
    [0, 1],
    [-3, 1],
    ['many', 1],
    [1e300, 1e9],
  ];
  for (const [count, expected] of counts)
    assert.equal(parseFeed([{ ...GOOD, count }], mapping()).records[0]?.count, expected);
});

test('labels come from lists, groups and words, each once and not without end', () => {
  const labelsOf = (labels: unknown, kind?: unknown): readonly string[] | undefined =>
    parseFeed([{ ...GOOD, labels, kind }], mapping()).records[0]?.labels;

  assert.deepEqual(labelsOf(['a', 'a', 7, { name: 'b' }, { key: 'level', value: 'error' }, null, {}], 'c'), [
    'a',
    '7',
    'b',
    'level:error',
    'c',
  ]);
  assert.deepEqual(labelsOf({ severity: 'high', team: { a: 1 } }), ['severity:high']);
  assert.equal(labelsOf(Array.from({ length: 1e5 }, (_, index) => `l${index}`))?.length, 32);
});

test('no path reaches what the data does not hold itself', () => {
  const at = (path: string): number =>
    parseFeed([GOOD], mapping({ fields: { ...mapping().fields, id: [path] } })).records.length;
  for (const path of ['constructor.name', '__proto__.constructor.name', 'title.length', 'toString'])
    assert.equal(at(path), 0);
});

test('a list is where the mapping says, or there is none', () => {
  assert.equal(parseFeed({ data: [{ list: [GOOD] }] }, mapping({ items: 'data[0].list' })).records.length, 1);
  for (const body of [{}, null, 'list', { data: {} }, { data: [{ list: { length: 1 } }] }])
    assert.throws(() => parseFeed(body, mapping({ items: 'data[0].list' })), isBadResponse);
});

test('a list of more than a thousand is cut, and says so', () => {
  const read = parseFeed(
    Array.from({ length: 1500 }, (_, id) => ({ ...GOOD, id })),
    mapping(),
  );

  assert.equal(read.records.length, 1000);
  assert.equal(read.isWhole, false);
  assert.match(read.skipped.at(-1)?.problem ?? '', /^500 records/u);
});

test('whatever JSON comes, it is read or refused as a bad response', () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  const record = fc.record(
    { id: value, title: value, url: value, state: value, at: value, count: value, labels: value, kind: value },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(value, fc.array(fc.oneof(value, record))), (body) => {
      try {
        const { records, skipped } = parseFeed(body, mapping());
        assert.equal(records.length + skipped.length, Array.isArray(body) ? body.length : 0);
        for (const each of records) assert.match(each.url, /^https?:\/\//u);
      } catch (error) {
        assert.ok(isBadResponse(error), String(error));
      }
    }),
    { numRuns: 500 },
  );
});

function isBadResponse(error: unknown): boolean {
  return error instanceof ServiceError && error.reason === 'badResponse';
}
