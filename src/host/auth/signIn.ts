import * as vscode from 'vscode';
import type { Account } from '../../services/service.ts';
import { say } from '../say.ts';
import type { Credentials } from './credentials.ts';
import { isDeclined } from './declined.ts';

export type TokenService = 'github' | 'slack' | 'pagerduty';

export interface SignInPorts {
  readonly credentials: Credentials;
  readonly extensionUri: vscode.Uri;
  /** Asks the service whose token it is, before it is stored. @throws {ServiceError} when it is not accepted. */
  readonly accountOf: (service: TokenService, token: string) => Promise<Account | undefined>;
  /** Forgets what was read with the tokens. */
  readonly forgetSignals: () => Promise<void>;
}

const SLACK_APPS_PAGE = 'https://api.slack.com/apps?new_app=1';

/** Asks where to sign in; goes straight there when `service` is known. */
export async function signIn(ports: SignInPorts, service: TokenService | undefined): Promise<void> {
  if (service === 'slack') return signInToSlack(ports);
  if (service === 'pagerduty') return signInToPagerDuty(ports);
  const github = {
    label: vscode.l10n.t('GitHub'),
    detail: vscode.l10n.t('With VS Code’s own sign-in'),
    run: signInToGitHub,
  };
  const token = {
    label: vscode.l10n.t('GitHub, with a token'),
    detail: vscode.l10n.t('A personal access token with the scopes repo, read:org, project and notifications'),
    run: signInWithGitHubToken,
  };
  const slack = {
    label: vscode.l10n.t('Slack'),
    detail: vscode.l10n.t('With a token of the team’s own Slack app'),
    run: signInToSlack,
  };
  const pagerduty = {
    label: vscode.l10n.t('PagerDuty'),
    detail: vscode.l10n.t('With an API key of your own user'),
    run: signInToPagerDuty,
  };
  const all = [github, token, slack, pagerduty];
  const choice = await vscode.window.showQuickPick(service === 'github' ? [github, token] : all, {
    title: vscode.l10n.t('Sign In'),
    placeHolder: vscode.l10n.t('Tokens are kept in VS Code’s secret storage, never in settings'),
  });
  await choice?.run(ports);
}

/** VS Code's own GitHub sign-in. @throws {vscode.CancellationError} when the person declines. */
export async function signInToGitHub({ credentials }: SignInPorts): Promise<void> {
  try {
    await credentials.signInGitHub();
  } catch (error) {
    throw isDeclined(error) ? new vscode.CancellationError() : error;
  }
}

export async function signInWithGitHubToken(ports: SignInPorts): Promise<void> {
  const token = await askForToken({
    title: vscode.l10n.t('Sign In to GitHub with a Token'),
    prompt: vscode.l10n.t(
      'A classic personal access token with the scopes repo, read:org, project and notifications. It is kept in VS Code’s secret storage.',
    ),
    problem: (value) =>
      /^(gh[pousr]_|github_pat_)\w{4,}$/u.test(value)
        ? undefined
        : vscode.l10n.t('A GitHub token begins with ghp_ or github_pat_'),
  });
  if (token !== undefined) await storeVerified(ports, 'github', token);
}

export async function signInToSlack(ports: SignInPorts): Promise<void> {
  const token = await askForToken({
    title: vscode.l10n.t('Sign In to Slack'),
    prompt: vscode.l10n.t(
      'The bot or user token of the team’s own Slack app (OAuth & Permissions page). It is kept in VS Code’s secret storage.',
    ),
    problem: (value) =>
      /^xox[bp]-[\w-]{4,}$/u.test(value) ? undefined : vscode.l10n.t('A Slack token begins with xoxb- or xoxp-'),
  });
  if (token !== undefined) await storeVerified(ports, 'slack', token);
}

export async function signInToPagerDuty(ports: SignInPorts): Promise<void> {
  const token = await askForToken({
    title: vscode.l10n.t('Sign In to PagerDuty'),
    prompt: vscode.l10n.t(
      'An API key of your own user (My Profile › User Settings › Create API User Token). It is kept in VS Code’s secret storage.',
    ),
    problem: (value) =>
      /^[\w+/=.-]{16,400}$/u.test(value) ? undefined : vscode.l10n.t('A PagerDuty API key has 20 letters and digits'),
  });
  if (token !== undefined) await storeVerified(ports, 'pagerduty', token);
}

/** Copies the manifest of the team's own Slack app, shows it with every scope explained, and opens Slack's page. */
export async function createSlackApp({ extensionUri }: SignInPorts): Promise<void> {
  const manifest = vscode.Uri.joinPath(extensionUri, 'media', 'slack-app-manifest.yaml');
  const document = await vscode.workspace.openTextDocument(manifest);
  await vscode.env.clipboard.writeText(document.getText());
  await vscode.window.showTextDocument(document, { preview: true });
  const open = vscode.l10n.t('Open Slack');
  const done = vscode.l10n.t('Sign In to Slack');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The manifest is on the clipboard. In Slack choose “From a manifest”, paste it, install the app, then sign in with its token.',
    ),
    open,
    done,
  );
  if (choice === open) await vscode.env.openExternal(vscode.Uri.parse(SLACK_APPS_PAGE));
  if (choice === done) await vscode.commands.executeCommand('responder.signInSlack');
}

/**
 * Forgets every token and what was read with them. The journal, handoffs and what waits to be sent are the person's own and
 * stay; what a person typed and loses is named before.
 */
export async function signOut({ credentials, forgetSignals }: SignInPorts): Promise<void> {
  const yes = vscode.l10n.t('Sign Out');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Forget the stored tokens and everything that was read with them?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Your journal, handoffs and unfinished proposals stay, with what they quote. Conversions begun in this folder are forgotten; those begun in other folders stay. VS Code stays signed in to GitHub, but its account is not used here until you sign in again.',
      ),
    },
    yes,
  );
  if (choice !== yes) return;
  await credentials.forget();
  await forgetSignals();
}

interface TokenQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly problem: (value: string) => string | undefined;
}

async function askForToken({ title, prompt, problem }: TokenQuestion): Promise<string | undefined> {
  const value = await vscode.window.showInputBox({
    title,
    prompt,
    password: true,
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === '' ? undefined : problem(typed.trim())),
  });
  const token = value?.trim();
  return token === '' ? undefined : token;
}

async function storeVerified(ports: SignInPorts, service: TokenService, token: string): Promise<void> {
  const title = { github: 'GitHub', slack: 'Slack', pagerduty: 'PagerDuty' }[service];
  const account = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Signing in to {0}…', title) },
    () => ports.accountOf(service, token),
  );
  if (service === 'github') await ports.credentials.storeGitHubToken(token);
  else if (service === 'slack') await ports.credentials.storeSlackToken(token);
  else await ports.credentials.storePagerDutyToken(token);
  say(vscode.l10n.t('Signed in to {0} as {1}', title, account?.name ?? account?.id ?? '?'));
}
