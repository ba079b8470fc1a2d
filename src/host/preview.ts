import * as vscode from 'vscode';
import { type PreviewInput, type PreviewWords, previewMarkdown } from './previewMarkdown.ts';

const PREVIEW_SCHEME = 'responder-preview';

/** Shows what proposals will write as a read-only Markdown document, word for word. */
export class WritePreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? vscode.l10n.t('This preview is over.');
  }

  /**
   * Opens the preview, or fills the one that is open. `name` keeps previews of different things apart and is the
   * document's name. The keyboard stays where it is.
   */
  async show(name: string, input: PreviewInput): Promise<vscode.TextEditor> {
    return this.showText(name, previewMarkdown(input, previewWords()));
  }

  /** Opens text that nobody edits. */
  async showText(name: string, markdown: string): Promise<vscode.TextEditor> {
    const uri = previewUri(name);
    this.#texts.set(uri.toString(), markdown);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
  }

  /** Closes the preview's tabs and forgets its text. */
  async close(name: string): Promise<void> {
    const uri = previewUri(name).toString();
    this.#texts.delete(uri);
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri);
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#texts.clear();
  }
}

function previewUri(name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: PREVIEW_SCHEME, path: `/${name.replaceAll('/', ' ')}.md` });
}

function previewWords(): PreviewWords {
  return {
    nothingWritten: vscode.l10n.t('Nothing is written yet. This is what will be written, in this order.'),
    title: vscode.l10n.t('Title'),
    labels: vscode.l10n.t('Labels'),
    assignee: vscode.l10n.t('Assignee'),
    nobody: vscode.l10n.t('Nobody'),
    none: vscode.l10n.t('None'),
    priority: vscode.l10n.t('Priority'),
    timebox: vscode.l10n.t('Timebox'),
    body: vscode.l10n.t('Body'),
    newIssue: (repository) => vscode.l10n.t('New issue in {0}', repository),
    plannedIssue: (issue) => vscode.l10n.t('{0} itself is planned; no second issue is created', issue),
    appendedIssue: (issue) => vscode.l10n.t('{0} stays as it is; no second issue is created', issue),
    board: (owner, number) => vscode.l10n.t('Board {0} of {1}', number, owner),
    reply: (place) => vscode.l10n.t('Reply in the thread in {0}', place),
    comment: (issue) => vscode.l10n.t('Comment on {0}', issue),
    message: (channel) => vscode.l10n.t('Message in {0}', channel),
    assignees: (issue) => vscode.l10n.t('Assignees of {0}', issue),
    reaction: (place) => vscode.l10n.t('Reaction in {0}', place),
    hours: (hours) => vscode.l10n.t('{0} h', hours),
    labelsOf: (issue) => vscode.l10n.t('Labels of {0}', issue),
    close: (issue) => vscode.l10n.t('Close {0}', issue),
    closeReason: (reason) => (reason === 'completed' ? vscode.l10n.t('As completed') : vscode.l10n.t('As not planned')),
    reopen: (issue) => vscode.l10n.t('Reopen {0}', issue),
    deleteComment: (repository) => vscode.l10n.t('Delete our comment in {0}', repository),
    deleteMessage: (place) => vscode.l10n.t('Delete our message in {0}', place),
    restoreBoard: vscode.l10n.t('Give the board its former values back'),
    removeFromBoard: vscode.l10n.t('Take it off the board'),
    silence: (matchers) => vscode.l10n.t('Silence {0}', matchers),
    silenceUntil: (endsAt, comment) =>
      vscode.l10n.t('Until {0}: {1}', new Date(endsAt).toLocaleString(vscode.env.language), comment),
    silenceCovers: (count) => vscode.l10n.t('Firing alerts that it holds now, as far as they are known: {0}', count),
    expireSilence: vscode.l10n.t('End the silence'),
    acknowledge: (incident) => vscode.l10n.t('Acknowledge PagerDuty incident {0}', incident),
    acknowledged: vscode.l10n.t('PagerDuty calls nobody else. An acknowledgement cannot be taken back.'),
    resolve: (incident) => vscode.l10n.t('Resolve PagerDuty incident {0}', incident),
    resolved: vscode.l10n.t('Everybody who follows it sees that it is over. This cannot be taken back.'),
    note: (incident) => vscode.l10n.t('Note on PagerDuty incident {0}', incident),
  };
}
