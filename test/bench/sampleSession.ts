import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/services/clock.ts';
import { TeamSession } from '../../src/session/teamSession.ts';
import { SourceRegistry } from '../../src/shared/contributed.ts';
import { SqliteStore } from '../../src/store/sqliteStore.ts';
import { parseTeamFile } from '../../src/team/teamFile.ts';
import { type SampleTeam, startSampleTeam } from '../team/sampleTeam.ts';

export interface SampleSession {
  readonly team: SampleTeam;
  readonly session: TeamSession;
  /** Rows that this window put into the store's file until now. */
  readonly rowsWritten: () => number;
  /** How often the session told its host that something may have changed. */
  readonly changes: () => number;
  /** Resolves when no poll is under way. */
  readonly idle: () => Promise<void>;
}

/** The sample team and one window's session on it, not yet asking; both end with the stack. */
export async function openSampleSession(stack: AsyncDisposableStack): Promise<SampleSession> {
  const team = await startSampleTeam();
  stack.defer(() => team.stop());
  const folder = await mkdtemp(path.join(tmpdir(), 'responder-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const read = (file: string): Promise<string> => readFile(path.join(team.folder, file), 'utf8');
  const files = new Map([['docs/rotation.md', await read('docs/rotation.md')]]);
  const parsed = parseTeamFile(await read('responder.yml'), { files, now: team.now() });
  if (parsed.team === undefined) throw new Error('the sample team has a bad team file');
  let changes = 0;
  let busy = false;
  const session = new TeamSession(parsed.team, {
    folder,
    github: { token: async () => team.githubToken, apiUrl: team.githubUrl },
    slack: { token: async () => team.slackToken, apiUrl: team.slackUrl },
    pagerduty: { token: async () => team.pagerDutyToken, apiUrl: team.pagerDutyUrl, email: undefined },
    feeds: async () => undefined,
    contributed: new SourceRegistry(),
    clock: systemClock,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    holder: 'bench',
    dryRun: () => false,
    onBusy: (is) => {
      busy = is;
    },
    onDidChange: () => {
      changes += 1;
    },
  });
  stack.defer(() => session.close());
  const { store } = session;
  return {
    team,
    session,
    rowsWritten: () => (store instanceof SqliteStore ? store.rowsWritten() : Number.NaN),
    changes: () => changes,
    idle: async () => {
      do await new Promise((resolve) => setTimeout(resolve, 20));
      while (busy);
    },
  };
}
