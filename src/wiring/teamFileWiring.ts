import type * as vscode from 'vscode';
import { keptCalendars } from '../host/storage.ts';
import { TeamFile } from '../host/teamFile/teamFile.ts';
import type { Log } from '../services/service.ts';
import { HolidayCalendars } from './holidayCalendars.ts';
import { readTeamFile } from './signedInReads.ts';

/** A team file on GitHub, and a calendar, have no watcher. */
const REMOTE_MS = 10 * 60_000;

export interface TeamFileWiring {
  readonly context: vscode.ExtensionContext;
  /** Of GitHub. */
  readonly token: () => Promise<string | undefined>;
  /** Reads the team file again; in the background. */
  readonly load: () => void;
  readonly now: () => number;
  readonly log: Log;
}

/** The team file with the calendars that it names, and what reads both again. */
export function createTeamFile({ context, token, load, now, log }: TeamFileWiring): {
  readonly teamFile: TeamFile;
  readonly timer: vscode.Disposable;
} {
  const calendars = new HolidayCalendars({ kept: keptCalendars(context), now, log, onDidChange: load });
  const teamFile = new TeamFile({
    readRemote: (url, beside) => readTeamFile(url, beside, { token, log }),
    calendars,
    memento: context.workspaceState,
    now,
    log,
  });
  const timer = setInterval(() => {
    if (teamFile.location.type === 'remote') load();
    else void calendars.refresh();
  }, REMOTE_MS);
  return { teamFile, timer: { dispose: () => clearInterval(timer) } };
}
