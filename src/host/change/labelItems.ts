import * as vscode from 'vscode';
import { issuesOf, label } from '../../actions/issueChanges.ts';
import { type LabelInput, labelChange, labelChoices } from '../../actions/labelChoice.ts';
import type { Item } from '../../core/item.ts';
import type { IssueNumber } from '../../core/nativeIds.ts';
import { abortable } from '../../services/abortable.ts';
import { ServiceError } from '../../services/service.ts';
import { put } from '../gate/gate.ts';
import { iconless, linkless } from '../inert.ts';
import { withBusyPick } from '../progress.ts';
import { say } from '../say.ts';
import { failureText } from '../words.ts';
import { subjectOf } from '../working/act.ts';
import type { ChangePorts } from './changePorts.ts';
import { withIssues } from './withIssues.ts';

/** Adds and removes labels of issues: asks GitHub which there are, and the person which shall be set. */
export async function labelItems(items: readonly Item[], ports: ChangePorts): Promise<void> {
  const open = withIssues(items, ports);
  const title = vscode.l10n.t('Labels of {0}', subjectOf(open.map(({ item }) => item)));
  const issues = distinct(open.flatMap(issuesOf));
  const input = issues.length === 0 ? undefined : await read(issues, ports);
  if (input === undefined) return;
  const change = await ask(linkless(title), input, issues.length);
  if (change === undefined) return;
  if (change.add.length + change.remove.length === 0) return say(vscode.l10n.t('No changes needed.'));
  const proposals = open.flatMap((one) => label({ ...one, id: ports.newId(), now: ports.now() }, change) ?? []);
  await put(title, proposals, ports.gate);
}

async function ask(
  title: string,
  input: LabelInput,
  total: number,
): Promise<ReturnType<typeof labelChange> | undefined> {
  const choices = labelChoices(input);
  if (choices.length === 0) {
    say(vscode.l10n.t('The repository has no labels.'));
    return undefined;
  }
  const rows = choices.map(({ name, on }) => ({
    // A label may be called like an icon.
    label: iconless(name),
    description: on > 0 && on < total ? vscode.l10n.t('on {0} of {1}', on, total) : '',
    picked: on === total,
    name,
  }));
  const picked = await vscode.window.showQuickPick(rows, {
    title,
    placeHolder:
      total === 1
        ? vscode.l10n.t('Checked labels are set')
        : vscode.l10n.t('Checked labels are set on all; what only some have stays'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return (
    picked &&
    labelChange(
      choices,
      picked.map(({ name }) => name),
      total,
    )
  );
}

/** Undefined when GitHub did not answer, or the person did not want to wait. */
async function read(
  issues: readonly IssueNumber[],
  { lookUps, signals, log }: ChangePorts,
): Promise<LabelInput | undefined> {
  const repositories = [...new Set(issues.map(({ repository }) => repository.toLowerCase()))];
  const known = signals();
  return withBusyPick(vscode.l10n.t('Reading the labels'), async (abort) => {
    try {
      const reading = Promise.all([
        Promise.all(repositories.map((repository) => lookUps.repositoryLabels(repository, abort))),
        Promise.all(
          issues.map(async (issue) => {
            const signal = known.get(`github:${keyOf(issue)}`);
            return signal?.labels ?? (await lookUps.issueLabels(issue, abort));
          }),
        ),
      ]);
      const [named, set] = await abortable(reading, abort);
      return { repositories: named, issues: set };
    } catch (error) {
      if (abort.aborted) return undefined;
      if (!(error instanceof ServiceError)) throw error;
      log.warn(`labels could not be read: ${error.message}`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t('The labels could not be read: {0}.', failureText(error.reason, 'GitHub')),
      );
      return undefined;
    }
  });
}

function distinct(issues: readonly IssueNumber[]): readonly IssueNumber[] {
  return [...new Map(issues.map((issue) => [keyOf(issue), issue])).values()];
}

function keyOf({ repository, number }: IssueNumber): string {
  return `${repository}#${number}`.toLowerCase();
}
