import { isUnsent, undoOf } from '../core/approval.ts';
import { oneLine } from '../core/plainText.ts';
import type { CreatedIssue, Outcome, Proposal, StepState, StoredProposal, Write } from '../core/proposal.ts';
import type { SourceFailure } from '../core/sourceStatus.ts';
import { ServiceError } from '../services/service.ts';

export type FailedState = Extract<StepState, { status: 'failed' }>;

/** Nothing of the step can be outside. */
export const WAITING: StepState = { status: 'waiting' };
const PERMANENT: ReadonlySet<SourceFailure> = new Set(['refused', 'forbidden', 'notFound']);

/** A proposal of which nothing has happened; `approvedAt` is undefined while nobody has said that it may be sent. */
export function unsent(proposal: Proposal, approvedAt: number | undefined): StoredProposal {
  return { proposal, approvedAt, states: proposal.steps.map(() => WAITING) };
}

export function isFinished({ states }: StoredProposal): boolean {
  return states.every((state) => state.status === 'done');
}

/** What of a proposal is done, as if it were all of it; undefined when nothing is. */
export function doneSteps(stored: StoredProposal): StoredProposal | undefined {
  const { proposal, states } = stored;
  const done = states.filter((state) => state.status === 'done');
  const last = done.at(-1);
  if (last === undefined) return undefined;
  const { outcome } = last;
  // What the next step may have changed when it stopped half-way goes back before.
  const begun = states.flatMap((state) => (state.status === 'done' ? [] : undoOf(state)));
  const steps = proposal.steps.filter((_, index) => states[index]?.status === 'done');
  const whole = { status: 'done', outcome: { ...outcome, undo: [...begun, ...outcome.undo] } } as const;
  return { ...stored, proposal: { ...proposal, steps }, states: done.with(-1, whole) };
}

/** Whether a step was never tried, so that there is nothing to look for. */
export function isUntried(state: StepState): boolean {
  return state.status === 'waiting' || (state.status === 'failed' && state.unsent === true);
}

/** Whether a step of it that is not done may have reached its service all the same. */
export function mayBeOutside({ states }: StoredProposal): boolean {
  return states.some((state) => state.status !== 'done' && !isUnsent(state));
}

/** Whether a write of one of those types was begun, and nobody knows what became of it. */
export function isSending({ proposal, states }: StoredProposal, types: readonly Write['type'][]): boolean {
  return proposal.steps.some(({ type }, index) => states[index]?.status === 'sending' && types.includes(type));
}

/** Until when a service has put writes of some types off, epoch ms; zero when it has not. */
export function putOffUntil({ proposal, states }: StoredProposal, types: readonly Write['type'][]): number {
  const until = states.map((state, index) => {
    const isOurs = types.some((type) => type === proposal.steps[index]?.type);
    return isOurs && state.status === 'failed' && state.unsent !== true ? (state.retryAt ?? 0) : 0;
  });
  return Math.max(0, ...until);
}

/** What takes back what the tries of a step so far were about to change. */
export function begunBy(state: StepState | undefined): readonly Write[] {
  return state?.status === 'sending' || state?.status === 'failed' ? (state.undo ?? []) : [];
}

/** The state of a step of which tries have begun something. */
export function withBegun(state: StepState, undo: readonly Write[]): StepState {
  const isOpen = state.status === 'sending' || state.status === 'failed';
  return isOpen && undo.length > 0 ? { ...state, undo } : state;
}

/** The time for which its service had put a step off does not make the steps after it stale. */
export function heldOver(stored: StoredProposal, state: StepState | undefined): StoredProposal {
  const putOff = state?.status === 'failed' ? (state.retryAt ?? 0) : 0;
  return stored.approvedAt === undefined ? stored : { ...stored, approvedAt: Math.max(stored.approvedAt, putOff) };
}

export function withState(stored: StoredProposal, index: number, state: StepState): StoredProposal {
  return { ...stored, states: stored.states.with(index, state) };
}

/** The issue that a done step created or planned. */
export function issueOf({ states }: StoredProposal): CreatedIssue | undefined {
  const outcomes = states.flatMap((state): Outcome[] => (state.status === 'done' ? [state.outcome] : []));
  return outcomes.find(({ issue }) => issue !== undefined)?.issue;
}

/** The write as it is sent: what it says of the issue is filled in. An issue's own body is never touched. */
export function fillIn(write: Write, issue: CreatedIssue | undefined): Write {
  // An incident is spoken of by its id alone.
  if (issue === undefined || 'incident' in write) return write;
  const values: Readonly<Record<string, string>> = {
    '{{issue}}': `${issue.repository}#${issue.number}`,
    '{{issueUrl}}': issue.url,
  };
  const fill = (text: string): string => text.replace(/\{\{issue(?:Url)?\}\}/gu, (name) => values[name] ?? name);
  if (write.type === 'commentOnIssue') return { ...write, body: fill(write.body) };
  const speaks = write.type === 'replyInThread' || write.type === 'postMessage';
  return speaks ? { ...write, markdown: fill(write.markdown) } : write;
}

/** The state of a step whose write or look failed; an error without a reason is a mistake of ours in reading the reply. */
export function failedState(error: unknown, during: 'look' | 'write'): FailedState {
  const known = error instanceof ServiceError;
  const reason = known ? error.reason : 'badResponse';
  // Not an unknown error's message: a parser's may quote the reply.
  const message = known ? error.message : error instanceof Error ? error.name : 'unknown error';
  // A look that fails says nothing about the write before it, which may have reached the service.
  return {
    status: 'failed',
    reason,
    message: oneLine(message, 300),
    permanent: during === 'write' && PERMANENT.has(reason),
    retryAt: known ? error.retryAt : undefined,
  };
}
