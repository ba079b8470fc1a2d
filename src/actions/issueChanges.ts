import type { Item } from '../core/item.ts';
import { type IssueNumber, isPullRequest, parseIssueId } from '../core/nativeIds.ts';
import { PRIORITY_LABEL, type Priority } from '../core/priority.ts';
import type { Proposal, ProposalKind, Write } from '../core/proposal.ts';
import type { Signal } from '../core/signal.ts';
import type { Team } from '../core/team.ts';
import { proposalOf } from './proposalOf.ts';
import { sayIn } from './words.ts';

export interface IssueChangeInput {
  readonly item: Item;
  /** The issue that the item became, when it did. */
  readonly converted: IssueNumber | undefined;
  /** Of the proposal. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The open issues and pull requests that an item is or became, each once. */
export function issuesOf({ item, converted }: Pick<IssueChangeInput, 'item' | 'converted'>): readonly IssueNumber[] {
  return eachOnce(item.signals, converted);
}

/** The open issues that an item is or became: pull requests are merged or closed where they are read. */
export function closableIssuesOf({
  item,
  converted,
}: Pick<IssueChangeInput, 'item' | 'converted'>): readonly IssueNumber[] {
  return eachOnce(
    item.signals.filter((signal) => !isPullRequest(signal)),
    converted,
  );
}

function eachOnce(signals: readonly Signal[], converted: IssueNumber | undefined): readonly IssueNumber[] {
  const own = signals.flatMap(({ id, state }) => (state === 'closed' ? [] : (parseIssueId(id) ?? [])));
  const all = converted === undefined ? own : [...own, converted];
  return [...new Map(all.map((issue) => [`${issue.repository}#${issue.number}`.toLowerCase(), issue])).values()];
}

/** Adds and removes labels on an item's issues; undefined when it has none. */
export function label(
  input: IssueChangeInput,
  labels: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Proposal | undefined {
  return change(
    'label',
    input,
    issuesOf(input).map((issue) => ({ type: 'label', ...issue, ...labels })),
  );
}

/** Closes an item's issues, no pull request, with a word on each when there is one; undefined when it has none. */
export function close(
  input: IssueChangeInput,
  { reason, words }: { readonly reason: 'completed' | 'notPlanned'; readonly words: string | undefined },
): Proposal | undefined {
  const steps = closableIssuesOf(input).flatMap((issue): readonly Write[] => {
    const mark = { id: `${input.id}:${issue.repository}#${issue.number}`, now: input.now };
    return [...(words === undefined ? [] : [sayIn(issue, words, mark)]), { type: 'closeIssue', ...issue, reason }];
  });
  return change('close', input, steps);
}

/** Sets the priority of (some of) an item's issues on the team's board; undefined without a board or an issue. */
export function prioritise(
  input: IssueChangeInput,
  team: Team,
  priority: Priority,
  issues: readonly IssueNumber[] = issuesOf(input),
): Proposal | undefined {
  const board = team.issues?.project;
  const field = board?.priorityField;
  if (board === undefined || field === undefined) return undefined;
  const { owner, number } = board;
  const steps = issues.map(
    (issue): Write => ({
      type: 'setBoardPriority',
      ...issue,
      board: { owner, number },
      field,
      option: PRIORITY_LABEL[priority],
    }),
  );
  return change('prioritise', input, steps);
}

function change(kind: ProposalKind, input: IssueChangeInput, steps: readonly Write[]): Proposal | undefined {
  return steps.length === 0 ? undefined : proposalOf(kind, input, steps);
}
