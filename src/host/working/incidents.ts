import * as vscode from 'vscode';
import { noteIncident, openIncidents, resolveIncident } from '../../actions/incident.ts';
import type { Item } from '../../core/item.ts';
import type { Proposal, StoredProposal } from '../../core/proposal.ts';
import { describeFailure } from '../convert/words.ts';
import { inertTitle } from '../timebox/words.ts';
import { subjectOf } from './act.ts';
import { say, subjectText } from './words.ts';
import type { WorkingPorts } from './workingPorts.ts';

const REASON_LENGTH = 400;

/** Resolves PagerDuty incidents, with a note when one is typed: shows what will be written, and writes it when approved. */
export async function resolveIncidents(items: readonly Item[], ports: WorkingPorts): Promise<void> {
  const open = withIncidents(items);
  if (open.length === 0) return;
  const title = vscode.l10n.t('Resolve in PagerDuty: {0}', subjectOf(open));
  const note = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('A note on how it ended (optional); everybody who can see the incident reads it'),
    ignoreFocusOut: true,
  });
  if (note === undefined) return;
  const words = note.trim() === '' ? undefined : note.trim();
  const proposals = open.map((item) => resolveIncident({ item, now: ports.now(), id: ports.newId() }, words));
  const yes = vscode.l10n.t('Resolve');
  if (await isApproved(title, yes, proposals, ports))
    await write(proposals, ports, (subject) => vscode.l10n.t('Resolved in PagerDuty: {0}', subject));
}

/** Adds a note to PagerDuty incidents, after a preview. */
export async function noteIncidents(items: readonly Item[], ports: WorkingPorts): Promise<void> {
  const open = withIncidents(items);
  if (open.length === 0) return;
  const title = vscode.l10n.t('Add Note in PagerDuty: {0}', subjectOf(open));
  const note = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Everybody who can see the incident reads it'),
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === '' ? vscode.l10n.t('Write something.') : undefined),
  });
  if (note === undefined || note.trim() === '') return;
  const proposals = open.map((item) => noteIncident({ item, now: ports.now(), id: ports.newId() }, note.trim()));
  const yes = vscode.l10n.t('Add Note');
  if (await isApproved(title, yes, proposals, ports))
    await write(proposals, ports, (subject) => vscode.l10n.t('Note added in PagerDuty: {0}', subject));
}

/** A claim of an incident leaves something that nobody can take back: says so where it is taken back here. */
export function sayStaysAcknowledged(items: readonly Item[], ports: Pick<WorkingPorts, 'me' | 'outbox'>): void {
  const open = items.filter((item) => isAcknowledged(item, ports));
  if (open.length === 0) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'In PagerDuty it stays acknowledged by you, which cannot be taken back there: {0}. Reassign it there if nobody looks after it.',
      subjectOf(open),
    ),
  );
}

/** By me, as the source says or as it was sent, whether or not that has arrived. */
function isAcknowledged(item: Item, { me, outbox }: Pick<WorkingPorts, 'me' | 'outbox'>): boolean {
  const open = new Set(openIncidents(item));
  const mine = me?.pagerduty;
  if (mine !== undefined && item.signals.some(({ state, takenBy }) => state !== 'closed' && takenBy.includes(mine)))
    return open.size > 0;
  return outbox
    .stored()
    .some(({ proposal, states }) =>
      proposal.steps.some(
        (step, index) => step.type === 'acknowledge' && open.has(step.incident) && states[index]?.status !== 'waiting',
      ),
    );
}

function withIncidents(items: readonly Item[]): readonly Item[] {
  const open = items.filter((item) => openIncidents(item).length > 0);
  if (open.length === 0) say(vscode.l10n.t('There is no open PagerDuty incident among the selected items.'));
  return open;
}

async function isApproved(
  title: string,
  action: string,
  proposals: readonly Proposal[],
  { preview, placeOf }: WorkingPorts,
): Promise<boolean> {
  try {
    await preview.show(title, { heading: title, proposals, placeOf });
    const yes: vscode.QuickPickItem = { label: `$(check) ${action}` };
    const no: vscode.QuickPickItem = { label: `$(close) ${vscode.l10n.t('Cancel')}` };
    const placeHolder = vscode.l10n.t('The editor shows exactly what will be written');
    return (await vscode.window.showQuickPick([yes, no], { title, placeHolder, ignoreFocusOut: true })) === yes;
  } finally {
    await preview.close(title);
  }
}

async function write(
  proposals: readonly Proposal[],
  ports: WorkingPorts,
  doneText: (subject: string) => string,
): Promise<void> {
  const stored = await Promise.all(proposals.map((proposal) => ports.outbox.submit(proposal)));
  const written = stored.filter(isDone);
  if (written.length > 0) say(doneText(subjectText(written.map(({ proposal }) => proposal.title))));
  // The sources still show what was.
  ports.telling.takenBack();
  for (const each of stored) if (!isDone(each)) void tellFailed(each, ports, doneText);
}

/** What is not tried again is dropped: an incident is still there to be resolved anew. */
async function tellFailed(
  stored: StoredProposal,
  ports: WorkingPorts,
  doneText: (subject: string) => string,
): Promise<void> {
  const { id, title } = stored.proposal;
  const again = vscode.l10n.t('Try Again');
  const why = inertTitle(describeFailure(stored, ports.placeOf) ?? '', REASON_LENGTH);
  const text = vscode.l10n.t('Not written to PagerDuty: {0}. {1}', subjectText([title]), why);
  if ((await vscode.window.showErrorMessage(text, again)) !== again) {
    ports.outbox.drop(id);
    return;
  }
  const later = await ports.outbox.resume(id);
  ports.telling.takenBack();
  if (isDone(later)) say(doneText(subjectText([title])));
  else await tellFailed(later, ports, doneText);
}

function isDone({ states }: StoredProposal): boolean {
  return states.every(({ status }) => status === 'done');
}
