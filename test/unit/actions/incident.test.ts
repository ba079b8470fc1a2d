import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteIncident, openIncidents, resolveIncident } from '../../../src/actions/incident.ts';
import type { Item } from '../../../src/core/item.ts';
import { signal } from '../../support/build.ts';

const incident = signal({ id: 'pagerduty:Q1', service: 'pagerduty', kind: 'alert', title: 'Sync is down' });
const over = signal({ ...incident, id: 'pagerduty:Q2', state: 'closed' });
const item: Item = { id: incident.id, signals: [incident, over, signal()] };
const input = { item, now: 5, id: 'p1' };

test('of an item the incidents that are not over are resolved, each after its note', () => {
  assert.deepEqual(openIncidents(item), ['Q1']);
  const { kind, title, steps } = resolveIncident(input, 'Rolled back.');
  assert.deepEqual([kind, title], ['incident', 'Sync is down']);
  assert.deepEqual(steps, [
    { type: 'addNote', incident: 'Q1', text: 'Rolled back.', marker: '(Responder Duty p1)' },
    { type: 'resolve', incident: 'Q1' },
  ]);
  assert.deepEqual(resolveIncident(input).steps, [{ type: 'resolve', incident: 'Q1' }]);
});

test('a note changes nothing else', () => {
  assert.deepEqual(
    noteIncident(input, 'Looking.').steps.map(({ type }) => type),
    ['addNote'],
  );
});
