import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { knownIssues, matterOf } from '../../../src/core/knownIssues.ts';
import {
  errorLines,
  type IssueCandidate,
  type Matter,
  mostSimilar,
  type SimilarReason,
  tellingWords,
} from '../../../src/core/similar.ts';
import { signal } from '../../support/build.ts';

const THREAD = 'https://acme.slack.example/archives/c01/p1763370000000100';

function matter(over: Partial<Matter> = {}): Matter {
  return {
    title: 'Deliveries to one receiver fail with 421 since noon',
    text: '',
    names: [],
    mentions: [],
    alertNames: [],
    own: [],
    ...over,
  };
}

function issue(number: number, over: Partial<IssueCandidate> = {}): IssueCandidate {
  return {
    repository: 'acme/app',
    number,
    url: `https://github.example/acme/app/issues/${String(number)}`,
    title: 'Invoice PDF has no page numbers',
    state: 'open',
    text: '',
    mentions: [],
    ...over,
  };
}

function reasons(wanted: Matter, candidate: IssueCandidate): readonly SimilarReason['type'][] {
  return mostSimilar(wanted, [candidate]).flatMap((each) => each.reasons.map(({ type }) => type));
}

const cases: readonly (readonly [
  string,
  Partial<Matter>,
  Partial<IssueCandidate>,
  readonly SimilarReason['type'][],
])[] = [
  ['nothing in common', {}, {}, []],
  [
    'the same title in other letters',
    {},
    { title: '  deliveries to ONE receiver fail with 421  since noon' },
    ['sameTitle'],
  ],
  ['other endings and order', {}, { title: 'Delivery to one receiver fails: 421 since noon' }, ['title']],
  ['one everyday word', {}, { title: 'Say how often a failed delivery is tried again' }, []],
  ['it links the thread', { names: [THREAD] }, { mentions: [THREAD] }, ['link']],
  ['the thread links it', { mentions: ['https://github.example/acme/app/issues/7'] }, {}, ['link']],
  [
    'both link one run',
    { mentions: ['https://ci.example/acme/app/runs/9'] },
    { mentions: ['https://ci.example/acme/app/runs/9'] },
    ['link'],
  ],
  ['both link a site', { mentions: ['https://ci.example/acme'] }, { mentions: ['https://ci.example/acme'] }, []],
  [
    'one error at two times',
    { text: 'we saw:\n2026-11-17 10:02:11 TypeError: cannot read "id" of undefined at job 4711' },
    { text: '```\n2026-10-02 08:00:00 TypeError: cannot read "id" of undefined at job 12\n```' },
    ['errorLine'],
  ],
  ['two short lines', { text: 'error 500' }, { text: 'error 502' }, []],
  ['the same alert', { alertNames: ['SyncQueueStuck'] }, { text: 'Fired again: SyncQueueStuck (eu).' }, ['alert']],
  ['an alert of another name', { alertNames: ['SyncQueueStuck'] }, { text: 'SyncQueueStuckEu' }, []],
  ['a name that is an everyday word', { alertNames: ['Up'] }, { text: 'Up to now' }, []],
  ['an empty title', { title: '' }, { title: '' }, []],
];

for (const [name, wanted, candidate, expected] of cases) {
  test(`similar: ${name}`, () => {
    assert.deepEqual(reasons(matter(wanted), issue(7, candidate)), expected);
  });
}

test('an item is no duplicate of itself', () => {
  const { title } = matter();
  assert.deepEqual(mostSimilar(matter({ own: ['acme/app#7'] }), [issue(7, { title, repository: 'Acme/App' })]), []);
});

test('at most three, the likeliest first, open before closed', () => {
  const wanted = matter({ names: [THREAD], alertNames: ['SyncQueueStuck'] });
  const found = mostSimilar(wanted, [
    issue(1, { text: 'SyncQueueStuck' }),
    issue(2, { mentions: [THREAD], state: 'closed' }),
    issue(3, { mentions: [THREAD] }),
    issue(4, { title: wanted.title }),
    issue(5, { mentions: [THREAD], text: 'SyncQueueStuck' }),
  ]);
  assert.deepEqual(
    found.map(({ candidate }) => candidate.number),
    [4, 5, 3],
  );
});

test('an issue that two know of is offered once, as whoever knows more of it', () => {
  const { title } = matter();
  const [only, ...others] = mostSimilar(matter(), [
    issue(4, { title, state: undefined }),
    issue(4, { title, state: 'closed', text: 'more', repository: 'ACME/app' }),
  ]);
  assert.equal(only?.candidate.state, 'closed');
  assert.deepEqual(others, []);
});

const words = fc.array(fc.constantFrom('sync', 'stops', 'webhook', 'delivery', 'import', 'alert', 'hour', 'late'), {
  maxLength: 6,
});
const texts = fc.oneof(
  words.map((list) => list.join(' ')),
  fc.string(),
);
const candidates = fc.array(
  fc.record({
    repository: fc.constantFrom('acme/app', 'Acme/App'),
    number: fc.integer({ min: 1, max: 12 }),
    url: fc.constantFrom('https://github.example/acme/app/issues/7', 'not an address'),
    title: texts,
    state: fc.constantFrom('open', 'closed', undefined),
    text: texts,
    mentions: fc.subarray([THREAD, 'https://ci.example/acme/app/runs/9']),
  }),
  { maxLength: 12 },
);
const matters = fc.record({
  title: texts,
  text: texts,
  names: fc.subarray([THREAD]),
  mentions: fc.subarray(['https://ci.example/acme/app/runs/9']),
  alertNames: fc.subarray(['webhook']),
  own: fc.subarray(['acme/app#1']),
});

test('the order of the candidates does not matter', () => {
  fc.assert(
    fc.property(matters, candidates, fc.nat(), (wanted, list, turn) => {
      const at = list.length === 0 ? 0 : turn % list.length;
      const turned = [...list.slice(at), ...list.slice(0, at)].reverse();
      assert.deepEqual(mostSimilar(wanted, turned), mostSimilar(wanted, list));
    }),
  );
});

test('an issue of the same title is always found, and first', () => {
  fc.assert(
    fc.property(matters, candidates, (wanted, list) => {
      fc.pre(wanted.title.normalize('NFKC').trim() !== '');
      const others = list.filter(({ title }) => title.toLowerCase().trim() !== wanted.title.toLowerCase().trim());
      const same = issue(99, { title: wanted.title });
      const [first] = mostSimilar(wanted, [...others, same]);
      assert.equal(first?.reasons[0].type, 'sameTitle');
    }),
  );
});

test('never more than three, never without a reason, none twice', () => {
  fc.assert(
    fc.property(matters, candidates, (wanted, list) => {
      const found = mostSimilar(wanted, list);
      assert.ok(found.length <= 3);
      const keys = found.map(({ candidate }) => `${candidate.repository}#${String(candidate.number)}`.toLowerCase());
      assert.equal(new Set(keys).size, keys.length);
      assert.ok(found.every(({ reasons: each }) => each.length > 0));
    }),
  );
});

test('of a text of ten megabytes only the beginning is read, of the matter as of each candidate', () => {
  const line = 'Error: the receiver closed the connection early\n';
  const noise = 'All went well today, thanks to everybody involved\n'.repeat(200_000);
  const find = (own: string, theirs: string) =>
    mostSimilar(matter({ text: own }), [issue(1, { text: theirs })]).map(({ reasons }) => reasons);
  assert.equal(find(line, line).length, 1);
  assert.deepEqual(find(line + noise, line + noise), find(line, line));
  assert.deepEqual([...find(noise + line, line), ...find(line, noise + line)], []);
  const title = 'a '.repeat(500_000);
  assert.deepEqual(mostSimilar(matter({ title: `${title}deliveries` }), [issue(1, { title: 'Deliveries' })]), []);
});

test('error lines are without what differs between two occurrences', () => {
  assert.deepEqual(errorLines('> 10:02:11 ERROR job 0f3a9c1e-77aa failed after 31.5 s: "connection reset"'), [
    'error job # failed after # s: connection reset',
  ]);
  assert.deepEqual(errorLines('All went well today, thanks to everybody involved'), []);
});

test('the telling words of a title are its long ones', () => {
  assert.deepEqual(tellingWords('Deliveries to one receiver fail with 421', 3), ['deliveries', 'receiver', 'fail']);
});

test('known without asking: watched issues of the repository and what items became', () => {
  const journal = [
    {
      id: 'e',
      at: 0,
      signalIds: ['slack:C01:1.1'],
      event: {
        type: 'converted',
        repository: 'acme/app',
        number: 30,
        url: 'https://github.example/acme/app/issues/30',
        title: 'Converted before',
        timeboxMinutes: 120,
        priority: 'high',
      },
    },
  ] as const;
  const signals = [
    signal({ id: 'github:acme/app#1', state: 'quiet' }),
    signal({ id: 'github:acme/app#2', kind: 'reviewRequest', url: 'https://github.example/acme/app/pull/2' }),
    signal({ id: 'github:acme/docs#3', place: 'acme/docs', url: 'https://github.example/acme/docs/issues/3' }),
    signal({ id: 'slack:C01:1.1', service: 'slack', place: 'acme/app' }),
  ];
  assert.deepEqual(
    knownIssues('ACME/app', signals, journal).map(({ number, state, title }) => [number, state, title]),
    [
      [1, 'open', 'Sync stops after a rename'],
      [30, undefined, 'Converted before'],
    ],
  );
});

test('what is looked for holds all that was said, the alerts’ names and what the item is itself', () => {
  const one = signal({ id: 'github:acme/docs#3', names: ['https://github.example/acme/docs/issues/3'] });
  const alert = signal({
    id: 'alertmanager:f',
    service: 'alertmanager',
    kind: 'alert',
    labels: ['alertname:Stuck', 'x:y'],
  });
  const said = {
    author: { id: 'u', name: 'Rio', isBot: false },
    at: 0,
    markdown: 'see https://ci.example/acme/app/runs/9',
    url: undefined,
  };
  const found = matterOf({ id: one.id, signals: [one, alert] }, 'T', [{ messages: [said], skipped: 0 }]);
  assert.deepEqual(found.alertNames, ['Stuck']);
  assert.deepEqual(found.own, ['acme/docs#3']);
  assert.deepEqual(found.mentions, ['https://ci.example/acme/app/runs/9']);
  assert.ok(found.text.includes('see https'));
});
