import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectQueue } from '../../../src/core/queue.ts';
import { day, signal, team } from '../../support/build.ts';
import { MINUTE } from './calendar.ts';
import { rowsOf } from './checks.ts';
import { Machine } from './machine.ts';
import { github, watch } from './script.ts';

const LABEL = watch('github:label:team/integrations', 480);
const MONDAY = Date.UTC(2026, 10, 16, 9);

test('however many wait, each is in a row or can be shown', async (t) => {
  const machine = new Machine(t, team({ watch: [LABEL] }), MONDAY);
  const issue = { kind: 'issue', watchIds: [LABEL.id], reporter: 'rio' } as const;
  for (let number = 0; number < 450; number += 1)
    machine.outside.things.push(github(number, MONDAY - number * MINUTE, issue));
  const session = await machine.open('own');
  await machine.goTo(MONDAY + 5 * MINUTE);
  const reached = (): number =>
    new Set(
      session
        .view()
        .queue.groups.flatMap(rowsOf)
        .map(({ id }) => id),
    ).size;
  assert.equal(session.view().queue.waiting, 450);
  assert.equal(reached(), 200);
  session.showMore('turn:us');
  session.showMore('turn:us');
  assert.equal(reached(), 450);
});

test('rows that rank alike stand in the same order, in whatever order they were read', () => {
  const status = {
    id: 'github',
    service: 'github',
    okAt: MONDAY,
    failure: undefined,
    skipped: 0,
    failedPlaces: [],
  } as const;
  const items = ['github:a', 'github:b'].map((id) => ({ id, signals: [signal({ id })] }) as const);
  const rows = (list: typeof items): readonly string[] =>
    projectQueue({ items: list, statuses: [status], day: day(), dayMinutes: 480 }).groups.flatMap((group) =>
      rowsOf(group).map(({ id }) => id),
    );
  assert.deepEqual(rows(items.toReversed()), rows(items));
});
