import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Move, type Position, runSteps, type Step } from '../../../../src/host/convert/wizard.ts';

type Answers = Readonly<Record<string, string>>;
type Go = Move<Answers>['go'];

/** Steps a, b, c whose persons do, in turn, what `script` says; records who was asked with what. */
function scripted(
  script: readonly (readonly [Go, string])[],
  skip: (answers: Answers) => string | undefined = () => undefined,
) {
  const turns = [...script];
  const asked: (readonly [string, Position, Answers])[] = [];
  const step = (name: string): Step<Answers> => ({
    applies: (answers) => skip(answers) !== name,
    ask: (answers, position) => {
      asked.push([name, position, answers]);
      const [go, value] = turns.shift() ?? ['cancel', 'ran out'];
      return Promise.resolve({ go, answers: { ...answers, [name]: value } });
    },
  });
  return { steps: ['a', 'b', 'c'].map(step), asked };
}

test('the steps are asked in order and their answers collected', async () => {
  const { steps, asked } = scripted([
    ['next', '1'],
    ['next', '2'],
    ['next', '3'],
  ]);

  assert.deepEqual(await runSteps(steps, {}), { how: 'done', answers: { a: '1', b: '2', c: '3' } });
  assert.deepEqual(
    asked.map(([name, position]) => [name, position.step, position.of]),
    [
      ['a', 1, 3],
      ['b', 2, 3],
      ['c', 3, 3],
    ],
  );
});

test('going back keeps what was chosen and what was being typed', async () => {
  const { steps, asked } = scripted([
    ['next', '1'],
    ['back', 'half typ'],
    ['next', '1b'],
    ['next', 'typed'],
    ['next', '3'],
  ]);

  const ended = await runSteps(steps, {});

  assert.deepEqual(
    asked.map(([name]) => name),
    ['a', 'b', 'a', 'b', 'c'],
  );
  assert.deepEqual(asked[2]?.[2], { a: '1', b: 'half typ' });
  assert.deepEqual(asked[3]?.[2], { a: '1b', b: 'half typ' });
  assert.deepEqual(ended.answers, { a: '1b', b: 'typed', c: '3' });
});

test('cancelling ends at once and keeps the answers', async () => {
  const { steps } = scripted([
    ['next', '1'],
    ['cancel', 'half'],
  ]);

  assert.deepEqual(await runSteps(steps, {}), { how: 'cancelled', answers: { a: '1', b: 'half' } });
});

test('doing it now ends the questions', async () => {
  const { steps, asked } = scripted([['doItNow', '45']]);

  assert.equal((await runSteps(steps, {})).how, 'doItNow');
  assert.equal(asked.length, 1);
});

test('a step that does not apply is skipped both ways and not counted', async () => {
  const { steps, asked } = scripted(
    [
      ['next', 'no b'],
      ['back', ''],
      ['next', 'with b'],
      ['next', '2'],
      ['next', '3'],
    ],
    ({ a }) => (a === 'no b' ? 'b' : undefined),
  );

  await runSteps(steps, {});

  assert.deepEqual(
    asked.map(([name, { step, of }]) => `${name} ${step}/${of}`),
    ['a 1/3', 'c 2/2', 'a 1/2', 'b 2/3', 'c 3/3'],
  );
});

test('back from the first step asks it again', async () => {
  const { steps, asked } = scripted([
    ['back', '1'],
    ['cancel', '1'],
  ]);

  await runSteps(steps, {});

  assert.deepEqual(
    asked.map(([name]) => name),
    ['a', 'a'],
  );
});
