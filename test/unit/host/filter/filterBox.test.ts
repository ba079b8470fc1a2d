import assert from 'node:assert/strict';
import { beforeEach, type TestContext, test } from 'node:test';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { askFilter } = await import('../../../../src/host/filter/filterBox.ts');

beforeEach(() => {
  person.picks.length = 0;
});

function open(t: TestContext, query = '') {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const previewed: string[] = [];
  const asked = askFilter({
    query,
    facets: { place: ['acme/app', '#integrations'], author: ['Ines Sample', '$(flame) Rio'], label: [] },
    saved: new Map([['Late ones', 'is:late']]),
    preview: (typed) => {
      previewed.push(typed);
      return typed === '' ? undefined : { name: typed, count: typed.length, total: 99 };
    },
  });
  const [pick] = person.picks;
  assert.ok(pick !== undefined);
  return { asked, pick, previewed };
}

test('the Queue follows when a person pauses, not at each letter, and the title says how much is left', async (t) => {
  const { asked, pick, previewed } = open(t);
  assert.deepEqual(previewed, ['']);
  assert.equal(pick.title, 'Filter Queue');
  for (const typed of ['s', 'sy', 'syn', 'sync']) {
    pick.type(typed);
    t.mock.timers.tick(100);
  }
  assert.deepEqual(previewed, ['']);
  t.mock.timers.tick(100);
  assert.deepEqual(previewed, ['', 'sync']);
  assert.equal(pick.title, 'Filter Queue: 4 of 99 items');
  pick.enter();
  assert.equal(await asked, 'sync');
});

test('Enter keeps what was typed, even before the Queue has followed; Escape gives it up', async (t) => {
  const typing = open(t);
  typing.pick.type('is:late');
  typing.pick.enter();
  assert.equal(await typing.asked, 'is:late');
  person.picks.length = 0;
  t.mock.timers.reset();
  const leaving = open(t, 'is:late');
  leaving.pick.type('x');
  leaving.pick.escape();
  assert.equal(await leaving.asked, undefined);
  t.mock.timers.tick(1000);
  assert.deepEqual(leaving.previewed, ['is:late'], 'nothing is tried after the end');
});

test('a suggestion completes what was typed and asks on', async (t) => {
  const { asked, pick, previewed } = open(t);
  pick.type('pl');
  assert.deepEqual(
    pick.items.map(({ label, description }) => [label, description]),
    [
      ['$(check) Keep this filter', undefined],
      ['$(location)', 'place:  where it is'],
    ],
  );
  pick.enter(1);
  assert.equal(pick.value, 'place:');
  pick.enter(1);
  assert.equal(pick.value, 'place:acme/app ');
  t.mock.timers.tick(500);
  assert.deepEqual(previewed, ['', 'place:acme/app ']);
  pick.enter();
  assert.equal(await asked, 'place:acme/app ');
});

test('a saved filter is taken by its name', async (t) => {
  const { asked, pick } = open(t);
  assert.equal(pick.items[1]?.description, 'Late ones  is:late');
  pick.enter(1);
  pick.enter();
  assert.equal(await asked, 'is:late');
});

test('what is wrong is said while it is typed, and goes when it is right', (t) => {
  const { pick } = open(t);
  pick.type('colour:red');
  assert.match(pick.prompt ?? '', /^There is no “colour:”\. Use place: author: label: priority: is: has:, or put/u);
  pick.type('is:great');
  assert.match(pick.prompt ?? '', /^“great” is no value of “is:”\. Use waiting, /u);
  pick.type('is:late');
  assert.equal(pick.prompt, undefined);
});

test('nothing typed is no filter', async (t) => {
  const { asked, pick } = open(t, 'is:late');
  pick.type('');
  assert.equal(pick.items[0]?.label, '$(clear-all) Clear the filter');
  pick.enter();
  assert.equal(await asked, '');
});

test('what others wrote becomes no icon', (t) => {
  const { pick } = open(t);
  pick.type('author:');
  assert.ok(pick.items.some(({ description }) => description === 'author:$ (flame) Rio'));
  assert.ok(!pick.items.some(({ description }) => description?.includes('$(') === true));
});
