import assert from 'node:assert/strict';
import type { HandoffSectionId } from '../../../src/core/handoff.ts';
import { draftHandoff } from '../../../src/core/handoffDraft.ts';
import type { Shift } from '../../../src/core/team.ts';
import type { TeamSession } from '../../../src/session/teamSession.ts';
import type { Deed } from './deeds.ts';
import { knownHistory, type Scene } from './model.ts';
import { type Happening, holdersOf, lastNewsOf, stateOf, TEAM, type Thing } from './outside.ts';
import type { Matter } from './script.ts';

/** Who starts reads no more than this first. */
const START_HERE = 5;

/** The notes of a shift against what they ought to say of each matter. */
export function checkHandoff(
  session: TeamSession,
  matters: readonly Matter[],
  scene: Scene & { readonly shift: Shift },
): void {
  const { store, team } = session;
  const { shift, now, deeds } = scene;
  const items = session.items().values();
  const { sections } = draftHandoff({ items, journal: store.journal(), team, shift, next: undefined, now });
  const idsIn = (id: HandoffSectionId): readonly string[] =>
    sections.filter((section) => section.id === id).flatMap(({ entries }) => entries.map((entry) => entry.id));
  const told = matters.flatMap((matter) => {
    const id = matter.things.map((thing) => session.itemOf(thing.id)?.id).find((each) => each !== undefined);
    const place = id === undefined ? undefined : placeOf(matter, scene);
    return id === undefined || place === undefined ? [] : [{ id, ...place }];
  });

  const first = idsIn('startHere');
  const pressing = told.filter(({ urgency }) => urgency !== undefined);
  assert.equal(first.length, Math.min(START_HERE, pressing.length), 'so many are read first');
  const firing = pressing.filter(({ urgency }) => urgency === 'firing').map(({ id }) => id);
  assert.equal(
    first.filter((id) => firing.includes(id)).length,
    Math.min(START_HERE, firing.length),
    'what fires is read first',
  );
  for (const id of first)
    assert.ok(
      pressing.some((each) => each.id === id),
      `${id} is pressing`,
    );
  for (const section of ['open', 'inProgress', 'converted', 'resolved', 'keepInMind'] as const) {
    const expected = told.filter((each) => each.section === section && !first.includes(each.id)).map(({ id }) => id);
    const shown = idsIn(section).filter((id) => session.items().has(id));
    assert.deepEqual(shown.toSorted(), expected.toSorted(), `${section} in the handoff`);
  }
  const kept = deeds.filter(({ type, undone, at }) => type === 'keptInMind' && !undone && isInShift(at, scene));
  assert.equal(
    idsIn('keepInMind').filter((id) => id.startsWith('kept:')).length,
    kept.length,
    'what was to be kept in mind',
  );
}

interface Place {
  readonly section: Exclude<HandoffSectionId, 'startHere'>;
  readonly urgency: 'firing' | 'planned' | undefined;
}

interface Known {
  readonly thing: Thing;
  readonly history: readonly Happening[];
  readonly updatedAt: number;
}

/** Undefined for what the notes leave out. */
function placeOf(matter: Matter, scene: Scene & { readonly shift: Shift }): Place | undefined {
  const known = matter.things.flatMap((thing): readonly Known[] => {
    const history = knownHistory(thing, scene);
    return history === undefined ? [] : [{ thing, history, updatedAt: lastNewsOf(thing, history) }];
  });
  const mine = scene.deeds.filter((deed) => deed.matter === matter && !deed.undone);
  const done = mine.findLast(({ type }) => type === 'done' || type === 'reopened');
  const ends = known.map((each) => endOf(each, done?.type === 'done' ? done : undefined));
  if (ends.every((at) => at !== undefined))
    return isInShift(Math.max(...ends), scene) ? { section: 'resolved', urgency: undefined } : undefined;
  const isFiring = known.some(({ thing, history }) => thing.kind === 'alert' && stateOf(history) === 'open');
  const converted = mine.find(({ type }) => type === 'converted');
  const urgency = isFiring ? 'firing' : undefined;
  if (converted !== undefined && isInShift(converted.at, scene))
    return { section: 'converted', urgency: urgency ?? 'planned' };
  if (converted !== undefined && !isFiring) return undefined;
  if (known.every(({ history }) => stateOf(history) !== 'open')) return { section: 'keepInMind', urgency: undefined };
  const isHeld = known.some(({ history }) => holdersOf(history, 'assigned').some(({ who }) => TEAM.has(who)));
  return { section: isHeld ? 'inProgress' : 'open', urgency };
}

/** When a thing ended: outside, or here with nothing new since. */
function endOf({ thing, history, updatedAt }: Known, done: Deed | undefined): number | undefined {
  if (stateOf(history) === 'closed') return updatedAt;
  const seen = done?.seen.get(thing.source);
  return done !== undefined && seen !== undefined && updatedAt <= seen ? done.at : undefined;
}

function isInShift(at: number, { shift, now }: { readonly shift: Shift; readonly now: number }): boolean {
  return shift.from <= at && at <= Math.max(shift.to, now);
}
