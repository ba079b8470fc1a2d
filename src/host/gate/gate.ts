import * as vscode from 'vscode';
import { allWordsOf, anew, canRewrite } from '../../actions/words.ts';
import { proposalPhase } from '../../core/approval.ts';
import type { PlaceOf } from '../../core/place.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { Log } from '../../services/service.ts';
import { linkless } from '../inert.ts';
import type { WritePreview } from '../preview.ts';
import type { PreviewInput } from '../previewMarkdown.ts';
import { withAbort } from '../progress.ts';
import { isSaid, keepDraft } from './drafts.ts';
import { editProposal } from './editProposal.ts';
import { keep, sayCancelled, sayDryRun } from './keep.ts';
import { openNamesText } from './openNames.ts';
import { sayWritten, tellChanged, tellGoing, tellOpen, tellStopped } from './tell.ts';
import type { UndoBar } from './undoBar.ts';
import { isAtOnce, isDryRun } from './writeSettings.ts';

export interface GatePorts {
  readonly outbox: Pick<
    Outbox,
    'submit' | 'propose' | 'approve' | 'withhold' | 'stop' | 'look' | 'revise' | 'drop' | 'dropRest' | 'stored'
  >;
  readonly preview: WritePreview;
  readonly undoBar: Pick<UndoBar, 'show' | 'showAct' | 'hide'>;
  /** The name of a Slack channel as people say it, from the signals that are known. */
  readonly placeOf: PlaceOf;
  /** How many firing alerts a silence would hold, of those that are known. */
  readonly coveredBy: NonNullable<PreviewInput['coveredBy']>;
  /** Asks the sources now, so that what was written is soon seen. */
  readonly refresh: () => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

type Answer = 'approve' | 'edit' | 'keep' | 'drop';

/**
 * The one way from a command to the outside: what the person chose to have applied at once is sent, with *Undo*; the rest
 * is shown first, word for word, and waits among the proposals unless it is approved or dropped. In a dry run all wait.
 * `action` names what approving does. Returns what was approved, as it stands then.
 */
export async function put(
  heading: string,
  proposals: readonly Proposal[],
  ports: GatePorts,
  action?: string,
): Promise<readonly StoredProposal[]> {
  // Nobody has read the words of an undo: they are not among those that it takes back.
  const isShown = !proposals.every((one) => isAtOnce(one.kind) && (one.kind !== 'undo' || allWordsOf(one) === ''));
  return send(await approvedOf(heading, proposals, ports, { isShown, action }), ports);
}

export interface Asking {
  /** Whether they are shown first. */
  readonly isShown: boolean;
  /** The verb of what approving does: *Resolve*. */
  readonly action?: string | undefined;
}

/** The part of the gate that asks. */
export type AskPorts = Pick<GatePorts, 'preview' | 'placeOf' | 'coveredBy' | 'newId'> & {
  readonly outbox: Pick<Outbox, 'propose' | 'revise' | 'drop' | 'stored'>;
};

/**
 * Of some proposals those that may be sent now, as the person edited them; for what is carried out in a way of its own
 * (a claim, whose row changes first; a conversion; notes that are posted from their page). The others wait or are dropped.
 */
export async function approvedOf(
  heading: string,
  proposals: readonly Proposal[],
  ports: AskPorts,
  { isShown, action }: Asking,
): Promise<readonly Proposal[]> {
  if (proposals.length === 0) return [];
  if (isDryRun()) {
    keep(proposals, ports);
    return [];
  }
  return isShown ? ask(heading, proposals, ports, action ?? vscode.l10n.t('Approve')) : proposals;
}

/** Sends proposals that a person approves now, one after another; one that fails stops no other. */
async function send(proposals: readonly Proposal[], ports: GatePorts): Promise<readonly StoredProposal[]> {
  const run: Run = (proposal, ...when) => ports.outbox.submit(proposal, ...when);
  const keepApart = (changed: readonly Proposal[]): void => {
    for (const proposal of changed) ports.outbox.propose(anew(proposal, ports.newId()));
    void tellChanged(changed, { isKeptApart: true });
  };
  return carry(proposals, { run, changed: keepApart }, ports);
}

/** Approves proposals that are stored; one that fails stops no other. */
export async function approve(stored: readonly StoredProposal[], ports: GatePorts): Promise<readonly StoredProposal[]> {
  if (isDryRun()) {
    sayDryRun();
    return [];
  }
  const proposals = stored.map(({ proposal }) => proposal);
  const run: Run = ({ id }, ...when) => ports.outbox.approve(id, ...when);
  return carry(proposals, { run, changed: (those) => void tellChanged(those, { isKeptApart: false }) }, ports);
}

type Run = (proposal: Proposal, abort: AbortSignal, approvedAt: number) => Promise<StoredProposal>;

interface Carrying {
  readonly run: Run;
  /** Told of those that say something else by now than what was approved: they are not sent. */
  readonly changed: (proposals: readonly Proposal[]) => void;
}

async function carry(
  approved: readonly Proposal[],
  { run, changed }: Carrying,
  ports: GatePorts,
): Promise<readonly StoredProposal[]> {
  // The person answers for all of them now: what is not sent within the hour asks again, however late its turn comes.
  const approvedAt = ports.now();
  const open = approved.filter(isOpen);
  for (const proposal of open) ports.outbox.propose(proposal);
  void tellOpen(open);
  const proposals = approved.filter((proposal) => !isOpen(proposal));
  if (proposals.length === 0) return [];
  // All are stored before the first is sent: what a crash or a cancel leaves waits among the proposals.
  for (const proposal of proposals) ports.outbox.propose(proposal);
  const title = proposals.length === 1 ? vscode.l10n.t('Sending') : vscode.l10n.t('Sending {0}', proposals.length);
  const all = await withAbort(title, async (abort, report) => {
    const done: StoredProposal[] = [];
    const others: Proposal[] = [];
    const isCancelled = (): boolean => abort.aborted;
    for (const [index, proposal] of proposals.entries()) {
      if (isCancelled()) break;
      if (proposals.length > 1) report(vscode.l10n.t('{0} of {1}: {2}', index + 1, proposals.length, proposal.title));
      // It may have been dropped, edited or approved among the proposals while it was shown, or waited for its turn.
      const now = storedOf(proposal, ports);
      if (now !== undefined && !isSaid(proposal, now.proposal)) others.push(proposal);
      if (now === undefined || others.includes(proposal)) continue;
      const ended = await run(proposal, abort, approvedAt);
      // Whoever cancels takes the approval back: what is left does not go on by itself.
      if (isCancelled() && proposalPhase(ended, ports.now()) === 'going') ports.outbox.withhold(proposal.id);
      else done.push(ended);
    }
    if (isCancelled()) sayCancelled();
    if (others.length > 0) changed(others);
    return done;
  });
  const byPhase = Map.groupBy(all, (stored) => proposalPhase(stored, ports.now()));
  const written = byPhase.get('done') ?? [];
  if (written.length > 0) {
    sayWritten(written, ports.undoBar);
    ports.refresh().catch((error: unknown) => ports.log.warn(`not read again after a write: ${String(error)}`));
  }
  const going = byPhase.get('going') ?? [];
  const stopped = [...(byPhase.get('stopped') ?? []), ...(byPhase.get('stale') ?? [])];
  void tellGoing(going, ports);
  // With the text that each has then: it may be edited while the message stands there.
  const again = () =>
    approve(
      stopped.map((one) => storedOf(one.proposal, ports) ?? one),
      ports,
    );
  void tellStopped(stopped, ports, again);
  return all;
}

function storedOf(
  { id }: Proposal,
  { outbox }: { readonly outbox: Pick<Outbox, 'stored'> },
): StoredProposal | undefined {
  return outbox.stored().find(({ proposal }) => proposal.id === id);
}

/** Whether it is a reply in which `${owner}`, or another name of a snippet, would be sent as it stands. */
function isOpen(proposal: Proposal): boolean {
  return proposal.kind === 'reply' && openNamesText([allWordsOf(proposal)]) !== undefined;
}

async function ask(
  heading: string,
  start: readonly Proposal[],
  ports: AskPorts,
  action: string,
): Promise<readonly Proposal[]> {
  let proposals = start;
  try {
    for (;;) {
      await ports.preview.show(heading, { ...ports, heading, proposals });
      const answer = await answerOf(heading, proposals, action);
      if (answer === 'approve') return proposals;
      if (answer !== 'edit') {
        putAside(answer, proposals, ports);
        return [];
      }
      const [only] = proposals;
      // What is kept already, so that nothing that was typed is lost, is kept as it is typed.
      const edited = only && (await editProposal(only, ports.placeOf, (typed) => ports.outbox.revise(typed)));
      if (edited !== undefined) proposals = [edited];
      proposals = proposals.map((one) => (storedOf(one, ports) === undefined ? one : keepDraft(one, ports)));
    }
  } finally {
    await ports.preview.close(heading);
  }
}

/** What the person neither approves nor edits waits, unless they drop it: turning away loses nothing. */
function putAside(answer: Answer | undefined, proposals: readonly Proposal[], ports: AskPorts): void {
  if (answer !== 'drop') keep(proposals, ports);
  else for (const { id } of proposals) ports.outbox.drop(id);
}

/** Undefined when the person turned away: nothing that was typed is lost then. */
async function answerOf(heading: string, proposals: readonly Proposal[], action: string): Promise<Answer | undefined> {
  const [only, ...others] = proposals;
  const canEdit = others.length === 0 && only !== undefined && canRewrite(only);
  const choices: readonly (vscode.QuickPickItem & { readonly answer: Answer })[] = [
    { label: `$(check) ${action}`, description: approveHint(proposals), answer: 'approve' },
    ...(canEdit ? [{ label: `$(edit) ${vscode.l10n.t('Edit…')}`, answer: 'edit' as const }] : []),
    {
      label: `$(inbox) ${vscode.l10n.t('Keep as Proposal')}`,
      description: vscode.l10n.t('Saves it to Proposals, sends nothing'),
      answer: 'keep',
    },
    { label: `$(trash) ${vscode.l10n.t('Drop')}`, description: vscode.l10n.t('Discards it'), answer: 'drop' },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: linkless(heading),
    placeHolder: vscode.l10n.t('The editor shows exactly what will be sent'),
    ignoreFocusOut: true,
  });
  return chosen?.answer;
}

function approveHint(proposals: readonly Proposal[]): string {
  return proposals.length === 1 ? vscode.l10n.t('Sends it now') : vscode.l10n.t('Sends all {0} now', proposals.length);
}
