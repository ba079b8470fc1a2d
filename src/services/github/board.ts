import { oneLine } from '../../core/plainText.ts';
import type { BoardFieldValue, Write } from '../../core/proposal.ts';
import type { Board, BoardField } from './boardWire.ts';

const MAX_NAME = 100;

type AddToBoard = Extract<Write, { type: 'addToBoard' }>;

/** A value that the board's field takes, or why it takes none. */
export type FieldChange = { readonly fieldId: string; readonly value: BoardFieldValue } | { readonly problem: string };

/** The values of a board's fields that a write asks for, by the fields' and options' names. */
export function changesOf(board: Board, wanted: Pick<AddToBoard, 'priority' | 'timebox'>): readonly FieldChange[] {
  const { priority, timebox } = wanted;
  const changes: FieldChange[] = [];
  if (priority !== undefined) changes.push(priorityChange(board, priority));
  if (timebox !== undefined) changes.push(timeboxChange(board, timebox));
  return changes;
}

function priorityChange(board: Board, { field: name, option }: NonNullable<AddToBoard['priority']>): FieldChange {
  const field = fieldNamed(board, name);
  if (field === undefined) return { problem: `the board has no field ${name}` };
  const chosen = field.options.find((candidate) => sameWord(candidate.name, option));
  if (chosen === undefined) return { problem: `the board's field ${name} has no option ${option}` };
  return { fieldId: field.id, value: { type: 'option', optionId: chosen.id } };
}

function timeboxChange(board: Board, { field: name, hours }: NonNullable<AddToBoard['timebox']>): FieldChange {
  const field = fieldNamed(board, name);
  if (field === undefined) return { problem: `the board has no field ${name}` };
  if (field.dataType !== 'NUMBER') return { problem: `the board's field ${name} takes no number` };
  return { fieldId: field.id, value: { type: 'number', number: hours } };
}

/** What people call a field and one of its values; undefined for a field or a value that the board has not. */
export function namesOf(
  { fields }: Pick<Board, 'fields'>,
  fieldId: string,
  value: BoardFieldValue | undefined,
): { readonly field: string; readonly value: string | undefined } | undefined {
  const field = fields.find(({ id }) => id === fieldId);
  if (field === undefined) return undefined;
  const option = value?.type === 'option' ? field.options.find(({ id }) => id === value.optionId)?.name : undefined;
  if (value?.type === 'option' && option === undefined) return undefined;
  const name = value?.type === 'number' ? String(value.number) : option && oneLine(option, MAX_NAME);
  return { field: oneLine(field.name, MAX_NAME), value: name };
}

/** Whether a field has that very value. */
export function sameValue(one: BoardFieldValue | undefined, other: BoardFieldValue | undefined): boolean {
  if (one?.type === 'option') return other?.type === 'option' && one.optionId === other.optionId;
  return one?.type === other?.type && one?.number === (other?.type === 'number' ? other.number : undefined);
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
