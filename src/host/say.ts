import * as vscode from 'vscode';

/** Says something in the status bar for a while: `forMs`, six seconds unless it takes longer to read. */
export function say(text: string, forMs = 6000): void {
  vscode.window.setStatusBarMessage(text, forMs);
}
