import * as vscode from 'vscode';
import { claim, isSeenOutside, needsLogin, release } from '../../actions/claim.ts';
import type { Item } from '../../core/item.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { Person } from '../../core/team.ts';
import { guard } from '../errors.ts';
import { approvedOf } from '../gate/ask.ts';
import { isAtOnce, isDryRun } from '../gate/writeSettings.ts';
import { linkless } from '../inert.ts';
import { plan, record, subjectOf } from './act.ts';
import type { Proposed, TypedWords } from './claimPorts.ts';
import type { ClaimWrites } from './claimWrites.ts';
import { sayStaysAcknowledged, staysAcknowledged } from './incidents.ts';
import type { WorkingPorts } from './workingPorts.ts';

/** In English whatever the responder's display language is, as all that the team reads. */
const FIRST_WORDS = 'I’m on it.';

/**
 * Takes items up in my name: here at once, and where the team sees it as soon as the service answers. `actId` is given
 * when more belongs to the act.
 */
export async function claimItems(
  items: readonly Item[],
  writes: ClaimWrites,
  ports: WorkingPorts,
  actId?: string,
): Promise<void> {
  const proposed = proposeClaims(withAccount(items, ports), ports, { actId });
  const title = vscode.l10n.t('Claim {0}', subjectOf(proposed.map(({ item }) => item)));
  const entering = isAtOnce('claim') && !isDryRun() ? proposed : await approved(title, proposed, ports);
  const acted = recordClaims(entering, ports);
  const again = (failed: readonly Item[]): Promise<void> => claimItems(failed, writes, ports);
  writes.write(acted, ports, (failed) => void guard(ports.log, 'claim', () => again(failed)));
}

/** Gives items back. */
export async function releaseItems(items: readonly Item[], writes: ClaimWrites, ports: WorkingPorts): Promise<void> {
  const allowed = withAccount(items, ports);
  if (allowed.length === 0) return;
  const proposed = plan(allowed, { type: 'released' }, ports).map(({ item, entry }) => {
    return { item, entry, proposal: release({ item, me: ports.me, now: ports.now(), id: entry.id }) };
  });
  const title = vscode.l10n.t('Release {0}', subjectOf(proposed.map(({ item }) => item)));
  const entering = isAtOnce('release') && !isDryRun() ? proposed : await approved(title, proposed, ports);
  const acted = record(entering, ports);
  const again = (failed: readonly Item[]): Promise<void> => releaseItems(failed, writes, ports);
  writes.write(acted, ports, (failed) => void guard(ports.log, 'release', () => again(failed)));
  sayStaysAcknowledged(
    acted.map(({ item }) => item),
    ports,
  );
}

/**
 * Claims and tells each conversation so: asks for the words, shows what will be written, and writes it when approved.
 * `typed` are those of a try before.
 */
export async function claimAndSaySo(
  items: readonly Item[],
  writes: ClaimWrites,
  ports: WorkingPorts,
  typed?: TypedWords,
): Promise<void> {
  const allowed = withAccount(items, ports);
  if (allowed.length === 0) return;
  const title = vscode.l10n.t('Claim and Reply: {0}', subjectOf(allowed));
  const words = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What the people of the conversation will read'),
    value: typed?.text ?? FIRST_WORDS,
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === '' ? vscode.l10n.t('Write something, or choose Claim.') : undefined),
  });
  if (words === undefined || words.trim() === '') return;
  const proposed = proposeClaims(allowed, ports, { words: words.trim() });
  if (proposed.length === 0) return;
  // Words in public are always shown, also by whoever has claims applied at once.
  const entering = await approved(title, proposed, ports, vscode.l10n.t('Claim and Reply'));
  typed?.forget();
  const again = (failed: readonly Item[], before: TypedWords | undefined): void =>
    void guard(ports.log, 'claim', () => claimAndSaySo(failed, writes, ports, before));
  writes.write(recordClaims(entering, ports), ports, again);
}

/**
 * Those that may happen now, as they were edited; the others wait, or are dropped. The rows do not change before. What
 * writes nothing outside is only ours: nobody is asked about it, and nothing of it could wait.
 */
async function approved(
  title: string,
  proposed: readonly Proposed[],
  { gate }: WorkingPorts,
  action?: string,
): Promise<readonly Proposed[]> {
  const all = proposed.map(({ proposal }) => proposal).filter(isWriting);
  const sent = new Map((await approvedOf(title, all, gate, { isShown: true, action })).map((one) => [one.id, one]));
  return proposed.flatMap((one) => {
    const proposal = isWriting(one.proposal) ? sent.get(one.proposal.id) : one.proposal;
    return proposal === undefined ? [] : [{ ...one, proposal }];
  });
}

function isWriting({ steps }: Proposal): boolean {
  return steps.length > 0;
}

function recordClaims(proposed: readonly Proposed[], ports: WorkingPorts): readonly Proposed[] {
  return record(proposed, ports, staysAcknowledged(proposed.map(({ item }) => item)));
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
  const chosen = await vscode.window.showWarningMessage(linkless(text), ...actions);
  if (chosen === open) await vscode.commands.executeCommand('responder.openTeamFile');
  if (chosen === signIn) await vscode.commands.executeCommand('responder.signIn');
}
