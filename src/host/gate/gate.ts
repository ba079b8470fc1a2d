import * as vscode from 'vscode';
import { allWordsOf, anew } from '../../actions/words.ts';
import { proposalPhase } from '../../core/approval.ts';
import type { PlaceOf } from '../../core/place.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { Log } from '../../services/service.ts';
import type { WritePreview } from '../preview.ts';
import type { PreviewInput } from '../previewMarkdown.ts';
import { approvedOf } from './ask.ts';
import { storedOf } from './drafts.ts';
import { keepUntilSent, type Run, sendInTurn } from './inTurn.ts';
import { sayCancelled, sayDryRun } from './keep.ts';
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

/** Sends proposals that a person approves now, one after another; one that fails stops no other. */
async function send(proposals: readonly Proposal[], ports: GatePorts): Promise<readonly StoredProposal[]> {
  keepUntilSent(proposals, ports);
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
  const open = approved.filter(isOpen);
  void tellOpen(open);
  const proposals = approved.filter((proposal) => !isOpen(proposal));
  if (proposals.length === 0) return [];
  const title = proposals.length === 1 ? vscode.l10n.t('Sending') : vscode.l10n.t('Sending {0}', proposals.length);
  const sent = await sendInTurn(proposals, { title, run }, ports);
  if (sent.isCancelled) sayCancelled();
  if (sent.changed.length > 0) changed(sent.changed);
  tell(sent.ended, ports);
  return sent.ended;
}

function tell(all: readonly StoredProposal[], ports: GatePorts): void {
  const byPhase = Map.groupBy(all, (stored) => proposalPhase(stored, ports.now()));
  const written = byPhase.get('done') ?? [];
  if (written.length > 0) {
    sayWritten(written, ports.undoBar);
    ports.refresh().catch((error: unknown) => ports.log.warn(`not read again after a write: ${String(error)}`));
  }
  const going = byPhase.get('going') ?? [];
  const stopped = [...(byPhase.get('stopped') ?? []), ...(byPhase.get('stale') ?? [])];
  void tellGoing(going, ports);
  // With the text that each has then: it may be edited or dropped while the message stands there.
  const again = () =>
    approve(
      stopped.flatMap((one) => storedOf(one.proposal, ports) ?? []),
      ports,
    );
  void tellStopped(stopped, ports, again);
}

/** Whether it is a reply in which `${owner}`, or another name of a snippet, would be sent as it stands. */
function isOpen(proposal: Proposal): boolean {
  return proposal.kind === 'reply' && openNamesText([allWordsOf(proposal)]) !== undefined;
}
