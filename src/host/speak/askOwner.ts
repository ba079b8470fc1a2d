import * as vscode from 'vscode';
import { inlineText, link } from '../../actions/remoteText.ts';
import { speakInChannel } from '../../actions/speak.ts';
import { type Item, leadSignal } from '../../core/item.ts';
import { writeMarker } from '../../core/marker.ts';
import type { LikelyOwner, OwnerReason } from '../../core/owners.ts';
import type { Team } from '../../core/team.ts';
import { keepDrafts } from '../gate/drafts.ts';
import { put } from '../gate/gate.ts';
import { inertTitle, linkless } from '../inert.ts';
import { agoText } from '../words.ts';
import { subjectOf } from '../working/act.ts';
import { findOwners } from './findOwners.ts';
import type { SpeakPorts } from './speakPorts.ts';

const TITLE_LENGTH = 120;
const REASON_LENGTH = 160;
const MAX_OWNERS = 12;
const CHANNEL = /^#?[\p{Ll}\p{Lo}\p{Lm}\p{N}_-]{1,80}$/u;

/** Asks whoever owns the matter of an item, in their channel: offers who that may be and why. */
export async function askOwner(item: Item, ports: SpeakPorts): Promise<void> {
  const title = vscode.l10n.t('Ask owner: {0}', subjectOf([item]));
  const { owners, notice } = await findOwners(item, ports);
  const chosen = await askWho(title, owners.slice(0, MAX_OWNERS), { notice, now: ports.now() });
  if (chosen === undefined) return;
  const owner = chosen === 'other' ? undefined : chosen;
  const channel = owner?.slackChannel ?? (await askChannel(title, owner?.name, ports.team));
  if (channel === undefined) return;
  const id = ports.newId();
  const input = { item, kind: 'askOwner', text: textFor(item, owner), id, now: ports.now() } as const;
  const proposal = speakInChannel(input, channel, writeMarker('reply', id));
  await put(title, keepDrafts([proposal], ports.gate), ports.gate, vscode.l10n.t('Ask'));
}

async function askWho(
  title: string,
  owners: readonly LikelyOwner[],
  { notice, now }: { readonly notice: string | undefined; readonly now: number },
): Promise<LikelyOwner | 'other' | undefined> {
  if (owners.length === 0 && notice === undefined) return 'other';
  const rows = owners.map((owner) => ({
    label: inertTitle(owner.name, TITLE_LENGTH),
    description: owner.slackChannel === undefined || owner.name.startsWith('#') ? '' : `#${owner.slackChannel}`,
    detail: inertTitle(reasonsText(owner, now), REASON_LENGTH),
    value: owner,
  }));
  const other = { label: `$(edit) ${vscode.l10n.t('Somebody Else…')}`, value: 'other' as const };
  const chosen = await vscode.window.showQuickPick([...rows, other], {
    title: linkless(title),
    placeHolder: notice ?? vscode.l10n.t('Who owns it?'),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.value;
}

/** Where the team file does not say in which channel they are. */
async function askChannel(title: string, name: string | undefined, team: Team): Promise<string | undefined> {
  const where =
    name === undefined
      ? vscode.l10n.t('In which Slack channel is it asked?')
      : vscode.l10n.t('In which Slack channel is {0} asked?', inertTitle(name, TITLE_LENGTH));
  const known = channelsOf(team).map((channel) => ({ label: `#${channel}`, channel }));
  const other = { label: `$(edit) ${vscode.l10n.t('Another Channel…')}`, channel: undefined };
  if (known.length > 0) {
    const options = { title: linkless(title), placeHolder: where, ignoreFocusOut: true };
    const chosen = await vscode.window.showQuickPick([...known, other], options);
    if (chosen === undefined || chosen.channel !== undefined) return chosen?.channel;
  }
  const typed = await vscode.window.showInputBox({
    title: linkless(title),
    prompt: where,
    placeHolder: '#billing',
    ignoreFocusOut: true,
    validateInput: (text) =>
      CHANNEL.test(text.trim()) ? undefined : vscode.l10n.t('Write the name of a channel, such as #billing.'),
  });
  const channel = typed?.trim() ?? '';
  return CHANNEL.test(channel) ? channel.replace('#', '') : undefined;
}

/** Those of the team file: of the owners first, then the watched ones. */
function channelsOf({ owners, watch, handoff }: Team): readonly string[] {
  const watched = watch.flatMap((entry) =>
    entry.service === 'slack' && entry.what === 'channel' ? [entry.channel] : [],
  );
  const notes = handoff?.slackChannel === undefined ? [] : [handoff.slackChannel];
  return [...new Set([...owners.map(({ slackChannel }) => slackChannel), ...watched, ...notes])];
}

/** What they read, in English as all that the team reads: a question, what it is about, and why they are asked. */
function textFor(item: Item, owner: LikelyOwner | undefined): string {
  const lead = leadSignal(item);
  const name = owner === undefined || owner.name.startsWith('#') ? undefined : owner.name.replace(/^@/u, '');
  const question =
    name === undefined
      ? 'Hello, can somebody here look at this with us?'
      : `Hello ${inlineText(name, TITLE_LENGTH)}, can you look at this with us?`;
  const about = link(inlineText(lead.title, TITLE_LENGTH), lead.url);
  const reasons = [...new Set(owner?.reasons.map(saidReason))].slice(0, 3).join(' · ');
  const why = reasons === '' ? undefined : `Why we ask you: ${inlineText(reasons, REASON_LENGTH)}`;
  return [question, `> ${about}`, ...(why === undefined ? [] : [why])].join('\n\n');
}

function saidReason(reason: OwnerReason): string {
  switch (reason.type) {
    case 'label':
      return `label ${reason.label} in our team file`;
    case 'codeOwners':
      return reason.path === undefined
        ? `CODEOWNERS of ${reason.repository}`
        : `CODEOWNERS line ${reason.line}: ${reason.path}`;
    case 'lastAuthor':
      return `you changed ${reason.path} lately`;
  }
}

function reasonsText({ reasons }: LikelyOwner, now: number): string {
  return [...new Set(reasons.map((reason) => reasonText(reason, now)))].slice(0, 3).join(' · ');
}

function reasonText(reason: OwnerReason, now: number): string {
  switch (reason.type) {
    case 'label':
      return vscode.l10n.t('label {0} in the team file', reason.label);
    case 'codeOwners':
      return reason.path === undefined
        ? vscode.l10n.t('CODEOWNERS of {0}: everything that is nobody else’s', reason.repository)
        : vscode.l10n.t('CODEOWNERS line {0}: {1}', reason.line, reason.path);
    case 'lastAuthor':
      return vscode.l10n.t('changed {0} {1}', reason.path, agoText(reason.at, now));
  }
}
