import * as vscode from 'vscode';
import { oneLine } from '../core/plainText.ts';
import type { SuggestedPlace } from '../core/suggestedPlace.ts';
import { type Log, ServiceError } from '../services/service.ts';
import { addToWatch, channelEntries } from '../team/addWatch.ts';
import { isChannel } from '../team/words.ts';
import { detailsOf } from './errors.ts';
import { linkless } from './inert.ts';
import type { TeamFileLocation } from './teamFile/locate.ts';
import { failureText, whenText } from './words.ts';

export interface SuggestPorts {
  /** Whether the team file says what the team is called in Slack. */
  readonly hasMentions: boolean;
  /** @throws {ServiceError} */
  readonly find: (abort: AbortSignal) => Promise<readonly SuggestedPlace[]>;
  readonly location: TeamFileLocation;
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

/** Offers the channels that mention the team and that nobody watches, and puts what is chosen into the team file. */
export async function suggestPlaces(ports: SuggestPorts): Promise<void> {
  if (!ports.hasMentions) return sayNoMentions();
  const found = await look(ports);
  if (found === undefined) return;
  const offered = found.filter(({ channel }) => isChannel(channel));
  if (offered.length === 0) {
    const none = vscode.l10n.t(
      'No other channel mentioned the team in the last 30 days: every one that did is watched.',
    );
    void vscode.window.showInformationMessage(none);
    return;
  }
  const chosen = await choose(offered, ports);
  if (chosen.length > 0) await addToTeamFile(chosen, ports.location);
}

async function sayNoMentions(): Promise<void> {
  const open = vscode.l10n.t('Open Team File');
  const text = vscode.l10n.t(
    'The team file watches no mention in Slack, so nothing says what the team is called there. Add one such as {0}.',
    '{ slack: mention, name: "@our-team" }',
  );
  if ((await vscode.window.showWarningMessage(text, open)) === open)
    await vscode.commands.executeCommand('responder.openTeamFile');
}

/** Undefined when it was cancelled or failed, and that was said. */
async function look({ find, log }: SuggestPorts): Promise<readonly SuggestedPlace[] | undefined> {
  const stop = new AbortController();
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Looking in Slack for channels that mention the team'),
    cancellable: true,
  };
  try {
    return await vscode.window.withProgress(progress, async (_, token) => {
      token.onCancellationRequested(() => stop.abort());
      return find(stop.signal);
    });
  } catch (error) {
    if (stop.signal.aborted) return undefined;
    if (!(error instanceof ServiceError)) throw error;
    log.error(`suggest places: ${detailsOf(error)}`);
    // What is pressed comes when it is pressed: nobody waits for it.
    void sayFailure(error);
    return undefined;
  }
}

async function sayFailure({ reason, message }: ServiceError): Promise<void> {
  const isSignIn = reason === 'unauthenticated' || reason === 'forbidden';
  const [button, command] = isSignIn
    ? [vscode.l10n.t('Sign In…'), 'responder.signInSlack']
    : [vscode.l10n.t('Retry'), 'responder.suggestPlaces'];
  const what = isSignIn
    ? vscode.l10n.t('Slack lets only a person search, with the scope search:read: sign in with a token of your own.')
    : failureText(reason, 'Slack');
  const text = linkless(`${what} (${oneLine(message, 200)})`);
  if ((await vscode.window.showErrorMessage(text, button)) === button) await vscode.commands.executeCommand(command);
}

async function choose(
  offered: readonly SuggestedPlace[],
  { now, timeZone }: SuggestPorts,
): Promise<readonly SuggestedPlace[]> {
  const picks = offered.map((place) => {
    const count = place.mentions === 1 ? vscode.l10n.t('1 mention') : vscode.l10n.t('{0} mentions', place.mentions);
    const last = vscode.l10n.t('last {0}', whenText(place.lastAt, now(), timeZone));
    return { label: `#${place.channel}`, description: `${count} · ${last}`, place };
  });
  const chosen = await vscode.window.showQuickPick(picks, {
    title: vscode.l10n.t('Suggest Places'),
    placeHolder: vscode.l10n.t('Channels that mentioned the team in the last 30 days and are not watched'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return (chosen ?? []).map(({ place }) => place);
}

/** Into the file where it can be edited, unsaved, for a person to look at; otherwise on the clipboard. */
async function addToTeamFile(chosen: readonly SuggestedPlace[], location: TeamFileLocation): Promise<void> {
  const entries = channelEntries(chosen.map(({ channel }) => channel));
  if (location.type === 'file' && (await insert(location.uri, entries))) {
    const said = vscode.l10n.t('The new lines are in the team file: look at them and save it.');
    void vscode.window.showInformationMessage(said);
    return;
  }
  await vscode.env.clipboard.writeText(`${entries.map((entry) => `  ${entry}`).join('\n')}\n`);
  const open = vscode.l10n.t('Open Team File');
  const text = vscode.l10n.t('The lines are copied: paste them under “watch:” in the team file.');
  if ((await vscode.window.showInformationMessage(text, open)) === open)
    await vscode.commands.executeCommand('responder.openTeamFile');
}

async function insert(uri: vscode.Uri, entries: readonly string[]): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  const change = addToWatch(document.getText(), entries);
  if (change === undefined) return false;
  const at = document.positionAt(change.offset);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, at, change.text);
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  const end = document.positionAt(change.offset + change.text.length);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(end, end) });
  return true;
}
