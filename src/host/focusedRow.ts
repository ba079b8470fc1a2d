import * as vscode from 'vscode';
import type { CommandId } from './commands.ts';

/** What a key passes, as the manifest says: it is about the row that has the focus, in the Queue unless it says otherwise. */
const FOCUSED = 'focused';
const IN_PROPOSALS = 'focusedProposal';

/** What makes a row leave its place: whoever works the list down by keys goes on with the next one. */
const LEAVING: ReadonlySet<CommandId> = new Set<CommandId>([
  'responder.claim',
  'responder.done',
  'responder.approveProposal',
  'responder.dropProposal',
]);

/**
 * The arguments of a row command; when a key was pressed in a view, those of a click on the row with the focus. The focus
 * moves on at once and not when the row is gone: by then the keyboard may be somewhere else.
 */
export async function rowArguments(
  id: CommandId,
  args: readonly unknown[],
  views: { readonly queue: vscode.TreeView<string>; readonly proposals: vscode.TreeView<string> },
): Promise<readonly unknown[]> {
  const [first] = args;
  if (!(first instanceof Object) || !('row' in first)) return args;
  if (first.row !== FOCUSED && first.row !== IN_PROPOSALS) return args;
  const view = first.row === FOCUSED ? views.queue : views.proposals;
  const row = await selectFocused(view);
  if (row === undefined) return [];
  const { selection } = view;
  if (LEAVING.has(id)) await vscode.commands.executeCommand('list.focusDown');
  return [row, selection];
}

/**
 * Makes the row with the focus the selection, unless it is part of it already; undefined when none has the focus.
 * The arrow keys move the focus and leave the selection where it was, and VS Code tells an extension only of the
 * selection: what changes when the focused row is toggled tells which one it is.
 */
async function selectFocused(view: vscode.TreeView<string>): Promise<string | undefined> {
  const before = view.selection;
  await toggleFocused();
  const after = view.selection;
  const added = after.find((row) => !before.includes(row));
  if (added === undefined) {
    const removed = before.find((row) => !after.includes(row));
    if (removed !== undefined) await toggleFocused();
    return removed;
  }
  if (before.length > 0) await view.reveal(added, { select: true, focus: true });
  return added;
}

async function toggleFocused(): Promise<void> {
  await vscode.commands.executeCommand('list.toggleSelection');
}
