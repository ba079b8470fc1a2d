import * as vscode from 'vscode';
import { appendedTo } from '../../actions/convert.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import { progressOf } from '../../core/proposalProgress.ts';
import { storedOf } from '../gate/drafts.ts';
import { keepUntilSent, type Run, sendInTurn } from '../gate/inTurn.ts';
import { sayDryRun } from '../gate/keep.ts';
import { describeFailure, describeUnfinished } from '../gate/stepWords.ts';
import { offerUndo, tellChanged } from '../gate/tell.ts';
import { isDryRun } from '../gate/writeSettings.ts';
import { linkless } from '../inert.ts';
import type { ConvertPorts } from './convertPorts.ts';

type Ports = Pick<ConvertPorts, 'outbox' | 'answers' | 'openUrl' | 'placeOf' | 'undoBar' | 'now' | 'log'>;

/**
 * Submits approved proposals one after another, and says what became of them; one that fails stops no other. Not by the
 * gate's `send`: whoever converts wants to open the issue, and to hear how far it came rather than what failed.
 */
export async function carryOut(proposals: readonly Proposal[], ports: Ports): Promise<readonly StoredProposal[]> {
  const several = proposals.length > 1;
  const [first] = proposals;
  const appends = first !== undefined && appendedTo(first) !== undefined;
  const one = appends ? vscode.l10n.t('Adding the comment') : vscode.l10n.t('Creating the issue');
  const title = several ? vscode.l10n.t('Creating issues') : one;
  const run: Run = (proposal, ...when) => orTold(() => ports.outbox.submit(proposal, ...when), ports);
  keepUntilSent(proposals, ports);
  const { ended, withheld, changed } = await sendInTurn(proposals, { title, run }, ports);
  const all = [...ended, ...withheld];
  for (const stored of all) forgetAnswers(stored, ports);
  offerUndo(all, ports.undoBar);
  void tellChanged(changed, { isKeptApart: false });
  const telling = several ? [summarise(all, proposals.length, ports)] : all.map((stored) => tell(stored, ports));
  // The messages stay until they are answered; who asked for the conversion does not wait for that.
  Promise.all(telling).catch((error: unknown) => {
    ports.log.error(`convert: ${error instanceof Error ? error.message : 'failed'}`);
  });
  return all;
}

/** A conversion that stopped half-way, after a crash or a failure: says where it stands, and asks. */
export async function finishLater(stored: StoredProposal, ports: Ports): Promise<void> {
  if (stored.approvedAt === undefined) return tellWaiting(stored, ports);
  const resume = vscode.l10n.t('Resume');
  const drop = vscode.l10n.t('Drop');
  const text = vscode.l10n.t('“{0}” was not fully converted. {1}', stored.proposal.title, stand(stored, ports));
  const chosen = await vscode.window.showWarningMessage(linkless(text), resume, drop);
  if (chosen === resume) await tryAgain(stored, ports);
  if (chosen === drop) ports.outbox.dropRest(stored.proposal.id);
}

/** Nobody has approved it yet: it is approved where it can be read. */
async function tellWaiting({ proposal }: StoredProposal, ports: Ports): Promise<void> {
  const show = vscode.l10n.t('Show Proposals');
  const drop = vscode.l10n.t('Drop');
  const text = vscode.l10n.t('The conversion of “{0}” waits in Proposals.', proposal.title);
  const chosen = await vscode.window.showInformationMessage(linkless(text), show, drop);
  if (chosen === show) await vscode.commands.executeCommand('responder.proposals.focus');
  if (chosen === drop) ports.outbox.dropRest(proposal.id);
}

async function tryAgain({ proposal }: StoredProposal, ports: Ports): Promise<void> {
  if (isDryRun()) return sayDryRun();
  // With the text that it has by then; it may be edited or dropped while the message stands there.
  const now = storedOf(proposal, ports);
  if (now === undefined) return;
  const title = vscode.l10n.t('Resuming “{0}”', proposal.title);
  const run: Run = ({ id }, ...when) => orTold(() => ports.outbox.approve(id, ...when), ports);
  const { ended, withheld } = await sendInTurn([now.proposal], { title, run }, ports);
  const [stored] = [...ended, ...withheld];
  if (stored === undefined) return;
  forgetAnswers(stored, ports);
  await tell(stored, ports);
}

async function tell(stored: StoredProposal, ports: Ports): Promise<void> {
  const { next } = progressOf(stored);
  await (next === undefined ? tellDone(stored, ports) : tellStopped(stored, ports));
}

async function tellDone(stored: StoredProposal, ports: Ports): Promise<void> {
  const { issue, warnings } = progressOf(stored);
  if (issue === undefined) return;
  const text = doneText(stored, `${issue.repository}#${issue.number}`);
  const open = vscode.l10n.t('Open Issue');
  const chosen =
    warnings.length === 0
      ? await vscode.window.showInformationMessage(linkless(text), open)
      : await vscode.window.showWarningMessage(
          linkless(vscode.l10n.t('{0} But: {1}', text, warnings.slice(0, 5).join(' · '))),
          open,
        );
  if (chosen === open) await ports.openUrl(issue.url);
}

function doneText({ proposal, states: [first] }: StoredProposal, name: string): string {
  const appended = appendedTo(proposal);
  // One that was open by then is left as it is.
  const isReopened = appended?.reopens === true && first?.status === 'done' && first.outcome.undo.length > 0;
  if (isReopened) return vscode.l10n.t('It is added to {0}, which is open again.', name);
  if (appended !== undefined) return vscode.l10n.t('It is added to {0}.', name);
  const isPlanned = proposal.steps[0]?.type === 'planIssue';
  return isPlanned ? vscode.l10n.t('{0} is planned.', name) : vscode.l10n.t('{0} is created.', name);
}

/** Nothing is lost: the proposal and the answers are kept, and trying again never writes twice. */
async function tellStopped(stored: StoredProposal, ports: Ports): Promise<void> {
  const { issue, untouched } = progressOf(stored);
  const again = vscode.l10n.t('Retry');
  const open = vscode.l10n.t('Open Issue');
  const drop = vscode.l10n.t('Drop');
  const actions = [again, ...(issue === undefined ? [] : [open]), ...(untouched ? [drop] : [])];
  const text = vscode.l10n.t('“{0}” was not fully converted. {1}', stored.proposal.title, stand(stored, ports));
  const chosen = await vscode.window.showErrorMessage(linkless(text), ...actions);
  if (chosen === again) await tryAgain(stored, ports);
  if (chosen === open && issue !== undefined) await ports.openUrl(issue.url);
  if (chosen === drop) ports.outbox.dropRest(stored.proposal.id);
}

function stand(stored: StoredProposal, ports: Ports): string {
  const failure = describeFailure(stored, ports.placeOf);
  const unfinished = describeUnfinished(stored, ports.placeOf);
  return failure === undefined ? unfinished : `${unfinished} ${failure}`;
}

async function summarise(all: readonly StoredProposal[], asked: number, ports: Ports): Promise<void> {
  const stopped = all.filter((stored) => progressOf(stored).next !== undefined);
  const created = all.length - stopped.length;
  const warnings = [...new Set(all.flatMap((stored) => progressOf(stored).warnings))];
  if (created === asked && warnings.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Issues created: {0}', created));
  } else {
    const text = vscode.l10n.t('Issues created: {0} of {1}', created, asked);
    void vscode.window.showWarningMessage(linkless([text, ...warnings.slice(0, 5)].join(' · ')));
  }
  for (const stored of stopped) await tellStopped(stored, ports);
}

/** What the outbox cannot say as a state (a closed store, a bug) is logged and shown, and stops no other proposal. */
async function orTold(run: () => Promise<StoredProposal>, ports: Ports): Promise<StoredProposal | undefined> {
  try {
    return await run();
  } catch (error) {
    ports.log.error(`convert: ${error instanceof Error ? error.message : 'failed'}`);
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The conversion stopped unexpectedly. Your choices are kept. See the log for details.'),
    );
    return undefined;
  }
}

/** The answers were kept under the item's id, which is its first signal's. */
function forgetAnswers(stored: StoredProposal, ports: Ports): void {
  const [itemId] = stored.proposal.signalIds;
  const isIssue = progressOf(stored).issue !== undefined;
  if (isIssue && itemId !== undefined) ports.answers.set(itemId, undefined);
}
