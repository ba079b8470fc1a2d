import type { BoardFieldValue, CreatedIssue, Outcome, Write } from '../../core/proposal.ts';
import { safeUrl } from '../../core/url.ts';
import { ServiceError, type WriteContext } from '../service.ts';
import { changesOf, type FieldChange, namesOf, sameValue } from './board.ts';
import {
  ADD_ITEM,
  type Board,
  type BoardItem,
  CLEAR_FIELD,
  FIND_BOARD,
  FIND_ITEMS,
  parseBoard,
  parseItem,
  parseItemId,
  parseItemOn,
  READ_ITEM,
  REMOVE_ITEM,
  SET_FIELD,
} from './boardWire.ts';
import type { GitHubClient, GitHubWriteClient } from './client.ts';
import { isRefusal } from './failures.ts';
import { webOrigin } from './file.ts';
import { readIssue } from './issueRecord.ts';

type AddToBoard = Extract<Write, { type: 'addToBoard' }>;
type SetBoardPriority = Extract<Write, { type: 'setBoardPriority' }>;
type RestoreBoardFields = Extract<Write, { type: 'restoreBoardFields' }>;
type RemoveFromBoard = Extract<Write, { type: 'removeFromBoard' }>;
type Restored = RestoreBoardFields['fields'][number];
type FieldSetting = Exclude<FieldChange, { problem: string }>;

/**
 * Puts an issue on a Projects v2 board and sets its fields. Over GraphQL, which github.com and Enterprise Server share.
 * A field that cannot be set is a warning: the issue is on the board.
 * @throws {ServiceError}
 */
export async function addToBoard(
  client: GitHubWriteClient,
  write: AddToBoard,
  { issue, begins }: WriteContext,
): Promise<Outcome> {
  if (issue === undefined) throw new ServiceError('refused', 'there is no issue to put on the board');
  const board = await findBoard(client, write);
  return setFields(client, issue, { board, changes: changesOf(board, write), begins });
}

/** @throws {ServiceError} `refused` where the board knows no such priority: then nothing is changed. */
export async function setBoardPriority(
  client: GitHubWriteClient,
  write: SetBoardPriority,
  { begins }: WriteContext,
): Promise<Outcome> {
  const { repository, number, field, option } = write;
  const board = await findBoard(client, write.board);
  const changes = changesOf(board, { priority: { field, option }, timebox: undefined });
  for (const change of changes) if ('problem' in change) throw new ServiceError('refused', change.problem);
  return setFields(client, await readIssue(client, repository, number), { board, changes, begins });
}

/** @throws {ServiceError} `notFound` when there is no such item any more */
export async function restoreBoardFields(
  client: GitHubWriteClient,
  write: RestoreBoardFields,
  { begins }: WriteContext,
): Promise<Outcome> {
  const { projectId, itemId } = write;
  const before = await readItem(client, write);
  if (before === undefined) throw new ServiceError('notFound', 'it is not on the board any more');
  const changes = write.fields.filter((field) => !isSo(before, field));
  const undo = restoring(before, changes);
  begins?.(undo);
  for (const { fieldId, value } of changes) await setField(client, { projectId, itemId, fieldId }, value);
  return outcome(client, before.boardUrl, { undo });
}

/** What is not on the board any more is as it should be. @throws {ServiceError} */
export async function removeFromBoard(client: GitHubWriteClient, write: RemoveFromBoard): Promise<Outcome> {
  const { projectId, contentId } = write;
  const before = await orGone(() => findItem(client, projectId, contentId));
  if (before !== undefined) await client.mutate(REMOVE_ITEM, { projectId, itemId: before.id });
  return outcome(client, before?.boardUrl, { undo: [] });
}

async function findBoard(
  client: GitHubClient,
  { owner, number }: { readonly owner: string; readonly number: number },
): Promise<Board> {
  const board = parseBoard(await client.query(FIND_BOARD, { owner, number }));
  if (board !== undefined) return board;
  throw new ServiceError('notFound', `the board ${owner}/${String(number)} is not there, or not for this account`);
}

interface BoardChange {
  readonly board: Board;
  readonly changes: readonly FieldChange[];
  readonly begins: WriteContext['begins'];
}

async function setFields(
  client: GitHubWriteClient,
  { nodeId }: Pick<CreatedIssue, 'nodeId'>,
  { board, changes, begins }: BoardChange,
): Promise<Outcome> {
  const removal: Write = { type: 'removeFromBoard', projectId: board.id, contentId: nodeId };
  const found = await findItem(client, board.id, nodeId);
  if (found === undefined) begins?.([removal]);
  const item = found ?? (await addItem(client, board, nodeId));
  const takingBack = (done: readonly FieldSetting[]): readonly Write[] =>
    found === undefined ? [removal] : restoring(found, done, board);
  const wanted = changes.flatMap((change) => ('problem' in change || isSo(item, change) ? [] : [change]));
  if (found !== undefined) begins?.(takingBack(wanted));
  const warnings = changes.flatMap((change) => ('problem' in change ? [change.problem] : []));
  const changed: FieldSetting[] = [];
  for (const change of wanted) {
    const problem = await trySetField(client, item, change);
    if (problem === undefined) changed.push(change);
    else warnings.push(problem);
  }
  return outcome(client, board.url, { warnings, undo: takingBack(changed) });
}

async function addItem(client: GitHubWriteClient, board: Board, contentId: string): Promise<BoardItem> {
  const id = parseItemId(await client.mutate(ADD_ITEM, { projectId: board.id, contentId }));
  if (id === undefined) throw new ServiceError('badResponse', 'GitHub does not say what it put on the board');
  return { id, projectId: board.id, boardUrl: board.url, values: new Map() };
}

/** By which an issue is on a board; undefined when it is not. */
async function findItem(client: GitHubClient, projectId: string, contentId: string): Promise<BoardItem | undefined> {
  return parseItemOn(projectId, await client.query(FIND_ITEMS, { contentId }));
}

/** Undefined when it is gone. */
async function readItem(
  client: GitHubClient,
  { projectId, itemId }: RestoreBoardFields,
): Promise<BoardItem | undefined> {
  const item = await orGone(async () => parseItem(await client.query(READ_ITEM, { itemId })));
  return item?.projectId === projectId ? item : undefined;
}

/** Undefined for what is not there any more. */
async function orGone(ask: () => Promise<BoardItem | undefined>): Promise<BoardItem | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ServiceError && error.reason === 'notFound') return undefined;
    throw error;
  }
}

/** Returns why the field was not set; what will pass by itself is thrown, to be tried again. */
async function trySetField(
  client: GitHubWriteClient,
  { id, projectId }: BoardItem,
  { fieldId, value }: FieldSetting,
): Promise<string | undefined> {
  try {
    await setField(client, { projectId, itemId: id, fieldId }, value);
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError && isRefusal(error.reason)) return error.message;
    throw error;
  }
}

async function setField(
  client: GitHubWriteClient,
  ids: { readonly projectId: string; readonly itemId: string; readonly fieldId: string },
  value: BoardFieldValue | undefined,
): Promise<void> {
  if (value === undefined) await client.mutate(CLEAR_FIELD, ids);
  else if (value.type === 'number') await client.mutate(SET_FIELD, { ...ids, value: { number: value.number } });
  else await client.mutate(SET_FIELD, { ...ids, value: { singleSelectOptionId: value.optionId } });
}

function isSo({ values }: BoardItem, { fieldId, value }: Restored): boolean {
  return sameValue(values.get(fieldId), value);
}

/** What gives fields that change the values that they have now; the board says what people call them. */
function restoring(
  { id, projectId, values }: BoardItem,
  changing: readonly Pick<Restored, 'fieldId'>[],
  board: Pick<Board, 'fields'> = { fields: [] },
): readonly Write[] {
  const fields = changing.map(({ fieldId }): Restored => {
    const value = values.get(fieldId);
    const names = namesOf(board, fieldId, value);
    return names === undefined ? { fieldId, value } : { fieldId, value, names };
  });
  return fields.length === 0 ? [] : [{ type: 'restoreBoardFields', projectId, itemId: id, fields }];
}

function outcome(
  client: GitHubClient,
  boardUrl: unknown,
  { warnings = [], undo }: { readonly warnings?: readonly string[]; readonly undo: readonly Write[] },
): Outcome {
  return { url: safeUrl(boardUrl) ?? webOrigin(client.apiUrl), issue: undefined, warnings, undo };
}
