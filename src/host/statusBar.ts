import * as vscode from 'vscode';
import { budgetAt } from '../core/budget.ts';
import { type DutyLine, dutyLine, turnEnd } from '../core/dutyLine.ts';
import type { DutyView, ResponderView } from '../core/view.ts';
import { uncheckedText } from './coverageWords.ts';
import { budgetText, lineText } from './dutyWords.ts';
import { isDryRun } from './gate/writeSettings.ts';
import { TimedStatusItem } from './timedStatusItem.ts';
import { dayText } from './words.ts';

/** A timer cannot wait longer than this (2³¹ ms), and clocks jump when a machine wakes: look again at least so often. */
const LOOK_AGAIN_MS = 60_000;

/** One of a team that has a rotation. */
type ViewOnDuty = ResponderView & { readonly duty: DutyView };

const NOTHING = { waiting: 0, late: 0 };

/**
 * Whose turn it is, in the status bar; turns over by itself when a shift or a working day begins or ends. What waits and is
 * late is said when it is me; the rest on hover. `now` is epoch milliseconds.
 */
export function dutyStatusBar(now: () => number): TimedStatusItem<ViewOnDuty> {
  const name = vscode.l10n.t('Responder on Duty');
  const frame = { id: 'responder.duty', name, command: 'responder.showDuty', priority: 20 };
  return new TimedStatusItem(frame, (item, view) => paint(item, view, now()));
}

/** Returns after how many milliseconds it is not so any more. */
function paint(item: vscode.StatusBarItem, view: ViewOnDuty, now: number): number {
  const { duty } = view;
  const line = dutyLine(duty, now);
  const text = lineText(duty, line, now);
  const { waiting, late } = line.isMe ? view.queue : NOTHING;
  const open = [
    waiting > 0 ? vscode.l10n.t('{0} open', waiting) : undefined,
    late > 0 ? vscode.l10n.t('{0} late', late) : undefined,
    isDryRun() ? vscode.l10n.t('dry run') : undefined,
  ].filter((part) => part !== undefined);
  item.text = [`$(person) ${text}`, ...open].join(' · ');
  // In off hours nobody is called: the words stay, the colour goes.
  const calls = late > 0 && line.state === 'onDuty';
  item.backgroundColor = calls ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  item.accessibilityInformation = { label: [vscode.l10n.t('Responder on duty: {0}', text), ...open].join(', ') };
  item.tooltip = [...dutyFacts(duty, line, now), ...shiftFacts(view, line, now)].join('\n');
  return Math.max(50, Math.min(LOOK_AGAIN_MS, (line.changesAt ?? Number.POSITIVE_INFINITY) - now));
}

/** What is left to check today, when that is for me to do, the budget, and whether nothing leaves. */
function shiftFacts({ coverage, budget }: ResponderView, { isMe }: DutyLine, now: number): readonly string[] {
  const facts = [
    isMe ? uncheckedText(coverage, now) : undefined,
    budget === undefined ? undefined : budgetText(budgetAt(budget, now)),
    isDryRun() ? vscode.l10n.t('Dry run is on: changes are saved to Proposals, not sent') : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

/** Now, next, and my next shift: one sentence each. */
export function dutyFacts(view: DutyView, line: DutyLine, now: number): readonly string[] {
  const span = (from: number, to: number): string => `${dayText(from, view.timeZone)} – ${dayText(to, view.timeZone)}`;
  const facts = [vscode.l10n.t('{0}: {1}', view.team, lineText(view, line, now))];
  if (line.now?.shadow !== undefined) facts.push(vscode.l10n.t('Shadow: {0}', line.now.shadow));
  if (line.next !== undefined)
    facts.push(vscode.l10n.t('Next: {0}, {1}', line.next.name, span(line.next.from, turnEnd(view, line.next))));
  if (line.mine !== undefined)
    facts.push(vscode.l10n.t('Your next shift: {0}', span(line.mine.from, turnEnd(view, line.mine))));
  return facts;
}
