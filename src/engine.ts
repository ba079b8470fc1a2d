import { createHash, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { commandHandlers, type Wiring } from './commandHandlers.ts';
import { convertPorts } from './convertPorts.ts';
import type { Team } from './core/team.ts';
import { safeUrl } from './core/url.ts';
import { forgetTeams } from './forgetTeams.ts';
import { handoffPorts } from './handoffPorts.ts';
import { apiUrl, Credentials } from './host/auth/credentials.ts';
import type { TokenService } from './host/auth/signIn.ts';
import type { CommandId, Commands } from './host/commands.ts';
import { guard } from './host/errors.ts';
import type { Painter } from './host/painter.ts';
import { createHandoffPanel, type HandoffPanel } from './host/panels/handoffPanel.ts';
import { WritePreview } from './host/preview.ts';
import { queueState, stateWithoutTeam } from './host/queueState.ts';
import { SnapshotFile } from './host/snapshotFile.ts';
import { forgetWorkspace, rememberTeam, teamFolder } from './host/storage.ts';
import { TeamFile } from './host/teamFile/teamFile.ts';
import { sayUnfinishedWrites } from './host/unfinishedWrites.ts';
import { ViewProgress } from './host/viewProgress.ts';
import { systemClock } from './services/clock.ts';
import { readGitHubFile, resolveGitHubFile } from './services/github/file.ts';
import { createGitHubSource } from './services/github/source.ts';
import { type Account, ServiceError } from './services/service.ts';
import { createSlackSource } from './services/slack/source.ts';
import { NewerStoreError } from './store/migrations.ts';
import { type SessionPorts, TeamSession } from './teamSession.ts';

export interface EngineHost {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly painter: Painter;
}

/** Loads the team, opens its store, begins to ask, and paints what comes of it. */
export async function startEngine(host: EngineHost): Promise<Engine> {
  const engine = new Engine(host);
  await engine.load();
  return engine;
}

/** No team is watched, so there is nothing to do the command on. */
class NoTeamError extends Error {
  override readonly name = 'NoTeamError';
}

const now = (): number => systemClock.now();
/** A team file on GitHub has no watcher. */
const REMOTE_TEAM_MS = 10 * 60_000;

/** The half of the composition that is loaded when it is first needed. */
export class Engine implements vscode.Disposable {
  readonly #host: EngineHost;
  readonly #holder = randomUUID();
  readonly #credentials: Credentials;
  readonly #teamFile: TeamFile;
  readonly #preview = new WritePreview();
  readonly #progress = new ViewProgress('responder.queue');
  readonly #handoff: HandoffPanel;
  readonly #commands: Commands;
  readonly #disposables: vscode.Disposable[];
  #session: TeamSession | undefined;
  #snapshot: SnapshotFile | undefined;
  #unfinished: vscode.Disposable | undefined;
  #painting: NodeJS.Timeout | undefined;
  /** Why the team's store could not be opened, in the person's words. */
  #storeProblem: string | undefined;
  /** The name of the store's folder, of the team that was watched last. */
  #folder: string | undefined;

  constructor(host: EngineHost) {
    const { context, log } = host;
    this.#host = host;
    this.#credentials = new Credentials(context.secrets, process.env);
    this.#teamFile = new TeamFile({
      readRemote: (url, beside) => this.#readRemote(url, beside),
      memento: context.workspaceState,
      now,
      log,
    });
    const session = (): TeamSession => this.#requireSession();
    this.#handoff = createHandoffPanel(
      context.extensionUri,
      handoffPorts({ session, preview: this.#preview, now, openUrl, log }),
    );
    this.#commands = commandHandlers(this.#wiring());
    const remote = setInterval(() => {
      if (this.#teamFile.location.type === 'remote') this.#background(() => this.load());
    }, REMOTE_TEAM_MS);
    this.#disposables = [
      this.#credentials,
      this.#teamFile,
      this.#preview,
      this.#progress,
      this.#handoff,
      this.#credentials.onDidChange(() => this.#background(() => this.#signInChanged())),
      this.#teamFile.onDidChange(() => this.#background(async () => this.#teamChanged())),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('responder.github') || event.affectsConfiguration('responder.slack'))
          this.#background(async () => {
            this.#reopen();
            await this.load();
          });
      }),
      { dispose: () => clearInterval(remote) },
    ];
  }

  /** Runs a command; a failure is shown and logged, never thrown. */
  async run(id: CommandId, args: readonly unknown[]): Promise<void> {
    const command: (...rest: unknown[]) => Promise<void> = this.#commands[id];
    await guard(this.#host.log, id, async () => {
      try {
        await command(...args);
      } catch (error) {
        if (!(error instanceof NoTeamError)) throw error;
        if (this.#storeProblem !== undefined) void vscode.window.showErrorMessage(this.#storeProblem);
        else if (this.#teamFile.state.type === 'none') await this.#commands['responder.setUpTeam']();
        // There is a team already, or nobody may look for one: the empty Queue says what helps.
        else await vscode.commands.executeCommand('responder.queue.focus');
      }
    });
  }

  async reviveHandoff(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    if (this.#session === undefined) panel.dispose();
    else this.#handoff.revive(panel, state);
  }

  async load(): Promise<void> {
    await this.#teamFile.load();
    if (this.#session === undefined) this.#paint();
  }

  dispose(): void {
    clearTimeout(this.#painting);
    this.#snapshot?.flush();
    this.#close();
    for (const each of this.#disposables) each.dispose();
  }

  #requireSession(): TeamSession {
    if (this.#session === undefined) throw new NoTeamError('no team is watched');
    return this.#session;
  }

  /** The team in force changed: another team gets a store of its own, the same team keeps its own. */
  #teamChanged(): void {
    const { state } = this.#teamFile;
    if (state.type !== 'team') this.#close();
    else if (this.#session !== undefined && this.#folder === this.#folderOf(state.team)) {
      this.#session.setTeam(state.team);
      void this.#session.refresh();
    } else {
      this.#close();
      // The notes of another team must not be kept or posted as this one's.
      if (this.#folder !== undefined && this.#folder !== this.#folderOf(state.team)) this.#handoff.dispose();
      this.#open(state.team);
    }
    if (this.#session !== undefined) this.#handoff.targetsChanged();
    this.#paint();
  }

  #folderOf(team: Team): string {
    return folderNameOf(team.name, this.#teamFile.home);
  }

  #open(team: Team): void {
    const name = this.#folderOf(team);
    this.#folder = name;
    const { context, log } = this.#host;
    const folder = teamFolder(context, name);
    const session = this.#openSession(team, folder);
    if (session === undefined) return;
    this.#session = session;
    this.#snapshot = new SnapshotFile(folder, log);
    this.#background(() => rememberTeam(context, name));
    this.#sayIfSetAside(session);
    session.start();
    const { outbox } = session;
    this.#unfinished = sayUnfinishedWrites({ unfinished: () => outbox.unfinished(), now, log });
  }

  /** Undefined when the store cannot be opened: that is said, and tried again when the team file or a setting changes. */
  #openSession(team: Team, folder: string): TeamSession | undefined {
    try {
      return new TeamSession(team, this.#sessionPorts(folder));
    } catch (error) {
      this.#storeProblem =
        error instanceof NewerStoreError
          ? vscode.l10n.t(
              'A newer version of Responder Duty wrote what this machine knows of the team: update this one.',
            )
          : vscode.l10n.t('What this machine knows of the team cannot be opened. The log says why.');
      this.#host.log.error(`the store cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
      void vscode.window.showErrorMessage(this.#storeProblem);
      return undefined;
    }
  }

  #sessionPorts(folder: string): SessionPorts {
    return {
      folder,
      github: { token: () => this.#credentials.github(), apiUrl: apiUrl('github') },
      slack: { token: () => this.#credentials.slack(), apiUrl: apiUrl('slack') },
      clock: systemClock,
      log: this.#host.log,
      holder: this.#holder,
      onBusy: (busy) => this.#progress.set(busy),
      onDidChange: () => this.#paintSoon(),
    };
  }

  #close(): void {
    this.#unfinished?.dispose();
    this.#session?.close();
    this.#session = undefined;
    this.#snapshot = undefined;
    this.#storeProblem = undefined;
  }

  /** Begins anew on the same team: addresses and accounts are fixed for a session's life. */
  #reopen(): void {
    const { state } = this.#teamFile;
    this.#close();
    if (state.type === 'team') this.#open(state.team);
    this.#paint();
  }

  async #signInChanged(): Promise<void> {
    await this.#teamFile.load();
    await Promise.all([this.#session?.readAccounts(), this.#session?.refresh()]);
    this.#paint();
  }

  /** Changes come in bursts: one projection for all of a turn. */
  #paintSoon(): void {
    this.#painting ??= setTimeout(() => this.#paint(), 50);
  }

  #paint(): void {
    clearTimeout(this.#painting);
    this.#painting = undefined;
    const session = this.#session;
    const { painter } = this.#host;
    if (session === undefined) {
      painter.show(stateWithoutTeam(this.#teamFile.state.type), undefined);
      return;
    }
    const view = session.view();
    painter.show(queueState(view, session.statuses()), view);
    this.#snapshot?.save(view);
  }

  /** Runs what nobody waits for; a mistake in it shows in the log. */
  #background(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#host.log.error(error instanceof Error ? error : String(error));
    });
  }

  #sayIfSetAside({ setAside }: TeamSession): void {
    if (setAside === undefined) return;
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The store was damaged and a new one was begun. The old one is kept as {0}.', setAside),
    );
  }

  async #readRemote(url: string, beside: string | undefined): Promise<string> {
    const ports = { token: () => this.#credentials.github(), apiUrl: apiUrl('github'), now, log: this.#host.log };
    // As on disk: what `.github/responder.yml` refers to is relative to the repository.
    const reference = beside !== undefined && /\/\.github\/[^/]*$/u.test(url) ? `/${beside}` : beside;
    const target = reference === undefined ? url : resolveGitHubFile(url, reference);
    if (target === undefined) throw new ServiceError('refused', 'the reference leads out of the repository');
    return readGitHubFile(target, ports, AbortSignal.timeout(30_000));
  }

  #accountOf(service: TokenService, token: string): Promise<Account | undefined> {
    const ports = { token: async () => token, apiUrl: apiUrl(service), now, log: this.#host.log };
    const source = service === 'github' ? createGitHubSource(ports) : createSlackSource(ports);
    return source.account(AbortSignal.timeout(30_000));
  }

  #wiring(): Wiring {
    const { context, log, painter } = this.#host;
    return {
      session: () => this.#requireSession(),
      teamFile: this.#teamFile,
      handoff: this.#handoff,
      signIn: {
        credentials: this.#credentials,
        extensionUri: context.extensionUri,
        accountOf: (service, token) => this.#accountOf(service, token),
        forgetSignals: async () => {
          this.#session?.forgetSignals();
          this.#snapshot?.cancel();
          forgetTeams(context.globalStorageUri.fsPath, { now, log });
          await forgetWorkspace(context);
          this.#reopen();
        },
      },
      convert: () =>
        convertPorts({
          session: this.#requireSession(),
          memento: context.workspaceState,
          preview: this.#preview,
          openUrl,
          log,
          now,
        }),
      selected: () => painter.queue.selection,
      showLog: () => log.show(),
      showText: (name, markdown) => this.#preview.showText(name, markdown),
      openUrl,
      now,
    };
  }
}

/** Only web addresses, whatever a service sent. */
async function openUrl(url: string): Promise<void> {
  const safe = safeUrl(url);
  if (safe !== undefined) await vscode.env.openExternal(vscode.Uri.parse(safe, true));
}

/** A folder name for a team: readable, and different for different names and homes of its file. */
function folderNameOf(team: string, home: string): string {
  const slug = team
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 40);
  return `${slug === '' ? 'team' : slug}-${createHash('sha256')
    .update(JSON.stringify([team, home]))
    .digest('hex')
    .slice(0, 8)}`;
}
