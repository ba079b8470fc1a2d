import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { TimedStatusItem } = await import('../../../src/host/timedStatusItem.ts');

const FRAME = { id: 'responder.sample', name: 'Sample', command: 'responder.sample', priority: 1 };

beforeEach(() => {
  person.bar.length = 0;
});

test('what is in the status bar is painted again when it is due, as often as it says', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const waits = [1000, 500, undefined];
  const painted: string[] = [];
  const bar = new TimedStatusItem<string>(FRAME, (item, view) => {
    item.text = view;
    painted.push(view);
    return waits.shift();
  });
  bar.show('a');
  t.mock.timers.tick(999);
  assert.deepEqual(painted, ['a']);
  t.mock.timers.tick(1);
  t.mock.timers.tick(500);
  t.mock.timers.tick(60_000);
  assert.deepEqual(painted, ['a', 'a', 'a'], 'the last painting asked for no other');
  assert.deepEqual([person.bar[0]?.text, person.bar[0]?.isShown], ['a', true]);
});

test('another view, none, or the end takes the place of what was due', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const painted: string[] = [];
  const bar = new TimedStatusItem<string>(FRAME, (_, view) => {
    painted.push(view);
    return 1000;
  });
  bar.show('a');
  bar.show('b');
  t.mock.timers.tick(1000);
  assert.deepEqual(painted, ['a', 'b', 'b']);
  bar.show(undefined);
  t.mock.timers.tick(1000);
  assert.deepEqual([painted.length, person.bar[0]?.isShown], [3, false]);
  bar.show('c');
  bar.dispose();
  t.mock.timers.tick(1000);
  assert.deepEqual([painted.length, person.bar[0]?.isGone], [4, true]);
});
