import type { TestContext } from 'node:test';
import { type SampleTeam, type SampleTeamOptions, startSampleTeam } from '../team/sampleTeam.ts';
import { lastSaturday, type MovedClock, moveClockFor } from './movedClock.ts';
import { teamEnvironment, teamSettings } from './sampleSignIn.ts';
import { type OpenOptions, openVSCodeFor, type VSCode } from './vscode/openVsCode.ts';

export interface OpenTeamOptions extends OpenOptions {
  readonly team?: SampleTeamOptions;
  /** That of the team and the extension; one that begins on a Saturday when left out, since no day of ours decides anything. */
  readonly clock?: MovedClock | 'machine';
  /** Whether the extension finds tokens for the team's services in its environment; true when left out. */
  readonly signedIn?: boolean;
  /** What happens in the team before VS Code opens. */
  readonly before?: (team: SampleTeam) => Promise<void>;
}

/**
 * The sample team and a VS Code on its folder, for one test. Both end with the test: VS Code first, so that the pictures
 * of a failed test show what the test saw.
 */
export async function openSampleTeamFor(
  test: TestContext,
  options: OpenTeamOptions = {},
): Promise<{ readonly team: SampleTeam; readonly vscode: VSCode }> {
  const clock = options.clock ?? (await moveClockFor(test, lastSaturday(Date.now())));
  const moved = clock === 'machine' ? { team: {}, env: {} } : { team: { now: clock.startsAt }, env: clock.env };
  const team = await startSampleTeam({ ...moved.team, ...options.team });
  try {
    await options.before?.(team);
    const tokens = options.signedIn === false ? {} : teamEnvironment(team);
    const vscode = await openVSCodeFor(test, {
      folder: team.folder,
      ...options,
      settings: { 'responder.notifications': 'quiet', ...options.settings },
      env: { ...tokens, ...moved.env, ...options.env },
      machineSettings: { ...teamSettings(team), ...options.machineSettings },
    });
    test.after(() => team.stop());
    return { team, vscode };
  } catch (error) {
    await team.stop();
    throw error;
  }
}
