import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Item } from '../../../src/core/item.ts';
import { type ItemRecord, recordOf } from '../../../src/core/itemRecord.ts';
import { rosterOf } from '../../../src/core/roster.ts';
import type { Signal, Voice } from '../../../src/core/signal.ts';
import { turnOf } from '../../../src/core/turn.ts';
import { signal, team } from '../../support/build.ts';

const roster = rosterOf(team(), { github: 'noor-sample', slack: 'U02NOO' });
const NOW = 1000;
const nothing = recordOf([]);

function item(...signals: readonly [Partial<Signal>, ...Partial<Signal>[]]): Item {
  const [first, ...rest] = signals;
  return { id: 'item', signals: [signal(first), ...rest.map((each) => signal(each))] };
}

function voice(id: string, firstAt: number, lastAt = firstAt): Voice {
  return { id, name: id, firstAt, lastAt };
}

const slack = { service: 'slack', kind: 'thread', author: { id: 'U09RIO', name: 'Rio', isBot: false } } as const;
const alert = { service: 'alertmanager', kind: 'alert', author: undefined, startedAt: 50 } as const;
const review = { kind: 'reviewRequest', startedAt: 60 } as const;
const bot = { id: 'robot', name: 'robot', isBot: true };

type Case = readonly [
  name: string,
  signals: readonly [Partial<Signal>, ...Partial<Signal>[]],
  turn: string,
  code: string,
  who: string | undefined,
  record?: Partial<ItemRecord>,
];

const CASES: readonly Case[] = [
  ['an outsider asked', [{ voices: [voice('rio-sample', 1)] }], 'us', 'asked', 'rio-sample'],
  ['voices that are not known', [{ voices: [] }], 'us', 'asked', 'Rio'],
  ['the team answered last', [{ voices: [voice('rio-sample', 1), voice('kai-sample', 2)] }], 'them', 'answered', 'Kai'],
  [
    'a login in other letters',
    [{ voices: [voice('rio-sample', 1), voice('Kai-Sample', 2)] }],
    'them',
    'answered',
    'Kai',
  ],
  ['asked again', [{ voices: [voice('rio-sample', 1, 3), voice('kai-sample', 2)] }], 'us', 'wrote', 'rio-sample'],
  [
    'another outsider joined',
    [{ voices: [voice('kai-sample', 2), voice('ola-sample', 4)] }],
    'us',
    'wrote',
    'ola-sample',
  ],
  ['the team began it', [{ author: { id: 'kai-sample', name: 'Kai', isBot: false } }], 'them', 'teamAsked', 'Kai'],
  ['a bot began it', [{ author: bot }], 'us', 'reported', undefined],
  [
    'a bare "I’m on it" is a word',
    [{ ...slack, voices: [voice('U09RIO', 1), voice('U02MIK', 2)] }],
    'them',
    'answered',
    'Mika',
  ],
  [
    'a Slack id is no login',
    [{ ...slack, voices: [voice('U09RIO', 1), voice('kai-sample', 2)] }],
    'us',
    'asked',
    'kai-sample',
  ],
  ['👀 of a teammate', [{ ...slack, takenBy: ['U02KAI'] }], 'thirdParty', 'taken', 'Kai'],
  ['👀 of mine', [{ ...slack, takenBy: ['U02KAI', 'U02NOO'] }], 'us', 'taken', 'Noor'],
  ['👀 of an outsider', [{ ...slack, takenBy: ['U09OLA'] }], 'us', 'asked', 'Rio'],
  ['assigned to a teammate', [{ assignees: ['MIKA-sample'] }], 'thirdParty', 'assigned', 'Mika'],
  ['assigned to an outsider', [{ assignees: ['ola-sample'] }], 'us', 'asked', 'Rio'],
  [
    'taken, then answered',
    [{ takenBy: ['kai-sample'], voices: [voice('rio-sample', 1), voice('kai-sample', 2)] }],
    'them',
    'answered',
    'Kai',
  ],
  ['claimed here', [{ voices: [voice('rio-sample', 1)] }], 'us', 'claimed', 'Noor', { claimedAt: 5 }],
  ['an alert fires', [alert], 'us', 'firing', undefined],
  [
    'an alert fires that the team talks about',
    [alert, { ...slack, voices: [voice('U02KAI', 70)] }],
    'us',
    'firing',
    undefined,
  ],
  ['an alert is acknowledged', [{ ...alert, takenBy: ['Kai'] }], 'thirdParty', 'taken', 'Kai'],
  ['an alert is silenced', [{ ...alert, state: 'quiet', quietUntil: 5000 }], 'date', 'silenced', undefined],
  ['a silenced alert that somebody asks about', [{ ...alert, state: 'quiet' }, slack], 'us', 'asked', 'Rio'],
  ['put off to a time', [{}], 'date', 'snoozed', undefined, { snooze: { at: 1, until: { type: 'time', at: 2000 } } }],
  [
    'put off to a time that is over',
    [{}],
    'us',
    'asked',
    'Rio',
    { snooze: { at: 1, until: { type: 'time', at: NOW } } },
  ],
  ['put off until a reply', [{}], 'us', 'asked', 'Rio', { snooze: { at: 1, until: { type: 'reply' } } }],
  ['a review is asked', [{ ...review, voices: [voice('rio-sample', 60)] }], 'us', 'reviewAsked', 'Rio'],
  [
    'a teammate asks for a review',
    [{ ...review, author: { id: 'kai-sample', name: 'Kai', isBot: false }, voices: [voice('kai-sample', 60)] }],
    'us',
    'reviewAsked',
    'Kai',
  ],
  [
    'somebody reviewed',
    [{ ...review, voices: [voice('rio-sample', 60), voice('mika-sample', 70)] }],
    'them',
    'answered',
    'Mika',
  ],
  [
    'wrote after the review',
    [{ ...review, voices: [voice('rio-sample', 60, 80), voice('mika-sample', 70)] }],
    'us',
    'wrote',
    'rio-sample',
  ],
];

for (const [name, signals, turn, code, who, record] of CASES)
  test(`${name}: ${turn}, ${code}`, () => {
    const found = turnOf(item(...signals), { roster, record: { ...nothing, ...record }, now: NOW });
    assert.deepEqual([found.turn, found.because.code, found.because.who], [turn, code, who]);
  });

test('the reason says when: of the words, the alert, the end of the first silence', () => {
  const at = (...signals: readonly [Partial<Signal>, ...Partial<Signal>[]]) =>
    turnOf(item(...signals), { roster, now: NOW }).because.at;
  assert.equal(at({ voices: [voice('rio-sample', 1, 7), voice('kai-sample', 2)] }), 7);
  assert.equal(at(alert, { ...alert, startedAt: 40 }), 40);
  assert.equal(at({ ...alert, state: 'quiet', quietUntil: 90 }, { ...alert, state: 'quiet', quietUntil: 80 }), 80);
});

test('somebody who is signed in but not in the team file counts as the team', () => {
  const mine = rosterOf(team(), { github: 'Ola-sample', slack: undefined });
  const answered = item({ voices: [voice('rio-sample', 1), voice('ola-sample', 2)] });
  assert.equal(turnOf(answered, { roster: mine, now: NOW }).turn, 'them');
  assert.equal(turnOf(answered, { roster, now: NOW }).turn, 'us');
});

test('without alerts, reviews and holders, whoever spoke last decides, in whatever order the voices stand', () => {
  const people = fc.constantFrom('rio-sample', 'ola-sample', 'kai-sample', 'mika-sample', 'noor-sample');
  const voices = fc.uniqueArray(fc.record({ id: people, at: fc.integer({ min: 1, max: 900 }) }), {
    minLength: 1,
    selector: ({ id }) => id,
  });
  fc.assert(
    fc.property(voices, (words) => {
      fc.pre(new Set(words.map(({ at }) => at)).size === words.length);
      const last = words.toSorted((a, b) => b.at - a.at)[0];
      const found = turnOf(item({ voices: words.map(({ id, at }) => voice(id, at)) }), { roster, now: NOW });
      assert.equal(found.turn, last?.id === 'rio-sample' || last?.id === 'ola-sample' ? 'us' : 'them');
      assert.equal(found.because.at, last?.at);
    }),
  );
});

test('what I gave back no longer reads as mine, though its source still says so', () => {
  const mine = rosterOf(team(), { github: 'noor-sample', slack: undefined });
  const assigned = item({ assignees: ['noor-sample'], voices: [voice('rio-sample', 1)], updatedAt: 5 });
  const codeWith = (record: Partial<ItemRecord>): string =>
    turnOf(assigned, { roster: mine, record: { ...nothing, ...record }, now: NOW }).because.code;
  assert.equal(codeWith({}), 'assigned');
  assert.equal(codeWith({ releasedAt: 6 }), 'asked');
});
