import * as vscode from 'vscode';
import type { SnoozeEnd } from '../../core/journal.ts';
import { dutyAt } from '../../core/rotation.ts';
import { parseSnoozeTime, snoozeChoices } from '../../core/snooze.ts';
import { whenText } from '../words.ts';
import { hereOf } from './act.ts';
import { snoozeText } from './words.ts';
import type { WorkingPorts } from './workingPorts.ts';

type Picked = vscode.QuickPickItem & { readonly until: SnoozeEnd | undefined };

/** Asks until when; undefined when the person leaves. */
export async function askSnooze(subject: string, ports: WorkingPorts): Promise<SnoozeEnd | undefined> {
  const { team, me } = ports;
  const { now, timeZone } = hereOf(ports);
  const duty = dutyAt(team.rotation, now);
  const shift = duty !== undefined && duty.name === me?.name ? duty : undefined;
  const choices = snoozeChoices({ now, timeZone, workingHours: team.workingHours, shift }).map(
    ({ id, until }): Picked => ({
      label: snoozeText(id),
      description: until.type === 'reply' ? '' : whenText(until.at, now, timeZone),
      until,
    }),
  );
  const title = vscode.l10n.t('Snooze {0}', subject);
  const placeHolder = vscode.l10n.t(
    'It comes back at that time. What waits for a reply comes back with the next message.',
  );
  const custom: Picked = { label: vscode.l10n.t('Custom…'), until: undefined };
  const picked = await vscode.window.showQuickPick([...choices, custom], { title, placeHolder });
  if (picked === undefined) return undefined;
  return picked.until ?? (await askCustom(title, ports));
}

async function askCustom(title: string, ports: WorkingPorts): Promise<SnoozeEnd | undefined> {
  const parse = (text: string): number | undefined => parseSnoozeTime(text, hereOf(ports));
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('A length or a time: 45m, 3h, 2d, 15:30, 2026-11-24, 2026-11-24 14:00'),
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const at = parse(typed);
      const { now, timeZone } = hereOf(ports);
      if (at === undefined) return vscode.l10n.t('Enter a time within the next year, such as 3h, 15:30 or 2026-11-24.');
      const message = vscode.l10n.t('Until {0}', whenText(at, now, timeZone));
      return { message, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  const at = text === undefined ? undefined : parse(text);
  return at === undefined ? undefined : { type: 'time', at };
}
