import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as z from 'zod/mini';
import { closingId, type PlannedIssues } from '../../../../src/core/closedLoop.ts';
import type { Closing } from '../../../../src/core/closing.ts';
import { writeMarker } from '../../../../src/core/marker.ts';
import { CLOSINGS_KEY, readEnds } from '../../../../src/services/github/closings.ts';
import { createGitHubSource } from '../../../../src/services/github/source.ts';
import { type SampleTeam, startSampleTeam } from '../../../team/sampleTeam.ts';
import { FakeGitHub, Followed, issue, LABEL_WATCH } from './fakeGitHub.ts';

const THREAD = 'slack:C01INT:1763000000.000100';
const BODY = `Planned.\n\n${writeMarker('item', THREAD)}`;
const BEFORE = '2026-11-18T09:00:00Z';
const CLOSED = '2026-11-18T10:00:00Z';

/** A row of a closed issue, with a marker in its body. */
function closedRow(number: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  const times = { closed_at: CLOSED, updated_at: CLOSED };
  return issue(number, { state: 'closed', state_reason: 'completed', body: BODY, ...times, ...over });
}

function node(
  number: number,
  events: readonly unknown[] = [],
  {
    said = [],
    comments = [],
    earliest = [],
  }: Partial<Record<'said' | 'comments' | 'earliest', readonly unknown[]>> = {},
): unknown {
  const lists = { said, comments, earliest, timelineItems: events };
  return {
    id: `I_${String(number)}`,
    ...Object.fromEntries(Object.entries(lists).map(([name, nodes]) => [name, { nodes }])),
  };
}

/** A comment with our markers of an item, as it is read for them. */
function naming(ids: readonly string[], authorAssociation = 'MEMBER'): object {
  return { authorAssociation, body: `Planned.\n\n${ids.map((id) => writeMarker('item', id)).join('\n')}` };
}

const closedEvent = (over: object = {}): object => ({
  __typename: 'ClosedEvent',
  createdAt: CLOSED,
  actor: { login: 'kai-sample' },
  closer: null,
  ...over,
});

const pull = (over: object = {}): object => ({
  __typename: 'PullRequest',
  number: 34,
  url: 'https://ghes.example/acme/app/pull/34',
  merged: true,
  milestone: null,
  ...over,
});

const reference = (source: object, willCloseTarget = true): object => ({
  __typename: 'CrossReferencedEvent',
  willCloseTarget,
  source,
});

class Repository {
  readonly fake = new FakeGitHub();
  readonly followed = new Followed();
  rows: readonly unknown[] = [];
  nodes: readonly unknown[] = [];

  constructor() {
    this.fake.on('GET /repos/acme/app/issues', ({ path }) => ({ body: path.includes('since=') ? this.rows : [] }));
    this.fake.on('POST /graphql', () => ({ body: { data: { nodes: this.nodes } } }));
  }

  async poll(
    planned: Partial<PlannedIssues> = {},
    watch = [LABEL_WATCH],
  ): Promise<ReadonlyMap<string, Closing | 'open'>> {
    // The client paces queries by address: as if a cycle had passed since the last one.
    const ports = { ...this.fake.ports(), apiUrl: new FakeGitHub().apiUrl };
    const source = createGitHubSource(ports, () => ({
      repositories: [],
      ids: new Set(),
      since: Number.POSITIVE_INFINITY,
      ...planned,
    }));
    this.followed.apply(await source.poll(this.followed.request(watch)));
    return readEnds(this.followed.memory.get(CLOSINGS_KEY));
  }

  /** One that has been read before. */
  static async open(): Promise<Repository> {
    const repository = new Repository();
    await repository.poll();
    repository.fake.take();
    return repository;
  }
}

async function closingOf(row: Record<string, unknown>, how: unknown): Promise<Closing> {
  const repository = await Repository.open();
  repository.rows = [row];
  repository.nodes = [how];
  const [closing, ...others] = [...(await repository.poll()).values()];
  assert.ok(closing !== undefined && closing !== 'open');
  assert.deepEqual(others, []);
  return closing;
}

test('an issue with our marker that is closed is known with what closed it, by one request more', async () => {
  const repository = await Repository.open();
  repository.rows = [closedRow(7), closedRow(8, { body: 'Nothing of ours.' }), closedRow(9, { pull: true })];
  repository.nodes = [node(7, [closedEvent({ closer: pull({ milestone: { title: 'v1.4' } }) })])];
  const ends = await repository.poll();

  assert.deepEqual([...ends.keys()], ['github:acme/app#7']);
  assert.deepEqual(ends.get('github:acme/app#7'), {
    issueId: 'github:acme/app#7',
    repository: 'acme/app',
    number: 7,
    url: 'https://ghes.example/acme/app/issues/7',
    title: 'Sync stops 7',
    closedAt: Date.parse(CLOSED),
    reason: 'completed',
    fix: { kind: 'pullRequest', name: 'acme/app#34', url: 'https://ghes.example/acme/app/pull/34' },
    version: 'v1.4',
    words: undefined,
    markers: [THREAD],
  });
  assert.deepEqual(
    repository.fake.take().map((line) => line.replace(/\?\S+/u, '')),
    ['GET /repos/acme/app/issues 200', 'POST /graphql 200'],
  );

  await repository.poll();
  assert.deepEqual(
    repository.fake.take().map((line) => line.replace(/\?\S+/u, '')),
    ['GET /repos/acme/app/issues 304'],
    'an unchanged cycle asks nothing more',
  );
});

for (const [name, events, expected] of [
  ['closed by hand', [closedEvent()], undefined],
  [
    'closed by a commit',
    [
      closedEvent({
        closer: {
          __typename: 'Commit',
          abbreviatedOid: 'abc1234',
          url: 'https://ghes.example/acme/app/commit/abc1234',
        },
      }),
    ],
    'abc1234',
  ],
  ['closed by hand after the merge of what would have closed it', [reference(pull()), closedEvent()], 'acme/app#34'],
  [
    'closed by a workflow of a board',
    [reference(pull()), closedEvent({ closer: { __typename: 'ProjectV2' } })],
    'acme/app#34',
  ],
  ['only mentioned by a merged pull request', [reference(pull(), false), closedEvent()], undefined],
  ['a pull request that is not merged', [reference(pull({ merged: false })), closedEvent()], undefined],
  [
    'closed twice',
    [
      closedEvent({ closer: pull({ number: 3, url: 'https://ghes.example/acme/app/pull/3' }) }),
      closedEvent({ closer: pull() }),
    ],
    'acme/app#34',
  ],
  [
    'closed by a merge, opened again and closed by hand',
    [reference(pull({ mergedAt: BEFORE })), closedEvent({ createdAt: BEFORE, closer: pull() }), closedEvent()],
    undefined,
  ],
  [
    'opened again, and closed by hand after the merge of what should have followed',
    [
      reference(pull({ mergedAt: BEFORE })),
      closedEvent({ createdAt: BEFORE, closer: pull() }),
      reference(pull({ number: 35, url: 'https://ghes.example/acme/app/pull/35', mergedAt: '2026-11-18T09:30:00Z' })),
      closedEvent(),
    ],
    'acme/app#35',
  ],
  [
    'closed twice, and nothing tells when what would have closed it was merged',
    [reference(pull()), closedEvent({ createdAt: BEFORE }), closedEvent()],
    undefined,
  ],
  [
    'an address that is no pull request',
    [closedEvent({ closer: pull({ url: 'https://ghes.example/acme/app/issues/34' }) })],
    undefined,
  ],
  ['an address with a script', [closedEvent({ closer: pull({ url: 'javascript:alert(1)' }) })], undefined],
  ['events that are damaged', [null, 3, { __typename: 'ClosedEvent' }, closedEvent({ closer: 'x' })], undefined],
] as const)
  test(`what settled it, ${name}: ${String(expected)}`, async () => {
    assert.equal((await closingOf(closedRow(7), node(7, events))).fix?.name, expected);
  });

test('an issue that was not planned has no fix, whatever was merged, and keeps the words of who closed it', async () => {
  const word = (login: string, at: string, bodyText: string): object => ({
    author: { login },
    createdAt: at,
    bodyText,
  });
  const how = node(7, [reference(pull()), closedEvent()], {
    said: [
      word('kai-sample', '2026-11-18T09:00:00Z', 'An hour before.'),
      word('kai-sample', '2026-11-18T09:59:58Z', 'The receiver\n\u202egoes away in March.'),
      word('rio-sample', '2026-11-18T10:00:01Z', 'Oh.'),
    ],
  });
  const closing = await closingOf(closedRow(7, { state_reason: 'not_planned' }), how);

  assert.deepEqual(
    [closing.reason, closing.fix, closing.words],
    ['notPlanned', undefined, 'The receiver goes away in March.'],
  );
});

for (const [title, expected] of [
  ['v1.4', 'v1.4'],
  ['2026.11.2', '2026.11.2'],
  ['1.4.0-rc.1', '1.4.0-rc.1'],
  ['Q4', undefined],
  ['v1.4 <!-- x -->', undefined],
  ['3', undefined],
] as const)
  test(`a milestone “${title}” says the version ${String(expected)}`, async () => {
    assert.equal((await closingOf(closedRow(7, { milestone: { title } }), node(7))).version, expected);
  });

test('a marker of somebody outside counts for nothing; a conversion in the journal counts without a marker', async () => {
  const repository = await Repository.open();
  repository.rows = [closedRow(7, { author_association: 'NONE' }), closedRow(8, { body: 'Planned itself.' })];
  const ends = await repository.poll({ ids: new Set(['github:acme/app#8']) });

  assert.deepEqual([...ends.keys()], ['github:acme/app#8']);
});

test('who waits for an issue is also told by the comments of insiders, in the request that is made anyway', async () => {
  const other = 'slack:C01INT:1763000009.000100';
  const stranger = 'slack:C01INT:1763000007.000100';
  const comments = [
    { authorAssociation: 'MEMBER', body: 'Nothing.' },
    naming([other, THREAD]),
    naming([stranger], 'NONE'),
    naming([stranger], 'CONTRIBUTOR'),
    { body: naming([stranger]) },
    null,
  ];
  const closing = await closingOf(closedRow(7), node(7, [closedEvent()], { comments }));
  assert.deepEqual(closing.markers, [THREAD, other]);
  const many = naming(Array.from({ length: 500 }, (_, index) => `slack:C01INT:1763000${String(index)}.000100`));
  assert.equal((await closingOf(closedRow(7), node(7, [], { comments: [many] }))).markers.length, 100);
});

/** The comment with which we close an issue to take back what made it. */
const takingBack = (over: object = {}): object => ({
  authorAssociation: 'MEMBER',
  createdAt: '2026-11-18T09:59:58Z',
  body: `This issue has been taken back.\n\n${writeMarker('undo', 'u:0')}`,
  ...over,
});

const OTHER = 'slack:C01INT:1763000009.000100';

for (const [name, row, events, comments, expected] of [
  ['closed with our word that it is', {}, [closedEvent()], [takingBack()], [true, []]],
  ['of which nothing tells when it was closed', {}, [], [takingBack()], [true, []]],
  ['to which somebody was added since', {}, [closedEvent()], [naming([OTHER]), takingBack()], [true, [OTHER]]],
  ['closed as done', { state_reason: 'completed' }, [closedEvent()], [takingBack()], [undefined, [THREAD]]],
  ['of which an outsider says so', {}, [], [takingBack({ authorAssociation: 'NONE' })], [undefined, [THREAD]]],
  ['of which it is said at no time', {}, [], [takingBack({ createdAt: 'soon' })], [undefined, [THREAD]]],
  ['closed with another word', {}, [], [takingBack({ body: writeMarker('reply', 'u:0') })], [undefined, [THREAD]]],
  [
    'opened again and closed by a person',
    {},
    [closedEvent({ createdAt: '2026-11-18T09:59:59Z' }), closedEvent()],
    [takingBack()],
    [undefined, [THREAD]],
  ],
] as const)
  test(`whether its conversion was taken back, an issue ${name}: ${String(expected[0] ?? false)}`, async () => {
    const closed = closedRow(7, { state_reason: 'not_planned', ...row });
    const { isTakenBack, markers } = await closingOf(closed, node(7, events, { comments }));
    assert.deepEqual([isTakenBack, markers], expected);
  });

test('an issue that was taken back is linked to nothing as long as it is closed, also once nobody asks about it', async () => {
  const repository = await Repository.open();
  const body = `From https://slack.example/archives/C01/p1.\n\n${writeMarker('item', THREAD)}`;
  const row = (over: object): Record<string, unknown> =>
    closedRow(7, { body, state_reason: 'not_planned', labels: [{ name: 'team/integrations' }], ...over });
  const references = async (over: object): Promise<readonly number[]> => {
    repository.rows = [row(over)];
    await repository.poll();
    const { names, mentions, markers } = repository.followed.known.get('github:acme/app#7') ?? {};
    return [names?.length ?? -1, mentions?.length ?? -1, markers?.length ?? -1];
  };
  const open = (updated_at: string): object => ({ state: 'open', closed_at: null, updated_at });
  const linked = await references(open('2026-11-18T09:00:00Z'));
  assert.deepEqual(linked.slice(1), [1, 1]);

  repository.fake.on('POST /graphql', { status: 0 });
  assert.deepEqual(await references({}), linked);
  repository.fake.on('POST /graphql', () => ({ body: { data: { nodes: repository.nodes } } }));
  repository.nodes = [node(7, [closedEvent()], { comments: [takingBack()] })];
  assert.deepEqual(await references({}), [0, 0, 0], 'it is asked in the next cycle');
  assert.deepEqual(await references({ updated_at: '2026-11-18T10:01:00Z' }), [0, 0, 0]);
  assert.deepEqual(await references(open('2026-11-18T10:05:00Z')), linked);
});

const PLANS = { repositories: ['Acme/App'] };
const unmarked = (number: number, over: object = {}): Record<string, unknown> =>
  closedRow(number, { body: 'A customer asks.', comments: 2, ...over });

test('an issue where we plan whose own text names nobody is asked about once, with the others, and is ours when a comment says so', async () => {
  const repository = await Repository.open();
  repository.rows = [
    unmarked(7),
    unmarked(8),
    unmarked(9, { comments: 0 }),
    unmarked(10, { pull: true }),
    closedRow(11),
  ];
  repository.nodes = [node(7, [closedEvent({ closer: pull() })], { comments: [naming([THREAD])] }), node(8), node(11)];
  const ends = await repository.poll(PLANS);
  assert.deepEqual([...ends.keys()].sort(), ['github:acme/app#11', 'github:acme/app#7']);
  const planned = ends.get('github:acme/app#7');
  assert.ok(planned !== undefined && planned !== 'open');
  assert.deepEqual([planned.markers, planned.fix?.name], [[THREAD], 'acme/app#34']);
  const [, asked, ...more] = repository.fake.sent.splice(0);
  assert.deepEqual(asked?.body, { ...Object(asked?.body), variables: { ids: ['I_11', 'I_7', 'I_8'] } });
  assert.deepEqual(more, []);

  await repository.poll(PLANS);
  repository.rows = [...repository.rows, unmarked(12, { state: 'open', closed_at: null, comments: 0 })];
  await repository.poll(PLANS);
  assert.deepEqual(
    repository.fake.take().map((line) => line.replace(/\?\S+/u, '')),
    ['GET /repos/acme/app/issues 304', 'GET /repos/acme/app/issues 200'],
    'it is asked about no more',
  );
});

test('elsewhere nobody asks what comments say', async () => {
  const repository = await Repository.open();
  repository.rows = [unmarked(7)];
  assert.equal((await repository.poll()).size, 0);
  assert.deepEqual(
    repository.fake.take().map((line) => line.replace(/\?\S+/u, '')),
    ['GET /repos/acme/app/issues 200'],
  );
});

test('who was named early waits for an issue of which was said so much since that the last comments name nobody', async () => {
  const comments = Array.from({ length: 100 }, () => ({ authorAssociation: 'MEMBER', body: 'Me too.' }));
  const repository = await Repository.open();
  repository.rows = [unmarked(7)];
  repository.nodes = [node(7, [closedEvent()], { comments, earliest: [naming([THREAD])] })];
  const [closing] = [...(await repository.poll(PLANS)).values()];
  assert.ok(closing !== undefined && closing !== 'open');
  assert.deepEqual(closing.markers, [THREAD]);
});

test('an issue that names nobody and is closed again is asked about again, and so is one that became ours since', async () => {
  const repository = await Repository.open();
  repository.rows = [unmarked(7), unmarked(8)];
  repository.nodes = [node(7), node(8)];
  assert.equal((await repository.poll(PLANS)).size, 0);
  const again = '2026-11-18T11:00:00Z';
  repository.rows = [unmarked(7, { closed_at: again, updated_at: again }), unmarked(8, { updated_at: again })];
  repository.nodes = [node(7, [], { comments: [naming([THREAD])] }), node(8)];
  const ends = await repository.poll({ ...PLANS, ids: new Set(['github:acme/app#8']) });
  assert.deepEqual([...ends.keys()].sort(), ['github:acme/app#7', 'github:acme/app#8']);
});

for (const [name, answer] of [
  ['not reached', { status: 0 }],
  ['put off', { status: 429, headers: { 'retry-after': '60' } }],
] as const)
  test(`where comments are ${name} they are asked for in the next cycle; opened again meanwhile it is no matter of ours`, async () => {
    const repository = await Repository.open();
    repository.rows = [unmarked(7), unmarked(8)];
    repository.fake.on('POST /graphql', answer);
    assert.equal((await repository.poll(PLANS)).size, 0);
    const nodes = [7, 8].map((number) => node(number, [], { comments: [naming([THREAD])] }));
    repository.fake.on('POST /graphql', { body: { data: { nodes } } });
    repository.rows = [
      unmarked(7),
      unmarked(8, { state: 'open', closed_at: null, updated_at: '2026-11-18T10:05:00Z' }),
    ];
    assert.deepEqual([...(await repository.poll(PLANS)).keys()], ['github:acme/app#7']);
  });

test('what was closed in bulk pushes nothing of ours out, and is asked about bit by bit', async () => {
  const repository = await Repository.open();
  repository.rows = [
    closedRow(7, { closed_at: '2026-11-18T09:00:00Z' }),
    ...Array.from({ length: 30 }, (_, at) => unmarked(100 + at)),
  ];
  for (let cycle = 0; cycle < 3; cycle += 1) {
    assert.deepEqual([...(await repository.poll(PLANS)).keys()], ['github:acme/app#7']);
  }
  assert.equal(repository.fake.take().filter((line) => line.startsWith('POST')).length, 2);
});

test('where the answer for all is too much for GitHub they are asked about one a cycle', async () => {
  const repository = await Repository.open();
  repository.rows = [unmarked(7), unmarked(8)];
  const nodes = new Map([7, 8].map((number) => [`I_${number}`, node(number, [], { comments: [naming([THREAD])] })]));
  repository.fake.on('POST /graphql', ({ body }) => {
    const { ids } = z.object({ variables: z.object({ ids: z.array(z.string()) }) }).parse(body).variables;
    return ids.length > 1 ? { status: 502, body: 'x' } : { body: { data: { nodes: ids.map((id) => nodes.get(id)) } } };
  });
  assert.equal((await repository.poll(PLANS)).size, 1);
  assert.equal((await repository.poll(PLANS)).size, 2);
});

/** As GitHub fails: by a status, or inside of an answer that is well. */
const FAULTS = [
  ['a 502', { status: 502, body: 'x' }],
  [
    'a fault in a 200',
    { body: { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] } },
  ],
] as const;

const undoneRow = (number: number): Record<string, unknown> => closedRow(number, { state_reason: 'not_planned' });
const undoneNode = (number: number): unknown => node(number, [closedEvent()], { comments: [takingBack()] });
const isTakenBack = (ends: ReadonlyMap<string, Closing | 'open'>, number: number): unknown => {
  const end = ends.get(`github:acme/app#${String(number)}`);
  return end === 'open' ? end : end && end.isTakenBack === true;
};

for (const [name, fault] of FAULTS)
  for (const times of [1, 59])
    test(`a conversion that was taken back is known as such although GitHub failed at first: ${name}, ${String(times)} times`, async () => {
      const repository = await Repository.open();
      repository.rows = [undoneRow(7)];
      repository.fake.on('POST /graphql', fault);
      for (let cycle = 0; cycle < times; cycle += 1) assert.equal((await repository.poll()).size, 0);
      repository.fake.on('POST /graphql', { body: { data: { nodes: [undoneNode(7)] } } });
      assert.equal(isTakenBack(await repository.poll(), 7), true);
      repository.fake.take();
      await repository.poll();
      assert.deepEqual(
        repository.fake.take().filter((line) => line.startsWith('POST')),
        [],
      );
    });

for (const [name, row, known] of [
  ['ours is told of as its own record has it', undoneRow(7), 1],
  ['of which only comments could tell is none of ours', unmarked(7), 0],
] as const)
  for (const [fault, answer] of FAULTS)
    test(`at which GitHub failed for an hour, asked once a minute, one ${name}: ${fault}`, async () => {
      const repository = await Repository.open();
      repository.rows = [row];
      repository.fake.on('POST /graphql', answer);
      for (let cycle = 1; cycle < 60; cycle += 1) assert.equal((await repository.poll(PLANS)).size, 0);
      assert.equal(isTakenBack(await repository.poll(PLANS), 7), known === 1 ? false : undefined);
      await repository.poll(PLANS);
      assert.equal(repository.fake.take().filter((line) => line.startsWith('POST')).length, 60);
    });

test('one at which GitHub always fails holds up no other, whichever comes first', async () => {
  for (const [bad, good] of [
    [7, 8],
    [8, 7],
  ] as const) {
    const repository = await Repository.open();
    repository.fake.on('POST /graphql', ({ body }) => {
      const { ids } = z.object({ variables: z.object({ ids: z.array(z.string()) }) }).parse(body).variables;
      if (ids.includes(`I_${String(bad)}`)) return { status: 502, body: 'x' };
      return { body: { data: { nodes: [undoneNode(good), undoneNode(9)] } } };
    });
    repository.rows = [undoneRow(7), undoneRow(8)];
    await repository.poll();
    const ends = await repository.poll();
    assert.deepEqual([isTakenBack(ends, good), isTakenBack(ends, bad)], [true, undefined]);
    repository.rows = [...repository.rows, undoneRow(9)];
    assert.equal(isTakenBack(await repository.poll(), 9), true, 'what is new comes before it');
  }
});

test('what was closed in bulk is asked about many at a time also while GitHub fails at one', async () => {
  const repository = await Repository.open();
  repository.fake.on('POST /graphql', { status: 502, body: 'x' });
  repository.rows = [undoneRow(7)];
  await repository.poll(PLANS);
  const bulk = Array.from({ length: 40 }, (_, at) => unmarked(100 + at));
  const asked: number[] = [];
  repository.fake.on('POST /graphql', ({ body }) => {
    const { ids } = z.object({ variables: z.object({ ids: z.array(z.string()) }) }).parse(body).variables;
    asked.push(ids.length);
    return ids.includes('I_7') ? { status: 502, body: 'x' } : { body: { data: { nodes: [] } } };
  });
  repository.rows = [undoneRow(7), ...bulk];
  for (let cycle = 0; cycle < 3; cycle += 1) await repository.poll(PLANS);
  assert.deepEqual(asked, [20, 20, 1]);
});

test('one that is opened again is known to be open, and closed again it is another closing', async () => {
  const repository = await Repository.open();
  repository.rows = [closedRow(7)];
  await repository.poll();
  repository.rows = [closedRow(7, { state: 'open', closed_at: null, updated_at: '2026-11-18T10:05:00Z' })];
  assert.deepEqual([...(await repository.poll())], [['github:acme/app#7', 'open']]);

  const again = '2026-11-18T11:00:00Z';
  repository.rows = [closedRow(7, { closed_at: again, updated_at: again })];
  const [closing] = [...(await repository.poll()).values()];
  assert.ok(closing !== undefined && closing !== 'open');
  assert.equal(closingId(closing), `github:acme/app#7@${String(Date.parse(again))}`);
});

test('what was closed before anybody is told of it any more is no matter of this shift; what sources look back to always is', async () => {
  const at = '2026-11-10T10:00:00Z';
  const from = Date.parse(at);
  for (const [since, expected] of [
    [from + 1, 0],
    [from, 1],
  ] as const) {
    const repository = await Repository.open();
    repository.rows = [closedRow(7, { closed_at: at, updated_at: CLOSED })];
    assert.equal((await repository.poll({ since })).size, expected);
    repository.rows = [...repository.rows, closedRow(8)];
    assert.equal((await repository.poll({ since: Date.parse(CLOSED) + 1 })).size, expected + 1);
  }
});

test('of what was closed as long ago and names nobody it is asked once, too', async () => {
  const repository = await Repository.open();
  const since = Date.parse('2026-11-10T10:00:00Z');
  repository.rows = [unmarked(7, { closed_at: '2026-11-10T10:00:00Z' })];
  for (let cycle = 0; cycle < 2; cycle += 1) await repository.poll({ ...PLANS, since });
  repository.rows = [...repository.rows, unmarked(8, { comments: 0 })];
  await repository.poll({ ...PLANS, since });
  assert.equal(repository.fake.take().filter((line) => line.startsWith('POST')).length, 1);
});

for (const [name, answer, expected] of [
  ['refused', { body: { data: null, errors: [{ type: 'FORBIDDEN', message: 'no' }] } }, 1],
  ['unreadable', { body: { data: { nodes: 'x' } } }, 1],
  ['not reached', { status: 0 }, 0],
  ['put off', { status: 429, headers: { 'retry-after': '60' } }, 0],
] as const)
  test(`where how it was closed is ${name}, ${expected === 1 ? 'its own record tells' : 'it is asked in the next cycle'}`, async () => {
    const repository = await Repository.open();
    repository.rows = [closedRow(7)];
    repository.fake.on('POST /graphql', answer);
    assert.equal((await repository.poll()).size, expected);

    repository.fake.on('POST /graphql', { body: { data: { nodes: [node(7)] } } });
    assert.equal((await repository.poll()).size, 1);
  });

test('a repository that only holds planned issues is one request more, and no more than two are asked', async () => {
  const repository = new Repository();
  for (const name of ['plans', 'more', 'most']) repository.fake.on(`GET /repos/acme/${name}/issues`, { body: [] });
  const planned = { repositories: ['acme/plans', 'Acme/App', 'acme/more', 'acme/most'] };
  await repository.poll(planned);
  await repository.poll(planned);
  repository.fake.take();
  await repository.poll(planned);

  assert.deepEqual(
    repository.fake.take().map((line) => line.replace(/\?\S+/u, '')),
    ['acme/app', 'acme/plans', 'acme/more'].map((name) => `GET /repos/${name}/issues 304`),
  );
  assert.equal(repository.followed.known.size, 0, 'nothing of it is watched');
});

test('damaged memory is as none', () => {
  for (const damaged of [undefined, 3, [], { x: { at: 'soon' } }, { x: { at: 1, closing: { issueId: 3 } } }])
    assert.equal(readEnds(damaged).size, 0);
});

let team: SampleTeam;
before(async () => {
  team = await startSampleTeam();
});
after(() => team.stop());

test('the sample team: what closes an issue is read by a query that GitHub’s own schema takes', async () => {
  const { log } = new FakeGitHub().ports();
  const ports = { token: async () => team.githubToken, now: () => team.now(), apiUrl: team.githubUrl, log };
  const { number } = await team.github.openIssue('acme/app', { title: 'Planned', body: BODY, by: 'Kai' });
  const followed = new Followed();
  const poll = async (): Promise<readonly (Closing | 'open')[]> => {
    const request = followed.request([LABEL_WATCH], { since: team.now() - 86_400_000 });
    followed.apply(await createGitHubSource(ports).poll(request));
    return [...readEnds(followed.memory.get(CLOSINGS_KEY)).values()];
  };
  assert.deepEqual(await poll(), []);

  const fix = await team.github.openPullRequest('acme/app', {
    title: 'Reuse it',
    body: `Fixes #${String(number)}`,
    by: 'Kai',
  });
  await team.github.mergePullRequest('acme/app', fix.number, { by: 'Mika' });
  const [closing] = await poll();
  assert.ok(closing !== undefined && closing !== 'open');
  assert.deepEqual(
    [closing.number, closing.reason, closing.fix?.name],
    [number, 'completed', `acme/app#${String(fix.number)}`],
  );
});
