import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateOf } from '../../../src/core/itemState.ts';
import { collapseReviews } from '../../../src/core/reviews.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { day, signal } from '../../support/build.ts';

const DAY = day();
const kai = (at: number) => ({ id: 'kai-sample', name: 'Kai', firstAt: at, lastAt: at });
const ola = { id: 'ola-sample', name: 'Ola', isBot: false };

function collapse(reviews: readonly Partial<Signal>[]) {
  const states = reviews.map((over, n) =>
    stateOf({ id: `${n}`, signals: [signal({ id: `github:${n}`, kind: 'reviewRequest', ...over })] }, DAY),
  );
  const bundles = collapseReviews(
    states.filter((each) => each !== undefined),
    DAY,
  );
  return bundles.map(({ who, states: inIt }) => [who, inIt.map(({ item }) => item.id)]);
}

const reviewed: Partial<Signal> = { voices: [kai(DAY.now - 1000)] };

test('three of one author collapse when a teammate is at work on another of theirs', () => {
  assert.deepEqual(collapse([{}, {}, {}, reviewed]), [['Kai', ['0', '1', '2']]]);
  assert.deepEqual(collapse([{}, {}, {}, { takenBy: ['kai-sample'] }]), [['Kai', ['0', '1', '2']]]);
});

test('two are no trove; without a teammate, with me, or with one of long ago, they stay', () => {
  assert.deepEqual(collapse([{}, {}, reviewed]), []);
  assert.deepEqual(collapse([{}, {}, {}]), []);
  assert.deepEqual(collapse([{}, {}, {}, { takenBy: ['noor-sample'] }]), []);
  assert.deepEqual(collapse([{}, {}, {}, { voices: [kai(DAY.now - 8 * 86_400_000)] }]), []);
});

test('those of several authors collapse by the issue that they link', () => {
  const mentions = ['https://github.example/acme/app/issues/7'];
  const others = ['b', 'c', 'd'].map((id) => ({ mentions, author: { ...ola, id } }));
  assert.deepEqual(collapse([...others, { ...reviewed, mentions }]), [['Kai', ['0', '1', '2']]]);
  assert.deepEqual(collapse([...others, { ...reviewed, mentions: [] }]), []);
});
