import type * as vscode from 'vscode';
import { unfinishedForPerson } from '../core/approval.ts';
import type { StoredProposal } from '../core/proposal.ts';
import type { Team } from '../core/team.ts';
import type { ResponderView } from '../core/view.ts';
import type { EngineHost } from '../engineHost.ts';
import type { Credentials } from '../host/auth/credentials.ts';
import { isDryRun } from '../host/gate/writeSettings.ts';
import { SnapshotFile } from '../host/snapshotFile.ts';
import { folderNameOf, rememberTeam, teamFolder } from '../host/storage.ts';
import { sayIfSetAside } from '../host/storeWords.ts';
import type { TeamFile } from '../host/teamFile/teamFile.ts';
import { sayUnfinishedWrites } from '../host/unfinishedWrites.ts';
import type { SessionPorts, TeamSession } from '../session/teamSession.ts';
import { connections, openSession } from './openSession.ts';

/** No team is watched, so there is nothing to do the command on. */
export class NoTeamError extends Error {
  override readonly name = 'NoTeamError';
}

export interface SessionLifePorts {
  readonly host: EngineHost;
  readonly teamFile: TeamFile;
  readonly credentials: Credentials;
  /** Unique to this window. */
  readonly holder: string;
  readonly onBusy: (busy: boolean) => void;
  /** Something that the view shows may have changed. */
  readonly onDidChange: () => void;
  /** A session has begun. */
  readonly onDidOpen: () => void;
  /** What belongs to the team before must not be taken for the new one's. */
  readonly onOtherTeam: () => void;
  /** Runs what nobody waits for. */
  readonly background: (work: () => Promise<void>) => void;
}

/** Opens and closes the session of whatever team is in force, with what lives as long as it does. */
export class SessionLife implements vscode.Disposable {
  readonly #ports: SessionLifePorts;
  #session: TeamSession | undefined;
  #snapshot: SnapshotFile | undefined;
  #unfinished: vscode.Disposable | undefined;
  #problem: string | undefined;
  #folder: string | undefined;

  constructor(ports: SessionLifePorts) {
    this.#ports = ports;
  }

  /** Undefined when no team is watched. */
  get session(): TeamSession | undefined {
    return this.#session;
  }

  /** @throws {NoTeamError} when no team is watched. */
  require(): TeamSession {
    if (this.#session === undefined) throw new NoTeamError('no team is watched');
    return this.#session;
  }

  /** Why the team's store could not be opened, in the person's words. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Tells the team that was watched last from others: the name of its store's folder. */
  get teamKey(): string {
    return this.#folder ?? '';
  }

  /** The team in force changed: another team gets a store of its own, the same team keeps its own. */
  teamChanged(): void {
    const { state } = this.#ports.teamFile;
    if (state.type !== 'team') return this.#close();
    const folder = this.#folderOf(state.team);
    if (this.#session !== undefined && this.#folder === folder) {
      const session = this.#session;
      session.setTeam(state.team);
      this.#ports.background(() => session.refresh());
      return;
    }
    this.#close();
    if (this.#folder !== undefined && this.#folder !== folder) this.#ports.onOtherTeam();
    this.#open(state.team);
  }

  /** Begins anew on the same team: addresses and accounts are fixed for a session's life. */
  reopen(): void {
    const { state } = this.#ports.teamFile;
    this.#close();
    if (state.type === 'team') this.#open(state.team);
  }

  /** Forgets what was read. */
  forget(): void {
    this.#session?.forgetSignals();
    this.#snapshot?.cancel();
  }

  /** Keeps what is shown for the first paint of the next start. */
  save(view: ResponderView): void {
    this.#snapshot?.save(view);
  }

  dispose(): void {
    this.#snapshot?.flush();
    this.#close();
  }

  #folderOf(team: Team): string {
    return folderNameOf(team.name, this.#ports.teamFile.home);
  }

  #open(team: Team): void {
    const { host, background, onDidOpen } = this.#ports;
    const { context, log, clock } = host;
    const name = this.#folderOf(team);
    this.#folder = name;
    const folder = teamFolder(context, name);
    const session = openSession(team, this.#sessionPorts(folder), log);
    // Tried again when the team file or a setting changes.
    if (typeof session === 'string') return void (this.#problem = session);
    this.#session = session;
    this.#snapshot = new SnapshotFile(folder, log);
    background(() => rememberTeam(context, name));
    sayIfSetAside(session.setAside);
    session.start();
    onDidOpen();
    const now = (): number => clock.now();
    const unfinished = (): readonly StoredProposal[] => unfinishedForPerson(session.outbox.unfinished(), now());
    this.#unfinished = sayUnfinishedWrites({ unfinished, now, log });
  }

  #sessionPorts(folder: string): SessionPorts {
    const { host, credentials, holder, onBusy, onDidChange } = this.#ports;
    const { contributed, clock, log } = host;
    return {
      folder,
      ...connections(credentials),
      contributed,
      clock,
      log,
      holder,
      dryRun: isDryRun,
      onBusy,
      onDidChange,
    };
  }

  #close(): void {
    this.#unfinished?.dispose();
    this.#session?.close();
    this.#session = undefined;
    this.#snapshot = undefined;
    this.#problem = undefined;
  }
}
