import { createHash, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { commandHandlers, type Wiring } from './commandHandlers.ts';
import { convertPorts } from './convertPorts.ts';
import { safeUrl } from './core/url.ts';
import { handoffPorts } from './handoffPorts.ts';
import { apiUrl, Credentials } from './host/auth/credentials.ts';
import type { TokenService } from './host/auth/signIn.ts';
import type { CommandId, Commands } from './host/commands.ts';
import type { ConvertPorts } from './host/convert/convertPorts.ts';
import { guard } from './host/errors.ts';
import { grouping } from './host/grouping.ts';
import type { Painter } from './host/painter.ts';
import { createHandoffPanel, type HandoffPanel } from './host/panels/handoffPanel.ts';
import { WritePreview } from './host/preview.ts';
import { queueState } from './host/queueState.ts';
import { SnapshotFile } from './host/snapshotFile.ts';
import { rememberTeam, teamFolder } from './host/storage.ts';
import { TeamFile } from './host/teamFile/teamFile.ts';
import { doItNow } from './host/timebox/doItNow.ts';
import type { TimeboxPorts } from './host/timebox/timeboxPorts.ts';
import type { TimeWatch } from './host/timebox/timeWatch.ts';
import { ViewProgress } from './host/viewProgress.ts';
import { ClaimWrites } from './host/working/claimWrites.ts';
import { systemClock } from './services/clock.ts';
import { readGitHubFile, resolveGitHubFile } from './services/github/file.ts';
import { createGitHubSource } from './services/github/source.ts';
import { type Account, ServiceError } from './services/service.ts';
import { createSlackSource } from './services/slack/source.ts';
import { TeamSession } from './teamSession.ts';
import { timeboxPorts, timeWatch } from './timeWiring.ts';
import { finishClaims, isClaim } from './workingCommands.ts';

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
/** Clocks run while nothing else changes. */
const CLOCK_TICK_MS = 60_000;
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
  readonly #claims = new ClaimWrites();
  readonly #handoff: HandoffPanel;
  readonly #commands: Commands;
  readonly #disposables: vscode.Disposable[];
  readonly #timebox: TimeboxPorts;
  readonly #timeWatch: TimeWatch;
  #session: TeamSession | undefined;
  #snapshot: SnapshotFile | undefined;
  #painting: NodeJS.Timeout | undefined;

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
      handoffPorts({ session, preview: this.#preview, now, openUrl }),
    );
    this.#timebox = timeboxPorts({
      session,
      convert: () => this.#convertPorts(),
      run: (id, ...args) => this.#command(id, args),
      openUrl,
      now,
    });
    this.#timeWatch = timeWatch({
      session: () => this.#session,
      ports: this.#timebox,
      memento: context.globalState,
      holder: this.#holder,
      log,
      openUrl,
      now,
    });
    this.#commands = commandHandlers(this.#wiring());
    const remote = setInterval(() => {
      if (this.#teamFile.location.type === 'remote') void this.load();
    }, REMOTE_TEAM_MS);
    const tick = setInterval(() => this.#paintSoon(), CLOCK_TICK_MS);
    this.#disposables = [
      this.#credentials,
      this.#teamFile,
      this.#preview,
      this.#progress,
      this.#handoff,
      this.#timeWatch,
      this.#credentials.onDidChange(() => void this.#signInChanged()),
      this.#teamFile.onDidChange(() => this.#teamChanged()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('responder.queue')) this.#paintSoon();
        if (event.affectsConfiguration('responder.github') || event.affectsConfiguration('responder.slack'))
          this.#reopen();
      }),
      { dispose: () => clearInterval(remote) },
      { dispose: () => clearInterval(tick) },
    ];
  }

  /** Runs a command; a failure is shown and logged, never thrown. */
  async run(id: CommandId, args: readonly unknown[]): Promise<void> {
    await guard(this.#host.log, id, async () => {
      try {
        await this.#command(id, args);
      } catch (error) {
        if (!(error instanceof NoTeamError)) throw error;
        await this.#commands['responder.setUpTeam']();
      }
    });
  }

  /** @throws what the command throws. */
  #command(id: CommandId, args: readonly unknown[]): Promise<void> {
    const command: (...rest: unknown[]) => Promise<void> = this.#commands[id];
    return command(...args);
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
    this.#session?.close();
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
    else if (this.#session?.team.name === state.team.name) {
      this.#session.setTeam(state.team);
      void this.#session.refresh();
    } else {
      this.#close();
      this.#open(state.team.name);
    }
    this.#handoff.targetsChanged();
    this.#paint();
  }

  #open(name: string): void {
    const { state } = this.#teamFile;
    if (state.type !== 'team') return;
    const { context, log } = this.#host;
    const folder = teamFolder(context, folderNameOf(name));
    this.#session = new TeamSession(state.team, {
      folder,
      github: { token: () => this.#credentials.github(), apiUrl: apiUrl('github') },
      slack: { token: () => this.#credentials.slack(), apiUrl: apiUrl('slack') },
      clock: systemClock,
      log,
      holder: this.#holder,
      onBusy: (busy) => this.#progress.set(busy),
      onDidChange: () => this.#paintSoon(),
    });
    this.#snapshot = new SnapshotFile(folder, log);
    void rememberTeam(context, folderNameOf(name));
    this.#sayIfSetAside(this.#session);
    this.#session.start();
    finishClaims(this.#wiring());
    this.#sayIfUnfinished(this.#session);
  }

  #close(): void {
    this.#session?.close();
    this.#session = undefined;
    this.#snapshot = undefined;
  }

  /** Begins anew on the same team: addresses and accounts are fixed for a session's life. */
  #reopen(): void {
    const name = this.#session?.team.name;
    if (name === undefined) return;
    this.#close();
    this.#open(name);
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
    this.#timeWatch.look();
    const session = this.#session;
    const { painter } = this.#host;
    if (session === undefined) {
      const { type } = this.#teamFile.state;
      painter.show(type === 'untrusted' ? 'untrusted' : type === 'bad' ? 'badTeam' : 'noTeam', undefined);
      return;
    }
    const view = session.view(grouping());
    painter.show(queueState(view, session.statuses()), view);
    this.#snapshot?.save(view);
  }

  #sayIfSetAside({ setAside }: TeamSession): void {
    if (setAside === undefined) return;
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The store was damaged and a new one was begun. The old one is kept as {0}.', setAside),
    );
  }

  #sayIfUnfinished({ outbox }: TeamSession): void {
    const count = outbox.unfinished().filter(({ proposal }) => !isClaim(proposal)).length;
    if (count === 0) return;
    const show = vscode.l10n.t('Show');
    const text = vscode.l10n.t('{0} writes did not come to their end when VS Code last closed.', count);
    void vscode.window.showWarningMessage(text, show).then((choice) => {
      if (choice === show) return vscode.commands.executeCommand('responder.showUnfinished');
      return undefined;
    });
  }

  async #readRemote(url: string, beside: string | undefined): Promise<string> {
    const ports = { token: () => this.#credentials.github(), apiUrl: apiUrl('github'), now, log: this.#host.log };
    // As on disk: what `.github/responder.yml` refers to is relative to the repository.
    const reference = beside !== undefined && url.includes('/.github/') ? `/${beside}` : beside;
    const target = reference === undefined ? url : resolveGitHubFile(url, reference);
    if (target === undefined) throw new ServiceError('refused', 'the reference leads out of the repository');
    return readGitHubFile(target, ports, AbortSignal.timeout(30_000));
  }

  #accountOf(service: TokenService, token: string): Promise<Account | undefined> {
    const ports = { token: async () => token, apiUrl: apiUrl(service), now, log: this.#host.log };
    const source = service === 'github' ? createGitHubSource(ports) : createSlackSource(ports);
    return source.account(AbortSignal.timeout(30_000));
  }

  #convertPorts(): ConvertPorts {
    const { context, log } = this.#host;
    return convertPorts({
      session: this.#requireSession(),
      memento: context.workspaceState,
      preview: this.#preview,
      openUrl,
      doItNow: (item, minutes) => doItNow(item, this.#timebox, minutes),
      log,
      now,
    });
  }

  #wiring(): Wiring {
    const { context, log, painter } = this.#host;
    return {
      session: () => this.#requireSession(),
      teamFile: this.#teamFile,
      handoff: this.#handoff,
      claims: this.#claims,
      signIn: {
        credentials: this.#credentials,
        extensionUri: context.extensionUri,
        accountOf: (service, token) => this.#accountOf(service, token),
        forgetSignals: () => {
          this.#session?.forgetSignals();
          this.#reopen();
        },
      },
      timebox: this.#timebox,
      convert: () => this.#convertPorts(),
      selected: () => painter.queue.selection,
      reveal: (itemId) => painter.revealItem(itemId),
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

/** A folder name for a team: readable, and different for different names. */
function folderNameOf(team: string): string {
  const slug = team
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 40);
  return `${slug === '' ? 'team' : slug}-${createHash('sha256').update(team).digest('hex').slice(0, 8)}`;
}
