import * as vscode from 'vscode';
import { safeUrl } from '../core/url.ts';

/** Only web addresses, whatever a service sent. */
export async function openUrl(url: string): Promise<void> {
  const safe = safeUrl(url);
  if (safe !== undefined) await vscode.env.openExternal(vscode.Uri.parse(safe, true));
}
