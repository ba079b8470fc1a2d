import * as vscode from 'vscode';
import { ContextKey } from './contextKeys.ts';
import { linkless } from './inert.ts';

export interface DocumentEdit<T> {
  /** Markdown. */
  readonly content: string;
  /** Where the person begins to type in its first line; before it unless said otherwise. */
  readonly column?: number | undefined;
  /** What to do, in a message beside the document. */
  readonly hint: string;
  /** What the person made of it, or in words why that cannot be applied. */
  readonly read: (text: string) => { readonly value: T } | { readonly problem: string };
  /** Told of the text whenever the person pauses, and when they close it changed. */
  readonly typed?: (text: string) => void;
  /** Told when the person discards it, and not when they close it, or the window. */
  readonly discarded?: () => void;
}

/** What the command begins with that ends the edit of a document; the document's address follows. */
const PREFIX = { apply: 'responder.applyEdit:', discard: 'responder.discardEdit:' } as const;

/** So long a person pauses. */
const PAUSE_MS = 300;

/**
 * Opens text as an untitled Markdown document and waits until the person applies or discards what they made of it: by
 * the lenses above its first line, or the buttons of a message. Undefined when discarded or closed.
 */
export async function editDocument<T>(edit: DocumentEdit<T>): Promise<T | undefined> {
  const { content, column = 0, hint, read } = edit;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  const { promise, resolve } = Promise.withResolvers<T | undefined>();
  // The buttons of the message stay in the notification centre after the edit.
  let isOver = false;
  const apply = () => {
    if (isOver) return;
    const edited = read(document.getText());
    if ('value' in edited) resolve(edited.value);
    else void vscode.window.showErrorMessage(linkless(edited.problem));
  };
  const discard = () => {
    if (isOver) return;
    edit.discarded?.();
    resolve(undefined);
  };
  const listening = [...lenses(document, apply, discard), followTyping(document, edit, () => resolve(undefined))];
  try {
    await tellEdited();
    await vscode.window.showTextDocument(document, {
      preview: false,
      selection: new vscode.Range(0, column, 0, column),
    });
    void offer(hint, apply, discard);
    return await promise;
  } finally {
    isOver = true;
    for (const one of listening) one.dispose();
    await tellEdited();
    await close(document);
  }
}

/** Tells the edit of what is typed, at each pause and when the document is closed; then also `closed`. */
function followTyping<T>(
  document: vscode.TextDocument,
  { content, read, typed }: DocumentEdit<T>,
  closed: () => void,
): vscode.Disposable {
  // VS Code empties an untitled document as it closes it.
  let last = content;
  let pausing: NodeJS.Timeout | undefined;
  let isFailing = false;
  /** What keeps it may fail (a store that another window keeps locked); the next pause tries again. */
  const keep = (): boolean => {
    try {
      typed?.(last);
      isFailing = false;
    } catch (error) {
      if (!isFailing) sayNotKept(error);
      isFailing = true;
    }
    return !isFailing;
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((changed) => {
      if (changed.document !== document || document.isClosed) return;
      last = document.getText();
      clearTimeout(pausing);
      pausing = setTimeout(keep, PAUSE_MS);
    }),
    vscode.workspace.onDidCloseTextDocument((one) => {
      if (one !== document) return;
      if (last !== content) {
        const edited = read(last);
        if (!keep()) void offerText(last, vscode.l10n.t('Your last edit was not kept.'));
        else if ('problem' in edited) {
          void offerText(last, vscode.l10n.t('Your last edit was not kept: {0}', edited.problem));
        }
      }
      closed();
    }),
    { dispose: () => clearTimeout(pausing) },
  );
}

function sayNotKept(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  const text = vscode.l10n.t('What you type cannot be saved now: {0}. It is tried again whenever you pause.', why);
  void vscode.window.showWarningMessage(linkless(text));
}

/** What was typed and is kept nowhere, since it cannot be read or stored. */
async function offerText(text: string, why: string): Promise<void> {
  const copy = vscode.l10n.t('Copy Text');
  if ((await vscode.window.showWarningMessage(linkless(why), copy)) === copy) {
    await vscode.env.clipboard.writeText(text);
  }
}

async function offer(hint: string, apply: () => void, discard: () => void): Promise<void> {
  const applyText = vscode.l10n.t('Apply');
  const discardText = vscode.l10n.t('Discard');
  const chosen = await vscode.window.showInformationMessage(linkless(hint), applyText, discardText);
  if (chosen === applyText) apply();
  if (chosen === discardText) discard();
}

/** Applies or discards what is written in the active editor; nothing when that is none of ours. */
export async function endEdit(how: 'apply' | 'discard'): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const id = document && commandOf(how, document);
  const known = await vscode.commands.getCommands(true);
  if (id !== undefined && known.includes(id)) await vscode.commands.executeCommand(id);
}

function commandOf(how: 'apply' | 'discard', { uri }: vscode.TextDocument): string {
  return `${PREFIX[how]}${uri.toString()}`;
}

/** Lets the manifest's clauses see which documents are edited, of any number of edits at once: those that have commands. */
async function tellEdited(): Promise<void> {
  const known = await vscode.commands.getCommands(true);
  const edited = known.filter((id) => id.startsWith(PREFIX.apply)).map((id) => id.slice(PREFIX.apply.length));
  new ContextKey('responder.editing').set(edited);
}

/** The commands exist only while the document is edited, so they are in no palette. */
function lenses(document: vscode.TextDocument, apply: () => void, discard: () => void): readonly vscode.Disposable[] {
  const [applyId, discardId] = [commandOf('apply', document), commandOf('discard', document)];
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
