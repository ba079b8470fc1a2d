import * as vscode from 'vscode';

/** What a key passes, as the manifest says: it is about the row that has the focus, in the Queue unless it says otherwise. */
const FOCUSED = 'focused';
const IN_PROPOSALS = 'focusedProposal';

/** The arguments of a row command; when a key of the Queue was pressed, those of a click on the row with the focus. */
export async function rowArguments(
  args: readonly unknown[],
  views: { readonly queue: vscode.TreeView<string>; readonly proposals: vscode.TreeView<string> },
): Promise<readonly unknown[]> {
  const [first] = args;
  if (!(first instanceof Object) || !('row' in first)) return args;
  if (first.row !== FOCUSED && first.row !== IN_PROPOSALS) return args;
  const view = first.row === FOCUSED ? views.queue : views.proposals;
  const row = await selectFocused(view);
  return row === undefined ? [] : [row, view.selection];
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
