import * as vscode from 'vscode';
import type { Commands } from '../host/commands.ts';
import { setUpTeam } from '../host/setUpTeam.ts';
import { showDuty } from '../host/showDuty.ts';
import type { CommandWiring } from './commandWiring.ts';

export type TeamCommands =
  | 'responder.showDuty'
  | 'responder.setUpTeam'
  | 'responder.openTeamFile'
  | 'responder.showLog'
  | 'responder.openSettings'
  | 'responder.resetNotifications';

/** The commands of the team and of the extension itself: who is on duty, the team file, log and settings. */
export function teamCommands({
  session,
  teamFile,
  showLog,
  openUrl,
  now,
  resetNotices,
}: CommandWiring): Pick<Commands, TeamCommands> {
  return {
    'responder.showDuty': async () =>
      showDuty({ now, duty: () => session().view().duty, channelUrl: (channel) => session().channelUrl(channel) }),
    'responder.setUpTeam': async () => setUpTeam(now()),
    'responder.openTeamFile': async () => {
      const { location } = teamFile;
      if (location.type === 'file') await vscode.window.showTextDocument(location.uri);
      else if (location.type === 'remote') await openUrl(location.url);
      else await setUpTeam(now());
    },
    'responder.showLog': async () => showLog(),
    'responder.resetNotifications': resetNotices,
    'responder.openSettings': async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:responder-duty.responder-duty');
    },
  };
}
