import * as vscode from 'vscode';
import { defaultTitle } from '../../actions/convert.ts';
import type { Item } from '../../core/item.ts';
import { truncate } from '../../core/plainText.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import { unfinishedConversion } from '../../core/proposalProgress.ts';
import { keep } from '../gate/keep.ts';
import { isDryRun } from '../gate/writeSettings.ts';
import { linkless } from '../inert.ts';
import { type Answers, parseAnswers } from './answers.ts';
import { watchOthers } from './begunElsewhere.ts';
import { carryOut, finishLater } from './carryOut.ts';
import { confirmation } from './confirm.ts';
import type { ConvertPorts } from './convertPorts.ts';
import { type Looks, questions } from './questions.ts';
import { rememberReads } from './reading.ts';
import { similarLook } from './similar.ts';
import { templateLook } from './templates.ts';
import { type Ended, runSteps } from './wizard.ts';

/** A longer one breaks the line above the questions, which then cover more of the preview. */
const NAME_LENGTH = 48;

/**
 * Converts items to issues: asks, shows exactly what will be written, and writes it when the person says so. What was
 * chosen and typed is kept until the issue exists. Returns what was submitted.
 */
export async function convertItems(items: readonly Item[], given: ConvertPorts): Promise<readonly StoredProposal[]> {
  const ports = { ...given, readConversation: rememberReads(given.readConversation) };
  ports.follow();
  const open = await stillToConvert(items, ports);
  const [first, ...others] = open;
  if (first === undefined) return [];
  const chosen: readonly [Item, ...Item[]] = [first, ...others];
  const name = nameOf(chosen, ports);
  const kept: Answers = others.length === 0 ? parseAnswers(ports.answers.get(first.id)) : {};
  const start: Answers = {
    ...kept,
    ...(ports.transferTo === undefined ? {} : { assignee: ports.transferTo.login }),
    ...(ports.timeboxMinutes === undefined ? {} : { timeboxMinutes: ports.timeboxMinutes }),
  };
  const begunElsewhere = watchOthers(chosen, ports);
  const looks = others.length === 0 ? lookFor(first, name, ports) : undefined;
  const confirm = confirmation(chosen, name, ports, looks);
  try {
    const ended = await runSteps([...questions(chosen, name, ports, looks), confirm.step], start);
    if (others.length === 0) ports.answers.set(first.id, toKeep(ended, kept, ports));
    if (ended.how === 'doItNow') await doItNow(chosen, ended.answers.timeboxMinutes, ports);
    if (ended.how !== 'done') return [];
  } finally {
    await ports.preview.close(name);
  }
  const proposals = await stillApproved(confirm.approved(), begunElsewhere, ports);
  return settle(proposals, confirm.isKept(), ports);
}

/**
 * What the next conversion of the item starts with. What is done now is planned for no length of time; to whom it was to
 * be handed, and how long that person may take, is no answer of a conversion of one's own, which goes on with its own.
 */
function toKeep({ how, answers }: Ended<Answers>, kept: Answers, { transferTo }: ConvertPorts): Answers {
  if (how === 'doItNow') return { ...answers, timeboxMinutes: undefined };
  if (transferTo === undefined) return answers;
  return { ...answers, assignee: kept.assignee, timeboxMinutes: kept.timeboxMinutes };
}

/** A dry run that began while the person was asked counts as well. */
async function settle(
  proposals: readonly Proposal[],
  isKept: boolean,
  ports: ConvertPorts,
): Promise<readonly StoredProposal[]> {
  if (proposals.length === 0) return [];
  if (!isKept && !isDryRun()) return carryOut(proposals, ports);
  keep(proposals, ports);
  return [];
}

function lookFor(item: Item, name: string, ports: ConvertPorts): Looks {
  return { similar: similarLook(item, name, ports), templates: templateLook(item, name, ports) };
}

/** Two windows may have shown the same preview: asks again about what another one was quicker to convert. */
async function stillApproved(
  approved: readonly Proposal[],
  begunElsewhere: () => readonly Item[],
  ports: ConvertPorts,
): Promise<readonly Proposal[]> {
  ports.follow();
  const begun = begunElsewhere();
  const open = await stillToConvert(begun, ports);
  const settled = new Set(begun.filter((item) => !open.includes(item)).map(({ id }) => id));
  // A proposal names its item's first signal first, and an item is called by it.
  return approved.filter(({ signalIds: [itemId = ''] }) => !settled.has(itemId));
}

/** What the questions and the preview are called. */
function nameOf([first, ...others]: readonly [Item, ...Item[]], { transferTo }: ConvertPorts): string {
  const title = truncate(defaultTitle(first), NAME_LENGTH);
  const count = others.length + 1;
  if (transferTo !== undefined) {
    return count === 1
      ? vscode.l10n.t('Transfer to {0}: {1}', transferTo.name, title)
      : vscode.l10n.t('Transfer {0} Items to {1}', count, transferTo.name);
  }
  return count === 1
    ? vscode.l10n.t('Convert to Issue: {0}', title)
    : vscode.l10n.t('Convert {0} Items to Issues', count);
}

/** Below the limit nothing is planned: the item's timebox starts. One is done at a time. */
async function doItNow(
  [item, ...others]: readonly [Item, ...Item[]],
  minutes: number | undefined,
  ports: ConvertPorts,
): Promise<void> {
  if (others.length === 0) await ports.doItNow(item, minutes);
  else
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing was sent. Choose one item in the Queue to do now.'),
    );
}

/** Without those that have an unfinished conversion, or an issue already that the person does not want to repeat. */
async function stillToConvert(items: readonly Item[], ports: ConvertPorts): Promise<readonly Item[]> {
  const open: Item[] = [];
  for (const item of items) {
    const unfinished = unfinishedConversion(
      ports.outbox.stored(),
      item.signals.map(({ id }) => id),
    );
    if (unfinished !== undefined) await finishLater(unfinished, ports);
    else if (await wanted(item, ports)) open.push(item);
  }
  return open;
}

async function wanted(item: Item, ports: ConvertPorts): Promise<boolean> {
  const issue = ports.conversionOf(item);
  if (issue === undefined) return true;
  const openText = vscode.l10n.t('Open Issue');
  const again = vscode.l10n.t('Convert Again');
  const name = `${issue.repository}#${issue.number}`;
  const text = vscode.l10n.t('“{0}” is {1} already.', defaultTitle(item), name);
  const chosen = await vscode.window.showWarningMessage(linkless(text), openText, again);
  if (chosen === openText) await ports.openUrl(issue.url);
  return chosen === again;
}
