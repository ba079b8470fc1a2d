import * as vscode from 'vscode';
import { budgetAt } from '../core/budget.ts';
import { type DutyLine, dutyLine, turnEnd } from '../core/dutyLine.ts';
import type { DutyView, ResponderView } from '../core/view.ts';
import { uncheckedText } from './coverageWords.ts';
import { budgetText, lineText } from './dutyWords.ts';
import { isDryRun } from './gate/writeSettings.ts';
import { dayText } from './words.ts';

/** A timer cannot wait longer than this (2³¹ ms), and clocks jump when a machine wakes: look again at least so often. */
const LOOK_AGAIN_MS = 60_000;

const NOTHING = { waiting: 0, late: 0 };

/** Who is on duty, in the status bar; turns over by itself when a shift or a working day begins or ends. */
export class DutyStatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  #view: ResponderView | undefined;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;

  /** `now` is epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#item = vscode.window.createStatusBarItem('responder.duty', vscode.StatusBarAlignment.Left, 20);
    this.#item.name = vscode.l10n.t('Responder on Duty');
    this.#item.command = 'responder.showDuty';
  }

  /** Shows whose turn it is; hidden without a view. What waits and is late is said when it is me; the rest on hover. */
  show(view: ResponderView | undefined): void {
    this.#view = view;
    this.#paint();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#item.dispose();
  }

  #paint(): void {
    clearTimeout(this.#timer);
    const view = this.#view?.duty;
    if (this.#view === undefined || view === undefined) {
      this.#item.hide();
      return;
    }
    const now = this.#now();
    const line = dutyLine(view, now);
    const text = lineText(view, line, now);
    const { waiting, late } = line.isMe ? this.#view.queue : NOTHING;
    const open = [
      waiting > 0 ? vscode.l10n.t('{0} open', waiting) : undefined,
      late > 0 ? vscode.l10n.t('{0} late', late) : undefined,
      isDryRun() ? vscode.l10n.t('dry run') : undefined,
    ].filter((part) => part !== undefined);
    this.#item.text = [`$(person) ${text}`, ...open].join(' · ');
    // In off hours nobody is called: the words stay, the colour goes.
    const calls = late > 0 && line.state === 'onDuty';
    this.#item.backgroundColor = calls ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.accessibilityInformation = {
      label: [vscode.l10n.t('Responder on duty: {0}', text), ...open].join(', '),
    };
    this.#item.tooltip = [...dutyFacts(view, line, now), ...shiftFacts(this.#view, line, now)].join('\n');
    this.#item.show();
    const wait = Math.min(LOOK_AGAIN_MS, (line.changesAt ?? Number.POSITIVE_INFINITY) - now);
    this.#timer = setTimeout(() => this.#paint(), Math.max(wait, 50));
  }
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
