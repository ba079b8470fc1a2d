import * as vscode from 'vscode';
import type { Proposal } from '../core/proposal.ts';
import { type PreviewFacts, stepNotes, whyText } from './gate/previewNotes.ts';
import { type PreviewInput, type PreviewWords, previewMarkdown } from './previewMarkdown.ts';

const PREVIEW_SCHEME = 'responder-preview';
const MOMENT = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions;

export interface PreviewPorts {
  readonly facts: PreviewFacts;
  /** The zone in which times are said. */
  readonly timeZone: () => string;
  /** Looks for what is not known of the places that proposals go to; true when there is more to say then. */
  readonly learn: (proposals: readonly Proposal[]) => Promise<boolean>;
}

/** Shows what proposals will write as a read-only Markdown document, word for word. */
export class WritePreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  /** What is shown by each name; one that was shown since is another. */
  readonly #shown = new Map<string, PreviewInput>();
  readonly #ports: PreviewPorts;
  readonly #registration: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(ports: PreviewPorts) {
    this.#ports = ports;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? vscode.l10n.t('This preview is no longer available.');
  }

  /**
   * Opens the preview, or fills the one that is open. `name` keeps previews of different things apart and is the
   * document's name. The keyboard stays where it is.
   */
  async show(name: string, input: PreviewInput): Promise<vscode.TextEditor> {
    this.#shown.set(name, input);
    const editor = await this.showText(name, this.#markdown(input));
    // It does not wait for what has to be asked for.
    void this.#ports.learn(input.proposals).then((isMore) => {
      if (isMore && this.#shown.get(name) === input) this.#fill(previewUri(name), this.#markdown(input));
    });
    return editor;
  }

  /** Shows side by side what was to be written and what is now. The name is that of the preview. */
  async showChange(name: string, before: PreviewInput, after: PreviewInput): Promise<void> {
    this.#shown.set(name, after);
    const [old, now] = [previewUri(vscode.l10n.t('{0} (before)', name)), previewUri(name)];
    this.#fill(old, this.#markdown(before));
    this.#fill(now, this.#markdown(after));
    const title = vscode.l10n.t('{0} (before ↔ now)', name);
    await vscode.commands.executeCommand('vscode.diff', old, now, title, { preview: true });
  }

  /** Opens text that nobody edits. */
  async showText(name: string, markdown: string): Promise<vscode.TextEditor> {
    const uri = previewUri(name);
    this.#fill(uri, markdown);
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
  }

  /** Puts another text in the place of one that was opened; it is not brought back when it was closed meanwhile. */
  updateText(name: string, markdown: string): void {
    this.#fill(previewUri(name), markdown);
  }

  /** Closes the preview's tabs and forgets its text. */
  async close(name: string): Promise<void> {
    const uri = previewUri(name).toString();
    this.#texts.delete(uri);
    this.#shown.delete(name);
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => shownIn(input)?.toString() === uri);
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
  }

  #markdown(input: PreviewInput): string {
    const { facts, timeZone } = this.#ports;
    return previewMarkdown(
      {
        ...input,
        leadOf: (proposal) => [...(input.leadOf?.(proposal) ?? []), ...present(whyText(proposal, facts))],
        notesOf: (write, proposal) => [
          ...(input.notesOf?.(write, proposal) ?? []),
          ...stepNotes(write, proposal, facts),
        ],
      },
      previewWords(timeZone()),
    );
  }

  #fill(uri: vscode.Uri, markdown: string): void {
    this.#texts.set(uri.toString(), markdown);
    this.#changed.fire(uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#texts.clear();
  }
}

/** The document that a tab is about; of two side by side the one that stands now. */
function shownIn(input: unknown): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText) return input.uri;
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}

function present(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

function previewUri(name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: PREVIEW_SCHEME, path: `/${name.replaceAll('/', ' ')}.md` });
}

function previewWords(timeZone: string): PreviewWords {
  return {
    nothingWritten: vscode.l10n.t('Nothing has been sent yet. This will be sent, in this order.'),
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
    appendedIssue: (issue, reopens) =>
      reopens
        ? vscode.l10n.t('The rest of {0} stays as it is; no second issue is created', issue)
        : vscode.l10n.t('{0} stays as it is; no second issue is created', issue),
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
    deleteNote: (incident) => vscode.l10n.t('Delete our note on incident {0}', incident),
    restoreBoard: vscode.l10n.t('Give the board its former values back'),
    removeFromBoard: vscode.l10n.t('Take it off the board'),
    silence: (matchers) => vscode.l10n.t('Silence {0}', matchers),
    silenceUntil: (endsAt, comment) =>
      vscode.l10n.t(
        'Until {0}: {1}',
        new Date(endsAt).toLocaleString(vscode.env.language, { ...MOMENT, timeZone }),
        comment,
      ),
    silenceCovers: (count) => vscode.l10n.t('Firing alerts that it silences now, as far as known: {0}', count),
    expireSilence: vscode.l10n.t('End the silence'),
    acknowledge: (incident) => vscode.l10n.t('Acknowledge PagerDuty incident {0}', incident),
    acknowledged: vscode.l10n.t('PagerDuty notifies nobody else. An acknowledgement cannot be undone.'),
    resolve: (incident) => vscode.l10n.t('Resolve PagerDuty incident {0}', incident),
    resolved: vscode.l10n.t('Everybody who follows it sees that it is resolved. This cannot be undone.'),
    note: (incident) => vscode.l10n.t('Note on PagerDuty incident {0}', incident),
  };
}
