import * as vscode from 'vscode';
import { authorOf } from '../../actions/author.ts';
import { coveredBy, silence, silenceable } from '../../actions/silence.ts';
import type { Item } from '../../core/item.ts';
import type { Proposal } from '../../core/proposal.ts';
import { dutyAt } from '../../core/rotation.ts';
import { type SilenceEndId, silenceEnds } from '../../core/silenceEnd.ts';
import { parseSnoozeTime } from '../../core/snooze.ts';
import { keepDrafts } from '../gate/drafts.ts';
import { put } from '../gate/gate.ts';
import { inertTitle, linkless } from '../inert.ts';
import { matchersText } from '../previewMarkdown.ts';
import { say } from '../say.ts';
import { whenText } from '../words.ts';
import { subjectOf } from '../working/act.ts';
import type { Here } from '../working/words.ts';
import type { ChangePorts } from './changePorts.ts';

/** So much of the matchers fits above a question; the preview has them all. */
const MATCHERS_LENGTH = 160;

/** Silences the firing alerts of items: asks until when and why, and says what the silence covers. */
export async function silenceItems(items: readonly Item[], ports: ChangePorts): Promise<void> {
  const firing = items.filter((item) => silenceable(item).length > 0);
  if (firing.length === 0)
    return say(vscode.l10n.t('There is no firing alert of Alertmanager among the selected items.'));
  const title = vscode.l10n.t('Silence {0}', subjectOf(firing));
  const endsAt = await askEnd(linkless(title), firing, ports);
  if (endsAt === undefined) return;
  const comment = await askComment(linkless(title), endsAt, ports);
  if (comment === undefined) return;
  const proposals = keepDrafts(silences(firing, { endsAt, comment }, ports), ports.gate);
  await put(title, proposals, ports.gate, vscode.l10n.t('Silence'));
}

function silences(
  items: readonly Item[],
  said: { readonly endsAt: number; readonly comment: string },
  { me, now, newId }: ChangePorts,
): readonly Proposal[] {
  const createdBy = authorOf(me);
  return items.flatMap((item) => silence({ item, ...said, createdBy, id: newId(), now: now() }) ?? []);
}

type Picked = vscode.QuickPickItem & { readonly at: number | undefined };

async function askEnd(title: string, items: readonly Item[], ports: ChangePorts): Promise<number | undefined> {
  const { now, timeZone } = hereOf(ports);
  const duty = dutyAt(ports.team.rotation, now);
  const shift = duty !== undefined && duty.name === ports.me?.name ? duty : undefined;
  const choices = silenceEnds({ now, timeZone, shift }).map(
    ({ id, at }): Picked => ({ label: endText(id), description: whenText(at, now, timeZone), at }),
  );
  const custom: Picked = { label: vscode.l10n.t('Custom…'), at: undefined };
  const picked = await vscode.window.showQuickPick([...choices, custom], {
    title,
    placeHolder: coverText(silences(items, { endsAt: now, comment: '' }, ports), ports),
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  return picked.at ?? (await askCustom(title, ports));
}

async function askCustom(title: string, ports: ChangePorts): Promise<number | undefined> {
  const parse = (text: string): number | undefined => parseSnoozeTime(text, hereOf(ports));
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('A length or a time: 45m, 3h, 2d, 15:30, 2026-11-24, 2026-11-24 14:00'),
    ignoreFocusOut: true,
    validateInput: (text) => {
      const at = parse(text);
      if (at === undefined) return vscode.l10n.t('Enter a time within the next year, such as 3h, 15:30 or 2026-11-24.');
      return { message: untilText(at, ports), severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  return typed === undefined ? undefined : parse(typed);
}

async function askComment(title: string, endsAt: number, ports: ChangePorts): Promise<string | undefined> {
  const comment = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      '{0}. Why is it silenced? Everybody who can see the Alertmanager reads it',
      untilText(endsAt, ports),
    ),
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === '' ? vscode.l10n.t('Write something.') : undefined),
  });
  return comment === undefined || comment.trim() === '' ? undefined : comment.trim();
}

/** `alertname="QueueLag", team="integrations": 1 firing alert`. */
function coverText(proposals: readonly Proposal[], { signals }: ChangePorts): string {
  const steps = proposals.flatMap(({ steps }) => steps).filter((step) => step.type === 'silence');
  const known = [...signals().values()];
  const [first] = steps;
  const count = steps.reduce((sum, step) => sum + coveredBy(step, known), 0);
  if (first === undefined || steps.length > 1)
    return vscode.l10n.t(
      '{0} silences, by all labels of each alert. Firing alerts that they hold: {1}',
      steps.length,
      count,
    );
  return vscode.l10n.t(
    '{0}. Firing alerts that it holds: {1}',
    inertTitle(matchersText(first.matchers), MATCHERS_LENGTH),
    count,
  );
}

function hereOf({ now, me, team }: ChangePorts): Here {
  return { now: now(), timeZone: me?.timeZone ?? team.timeZone };
}

function untilText(at: number, ports: ChangePorts): string {
  const { now, timeZone } = hereOf(ports);
  return vscode.l10n.t('Until {0}', whenText(at, now, timeZone));
}

function endText(id: SilenceEndId): string {
  switch (id) {
    case 'halfHour':
      return vscode.l10n.t('For 30 minutes');
    case 'hour':
      return vscode.l10n.t('For 1 hour');
    case 'twoHours':
      return vscode.l10n.t('For 2 hours');
    case 'shiftEnd':
      return vscode.l10n.t('Until the end of my shift');
    case 'tomorrow':
      return vscode.l10n.t('Until tomorrow, 09:00');
  }
}
