import * as vscode from 'vscode';
import type { PostedHandoff } from '../core/handoff.ts';

export interface PostedHandoffPorts {
  /** Shows text that nobody edits, under a name. */
  readonly showText: (name: string, markdown: string) => Promise<unknown>;
  readonly openUrl: (url: string) => Promise<void>;
}

/** The notes as they were posted, or the place where they were: asks which. */
export async function openPostedHandoff(handoff: PostedHandoff, ports: PostedHandoffPorts): Promise<void> {
  const name = handoff.to === undefined ? handoff.from : vscode.l10n.t('{0} → {1}', handoff.from, handoff.to);
  const read = {
    label: vscode.l10n.t('$(notebook) Read the Notes'),
    run: () => ports.showText(name, handoff.markdown),
  };
  const links = handoff.links.map(({ where, url }) => ({
    label: where === 'slack' ? vscode.l10n.t('$(comment) Open in Slack') : vscode.l10n.t('$(issues) Open the Issue'),
    run: () => ports.openUrl(url),
  }));
  const choice = await vscode.window.showQuickPick([read, ...links], { title: vscode.l10n.t('Handoff {0}', name) });
  await choice?.run();
}
