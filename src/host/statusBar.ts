import * as vscode from 'vscode';
import { budgetAt } from '../core/budget.ts';
import { type DutyLine, dutyLine, turnEnd } from '../core/dutyLine.ts';
import type { BudgetView, DutyView, QueueView } from '../core/view.ts';
import { budgetText, lineText } from './dutyWords.ts';
import { dayText } from './words.ts';

/** A timer cannot wait longer than this (2³¹ ms), and clocks jump when a machine wakes: look again at least so often. */
const LOOK_AGAIN_MS = 60_000;

const NOTHING = { waiting: 0, late: 0 };

/** Who is on duty, in the status bar; turns over by itself when a shift or a working day begins or ends. */
export class DutyStatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  #view: DutyView | undefined;
  #queue: Pick<QueueView, 'waiting' | 'late'> = NOTHING;
  #budget: BudgetView | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#item = vscode.window.createStatusBarItem('responder.duty', vscode.StatusBarAlignment.Left, 20);
    this.#item.name = vscode.l10n.t('Responder on Duty');
    this.#item.command = 'responder.showDuty';
  }

  /** Shows `view`; hidden without one. What waits and is late is said when it is me; the budget on hover. */
  show(view: DutyView | undefined, queue: QueueView | undefined, budget: BudgetView | undefined): void {
    this.#view = view;
    this.#budget = budget;
    this.#queue = queue ?? NOTHING;
    this.#paint();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#item.dispose();
  }

  #paint(): void {
    clearTimeout(this.#timer);
    const view = this.#view;
    if (view === undefined) {
      this.#item.hide();
      return;
    }
    const now = Date.now();
    const line = dutyLine(view, now);
    const text = lineText(view, line, now);
    const { waiting, late } = line.isMe ? this.#queue : NOTHING;
    const open = [
      waiting > 0 ? vscode.l10n.t('{0} open', waiting) : undefined,
      late > 0 ? vscode.l10n.t('{0} late', late) : undefined,
    ].filter((part) => part !== undefined);
    this.#item.text = [`$(person) ${text}`, ...open].join(' · ');
    // In off hours nobody is called: the words stay, the colour goes.
    const calls = late > 0 && line.state === 'onDuty';
    this.#item.backgroundColor = calls ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.accessibilityInformation = {
      label: [vscode.l10n.t('Responder on duty: {0}', text), ...open].join(', '),
    };
    const budget = this.#budget === undefined ? [] : [budgetText(budgetAt(this.#budget, now))];
    this.#item.tooltip = [...dutyFacts(view, line, now), ...budget].join('\n');
    this.#item.show();
    const wait = Math.min(LOOK_AGAIN_MS, (line.changesAt ?? Number.POSITIVE_INFINITY) - now);
    this.#timer = setTimeout(() => this.#paint(), Math.max(wait, 50));
  }
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
