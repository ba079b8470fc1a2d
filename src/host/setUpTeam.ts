import * as vscode from 'vscode';
import { type TeamAnswers, writeTeamFile } from '../team/teamFileText.ts';
import { parseChannels, parseLabel, parsePeople, parseTargets, parseTeam } from '../team/typedAnswers.ts';
import { isTimeZone } from '../team/words.ts';

const TEAM_FILE = 'responder.yml';
const DAY_MS = 86_400_000;
const HANDOVER_MS = 9 * 3_600_000;

/** Asks five things and writes `responder.yml` into the open folder; an existing one is opened instead. */
export async function setUpTeam(now: number): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) return;
  const uri = vscode.Uri.joinPath(folder.uri, TEAM_FILE);
  if (await exists(uri)) {
    await vscode.window.showTextDocument(uri);
    void vscode.window.showInformationMessage(vscode.l10n.t('This folder has a team file already; here it is.'));
    return;
  }
  const answers = await askAll(now);
  if (answers === undefined) return;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(writeTeamFile(answers)));
  await vscode.window.showTextDocument(uri);
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1)
    return vscode.window.showWorkspaceFolderPick({
      placeHolder: vscode.l10n.t('The folder that gets the team file; it is meant to be committed'),
    });
  if (folders[0] === undefined) {
    const open = vscode.l10n.t('Open Folder');
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t('The team file is kept in a repository: open its folder first.'),
      open,
    );
    if (choice === open) await vscode.commands.executeCommand('vscode.openFolder');
  }
  return folders[0];
}

interface Question {
  readonly prompt: string;
  readonly placeHolder: string;
  readonly problem: (typed: string) => string | undefined;
}

/** Escape at any question gives up; nothing is written before all are answered. */
async function askAll(now: number): Promise<TeamAnswers | undefined> {
  const questions = questionsFor();
  const typed: string[] = [];
  for (const [index, question] of questions.entries()) {
    const value = await vscode.window.showInputBox({
      title: vscode.l10n.t('Set Up Your Team ({0}/{1})', index + 1, questions.length),
      prompt: question.prompt,
      placeHolder: question.placeHolder,
      ignoreFocusOut: true,
      validateInput: (text) => question.problem(text.trim()),
    });
    if (value === undefined) return undefined;
    typed.push(value.trim());
  }
  return toAnswers(typed, now);
}

function questionsFor(): readonly Question[] {
  const optional = (): undefined => undefined;
  return [
    {
      prompt: vscode.l10n.t('The team’s name and time zone'),
      placeHolder: `Integrations, ${localZone()}`,
      problem: teamProblem,
    },
    {
      prompt: vscode.l10n.t('Who takes turns, in order; with GitHub login and Slack member id when you know them'),
      placeHolder: 'Noor (noor-sample, U02NOO), Kai (kai-sample), Mika',
      problem: (text) =>
        parsePeople(text).length > 0 ? undefined : vscode.l10n.t('At least one name is needed: somebody is on duty'),
    },
    {
      prompt: vscode.l10n.t('The GitHub label of the team, and the repositories to watch for it; empty for none'),
      placeHolder: 'team/integrations in acme/app, acme/docs',
      problem: (text) =>
        text === '' || parseLabel(text) !== undefined
          ? undefined
          : vscode.l10n.t('A label, the word “in”, and repositories such as acme/app'),
    },
    {
      prompt: vscode.l10n.t('The Slack channels to watch; empty for none'),
      placeHolder: '#integrations, #feedback-dogfood',
      problem: optional,
    },
    {
      prompt: vscode.l10n.t('Where converted issues go, and the channel for handoff notes'),
      placeHolder: 'acme/app, #integrations-internal',
      problem: optional,
    },
  ];
}

function teamProblem(text: string): string | undefined {
  const { team, timeZone } = parseTeam(text, localZone());
  if (team === '') return vscode.l10n.t('The team needs a name');
  return isTimeZone(timeZone) ? undefined : vscode.l10n.t('{0} is not a time zone such as Europe/Berlin', timeZone);
}

function toAnswers(typed: readonly string[], now: number): TeamAnswers {
  const [about = '', people = '', label = '', channels = '', targets = ''] = typed;
  const [repository, channel] = parseTargets(targets);
  const { team, timeZone } = parseTeam(about, localZone());
  return {
    team,
    timeZone,
    people: parsePeople(people),
    firstShiftStarts: currentMonday(now, timeZone),
    watch: { label: parseLabel(label), channels: parseChannels(channels) },
    issuesRepository: repository,
    handoffChannel: channel,
  };
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The Monday of the shift that `now` lies in, so that the first one of the list is on duty at once; hand-over is at 09:00. */
function currentMonday(now: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now - HANDOVER_MS);
  const date = Date.parse(day);
  const daysBack = (new Date(date).getUTCDay() + 6) % 7;
  return new Date(date - daysBack * DAY_MS).toISOString().slice(0, 10);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
