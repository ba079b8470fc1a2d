import * as vscode from 'vscode';
import type { Notice, NoticeKind, NoticePart } from '../../core/notices.ts';
import { inertTitle } from '../inert.ts';
import { lengthText } from '../turnWords.ts';

const TITLE_LENGTH = 60;

export interface NoticePorts {
  /** From now on nothing is said of these. */
  readonly silence: (kinds: readonly NoticeKind[]) => Promise<void>;
  /** Shows an item in the Queue; the Queue itself without one. */
  readonly show: (itemId: string | undefined) => Promise<void>;
  readonly showProposals: () => Promise<void>;
  readonly showJournal: () => Promise<void>;
  readonly nextItem: () => Promise<void>;
  readonly doItNow: (itemId: string) => Promise<void>;
  /** The minutes of a working day. */
  readonly dayMinutes: number;
}

/** Shows a notice as one message, and does what the person chooses. */
export async function sayNotice(notice: Notice, ports: NoticePorts): Promise<void> {
  const kinds = kindsOf(notice);
  const never = kinds.length === 1 ? vscode.l10n.t('Don’t Show Again') : vscode.l10n.t('Don’t Show Again…');
  const ways = [...waysOn(notice, ports), { label: never, go: () => silence(kinds, ports) }];
  const labels = ways.map(({ label }) => label);
  const chosen = await vscode.window.showInformationMessage(noticeText(notice, ports.dayMinutes), ...labels);
  await ways.find(({ label }) => label === chosen)?.go();
}

interface Way {
  readonly label: string;
  readonly go: () => Promise<void>;
}

/** What can be done about it: of one item its timebox, of several the next; of replies alone, where they wait; of none, why. */
function waysOn(notice: Notice, { show, showProposals, showJournal, nextItem, doItNow }: NoticePorts): readonly Way[] {
  const label = vscode.l10n.t('Show');
  if (notice.type === 'calls' && notice.parts.length === 0)
    return [{ label, go: notice.hearBack > 0 ? showProposals : showJournal }];
  const first = notice.type === 'calls' ? notice.parts[0]?.calls[0].id : undefined;
  const only = onlyItem(notice);
  const work =
    only === undefined
      ? { label: vscode.l10n.t('Next Item'), go: nextItem }
      : { label: vscode.l10n.t('Do It Now…'), go: () => doItNow(only) };
  return [{ label, go: () => show(first) }, work];
}

async function silence(kinds: readonly NoticeKind[], ports: NoticePorts): Promise<void> {
  await ports.silence(kinds.length === 1 ? kinds : await askWhich(kinds));
}

function kindsOf(notice: Notice): readonly NoticeKind[] {
  if (notice.type === 'digest') return ['digest'];
  const kinds = notice.parts.map(({ kind }) => kind);
  return notice.hearBack + notice.unheard === 0 ? kinds : [...kinds, 'hearBack'];
}

function onlyItem(notice: Notice): string | undefined {
  if (notice.type === 'digest') return undefined;
  const [call, ...others] = notice.parts.flatMap(({ calls }) => calls);
  return others.length === 0 ? call?.id : undefined;
}

function noticeText(notice: Notice, dayMinutes: number): string {
  const { hearBack, unheard } = notice;
  const heard = [...(hearBack > 0 ? [hearBackText(hearBack)] : []), ...(unheard > 0 ? [unheardText(unheard)] : [])];
  if (notice.type === 'calls') {
    const parts = notice.parts.map((part) => partText(part, dayMinutes));
    return [...parts, ...heard.map((text) => `${text}.`)].join(' ');
  }
  const { waiting, late, unchecked } = notice;
  const facts = [
    vscode.l10n.t('{0} waiting', waiting),
    vscode.l10n.t('{0} late', late),
    ...(unchecked > 0 ? [placesText(unchecked)] : []),
    ...heard,
  ];
  return vscode.l10n.t('Responder: {0}', facts.join(', '));
}

function hearBackText(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 reply to a reporter is ready')
    : vscode.l10n.t('{0} replies to reporters are ready', count);
}

function unheardText(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 place cannot be read, so reporters there have not heard back')
    : vscode.l10n.t('{0} places cannot be read, so reporters there have not heard back', count);
}

function placesText(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 place not checked today')
    : vscode.l10n.t('{0} places not checked today', count);
}

function partText({ kind, calls }: NoticePart, dayMinutes: number): string {
  const [call, ...others] = calls;
  const title = inertTitle(call.title, TITLE_LENGTH);
  const isOne = others.length === 0;
  switch (kind) {
    case 'critical':
      return isOne
        ? vscode.l10n.t('Critical, and it waits on us: “{0}”.', title)
        : vscode.l10n.t('{0} critical items wait on us.', calls.length);
    case 'late':
      return isOne
        ? vscode.l10n.t('Late: “{0}” has no response yet.', title)
        : vscode.l10n.t('{0} items are late.', calls.length);
    case 'ending':
      return isOne
        ? vscode.l10n.t('{0} left to respond: “{1}”.', lengthText(call.leftMinutes ?? 0, dayMinutes), title)
        : vscode.l10n.t('{0} response times are about to run out.', calls.length);
  }
}

/** A message about several things may be unwanted for one of them. */
async function askWhich(kinds: readonly NoticeKind[]): Promise<readonly NoticeKind[]> {
  const choices = kinds.map((notice) => ({ label: kindText(notice), notice }));
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Don’t Show Again'),
    placeHolder: vscode.l10n.t('Select notifications to turn off. “Reset Notifications” turns them back on'),
    canPickMany: true,
  });
  return chosen?.map(({ notice }) => notice) ?? [];
}

function kindText(kind: NoticeKind): string {
  const texts: Readonly<Record<NoticeKind, () => string>> = {
    critical: () => vscode.l10n.t('Critical items'),
    late: () => vscode.l10n.t('Late items'),
    ending: () => vscode.l10n.t('Response times that are about to run out'),
    hearBack: () => vscode.l10n.t('Replies to reporters whose issue was closed'),
    budget: () => vscode.l10n.t('The duty budget'),
    digest: () => vscode.l10n.t('The summary, twice a day'),
  };
  return texts[kind]();
}
