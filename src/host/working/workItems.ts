import * as vscode from 'vscode';
import { givesBack } from '../../actions/claim.ts';
import type { Item } from '../../core/item.ts';
import { PRIORITIES, PRIORITY_LABEL } from '../../core/priority.ts';
import type { Proposal } from '../../core/proposal.ts';
import { declinedBy, lastAct, type UndoableEntry, undoEntries } from '../../core/undo.ts';
import { keptTime } from '../../core/undoTimebox.ts';
import { approvedOf } from '../gate/ask.ts';
import { isAtOnce, isDryRun } from '../gate/writeSettings.ts';
import { say } from '../say.ts';
import { act, hereOf, subjectOf } from './act.ts';
import { askSnooze } from './askSnooze.ts';
import type { ClaimWrites } from './claimWrites.ts';
import { sayStaysAcknowledged } from './incidents.ts';
import { actText } from './words.ts';
import type { WorkingPorts } from './workingPorts.ts';

export async function snoozeItems(items: readonly Item[], ports: WorkingPorts): Promise<void> {
  const until = await askSnooze(subjectOf(items), ports);
  if (until !== undefined) act(items, { type: 'snoozed', until }, ports);
}

/** The priority is ours, at once; the board's own is set as well where the issue stands there. */
export async function prioritiseItems(items: readonly Item[], ports: WorkingPorts): Promise<void> {
  const choices = PRIORITIES.map((priority) => ({ label: PRIORITY_LABEL[priority], priority }));
  const hasBoard = ports.team.issues?.project?.priorityField !== undefined;
  const onBoard = hasBoard && items.some((item) => ports.isIssue(item));
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Priority of {0}', subjectOf(items)),
    placeHolder: onBoard
      ? vscode.l10n.t('Orders the Queue on this machine; an issue that is on the board gets it there, too')
      : vscode.l10n.t('Orders the Queue on this machine'),
  });
  if (chosen === undefined) return;
  const acted = act(items, { type: 'prioritised', priority: chosen.priority }, ports);
  if (!onBoard) return;
  // Of the entry's own id, so that undoing either takes back both.
  const ids = new Map(acted.map(({ item, entry }) => [item.id, entry.id]));
  await ports.prioritiseOnBoard(
    items.map((item) => ({ item, entryId: ids.get(item.id) })),
    chosen.priority,
  );
}

export async function noteItems(items: readonly Item[], ports: WorkingPorts): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Note on {0}', subjectOf(items)),
    prompt: vscode.l10n.t('Kept on this machine, beside the item'),
    ignoreFocusOut: true,
  });
  if (text !== undefined && text.trim() !== '') act(items, { type: 'noted', text: text.trim() }, ports);
}

export interface UndoScope {
  /** The acts of this window. */
  readonly acts: ReadonlySet<string>;
  /** The row that was clicked, if one was: then only what happened to it counts. */
  readonly clicked: readonly Item[];
  readonly selected: readonly Item[];
}

/**
 * Takes back the last act: of the clicked row; otherwise of this window, wherever the row has gone; and when this window
 * has done nothing, of what is selected.
 */
export async function undoAct(
  { acts, clicked, selected }: UndoScope,
  writes: ClaimWrites,
  ports: WorkingPorts,
): Promise<void> {
  const journal = ports.journal();
  const found =
    clicked.length > 0
      ? lastAct(journal, { signalIds: signalsOf(clicked) })
      : (lastAct(journal, { acts }) ?? lastAct(journal, { signalIds: signalsOf(selected) }));
  if (found === undefined) return say(vscode.l10n.t('Nothing to undo here.'));
  await undoAll(found.entries, writes, ports);
}

/** Takes back what these entries tell of, here and outside; a claim or release that is asked about first stands until then. */
export async function undoAll(
  entries: readonly [UndoableEntry, ...UndoableEntry[]],
  writes: ClaimWrites,
  ports: WorkingPorts,
): Promise<void> {
  ports.gate.undoBar.hide();
  const backs = writes.backsOf(entries, ports);
  const proposals = [...backs.values()];
  const isShown = proposals.some(({ kind }) => isDryRun() || !isAtOnce('undo') || !isAtOnce(kind));
  // Not awaited when nobody is asked: undoing twice in a row takes back two acts.
  const sent = isShown ? await approvedOf(vscode.l10n.t('Undo'), proposals, ports.gate, { isShown }) : proposals;
  const id = ports.newId();
  const at = ports.now();
  const reason = vscode.l10n.t('Do It Now, undone');
  const started = entries.filter(({ event }) => event.type === 'started');
  const kept = started.flatMap((entry) => keptTime(ports.journal(), entry, { id, at, reason }));
  const undone = entries.filter(({ id: entryId }) => {
    const back = backs.get(entryId);
    return back === undefined || sent.includes(back);
  });
  if (undone.length === 0) return;
  const givingBack = new Set(undone.filter((entry) => isGivenBack(entry, backs, ports)).map((entry) => entry.id));
  for (const entry of [...undoEntries(undone, { id, at, givingBack }), ...kept]) ports.append(entry);
  writes.undo(undone, ports);
  undoOutside(undone, ports);
  const items = entries.flatMap(({ signalIds }) => itemOf(signalIds, ports) ?? []);
  const { event } = started[0] ?? entries[0];
  const what = actText(event, items.length === 0 ? vscode.l10n.t('an item') : subjectOf(items), hereOf(ports));
  say(vscode.l10n.t('Undone. {0}', what));
  if (entries.some((entry) => entry.event.type === 'claimed')) sayStaysAcknowledged(items, ports);
}

/** Whether a row stands without me as soon as a claim is undone: it does not wait for the source to be read. */
function isGivenBack(
  { id, event, signalIds }: UndoableEntry,
  backs: ReadonlyMap<string, Proposal>,
  ports: WorkingPorts,
): boolean {
  const back = backs.get(id);
  const item = itemOf(signalIds, ports);
  return event.type === 'claimed' && back !== undefined && item !== undefined && givesBack(back, item, ports.me);
}

/** What goes outside with acts that were taken back here: priorities, a word that declined. */
function undoOutside(undone: readonly UndoableEntry[], { outbox, takeBack }: WorkingPorts): void {
  const ids = new Set(
    undone.flatMap(({ id, event }) => {
      if (event.type === 'prioritised') return [id];
      return event.type === 'done' ? (declinedBy(id) ?? []) : [];
    }),
  );
  const stored = outbox.stored().filter(({ proposal }) => ids.has(proposal.id));
  if (stored.length > 0) void takeBack(stored);
}

function signalsOf(items: readonly Item[]): ReadonlySet<string> {
  return new Set(items.flatMap((item) => item.signals.map(({ id }) => id)));
}

function itemOf(signalIds: readonly string[], ports: WorkingPorts): Item | undefined {
  return signalIds.map((id) => ports.itemOf(id)).find((item) => item !== undefined);
}
