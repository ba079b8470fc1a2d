import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Memento } from 'vscode';
import { ActiveFilter } from '../../../../src/host/filter/activeFilter.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { settings } from '../../../support/vscodeStub.ts';

fakeVscode();
const { badgeOf } = await import('../../../../src/host/badge.ts');
const { badgeFilter, deleteFilter, named, savedFilters, saveFilter } = await import(
  '../../../../src/host/filter/filterSettings.ts'
);

beforeEach(() => settings.clear());

test('a filter is saved, replaced by another of its name, and deleted', async () => {
  await saveFilter({ name: 'Late', query: 'is:late' });
  await saveFilter({ name: 'Docs', query: 'place:docs' });
  await saveFilter({ name: 'late', query: 'is:late -is:mine' });
  assert.deepEqual(settings.get('filters'), { Docs: 'place:docs', late: 'is:late -is:mine' });
  await deleteFilter('Docs');
  assert.deepEqual([...savedFilters()], [['late', 'is:late -is:mine']]);
  await deleteFilter('late');
  assert.equal(settings.has('filters'), false);
});

test('whatever else stands in the settings is no filter', () => {
  for (const raw of [undefined, null, 5, 'x', [], { a: 1, b: null, ' ': 'x', c: 'is:late' }]) {
    settings.set('filters', raw);
    assert.deepEqual([...savedFilters()], raw instanceof Object && 'c' in raw ? [['c', 'is:late']] : []);
  }
});

test('a name such as __proto__ is a name', async () => {
  await saveFilter({ name: '__proto__', query: 'x' });
  assert.deepEqual([...savedFilters()], [['__proto__', 'x']]);
});

test('the badge counts by a saved filter or by a query, and no more by one that is deleted', async () => {
  assert.equal(badgeFilter(), undefined);
  settings.set('badge.filter', 'is:late');
  assert.deepEqual(badgeFilter(), { name: 'is:late', query: 'is:late' });
  await saveFilter({ name: 'Late', query: 'is:late -is:mine' });
  settings.set('badge.filter', 'Late');
  assert.deepEqual(badgeFilter(), { name: 'Late', query: 'is:late -is:mine' });
  await deleteFilter('Late');
  assert.equal(badgeFilter(), undefined);
});

test('the badge says what it counts', () => {
  assert.deepEqual(badgeOf({ waiting: 3, badge: undefined }), { value: 3, tooltip: '3 items wait for the team' });
  assert.deepEqual(badgeOf({ waiting: 3, badge: { name: 'Late', count: 2 } }), {
    value: 2,
    tooltip: '2 items in the filter Late',
  });
  assert.equal(badgeOf({ waiting: 1, badge: undefined })?.tooltip, '1 item waits for the team');
  assert.equal(badgeOf({ waiting: 3, badge: { name: 'Late', count: 1 } })?.tooltip, '1 item in the filter Late');
  assert.equal(badgeOf({ waiting: 3, badge: { name: 'Late', count: 0 } }), undefined);
});

test('a query that is saved goes by its name', () => {
  settings.set('filters', { Late: 'is:late ' });
  assert.deepEqual(named('is:late'), { name: 'Late', query: 'is:late' });
  assert.deepEqual(named('is:warning'), { name: 'is:warning', query: 'is:warning' });
});

test('what is tried goes, what is kept stays with the workspace', async () => {
  const stored = new Map<string, unknown>();
  const memento = {
    get: (key: string) => stored.get(key),
    update: async (key: string, value: unknown) => void stored.set(key, value),
  } as unknown as Memento;
  const filter = new ActiveFilter(memento);
  assert.equal(filter.query, '');
  filter.try('is:la');
  assert.deepEqual([filter.query, filter.kept], ['is:la', '']);
  filter.try(undefined);
  assert.equal(filter.query, '');
  await filter.keep(`  ${'x'.repeat(900)} `);
  assert.equal(new ActiveFilter(memento).query.length, 500);
  await filter.keep(' ');
  assert.equal(new ActiveFilter(memento).query, '');
});
