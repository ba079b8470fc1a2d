import type { CreatedIssue, Outcome, Write } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError } from '../service.ts';
import type { Board, BoardField } from './boardWire.ts';
import { ADD_ITEM, FIND_BOARD, parseBoard, parseItemId, SET_FIELD } from './boardWire.ts';
import type { GitHubClient } from './client.ts';
import { isRefusal } from './failures.ts';

type AddToBoard = Extract<Write, { type: 'addToBoard' }>;

/** A value that the board's field takes, or why it takes none. */
type FieldValue =
  | { readonly fieldId: string; readonly value: Readonly<Record<string, unknown>> }
  | { readonly problem: string };

/**
 * Puts an issue on a Projects v2 board and sets its fields. Over GraphQL, which github.com and Enterprise Server share.
 * A field that cannot be set is a warning: the issue is on the board.
 * @throws {ServiceError}
 */
export async function addToBoard(
  client: GitHubClient,
  write: AddToBoard,
  issue: CreatedIssue | undefined,
): Promise<Outcome> {
  if (issue === undefined) throw new ServiceError('refused', 'there is no issue to put on the board');
  const name = `${write.owner}/${String(write.number)}`;
  const board = parseBoard(await client.graphql(FIND_BOARD, { owner: write.owner, number: write.number }));
  if (board === undefined)
    throw new ServiceError('notFound', `the board ${name} is not there, or not for this account`);
  const added = await client.graphql(ADD_ITEM, { projectId: board.id, contentId: issue.nodeId });
  const itemId = parseItemId(added);
  if (itemId === undefined)
    throw new ServiceError('badResponse', `GitHub does not say what it put on the board ${name}`);
  const warnings: string[] = [];
  for (const value of valuesOf(board, write)) {
    const problem = 'problem' in value ? value.problem : await setField(client, { projectId: board.id, itemId }, value);
    if (problem !== undefined) warnings.push(problem);
  }
  return { url: safeUrl(board.url) ?? issue.url, issue: undefined, warnings, undo: [] };
}

function valuesOf(board: Board, { priority, timebox }: AddToBoard): readonly FieldValue[] {
  const values: FieldValue[] = [];
  if (priority !== undefined) values.push(priorityValue(board, priority));
  if (timebox !== undefined) values.push(timeboxValue(board, timebox));
  return values;
}

function priorityValue(board: Board, { field: name, option }: NonNullable<AddToBoard['priority']>): FieldValue {
  const field = fieldNamed(board, name);
  if (field === undefined) return { problem: `the board has no field ${name}` };
  const chosen = field.options.find((candidate) => sameWord(candidate.name, option));
  if (chosen === undefined) return { problem: `the board's field ${name} has no option ${option}` };
  return { fieldId: field.id, value: { singleSelectOptionId: chosen.id } };
}

function timeboxValue(board: Board, { field: name, hours }: NonNullable<AddToBoard['timebox']>): FieldValue {
  const field = fieldNamed(board, name);
  if (field === undefined) return { problem: `the board has no field ${name}` };
  if (field.dataType !== 'NUMBER') return { problem: `the board's field ${name} takes no number` };
  return { fieldId: field.id, value: { number: hours } };
}

interface ItemIds {
  readonly projectId: string;
  readonly itemId: string;
}

/** Returns why the field was not set; what will pass by itself is thrown, to be tried again. */
async function setField(client: GitHubClient, ids: ItemIds, value: object): Promise<string | undefined> {
  try {
    await client.graphql(SET_FIELD, { ...ids, ...value });
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError && isRefusal(error.reason)) return error.message;
    throw error;
  }
}

function fieldNamed(board: Board, name: string): BoardField | undefined {
  return board.fields.find((field) => sameWord(field.name, name));
}

/** `🚨 Critical` and `critical` are one word: signs, spaces and case do not count. */
function sameWord(one: string, other: string): boolean {
  const [first, second] = [wordOf(one), wordOf(other)];
  return first === '' || second === '' ? one.trim() === other.trim() : first === second;
}

function wordOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
