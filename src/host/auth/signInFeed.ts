import * as vscode from 'vscode';
import { mayCarryToken } from '../../core/url.ts';
import { say } from '../say.ts';
import type { Credentials } from './credentials.ts';

export interface FeedSignInPorts {
  readonly credentials: Credentials;
  /** The feeds that the team file lists. */
  readonly feeds: readonly { readonly name: string; readonly url: string }[];
}

/** Printable ASCII: what a header may hold. */
const AUTHORIZATION = /^[\x21-\x7e]{4,2000}$|^[A-Za-z][\w-]{0,30} [\x21-\x7e]{4,2000}$/u;

/**
 * Asks for the token of a feed's origin, of the feed `name` when that is known. The team file says where a feed is; that a
 * token goes there, the person says, who is told the origin.
 */
export async function signInToFeed({ credentials, feeds }: FeedSignInPorts, name?: string): Promise<void> {
  const named = feeds.filter((feed) => feed.name === name);
  const origin = await askOrigin(named.length > 0 ? named : feeds);
  if (origin === undefined) return;
  const authorization = await askAuthorization(origin);
  if (authorization === undefined) return;
  await credentials.storeFeed(origin, authorization);
  say(vscode.l10n.t('The token for {0} is stored', origin));
}

/** An address that may carry no token is said to be one, whether there is a choice or not. */
async function askOrigin(feeds: FeedSignInPorts['feeds']): Promise<string | undefined> {
  const byOrigin = Map.groupBy(feeds, ({ url }) => new URL(url).origin);
  const origins = [...byOrigin.keys()].filter(mayCarryToken);
  if (origins.length === 0) {
    const [open] = byOrigin.keys();
    void vscode.window.showInformationMessage(
      open === undefined
        ? vscode.l10n.t('The team file lists no feed.')
        : vscode.l10n.t('No token can be given for {0}: without https it could be read on the way.', open),
    );
    return undefined;
  }
  const [only] = origins;
  if (origins.length === 1) return only;
  const choices = origins.map((origin) => ({
    label: origin,
    description:
      byOrigin
        .get(origin)
        ?.map(({ name }) => name)
        .join(', ') ?? '',
  }));
  const choice = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Sign In to Feed'),
    placeHolder: vscode.l10n.t('The token is sent to the origin that you choose and to no other'),
  });
  return choice?.label;
}

async function askAuthorization(origin: string): Promise<string | undefined> {
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sign In to {0}', origin),
    prompt: vscode.l10n.t(
      'The token is kept in VS Code’s secret storage and sent to {0} alone, as “Bearer …”. For another scheme type it in front, such as “GenieKey …”.',
      origin,
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (typed) =>
      typed.trim() === '' || AUTHORIZATION.test(typed.trim())
        ? undefined
        : vscode.l10n.t('A token is one word, or a scheme and one word'),
  });
  const text = value?.trim() ?? '';
  if (text === '') return undefined;
  return text.includes(' ') ? text : `Bearer ${text}`;
}
