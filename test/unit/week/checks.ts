import assert from 'node:assert/strict';
import { budgetAt } from '../../../src/core/budget.ts';
import type { QueueGroup, QueueItem, ResponderView } from '../../../src/core/view.ts';
import type { TeamSession } from '../../../src/session/teamSession.ts';
import { MINUTE } from './calendar.ts';
import { timeSpentBy } from './deeds.ts';
import { type Judgement, judgeAll, type Scene } from './model.ts';
import type { Matter } from './script.ts';

/** What the view shows, one line a matter, against what the second counting says. */
export function checkAgainstModel(
  session: TeamSession,
  { queue }: ResponderView,
  matters: readonly Matter[],
  scene: Scene,
): void {
  const judged = judgeAll(matters, scene);
  const shown = new Map(
    queue.groups.flatMap((group) =>
      rowsOf(group).map((row) => [row.id, lineOf(group.id.replace('turn:', ''), row)] as const),
    ),
  );
  const told = new Map(
    judged
      .filter(({ group }) => group !== 'hidden')
      .map((each) => [idOf(each.matter, session), toldLine(each)] as const),
  );
  for (const { matter } of judged) {
    const id = idOf(matter, session);
    if (shown.get(id) !== told.get(id))
      assert.equal(shown.get(id), told.get(id), `${id}, which ${storyOf(matter, scene)}`);
  }
  assert.deepEqual([...shown.keys()].toSorted(), [...told.keys()].toSorted());
  const waiting = judged.filter(({ group }) => group === 'us');
  assert.equal(queue.waiting, waiting.length, 'the badge counts what waits on us');
  assert.equal(queue.late, waiting.filter(({ left }) => left !== undefined && left < 0).length, 'what is late');
}

function lineOf(group: string, { turn, clock, isDone }: QueueItem): string {
  return `${group} ${turn.turn} ${isDone || clock === undefined ? '' : clock.leftMinutes}`;
}

function toldLine({ group, turn, left }: Judgement): string {
  return `${group} ${turn} ${group === 'done' || left === undefined ? '' : left}`;
}

function idOf({ things }: Matter, session: TeamSession): string {
  return things.map(({ id }) => session.itemOf(id)?.id).find((id) => id !== undefined) ?? things[0]?.id ?? '';
}

/** All that happened to a matter, for whoever looks for the mistake. */
function storyOf(matter: Matter, { deeds, polledAt }: Scene): string {
  const things = matter.things.map((thing) => ({
    ...thing,
    happenings: thing.happenings.map((each) => ({ ...each, at: when(each.at) })),
    cameAt: when(thing.cameAt),
  }));
  const done = deeds
    .filter((deed) => deed.matter === matter)
    .map((deed) => {
      const seen = Array.from(deed.seen, ([id, until]) => `${id} ${when(until)}`);
      return { ...deed, at: when(deed.at), seen, matter: undefined };
    });
  const known = Array.from(polledAt, ([id, until]) => `${id} ${when(until)}`);
  return JSON.stringify({ things, done, known }, null, 1);
}

function when(at: number): string {
  return new Date(at).toISOString();
}

export function rowsOf({ items, bundles }: QueueGroup): readonly QueueItem[] {
  return [...items, ...bundles.flatMap((bundle) => bundle.items)];
}

/** What holds of any view at any time. */
export function checkView({ queue }: ResponderView): void {
  const rows = queue.groups.flatMap(rowsOf);
  const ids = rows.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'an item is in one group');
  for (const group of queue.groups) assert.equal(group.count, rowsOf(group).length, `${group.id} counts its rows`);
  const waiting = queue.groups.find(({ id }) => id === 'turn:us');
  assert.equal(queue.waiting, waiting?.items.length ?? 0, 'the badge is what waits on us');
  assert.equal(queue.next === undefined, queue.waiting === 0, 'something is next while something waits');
  if (queue.next !== undefined) {
    const next = waiting?.items.find(({ id }) => id === queue.next?.id);
    assert.ok(next, 'what is next waits on us');
    if (queue.late > 0) assert.equal(next.clock?.state, 'late', 'what is late comes first');
  }
}

export function checkGroupings(session: TeamSession, { queue }: ResponderView): void {
  const ids = (groups: readonly QueueGroup[]): readonly string[] =>
    groups.flatMap((group) => rowsOf(group).map(({ id }) => id)).toSorted();
  for (const grouping of ['source', 'priority', 'place'] as const)
    assert.deepEqual(
      ids(session.view(grouping).queue.groups),
      ids(queue.groups),
      `by ${grouping} the same items are shown`,
    );
}

export function checkTime(session: TeamSession, { budget }: ResponderView, scene: Scene): void {
  const { team, calendar, deeds, now } = scene;
  const duty = calendar.onDutyAt(now);
  assert.equal(budget === undefined, duty !== 'Noor', 'the budget is of who is on duty');
  if (budget === undefined) return;
  const { from, to } = budget.shift;
  assert.equal(budget.budgetMs / MINUTE, calendar.workedMinutes(from, to) * team.timebox.budgetShare);
  const spent = Array.from(
    timeSpentBy(deeds, budget.shift, now),
    ([matter, ms]) => [matter === undefined ? '' : idOf(matter, session), ms] as const,
  );
  const shown = budgetAt(budget, now).items.map(({ id, ms }) => [id, ms] as const);
  assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(spent.filter(([, ms]) => ms > 0)), 'the time spent');
}

/** The view without the order of its rows: what ranks alike may stand either way. */
export function contentOf(view: ResponderView): unknown {
  const groups = view.queue.groups.map((group) => ({
    ...group,
    items: group.items.toSorted(byId),
    bundles: group.bundles.map((bundle) => ({ ...bundle, items: bundle.items.toSorted(byId) })),
  }));
  return { ...view, queue: { ...view.queue, groups, next: undefined } };
}

function byId(a: QueueItem, b: QueueItem): number {
  return a.id < b.id ? -1 : 1;
}
