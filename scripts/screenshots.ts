// `npm run screenshots [scene …]`: pictures of the scenes in three themes, for the README.
import path from 'node:path';
import { scenes } from '../test/e2e/scenes.ts';
import { repository } from '../test/support/paths.ts';
import { teamEnvironment, teamSettings } from '../test/support/sampleSignIn.ts';
import { openVSCode } from '../test/support/vscode/openVsCode.ts';
import type { ThemeName } from '../test/support/vscode/settings.ts';
import { startSampleTeam } from '../test/team/sampleTeam.ts';
import { build } from './build.ts';

const pictures = path.join(repository, 'media/screenshots');
/** Wide enough for the handoff's preview beside its notes. */
const viewport = { width: 1440, height: 900 };
const wanted = process.argv.slice(2);
const chosen = scenes.filter((scene) => wanted.length === 0 || wanted.includes(scene.name));

await build();
for (const theme of ['light', 'dark', 'highContrast'] as const) await takeAll(theme);

/** Every scene has a team of its own: what one does to the services, the next must not see. */
async function takeAll(theme: ThemeName): Promise<void> {
  for (const scene of chosen) {
    const team = await startSampleTeam();
    const env = teamEnvironment(team);
    const vscode = await openVSCode({ folder: team.folder, theme, env, viewport, machineSettings: teamSettings(team) });
    try {
      await scene.show(vscode.window, team);
      console.log(await vscode.window.screenshot(`${scene.name}-${theme}`, pictures));
    } finally {
      await vscode.close();
      await team.stop();
    }
  }
}
