import * as vscode from 'vscode';
import { dutyLine, turnEnd } from '../core/dutyLine.ts';
import type { DutyView } from '../core/view.ts';
import { linkless } from './inert.ts';
import { openUrl } from './openUrl.ts';
import { dutyFacts } from './statusBar.ts';
import { dayText, whenText } from './words.ts';

export interface ShowDutyPorts {
  readonly duty: () => DutyView | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The address of a channel; undefined when nothing is known of it yet. */
  readonly channelUrl: (channel: string) => string | undefined;
}

interface Choice extends vscode.QuickPickItem {
  readonly run?: () => Promise<void>;
}

/** Says who is on duty, who is next and when it is my turn, and offers what to do about it. */
export async function showDuty(ports: ShowDutyPorts): Promise<void> {
  const view = ports.duty();
  if (view === undefined) {
    await vscode.commands.executeCommand('responder.setUpTeam');
    return;
  }
  const now = ports.now();
  const line = dutyLine(view, now);
  const [title = view.team, ...facts] = dutyFacts(view, line, now);
  const choice = await vscode.window.showQuickPick<Choice>([...actions(ports, view), ...shiftRows(view, now)], {
    title,
    placeHolder: facts.join(' · '),
  });
  await choice?.run?.();
}

function actions({ channelUrl, now }: ShowDutyPorts, view: DutyView): readonly Choice[] {
  const { channel } = view;
  const open: readonly Choice[] =
    channel === undefined
      ? []
      : [
          {
            label: vscode.l10n.t('$(comment-discussion) Open #{0}', channel),
            description: vscode.l10n.t('ask the team, not the person'),
            run: () => openChannel(channelUrl, channel),
          },
        ];
  return [
    ...open,
    {
      label: vscode.l10n.t('$(copy) Copy Who to Ask'),
      run: async () => vscode.env.clipboard.writeText(whoToAsk(view, now())),
    },
    {
      label: vscode.l10n.t('$(go-to-file) Open Team File'),
      run: async () => vscode.commands.executeCommand('responder.openTeamFile'),
    },
  ];
}

async function openChannel(channelUrl: ShowDutyPorts['channelUrl'], channel: string): Promise<void> {
  const url = channelUrl(channel);
  if (url === undefined)
    void vscode.window.showWarningMessage(
      linkless(vscode.l10n.t('Nothing was read from #{0} yet. Look for it in Slack.', channel)),
    );
  else await openUrl(url);
}

function whoToAsk(view: DutyView, now: number): string {
  const line = dutyLine(view, now);
  const { team, channel } = view;
  if (line.now === undefined)
    return channel === undefined
      ? vscode.l10n.t('{0}: nobody is on duty right now.', team)
      : vscode.l10n.t('{0}: nobody is on duty right now. Ask in #{1}.', team, channel);
  const { name } = line.now;
  const until = whenText(turnEnd(view, line.now), now, view.timeZone);
  return channel === undefined
    ? vscode.l10n.t('{0}: {1} is on duty until {2}.', team, name, until)
    : vscode.l10n.t('{0}: {1} is on duty until {2}. Ask in #{3}.', team, name, until, channel);
}

/** The shifts to come, so that the schedule can be read without opening a file. */
function shiftRows(view: DutyView, now: number): readonly Choice[] {
  const separator: Choice = { label: vscode.l10n.t('Schedule'), kind: vscode.QuickPickItemKind.Separator };
  const rows = view.shifts
    .filter((shift) => shift.to > now)
    .map((shift) => {
      const span = `${dayText(shift.from, view.timeZone)} – ${dayText(shift.to, view.timeZone)}`;
      const description = shift.from <= now ? vscode.l10n.t('{0} · on duty now', span) : span;
      return { label: shift.name, description };
    });
  return [separator, ...rows];
}
