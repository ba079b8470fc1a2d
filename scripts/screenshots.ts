// `npm run screenshots [scene …]`: pictures of the scenes in every theme; those of the README without a name.
import path from 'node:path';
import { openDay } from '../test/e2e/day.ts';
import { type Scene, scenes } from '../test/e2e/scenes.ts';
import { moveClock } from '../test/support/movedClock.ts';
import { repository, resultsFolder } from '../test/support/paths.ts';
import { teamEnvironment, teamSettings } from '../test/support/sampleSignIn.ts';
import { openVSCode } from '../test/support/vscode/openVsCode.ts';
import { startSampleTeam } from '../test/team/sampleTeam.ts';
import { build } from './build.ts';

const wanted = process.argv.slice(2);
const chosen = scenes.filter(({ name, isShown }) => (wanted.length === 0 ? isShown : wanted.includes(name)));

await build();
for (const scene of chosen) await take(scene);

/** Every scene has a team of its own: what one does to the services, the next must not see. It is a working morning. */
async function take(scene: Scene): Promise<void> {
  const folder = scene.isShown ? path.join(repository, 'media/screenshots') : path.join(resultsFolder, scene.name);
  await using stack = new AsyncDisposableStack();
  const clock = stack.adopt(await moveClock(), ({ forget }) => forget());
  const team = stack.adopt(await startSampleTeam({ now: clock.startsAt }), (started) => started.stop());
  await scene.before?.(team);
  const vscode = stack.adopt(
    await openVSCode({
      folder: team.folder,
      viewport: scene.viewport,
      changesTheme: true,
      settings: scene.settings,
      env: { ...teamEnvironment(team), ...clock.env },
      machineSettings: teamSettings(team),
    }),
    (opened) => opened.close(),
  );
  const shoot = async (name: string, pose?: () => Promise<unknown>): Promise<void> => {
    for (const theme of scene.themes) {
      await vscode.setTheme(theme);
      if (pose !== undefined) await vscode.window.page.mouse.move(1000, 200);
      await pose?.();
      console.log(await vscode.window.screenshot(`${name}-${theme}`, folder));
    }
  };
  try {
    await scene.show({ ...(await openDay({ team, vscode })), clock, shoot });
  } catch (error) {
    await vscode.saveEvidence(`scene-${scene.name}`);
    throw error;
  }
}
