import * as vscode from 'vscode';
import { unfinishedForPerson } from '../core/approval.ts';
import {
  createSlackApp,
  signIn,
  signInToGitHub,
  signInToPagerDuty,
  signInToSlack,
  signInWithGitHubToken,
  signOut,
} from '../host/auth/signIn.ts';
import { signInToFeed } from '../host/auth/signInFeed.ts';
import type { Commands } from '../host/commands.ts';
import { finishLater } from '../host/convert/carryOut.ts';
import { convertItems } from '../host/convert/convertItems.ts';
import { sayNothingSelected } from '../host/nothingSelected.ts';
import { openPostedHandoff } from '../host/openPostedHandoff.ts';
import { targetRows } from '../host/rowTargets.ts';
import { setUpTeam } from '../host/setUpTeam.ts';
import { showDuty } from '../host/showDuty.ts';
import { handoffIdOfRow } from '../host/tree/handoffRows.ts';
import { sourceOfFailureRow } from '../host/tree/problemRows.ts';
import { groupIdOfMore, urlOf } from '../host/tree/queueRows.ts';
import { offerHandoff } from '../host/unfinishedHandoff.ts';
import { changeCommands } from './changeCommands.ts';
import type { CommandWiring } from './commandWiring.ts';
import { coverageCommands } from './coverageCommands.ts';
import { filterCommands } from './filterCommands.ts';
import { journalCommands } from './journalCommands.ts';
import { onItems } from './onItems.ts';
import { proposalCommands } from './proposalCommands.ts';
import { queueCommands } from './queueCommands.ts';
import { speakCommands } from './speakCommands.ts';
import { timeCommands } from './timeCommands.ts';
import { workingCommands } from './workingCommands.ts';

/** What each command does. */
export function commandHandlers(wiring: CommandWiring): Commands {
  return {
    ...itemCommands(wiring),
    ...handoffCommands(wiring),
    ...teamCommands(wiring),
    ...signInCommands(wiring),
    ...workingCommands(wiring),
    ...timeCommands(wiring),
    ...queueCommands(wiring),
    ...proposalCommands(wiring),
    ...journalCommands(wiring),
    ...changeCommands(wiring),
    ...speakCommands(wiring),
    ...filterCommands(wiring),
    ...coverageCommands(wiring),
  };
}

type ItemCommands =
  | 'responder.openItem'
  | 'responder.convertItem'
  | 'responder.copyLink'
  | 'responder.showMore'
  | 'responder.refresh'
  | 'responder.showUnfinished';

function itemCommands(wiring: CommandWiring): Pick<Commands, ItemCommands> {
  const { session, convert, handoff, selected, openUrl, repaint, now } = wiring;
  const urls = (row: unknown, rows: unknown): readonly string[] =>
    targetRows(row, rows, selected()).flatMap((id) => urlOf(id, session().items()) ?? []);
  return {
    'responder.refresh': async () => {
      await session().refresh();
      // Also when nothing is new: ages and clocks have moved on.
      repaint();
    },
    'responder.openItem': async (row, rows) => {
      const chosen = urls(row, rows);
      if (chosen.length === 0) sayNothingSelected();
      for (const url of chosen) await openUrl(url);
    },
    'responder.convertItem': onItems(wiring, convert)(convertItems),
    'responder.copyLink': async (row, rows) => {
      const chosen = urls(row, rows);
      if (chosen.length === 0) sayNothingSelected();
      else await vscode.env.clipboard.writeText(chosen.join('\n'));
    },
    'responder.showMore': async (row) => {
      const group = typeof row === 'string' ? groupIdOfMore(row) : undefined;
      if (group !== undefined) session().showMore(group);
    },
    'responder.showUnfinished': async () => {
      const unfinished = unfinishedForPerson(session().outbox.unfinished(), now());
      if (unfinished.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('No interrupted changes.'));
      const openHandoff = (): void => handoff.open();
      for (const stored of unfinished) {
        const { kind } = stored.proposal;
        if (kind === 'convert') await finishLater(stored, convert());
        if (kind === 'postHandoff')
          await offerHandoff(stored, { openHandoff, drop: (id) => session().outbox.drop(id) });
      }
      if (unfinished.some(({ proposal: { kind } }) => kind !== 'convert' && kind !== 'postHandoff'))
        await vscode.commands.executeCommand('responder.proposals.focus');
    },
  };
}

type HandoffCommands = 'responder.draftHandoff' | 'responder.openHandoff';

function handoffCommands({ session, handoff, showText, openUrl }: CommandWiring): Pick<Commands, HandoffCommands> {
  return {
    'responder.draftHandoff': async () => {
      session();
      handoff.open();
    },
    'responder.openHandoff': async (row) => {
      const id = typeof row === 'string' ? handoffIdOfRow(row) : undefined;
      const found = session()
        .store.handoffs()
        .find((each) => each.id === id);
      if (found !== undefined) await openPostedHandoff(found, { showText, openUrl });
    },
  };
}

type TeamCommands =
  | 'responder.showDuty'
  | 'responder.setUpTeam'
  | 'responder.openTeamFile'
  | 'responder.showLog'
  | 'responder.openSettings'
  | 'responder.resetNotifications';

function teamCommands({
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

type SignInCommands =
  | 'responder.signIn'
  | 'responder.signInGitHub'
  | 'responder.signInGitHubToken'
  | 'responder.signInSlack'
  | 'responder.signInPagerDuty'
  | 'responder.signInFeed'
  | 'responder.createSlackApp'
  | 'responder.signOut';

function signInCommands({ signIn: ports, session }: CommandWiring): Pick<Commands, SignInCommands> {
  const { credentials } = ports;
  const signInFeed = async (name?: string): Promise<void> =>
    signInToFeed({ credentials, feeds: session().team.watch.filter((watch) => watch.service === 'feed') }, name);
  return {
    // A failure's row says whose sign-in it is about.
    'responder.signIn': async (row) => {
      const source = typeof row === 'string' ? sourceOfFailureRow(row) : undefined;
      const [, service, name] = /^(\w+)(?::(.+))?$/u.exec(source ?? '') ?? [];
      if (service === 'feed') return signInFeed(name);
      await signIn(ports, service === 'github' || service === 'slack' || service === 'pagerduty' ? service : undefined);
    },
    'responder.signInGitHub': async () => signInToGitHub(ports),
    'responder.signInGitHubToken': async () => signInWithGitHubToken(ports),
    'responder.signInSlack': async () => signInToSlack(ports),
    'responder.signInPagerDuty': async () => signInToPagerDuty(ports),
    'responder.signInFeed': async () => signInFeed(),
    'responder.createSlackApp': async () => createSlackApp(ports),
    'responder.signOut': async () => signOut(ports),
  };
}
