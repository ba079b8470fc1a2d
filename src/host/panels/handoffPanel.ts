import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { parsePageState } from '../../shared/handoffMessages.ts';
import { type HandoffPorts, HandoffSession } from './handoffSession.ts';
import { handoffStrings } from './handoffStrings.ts';
import { HANDOFF_VIEW_TYPE } from './handoffViewType.ts';
import { webviewHtml } from './webviewHtml.ts';

export interface HandoffPanel extends vscode.Disposable {
  /** Shows the notes: the panel that is open, or a new one. */
  open(): void;
  /** Fills a panel that VS Code brought back after a reload; for a `WebviewPanelSerializer`. */
  revive(panel: vscode.WebviewPanel, state: unknown): void;
  /** To be called when the team file or the accounts change. */
  targetsChanged(): void;
}

/** The handoff notes in an editor tab, at most one in a window. */
export function createHandoffPanel(extensionUri: vscode.Uri, ports: HandoffPorts): HandoffPanel {
  let shown: { readonly panel: vscode.WebviewPanel; readonly session: HandoffSession } | undefined;
  const roots = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));

  const show = (panel: vscode.WebviewPanel, draftId: string | undefined): void => {
    shown?.panel.dispose();
    const { webview } = panel;
    const session = new HandoffSession({
      ports,
      strings: handoffStrings(),
      language: vscode.env.language,
      draftId,
      // A page that is hidden or gone asks again when it comes back.
      send: (message) => void webview.postMessage(message),
    });
    const receiving = webview.onDidReceiveMessage((raw: unknown) => session.receive(raw));
    panel.iconPath = new vscode.ThemeIcon('notebook');
    shown = { panel, session };
    panel.onDidDispose(() => {
      receiving.dispose();
      if (shown?.panel === panel) shown = undefined;
    });
    webview.options = { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: roots };
    webview.html = pageOf(webview, extensionUri);
  };

  return {
    open() {
      if (shown !== undefined) {
        shown.panel.reveal();
        return;
      }
      const title = vscode.l10n.t('Handoff');
      const { Active } = vscode.ViewColumn;
      show(vscode.window.createWebviewPanel(HANDOFF_VIEW_TYPE, title, Active, { enableFindWidget: true }), undefined);
    },
    revive: (panel, state) => show(panel, parsePageState(state)?.draft.id),
    targetsChanged: () => shown?.session.targetsChanged(),
    dispose() {
      shown?.panel.dispose();
    },
  };
}

function pageOf(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const asset = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  return webviewHtml({
    title: vscode.l10n.t('Handoff'),
    language: vscode.env.language,
    nonce: randomBytes(16).toString('base64url'),
    cspSource: webview.cspSource,
    script: asset('handoff.js'),
    style: asset('handoff.css'),
  });
}
