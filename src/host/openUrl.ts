import * as vscode from 'vscode';
import { safeUrl } from '../core/url.ts';

/** Only web addresses, whatever a service sent. */
export async function openUrl(url: string): Promise<void> {
  await openedUrl(url);
}

/** Opens it like {@link openUrl}; whether the person let it be opened. */
export async function openedUrl(url: string): Promise<boolean> {
  const safe = safeUrl(url);
  return safe !== undefined && (await vscode.env.openExternal(vscode.Uri.parse(safe, true)));
}
