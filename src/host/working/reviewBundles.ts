import * as vscode from 'vscode';
import type { Item } from '../../core/item.ts';
import { dutyAt } from '../../core/rotation.ts';
import type { QueueBundle } from '../../core/view.ts';
import { say } from '../say.ts';
import { act } from './act.ts';
import type { WorkingPorts } from './workingPorts.ts';

/** How long they stay with a teammate while nobody is on duty. */
const WITHOUT_SHIFT_MS = 7 * 86_400_000;

/** A bundle of the Queue, and the items in it. */
export interface ChosenBundle {
  readonly bundle: QueueBundle;
  readonly items: readonly Item[];
}

/** Takes reviews over from the teammate who seemed to be on them: they wait on us again, each on its own. */
export function takeReviews(chosen: readonly ChosenBundle[], ports: WorkingPorts): void {
  if (chosen.length === 0) return sayNoBundle();
  act(
    chosen.flatMap(({ items }) => items),
    { type: 'reviewsTaken' },
    ports,
  );
}

/** Leaves reviews with that teammate to the end of the shift, whatever else comes of them. */
export function keepReviews(chosen: readonly ChosenBundle[], ports: WorkingPorts): void {
  const [first] = chosen;
  if (first === undefined) return sayNoBundle();
  const now = ports.now();
  const until = dutyAt(ports.team.rotation, now)?.to ?? now + WITHOUT_SHIFT_MS;
  const { id, who } = first.bundle;
  act(first.items, { type: 'reviewsKept', bundle: id, who, until }, ports);
}

function sayNoBundle(): void {
  say(vscode.l10n.t('Select a row of reviews that a teammate is on.'));
}
