import * as vscode from 'vscode';
import { noteIncident, openIncidents, resolveIncident } from '../../actions/incident.ts';
import type { Item } from '../../core/item.ts';
import { keepDrafts } from '../gate/drafts.ts';
import { put } from '../gate/gate.ts';
import { say } from '../say.ts';
import { subjectOf } from './act.ts';
import type { WorkingPorts } from './workingPorts.ts';

/** Resolves PagerDuty incidents, with a note when one is typed. */
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
  if (words !== undefined) keepDrafts(proposals, ports.gate);
  await put(title, proposals, ports.gate, vscode.l10n.t('Resolve'));
}

/** Adds a note to PagerDuty incidents. */
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
  await put(title, keepDrafts(proposals, ports.gate), ports.gate, vscode.l10n.t('Add Note'));
}

/** What to say when items are claimed of which a part cannot be taken back; undefined when all of it can. */
export function staysAcknowledged(items: readonly Item[]): string | undefined {
  const isAsked = items.some((item) => openIncidents(item).length > 0);
  return isAsked ? vscode.l10n.t('the acknowledgement in PagerDuty cannot be undone') : undefined;
}

/** A claim of an incident leaves something that nobody can take back: says so where it is taken back here. */
export function sayStaysAcknowledged(items: readonly Item[], ports: Pick<WorkingPorts, 'me' | 'outbox'>): void {
  const open = items.filter((item) => isAcknowledged(item, ports));
  if (open.length === 0) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'In PagerDuty it stays acknowledged by you, which cannot be undone: {0}. Reassign it there if nobody is working on it.',
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
