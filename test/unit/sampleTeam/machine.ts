import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { systemClock } from '../../../src/services/clock.ts';
import { TeamSession } from '../../../src/session/teamSession.ts';
import { parseTeamFile } from '../../../src/team/teamFile.ts';
import { tempFolder } from '../../support/tempStore.ts';
import type { SampleTeam } from '../../team/sampleTeam.ts';

export interface Machine {
  readonly session: TeamSession;
  /** Resolves when anything changed since the last call. */
  readonly changed: () => Promise<void>;
}

/** A machine of Noor's, or of whoever has her shift next, on which the sample team is watched; it asks when it is told to. */
export async function startMachine(test: TestContext, team: SampleTeam, folder = tempFolder(test)): Promise<Machine> {
  const read = (name: string): Promise<string> => readFile(path.join(team.folder, name), 'utf8');
  const files = new Map([['docs/rotation.md', await read('docs/rotation.md')]]);
  const { team: parsed } = parseTeamFile(await read('responder.yml'), { files, now: team.now() });
  assert.ok(parsed !== undefined);
  const quiet = (): void => undefined;
  // Searches are paced: these do without.
  const watch = parsed.watch.filter((entry) => 'what' in entry && ['label', 'channel'].includes(entry.what));
  let change = Promise.withResolvers<void>();
  const session = new TeamSession(
    { ...parsed, watch },
    {
      folder,
      github: { token: async () => team.githubToken, apiUrl: team.githubUrl },
      slack: { token: async () => team.slackToken, apiUrl: team.slackUrl },
      pagerduty: { token: async () => team.pagerDutyToken, apiUrl: team.pagerDutyUrl, email: undefined },
      feeds: async () => undefined,
      contributed: { find: () => undefined, onDidRegister: () => quiet },
      clock: systemClock,
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      holder: folder,
      dryRun: () => false,
      onBusy: quiet,
      onDidChange: () => change.resolve(),
    },
  );
  test.after(() => session.close());
  await session.readAccounts();
  await session.refresh();
  const changed = async (): Promise<void> => {
    await change.promise;
    change = Promise.withResolvers();
  };
  return { session, changed };
}
