import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { Memento } from 'vscode';
import type { DutyView } from '../../../../src/core/view.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { settings } from '../../../support/vscodeStub.ts';

fakeVscode();
const { noticeLevel, resetNotices, silence, silencedKinds } = await import(
  '../../../../src/host/notices/noticeSettings.ts'
);
const { maySayBudget } = await import('../../../../src/wiring/noticeWiring.ts');

const HOUR = 3_600_000;
const nine = Date.UTC(2026, 10, 16, 8);
const duty: DutyView = {
  team: 'Integrations',
  timeZone: 'Europe/Berlin',
  me: 'Noor',
  shifts: [{ from: nine, to: nine + 48 * HOUR, name: 'Noor', shadow: undefined }],
  working: [
    { from: nine, to: nine + 8 * HOUR },
    { from: nine + 24 * HOUR, to: nine + 32 * HOUR },
  ],
  channel: undefined,
};

function memento(): Memento {
  const kept = new Map<string, unknown>();
  const get = (key: string): unknown => kept.get(key);
  return { keys: () => [...kept.keys()], get, update: async (key, value) => void kept.set(key, value) } as Memento;
}

afterEach(() => settings.clear());

for (const [set, level] of [
  [undefined, 'important'],
  ['loud', 'important'],
  [3, 'important'],
  ['quiet', 'quiet'],
  ['digest', 'digest'],
] as const)
  test(`the setting ${String(set)} means ${level}`, () => {
    settings.set('notifications', set);
    assert.equal(noticeLevel(), level);
  });

test('kinds are silenced one after another, and all come back', async () => {
  const kept = memento();
  await silence(kept, ['late']);
  await silence(kept, ['budget', 'late']);
  assert.deepEqual([...silencedKinds(kept)].sort(), ['budget', 'late']);

  await resetNotices(kept);
  assert.deepEqual([...silencedKinds(kept)], []);
});

test('what is kept is looked at before it is believed', async () => {
  for (const stored of ['late', { late: true }, null, ['loud', 7]]) {
    const kept = memento();
    await kept.update('responder.notices.silenced', stored);
    assert.deepEqual([...silencedKinds(kept)], []);
  }
});

test('the budget speaks in the working hours of my shift, when it is wanted', async () => {
  const kept = memento();
  assert.equal(maySayBudget(duty, kept, nine + HOUR), true);
  assert.equal(maySayBudget(duty, kept, nine + 10 * HOUR), false);
  assert.equal(maySayBudget({ ...duty, me: 'Kai' }, kept, nine + HOUR), false);
  assert.equal(maySayBudget(undefined, kept, nine + HOUR), false);
  settings.set('notifications', 'quiet');
  assert.equal(maySayBudget(duty, kept, nine + HOUR), false);
  settings.clear();
  await silence(kept, ['budget']);
  assert.equal(maySayBudget(duty, kept, nine + HOUR), false);
});
