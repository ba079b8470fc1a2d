import * as vscode from 'vscode';
import { type EditableIssue, type EditProblem, parseEditable, writeEditable } from './editable.ts';

/**
 * Opens the issue as an untitled Markdown document and waits until the person applies or discards what they made of
 * it: by the lenses above its first line, or the buttons of a message. Undefined when discarded or closed.
 */
export async function editIssue(start: EditableIssue): Promise<EditableIssue | undefined> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: writeEditable(start) });
  const { promise, resolve } = Promise.withResolvers<EditableIssue | undefined>();
  const apply = () => {
    const edited = parseEditable(document.getText());
    if (typeof edited === 'object') resolve(edited);
    else void vscode.window.showErrorMessage(problemText(edited));
  };
  const discard = () => {
    resolve(undefined);
  };
  const listening = [
    ...lenses(document, apply, discard),
    vscode.workspace.onDidCloseTextDocument((closed) => {
      if (closed === document) discard();
    }),
  ];
  try {
    await vscode.window.showTextDocument(document, { preview: false });
    void offer(apply, discard);
    return await promise;
  } finally {
    for (const one of listening) one.dispose();
    await close(document);
  }
}

async function offer(apply: () => void, discard: () => void): Promise<void> {
  const applyText = vscode.l10n.t('Apply');
  const discardText = vscode.l10n.t('Discard');
  const text = vscode.l10n.t('Edit the title, labels and body, then apply. Nothing is written yet.');
  const chosen = await vscode.window.showInformationMessage(text, applyText, discardText);
  if (chosen === applyText) apply();
  if (chosen === discardText) discard();
}

/** The commands exist only while the document is edited, so they are in no palette. */
function lenses(document: vscode.TextDocument, apply: () => void, discard: () => void): readonly vscode.Disposable[] {
  const applyId = `responder.applyIssueEdit:${document.uri.toString()}`;
  const discardId = `responder.discardIssueEdit:${document.uri.toString()}`;
  const top = new vscode.Range(0, 0, 0, 0);
  return [
    vscode.commands.registerCommand(applyId, apply),
    vscode.commands.registerCommand(discardId, discard),
    vscode.languages.registerCodeLensProvider(
      { scheme: document.uri.scheme, language: 'markdown' },
      {
        provideCodeLenses: ({ uri }) =>
          uri.toString() === document.uri.toString()
            ? [
                new vscode.CodeLens(top, { title: `$(check) ${vscode.l10n.t('Apply')}`, command: applyId }),
                new vscode.CodeLens(top, { title: `$(discard) ${vscode.l10n.t('Discard')}`, command: discardId }),
              ]
            : [],
      },
    ),
  ];
}

/** An untitled document is always dirty: only reverting it closes it without a question about saving. */
async function close(document: vscode.TextDocument): Promise<void> {
  if (document.isClosed) return;
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

function problemText(problem: EditProblem): string {
  switch (problem) {
    case 'noHead':
      return vscode.l10n.t('The head between the two lines of dashes is missing: it holds the title and the labels.');
    case 'noTitle':
      return vscode.l10n.t('An issue needs a title: write it after “title:” in the head.');
  }
}
