import * as vscode from 'vscode';
import { claim, isSeenOutside, needsLogin, release } from '../../actions/claim.ts';
import type { Item } from '../../core/item.ts';
import type { Person } from '../../core/team.ts';
import { keep } from '../gate/keep.ts';
import { isDryRun } from '../gate/writeSettings.ts';
import { plan, record, subjectOf } from './act.ts';
import type { ClaimWrites, Proposed } from './claimWrites.ts';
import { sayStaysAcknowledged } from './incidents.ts';
import type { WorkingPorts } from './workingPorts.ts';

/**
 * Takes items up in my name: here at once, and where the team sees it as soon as the service answers. `actId` is given
 * when more belongs to the act.
 */
export function claimItems(items: readonly Item[], writes: ClaimWrites, ports: WorkingPorts, actId?: string): void {
  const proposed = proposeClaims(withAccount(items, ports), ports, { actId });
  if (isDryRun())
    return keep(
      proposed.map(({ proposal }) => proposal),
      ports,
    );
  const acted = record(proposed, ports);
  writes.write(acted, ports, (failed) => claimItems(failed, writes, ports));
}

/** Gives items back. */
export function releaseItems(items: readonly Item[], writes: ClaimWrites, ports: WorkingPorts): void {
  const allowed = withAccount(items, ports);
  if (allowed.length === 0) return;
  const proposed = plan(allowed, { type: 'released' }, ports).map(({ item, entry }) => {
    return { item, entry, proposal: release({ item, me: ports.me, now: ports.now(), id: entry.id }) };
  });
  if (isDryRun())
    return keep(
      proposed.map(({ proposal }) => proposal),
      ports,
    );
  const acted = record(proposed, ports);
  writes.write(acted, ports, (failed) => releaseItems(failed, writes, ports));
  sayStaysAcknowledged(
    acted.map(({ item }) => item),
    ports,
  );
}

/** Claims and tells each conversation so: asks for the words, shows what will be written, and writes it when approved. */
export async function claimAndSaySo(items: readonly Item[], writes: ClaimWrites, ports: WorkingPorts): Promise<void> {
  const allowed = withAccount(items, ports);
  if (allowed.length === 0) return;
  const title = vscode.l10n.t('Claim and Say So: {0}', subjectOf(allowed));
  const words = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What the people of the conversation will read'),
    value: vscode.l10n.t('I’m on it.'),
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === '' ? vscode.l10n.t('Write something, or choose Claim.') : undefined),
  });
  if (words === undefined || words.trim() === '') return;
  const proposed = proposeClaims(allowed, ports, { words: words.trim() });
  if (proposed.length === 0) return;
  if (isDryRun())
    return keep(
      proposed.map(({ proposal }) => proposal),
      ports,
    );
  if (!(await isApproved(title, proposed, ports))) return;
  writes.write(record(proposed, ports), ports, (failed) => void claimAndSaySo(failed, writes, ports));
}

interface ClaimOptions {
  readonly words?: string;
  readonly actId?: string | undefined;
}

function proposeClaims(
  items: readonly Item[],
  ports: WorkingPorts,
  { words, actId }: ClaimOptions,
): readonly Proposed[] {
  if (items.length === 0) return [];
  return plan(items, { type: 'claimed' }, ports, actId).map(({ item, entry }) => {
    const input = { item, me: ports.me, now: ports.now(), id: entry.id };
    return { item, entry, proposal: claim(input, words) };
  });
}

async function isApproved(title: string, proposed: readonly Proposed[], ports: WorkingPorts): Promise<boolean> {
  const proposals = proposed.map(({ proposal }) => proposal);
  try {
    await ports.preview.show(title, { heading: title, proposals, placeOf: ports.placeOf });
    const yes: vscode.QuickPickItem = { label: `$(check) ${vscode.l10n.t('Claim and Say So')}` };
    const no: vscode.QuickPickItem = { label: `$(close) ${vscode.l10n.t('Cancel')}` };
    const placeHolder = vscode.l10n.t('The editor shows exactly what will be written');
    return (await vscode.window.showQuickPick([yes, no], { title, placeHolder, ignoreFocusOut: true })) === yes;
  } finally {
    await ports.preview.close(title);
  }
}

/** Those whose claim can be written, with a message about the others. Alerts have nowhere to write it. */
function withAccount(items: readonly Item[], { me }: WorkingPorts): readonly Item[] {
  const allowed = items.filter((item) => !isSeenOutside(item) || (me !== undefined && hasAccounts(item, me)));
  if (allowed.length < items.length) void sayNoAccount(me);
  return allowed;
}

function hasAccounts(item: Item, { github }: Person): boolean {
  return github !== undefined || !needsLogin(item);
}

async function sayNoAccount(me: Person | undefined): Promise<void> {
  const open = vscode.l10n.t('Open Team File');
  const signIn = vscode.l10n.t('Sign In…');
  const text =
    me === undefined
      ? vscode.l10n.t('Nobody would see the claim: you are not signed in, or the team file does not know your account.')
      : vscode.l10n.t('Nobody would see the claim: the team file has no GitHub login for {0}.', me.name);
  const actions = me === undefined ? [signIn, open] : [open];
  const chosen = await vscode.window.showWarningMessage(text, ...actions);
  if (chosen === open) await vscode.commands.executeCommand('responder.openTeamFile');
  if (chosen === signIn) await vscode.commands.executeCommand('responder.signIn');
}
