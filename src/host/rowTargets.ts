import { itemIdOf } from './tree/itemRows.ts';

/**
 * The items that a command is about: the selection when the clicked row is part of it, otherwise the clicked row;
 * with neither (palette, keyboard) what is selected in the view.
 */
export function targetItems(row: unknown, selected: unknown, inView: readonly string[]): readonly string[] {
  const rows = targetRows(row, selected, inView);
  return [...new Set(rows.map(itemIdOf).filter((id) => id !== undefined))];
}

export function targetRows(row: unknown, selected: unknown, inView: readonly string[]): readonly string[] {
  const many = Array.isArray(selected) ? selected.filter((each) => typeof each === 'string') : [];
  if (typeof row !== 'string') return inView;
  return many.includes(row) ? many : [row];
}
