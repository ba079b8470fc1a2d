import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { claimAs, finishClaims, followClaims } from './commands/claimLife.ts';
import { commandHandlers } from './commands/commandHandlers.ts';
import type { CommandWiring } from './commands/commandWiring.ts';
import type { EngineHost } from './engineHost.ts';
import { Credentials } from './host/auth/credentials.ts';
import type { CommandId, Commands } from './host/commands.ts';
import type { ConvertPorts } from './host/convert/convertPorts.ts';
import { guard } from './host/errors.ts';
import { ActiveFilter } from './host/filter/activeFilter.ts';
import { rowArguments } from './host/focusedRow.ts';
import type { GatePorts } from './host/gate/gate.ts';
import { UndoBar } from './host/gate/undoBar.ts';
import { resetNotices } from './host/notices/noticeSettings.ts';
import { onSettings } from './host/onSettings.ts';
import { openUrl } from './host/openUrl.ts';
import { createHandoffPanel, type HandoffPanel } from './host/panels/handoffPanel.ts';
import type { WritePreview } from './host/preview.ts';
import { queueState, stateWithoutTeam } from './host/queueState.ts';
import type { TeamFile } from './host/teamFile/teamFile.ts';
import { doItNow } from './host/timebox/doItNow.ts';
import type { TimeboxPorts } from './host/timebox/timeboxPorts.ts';
import { ViewProgress } from './host/viewProgress.ts';
import { ClaimWrites } from './host/working/claimWrites.ts';
import type { TeamSession } from './session/teamSession.ts';
import { convertPorts } from './wiring/convertPorts.ts';
import { gatePorts } from './wiring/gatePorts.ts';
import { handoffPorts } from './wiring/handoffPorts.ts';
import { issueLookUps } from './wiring/issueLookUps.ts';
import { createPreview } from './wiring/previewWiring.ts';
import { NoTeamError, SessionLife } from './wiring/sessionLife.ts';
import { shownView } from './wiring/shownView.ts';
import { mentionedIn } from './wiring/signedInReads.ts';
import { signInPorts } from './wiring/signInWiring.ts';
import { createTeamFile } from './wiring/teamFileWiring.ts';
import { timeboxPorts } from './wiring/timeWiring.ts';
import { createWatches, type Watches } from './wiring/watches.ts';

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
  /** @throws {NoTeamError} when no team is watched. */
  readonly #session = (): TeamSession => this.#life.require();
  readonly #holder = randomUUID();
  readonly #credentials: Credentials;
  readonly #teamFile: TeamFile;
  readonly #preview: WritePreview;
  readonly #undoBar = new UndoBar();
  readonly #progress = new ViewProgress('responder.queue');
  readonly #claims = new ClaimWrites();
  readonly #acts = new Set<string>();
  readonly #lookUps: ReturnType<typeof issueLookUps>;
  readonly #filter: ActiveFilter;
  readonly #handoff: HandoffPanel;
  readonly #commands: Commands;
  readonly #disposables: vscode.Disposable[];
  readonly #timebox: TimeboxPorts;
  readonly #watches: Watches;
  readonly #life: SessionLife;
  #painting: NodeJS.Timeout | undefined;

  constructor(host: EngineHost) {
    const { context, log } = host;
    this.#host = host;
    const now = this.#now;
    this.#credentials = new Credentials(context.secrets, process.env);
    const token = (): Promise<string | undefined> => this.#credentials.github();
    this.#filter = new ActiveFilter(context.workspaceState);
    this.#lookUps = issueLookUps({ token, log });
    this.#preview = createPreview({
      ...this.#lookUps,
      slackToken: () => this.#credentials.slack(),
      session: () => this.#life.session,
      now,
      log,
    });
    const load = (): void => this.#background(() => this.load());
    const { teamFile, timer } = createTeamFile({ context, token, load, now, log });
    this.#teamFile = teamFile;
    this.#life = this.#sessionLife();
    this.#handoff = this.#handoffPanel();
    this.#timebox = this.#timeboxPorts();
    this.#watches = this.#startWatches();
    this.#commands = commandHandlers(this.#wiring());
    this.#disposables = [
      this.#life,
      this.#credentials,
      this.#teamFile,
      this.#preview,
      this.#undoBar,
      this.#progress,
      this.#handoff,
      this.#watches,
      ...this.#listeners(),
      timer,
    ];
  }

  #sessionLife(): SessionLife {
    return new SessionLife({
      host: this.#host,
      teamFile: this.#teamFile,
      credentials: this.#credentials,
      holder: this.#holder,
      onBusy: (busy) => this.#progress.set(busy),
      onDidChange: () => this.#paintSoon(),
      onDidOpen: () => finishClaims(this.#wiring()),
      onOtherTeam: () => {
        this.#handoff.dispose();
      },
      background: (work) => this.#background(work),
    });
  }

  #handoffPanel(): HandoffPanel {
    const { context, log } = this.#host;
    const ports = { session: this.#session, gate: () => this.#gatePorts(), now: this.#now, openUrl, log };
    return createHandoffPanel(context.extensionUri, handoffPorts(ports));
  }

  #startWatches(): Watches {
    return createWatches({
      host: this.#host,
      session: () => this.#life.session,
      timebox: this.#timebox,
      teamKey: () => this.#life.teamKey,
      holder: this.#holder,
      run: (id, ...args) => this.#command(id, args),
    });
  }

  /** What may change what is shown, or asks for work. */
  #listeners(): readonly vscode.Disposable[] {
    const tick = setInterval(() => {
      this.#paintSoon();
      this.#background(() => this.#goOn());
    }, CLOCK_TICK_MS);
    return [
      this.#credentials.onDidChange(() => this.#background(() => this.#signInChanged())),
      this.#teamFile.onDidChange(() => this.#background(async () => this.#teamChanged())),
      onSettings({
        shown: () => this.#paintSoon(),
        // Claims that it held up go on, or say why they cannot.
        dryRun: () => {
          if (this.#life.session !== undefined) finishClaims(this.#wiring());
        },
        addresses: () => {
          this.#reopen();
          this.#background(() => this.load());
        },
      }),
      { dispose: () => clearInterval(tick) },
    ];
  }

  /** Sends what waits for its service alone. */
  async #goOn(): Promise<void> {
    const { session } = this.#life;
    await session?.outbox.goOn();
    // Meanwhile another team may be watched.
    if (session !== undefined && session === this.#life.session) followClaims(this.#wiring());
  }

  /** Runs a command; a failure is shown and logged, never thrown. */
  async run(id: CommandId, args: readonly unknown[]): Promise<void> {
    await guard(this.#host.log, id, async () => {
      try {
        await this.#command(id, await rowArguments(id, args, this.#host.painter));
      } catch (error) {
        if (!(error instanceof NoTeamError)) throw error;
        const { problem } = this.#life;
        if (problem !== undefined) void vscode.window.showErrorMessage(problem);
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
    if (this.#life.session === undefined) panel.dispose();
    else this.#handoff.revive(panel, state);
  }

  async load(): Promise<void> {
    await this.#teamFile.load();
    if (this.#life.session === undefined) this.#paint();
  }

  dispose(): void {
    clearTimeout(this.#painting);
    for (const each of this.#disposables) each.dispose();
  }

  #teamChanged(): void {
    this.#life.teamChanged();
    if (this.#life.session !== undefined) this.#handoff.targetsChanged();
    this.#paint();
  }

  #reopen(): void {
    this.#life.reopen();
    this.#paint();
  }

  async #signInChanged(): Promise<void> {
    await this.#teamFile.load();
    const { session } = this.#life;
    await Promise.all([session?.readAccounts(), session?.refresh()]);
    this.#paint();
  }

  /** Changes come in bursts: one projection for all of a turn. */
  #paintSoon(): void {
    this.#painting ??= setTimeout(() => this.#background(async () => this.#paint()), 50);
  }

  #paint(): void {
    clearTimeout(this.#painting);
    this.#painting = undefined;
    const { session } = this.#life;
    const { painter } = this.#host;
    if (session === undefined) {
      painter.show(stateWithoutTeam(this.#teamFile.state.type), undefined);
      this.#watches.look(undefined);
      return;
    }
    const view = shownView(session, this.#filter);
    painter.show(queueState(view, session.statuses()), view);
    this.#life.save(view);
    this.#watches.look(view);
  }

  /** Runs what nobody waits for; a mistake in it shows in the log. */
  #background(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#host.log.error(error instanceof Error ? error : String(error));
    });
  }

  #timeboxPorts(): TimeboxPorts {
    return timeboxPorts({
      session: this.#session,
      convert: () => this.#convertPorts(),
      run: (id, ...args) => this.#command(id, args),
      claim: (item, actId) => claimAs(this.#wiring(), item, actId),
      acts: this.#acts,
      undoBar: this.#undoBar,
      openUrl,
      now: this.#now,
    });
  }

  #convertPorts(): ConvertPorts {
    const { context, log } = this.#host;
    return convertPorts({
      session: this.#session(),
      memento: context.workspaceState,
      preview: this.#preview,
      openUrl,
      doItNow: (item, minutes) => doItNow(item, this.#timebox, minutes),
      undoBar: this.#undoBar,
      lookUps: this.#lookUps,
      log,
      now: this.#now,
    });
  }

  #gatePorts(): GatePorts {
    return gatePorts({
      session: this.#session(),
      preview: this.#preview,
      undoBar: this.#undoBar,
      log: this.#host.log,
      now: this.#now,
    });
  }

  #wiring(): CommandWiring {
    const { context, log, painter } = this.#host;
    return {
      session: this.#session,
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
        forget: () => this.#life.forget(),
      }),
      timebox: this.#timebox,
      convert: () => this.#convertPorts(),
      lookUps: this.#lookUps,
      selected: () => painter.queue.selection,
      selectedProposals: () => painter.proposals.selection,
      gate: () => this.#gatePorts(),
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
