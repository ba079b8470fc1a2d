import * as vscode from 'vscode';

/** Reading and writing issues, boards, teams and notifications. Constant: changing scopes signs people out. */
const GITHUB_SCOPES = ['repo', 'read:org', 'project', 'notifications'];
const GITHUB_SECRET = 'responder.github.token';
const SLACK_SECRET = 'responder.slack.token';
const PAGERDUTY_SECRET = 'responder.pagerduty.token';
/** Set while VS Code's own GitHub sign-in is not to be used; a secret, since those are told to all windows. */
const SIGNED_OUT = 'responder.github.signedOut';
/** Followed by the one origin that the token is for. */
const FEED_SECRET = 'responder.feed.';
const KEYS: readonly string[] = [GITHUB_SECRET, SLACK_SECRET, PAGERDUTY_SECRET, SIGNED_OUT];

/** The tokens: VS Code's own sign-in or SecretStorage; the environment where there is no keyboard. Never kept elsewhere. */
export class Credentials implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #changes = new vscode.EventEmitter<void>();
  /** Fires when a sign-in may have changed. */
  readonly onDidChange = this.#changes.event;
  readonly #disposables: vscode.Disposable[];

  constructor(secrets: vscode.SecretStorage, environment: NodeJS.ProcessEnv) {
    this.#secrets = secrets;
    this.#environment = environment;
    this.#disposables = [
      this.#changes,
      secrets.onDidChange(({ key }) => {
        if (KEYS.includes(key) || key.startsWith(FEED_SECRET)) this.#changes.fire();
      }),
      vscode.authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === providerId()) this.#changes.fire();
      }),
    ];
  }

  /** The token for GitHub's API, asked for silently. */
  async github(): Promise<string | undefined> {
    const given = await this.#given('RESPONDER_GITHUB_TOKEN', GITHUB_SECRET);
    if (given !== undefined || (await this.#secrets.get(SIGNED_OUT)) !== undefined) return given;
    return (await silentSession())?.accessToken;
  }

  async slack(): Promise<string | undefined> {
    return this.#given('RESPONDER_SLACK_TOKEN', SLACK_SECRET);
  }

  /** The `Authorization` header for feeds of exactly this origin. */
  async feed(origin: string): Promise<string | undefined> {
    return this.#secrets.get(FEED_SECRET + origin);
  }

  async pagerduty(): Promise<string | undefined> {
    return this.#given('RESPONDER_PAGERDUTY_TOKEN', PAGERDUTY_SECRET);
  }

  /** VS Code's own sign-in, with its dialogs. @throws when the person declines. */
  async signInGitHub(): Promise<void> {
    await vscode.authentication.getSession(providerId(), GITHUB_SCOPES, { createIfNone: true });
    await this.#secrets.delete(SIGNED_OUT);
    this.#changes.fire();
  }

  async storeGitHubToken(token: string): Promise<void> {
    await this.#secrets.store(GITHUB_SECRET, token);
  }

  async storeSlackToken(token: string): Promise<void> {
    await this.#secrets.store(SLACK_SECRET, token);
  }

  async storePagerDutyToken(token: string): Promise<void> {
    await this.#secrets.store(PAGERDUTY_SECRET, token);
  }

  async storeFeed(origin: string, authorization: string): Promise<void> {
    await this.#secrets.store(FEED_SECRET + origin, authorization);
  }

  /** Forgets every token that this extension stores, and uses VS Code's own sign-in, which stays, no more. */
  async forget(): Promise<void> {
    await this.#secrets.store(SIGNED_OUT, 'true');
    await this.#secrets.delete(GITHUB_SECRET);
    await this.#secrets.delete(SLACK_SECRET);
    await this.#secrets.delete(PAGERDUTY_SECRET);
    const keys = await this.#secrets.keys();
    for (const key of keys.filter((each) => each.startsWith(FEED_SECRET))) await this.#secrets.delete(key);
    this.#changes.fire();
  }

  dispose(): void {
    for (const each of this.#disposables) each.dispose();
  }

  async #given(variable: string, secret: string): Promise<string | undefined> {
    // A file's last line break comes along where a container reads its secrets.
    const value = this.#environment[variable]?.trim() || (await this.#secrets.get(secret));
    return value === '' ? undefined : value;
  }
}

/** A sign-in that cannot be had without asking is none: the provider may not be there, or not be set up. */
async function silentSession(): Promise<vscode.AuthenticationSession | undefined> {
  try {
    return await vscode.authentication.getSession(providerId(), GITHUB_SCOPES, { silent: true });
  } catch {
    return undefined;
  }
}

/** GitHub Enterprise Server has a provider of its own, which knows its address. */
function providerId(): string {
  return apiUrl('github') === undefined ? 'github' : 'github-enterprise';
}

/**
 * The API address from the user's own settings. A workspace's value is never read: nothing that a folder contains may
 * decide where a token goes. An address that may carry no token is refused by the clients: github.com or slack.com in
 * its stead would get a token that is not theirs.
 */
export function apiUrl(service: 'github' | 'slack' | 'pagerduty'): string | undefined {
  return ownSetting(`${service}.apiUrl`);
}

/** The address in whose name a PagerDuty account's key writes, from the user's own settings. */
export function pagerDutyEmail(): string | undefined {
  return ownSetting('pagerduty.email');
}

function ownSetting(name: string): string | undefined {
  const setting = vscode.workspace.getConfiguration('responder').inspect<unknown>(name);
  const value = setting?.globalValue;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
