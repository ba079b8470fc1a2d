import { isUnsent } from './approval.ts';
import type { CreatedIssue, StepState, StoredProposal, Write } from './proposal.ts';

/** How far a proposal's writes came. */
export interface Progress {
  /** The issue that exists now. */
  readonly issue: CreatedIssue | undefined;
  /** The first step that is not done; undefined when all are. */
  readonly next: { readonly step: Write; readonly state: StepState } | undefined;
  /** Steps not done, the first included. */
  readonly left: readonly Write[];
  /** What the services did not do, in their own words. */
  readonly warnings: readonly string[];
  /** Nothing of it can be outside: no step is done, and none may have been cut off while it was sent. */
  readonly untouched: boolean;
}

/** How far the writes of a stored proposal came. */
export function progressOf({ proposal, states }: StoredProposal): Progress {
  const steps = proposal.steps.map((step, index) => ({ step, state: states[index] ?? WAITING }));
  const outcomes = steps.flatMap(({ state }) => (state.status === 'done' ? [state.outcome] : []));
  const left = steps.filter(({ state }) => state.status !== 'done');
  return {
    issue: outcomes.find(({ issue }) => issue !== undefined)?.issue,
    next: left[0],
    left: left.map(({ step }) => step),
    warnings: outcomes.flatMap(({ warnings }) => warnings),
    untouched: steps.every(({ state }) => isUnsent(state)),
  };
}

const WAITING: StepState = { status: 'waiting' };

/** The conversion that was begun for any of these signals and is not finished. */
export function unfinishedConversion(
  stored: Iterable<StoredProposal>,
  signalIds: readonly string[],
): StoredProposal | undefined {
  const wanted = new Set(signalIds);
  for (const one of stored) {
    const { kind, signalIds: about } = one.proposal;
    if (kind !== 'convert' || !about.some((id) => wanted.has(id))) continue;
    if (progressOf(one).next !== undefined) return one;
  }
  return undefined;
}
