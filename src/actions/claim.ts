import { undoOf } from '../core/approval.ts';
import type { Item } from '../core/item.ts';
import { parseIncidentId, parseIssueId, parseThreadId } from '../core/nativeIds.ts';
import type { Proposal, StoredProposal, Write } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';
import type { Person } from '../core/team.ts';
import { proposalOf } from './proposalOf.ts';
import { sayAt } from './words.ts';

const TAKES: ReadonlySet<string> = new Set<Write['type']>(['assign', 'react', 'acknowledge']);
/** What says in Slack that somebody looks after a message. */
const TAKEN = 'eyes';

export interface ClaimInput {
  readonly item: Item;
  /** Undefined where no account is needed: alerts, and Slack, which knows who reacts. */
  readonly me: Person | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of the proposal. */
  readonly id: string;
}

/**
 * Claiming: me among the assignees of each issue and pull request, 👀 on each Slack message, each PagerDuty
 * incident acknowledged. Where I am already nothing
 * is written, so that taking the claim back leaves what was there before. `say` is a word for each conversation as well.
 */
export function claim(input: ClaimInput, say?: string): Proposal {
  const { item, me } = input;
  const open = item.signals.filter(({ state }) => state !== 'closed');
  const takes = open.filter((signal) => !holds(signal, me)).flatMap((signal) => take(signal, me, 'take'));
  const words = say === undefined ? [] : open.flatMap(({ id }) => sayAt(id, say, input) ?? []);
  return proposalOf('claim', input, [...takes, ...words]);
}

/** The reverse of a claim, also of one whose trace the sources have not shown yet, or that another machine made. */
export function release(input: ClaimInput): Proposal {
  const { item, me } = input;
  const taken = item.signals.filter((signal) => signal.state !== 'closed' || holds(signal, me));
  return proposalOf(
    'release',
    input,
    taken.flatMap((signal) => take(signal, me, 'leave')),
  );
}

/**
 * What takes back a claim or release as each step's service told it, also of one whose reply was lost; undefined when
 * nothing is to be taken back. A word that was said stays said.
 */
export function takeBack(
  { proposal: before, states }: StoredProposal,
  { id, now }: Pick<ClaimInput, 'id' | 'now'>,
): Proposal | undefined {
  const undo = states.map((state, index) => (TAKES.has(before.steps[index]?.type ?? '') ? undoOf(state) : []));
  const steps = undo.toReversed().flat();
  if (steps.length === 0) return undefined;
  const kind = before.kind === 'claim' ? 'release' : 'claim';
  return { ...before, id, createdAt: now, kind, steps, undoes: before.id };
}

/** Whether nothing of the item is mine outside when that which takes a claim back is written, as far as the sources tell. */
export function givesBack({ kind, steps }: Proposal, { signals }: Item, me: ClaimInput['me']): boolean {
  const left = new Set(steps.map(whereHeld));
  const isLeft = (signal: Signal): boolean => take(signal, me, 'leave').some((write) => left.has(whereHeld(write)));
  return kind === 'release' && signals.every((signal) => !holds(signal, me) || isLeft(signal));
}

/** Whether all that makes a claim is written, and only words that go with it are not. */
export function isTaken({ proposal: { steps }, states }: StoredProposal): boolean {
  const takes = steps.flatMap(({ type }, index) => (TAKES.has(type) ? [states[index]] : []));
  const areDone = takes.every((state) => state?.status === 'done' && state.outcome.warnings.length === 0);
  return areDone && takes.length < steps.length;
}

/** Whether somebody may read of the claim on GitHub, where it takes a login. */
export function needsLogin(item: Item): boolean {
  return item.signals.some(({ id }) => parseIssueId(id) !== undefined);
}

/** Whether a claim leaves a trace outside at all: alerts have nowhere to leave one. */
export function isSeenOutside(item: Item): boolean {
  return item.signals.some(
    ({ id }) => parseIssueId(id) !== undefined || parseThreadId(id) !== undefined || parseIncidentId(id) !== undefined,
  );
}

/** Whether a signal says already that I have it. */
function holds({ assignees, takenBy, service }: Signal, me: ClaimInput['me']): boolean {
  if (service === 'github') return assignees.some((login) => login.toLowerCase() === me?.github?.toLowerCase());
  if (service === 'pagerduty') return me?.pagerduty !== undefined && takenBy.includes(me.pagerduty);
  return me?.slack !== undefined && takenBy.includes(me.slack);
}

function whereHeld(write: Write): string | undefined {
  if (write.type === 'assign') return `${write.repository}#${write.number}`.toLowerCase();
  return write.type === 'react' ? `${write.channel}:${write.ts}` : undefined;
}

function take({ id }: Signal, me: ClaimInput['me'], what: 'take' | 'leave'): readonly Write[] {
  const issue = parseIssueId(id);
  if (issue !== undefined) {
    if (me?.github === undefined) return [];
    const logins = [me.github];
    return [{ type: 'assign', ...issue, add: what === 'take' ? logins : [], remove: what === 'leave' ? logins : [] }];
  }
  const incident = parseIncidentId(id);
  // PagerDuty takes no acknowledgement back.
  if (incident !== undefined) return what === 'take' ? [{ type: 'acknowledge', incident }] : [];
  const thread = parseThreadId(id);
  return thread === undefined ? [] : [{ type: 'react', ...thread, name: TAKEN, remove: what === 'leave' }];
}
