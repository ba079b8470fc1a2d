import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { commandHandlers, type Wiring } from './commandHandlers.ts';
import { convertPorts } from './convertPorts.ts';
import type { StoredProposal } from './core/proposal.ts';
import type { Team } from './core/team.ts';
import { type EngineHost, NoTeamError } from './engineHost.ts';
import { gatePorts } from './gatePorts.ts';
import { handoffPorts } from './handoffPorts.ts';
import { Credentials } from './host/auth/credentials.ts';
import type { CommandId, Commands } from './host/commands.ts';
import type { ConvertPorts, IssueLookUps } from './host/convert/convertPorts.ts';
import { guard } from './host/errors.ts';
import { ActiveFilter } from './host/filter/activeFilter.ts';
import { rowArguments } from './host/focusedRow.ts';
import { UndoBar } from './host/gate/undoBar.ts';
import { isDryRun } from './host/gate/writeSettings.ts';
import { resetNotices } from './host/notices/noticeSettings.ts';
import { onSettings } from './host/onSettings.ts';
import { openUrl } from './host/openUrl.ts';
import { createHandoffPanel, type HandoffPanel } from './host/panels/handoffPanel.ts';
import { WritePreview } from './host/preview.ts';
import { queueState, stateWithoutTeam } from './host/queueState.ts';
import { SnapshotFile } from './host/snapshotFile.ts';
import { folderNameOf, rememberTeam, teamFolder } from './host/storage.ts';
import { sayIfSetAside } from './host/storeWords.ts';
import type { TeamFile } from './host/teamFile/teamFile.ts';
import { doItNow } from './host/timebox/doItNow.ts';
import type { TimeboxPorts } from './host/timebox/timeboxPorts.ts';
import { sayUnfinishedWrites } from './host/unfinishedWrites.ts';
import { ViewProgress } from './host/viewProgress.ts';
import { ClaimWrites } from './host/working/claimWrites.ts';
import { issueLookUps } from './issueLookUps.ts';
import { connections, openSession } from './openSession.ts';
import { shownView } from './shownView.ts';
import { mentionedIn } from './signedInReads.ts';
import { signInPorts } from './signInWiring.ts';
import { createTeamFile } from './teamFileWiring.ts';
import type { SessionPorts, TeamSession } from './teamSession.ts';
import { timeboxPorts } from './timeWiring.ts';
import { createWatches, type Watches } from './watches.ts';
import { claimAs, finishClaims, isClaim } from './workingCommands.ts';

/** Loads the team, opens its store, begins to ask, and paints what comes of it. */
export async function startEngine(host: EngineHost): Promise<Engine> {
  const engine = new Engine(host);
  await engine.load();
  return engine;
}

/** Clocks run while nothing else changes. */
const CLOCK_TICK_MS = 60_000;

/** The half of the composition that is loaded when it is first needed. */
export class Engine implements vscode.Disposable {
  readonly #host: EngineHost;
  readonly #now = (): number => this.#host.clock.now();
  readonly #holder = randomUUID();
  readonly #credentials: Credentials;
  readonly #teamFile: TeamFile;
  readonly #preview = new WritePreview();
  readonly #undoBar = new UndoBar();
  readonly #progress = new ViewProgress('responder.queue');
  readonly #claims = new ClaimWrites();
  readonly #acts = new Set<string>();
  readonly #lookUps: IssueLookUps;
  readonly #filter: ActiveFilter;
  readonly #handoff: HandoffPanel;
  readonly #commands: Commands;
  readonly #disposables: vscode.Disposable[];
  readonly #timebox: TimeboxPorts;
  readonly #watches: Watches;
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
    const now = this.#now;
    this.#filter = new ActiveFilter(context.workspaceState);
    this.#lookUps = issueLookUps({ token: () => this.#credentials.github(), log });
    this.#credentials = new Credentials(context.secrets, process.env);
    const { teamFile, timer } = createTeamFile({
      context,
      token: () => this.#credentials.github(),
      load: () => this.#background(() => this.load()),
      now,
      log,
    });
    this.#teamFile = teamFile;
    const session = (): TeamSession => this.#requireSession();
    this.#handoff = createHandoffPanel(
      context.extensionUri,
      handoffPorts({ session, preview: this.#preview, now, openUrl, log }),
    );
    this.#timebox = timeboxPorts({
      session,
      convert: () => this.#convertPorts(),
      run: (id, ...args) => this.#command(id, args),
      claim: (item, actId) => claimAs(this.#wiring(), item, actId),
      acts: this.#acts,
      openUrl,
      now,
    });
    this.#watches = createWatches({
      host,
      session: () => this.#session,
      timebox: this.#timebox,
      teamKey: () => this.#folder ?? '',
      holder: this.#holder,
      run: (id, ...args) => this.#command(id, args),
    });
    this.#commands = commandHandlers(this.#wiring());
    const tick = setInterval(() => {
      this.#paintSoon();
      const outbox = this.#session?.outbox;
      if (outbox !== undefined) this.#background(() => outbox.goOn());
    }, CLOCK_TICK_MS);
    this.#disposables = [
      this.#credentials,
      this.#teamFile,
      this.#preview,
      this.#undoBar,
      this.#progress,
      this.#handoff,
      this.#watches,
      this.#credentials.onDidChange(() => this.#background(() => this.#signInChanged())),
      this.#teamFile.onDidChange(() => this.#background(async () => this.#teamChanged())),
      onSettings({
        shown: () => this.#paintSoon(),
        addresses: () => {
          this.#reopen();
          this.#background(() => this.load());
        },
      }),
      timer,
      { dispose: () => clearInterval(tick) },
    ];
  }

  /** Runs a command; a failure is shown and logged, never thrown. */
  async run(id: CommandId, args: readonly unknown[]): Promise<void> {
    await guard(this.#host.log, id, async () => {
      try {
        await this.#command(id, await rowArguments(args, this.#host.painter));
      } catch (error) {
        if (!(error instanceof NoTeamError)) throw error;
        if (this.#storeProblem !== undefined) void vscode.window.showErrorMessage(this.#storeProblem);
        else if (this.#teamFile.state.type === 'none') await this.#commands['responder.setUpTeam']();
        // There is a team already, or nobody may look for one: the empty Queue says what helps.
        else await vscode.commands.executeCommand('responder.queue.focus');
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
    const session = openSession(team, this.#sessionPorts(folder), log);
    // Tried again when the team file or a setting changes.
    if (typeof session === 'string') return void (this.#storeProblem = session);
    this.#session = session;
    this.#snapshot = new SnapshotFile(folder, log);
    this.#background(() => rememberTeam(context, name));
    sayIfSetAside(session.setAside);
    session.start();
    const { outbox } = session;
    finishClaims(this.#wiring());
    // Claims mend themselves.
    const unfinished = (): readonly StoredProposal[] =>
      outbox.unfinished().filter(({ proposal }) => !isClaim(proposal));
    this.#unfinished = sayUnfinishedWrites({ unfinished, now: this.#now, log });
  }

  #sessionPorts(folder: string): SessionPorts {
    return {
      folder,
      ...connections(this.#credentials),
      contributed: this.#host.contributed,
      clock: this.#host.clock,
      log: this.#host.log,
      holder: this.#holder,
      dryRun: isDryRun,
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
      this.#watches.look(undefined);
      return;
    }
    const view = shownView(session, this.#filter);
    painter.show(queueState(view, session.statuses()), view);
    this.#snapshot?.save(view);
    this.#watches.look(view);
  }

  /** Runs what nobody waits for; a mistake in it shows in the log. */
  #background(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#host.log.error(error instanceof Error ? error : String(error));
    });
  }

  #convertPorts(): ConvertPorts {
    const { context, log } = this.#host;
    return convertPorts({
      session: this.#requireSession(),
      memento: context.workspaceState,
      preview: this.#preview,
      openUrl,
      doItNow: (item, minutes) => doItNow(item, this.#timebox, minutes),
      lookUps: this.#lookUps,
      log,
      now: this.#now,
    });
  }

  #wiring(): Wiring {
    const { context, log, painter } = this.#host;
    return {
      session: () => this.#requireSession(),
      teamFile: this.#teamFile,
      handoff: this.#handoff,
      claims: this.#claims,
      acts: this.#acts,
      filter: this.#filter,
      repaint: () => {
        this.#paint();
        return painter.painted;
      },
      signIn: signInPorts({
        credentials: this.#credentials,
        context,
        log,
        now: this.#now,
        reopen: () => this.#reopen(),
        forget: () => {
          this.#session?.forgetSignals();
          this.#snapshot?.cancel();
        },
      }),
      timebox: this.#timebox,
      convert: () => this.#convertPorts(),
      selected: () => painter.queue.selection,
      selectedProposals: () => painter.proposals.selection,
      gate: () =>
        gatePorts({
          session: this.#requireSession(),
          preview: this.#preview,
          undoBar: this.#undoBar,
          log,
          now: this.#now,
        }),
      reveal: (itemId) => painter.reveal(itemId),
      resetNotices: () => resetNotices(context.globalState),
      mentioned: (scope, abort) => mentionedIn(scope, abort, { token: () => this.#credentials.slack(), log }),
      log,
      showLog: () => log.show(),
      showText: (name, markdown) => this.#preview.showText(name, markdown),
      openUrl,
      now: this.#now,
    };
  }
}
