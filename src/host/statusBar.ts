import * as vscode from 'vscode';
import { type DutyLine, dutyLine, turnEnd } from '../core/dutyLine.ts';
import type { DutyView } from '../core/view.ts';
import { dayText, whenText } from './words.ts';

/** A timer cannot wait longer than this (2³¹ ms), and clocks jump when a machine wakes: look again at least so often. */
const LOOK_AGAIN_MS = 60_000;

/** Who is on duty, in the status bar; turns over by itself when a shift or a working day begins or ends. */
export class DutyStatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  #view: DutyView | undefined;
  #waiting = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#item = vscode.window.createStatusBarItem('responder.duty', vscode.StatusBarAlignment.Left, 20);
    this.#item.name = vscode.l10n.t('Responder on Duty');
    this.#item.command = 'responder.showDuty';
  }

  /** Shows `view`; hidden without one. `waiting` is said when it is me. */
  show(view: DutyView | undefined, waiting: number): void {
    this.#view = view;
    this.#waiting = waiting;
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
    const open = line.isMe && this.#waiting > 0 ? vscode.l10n.t('{0} open', this.#waiting) : undefined;
    this.#item.text = [`$(person) ${text}`, open].filter((part) => part !== undefined).join(' · ');
    this.#item.accessibilityInformation = {
      label: [vscode.l10n.t('Responder on duty: {0}', text), open].filter((part) => part !== undefined).join(', '),
    };
    this.#item.tooltip = dutyFacts(view, line, now).join('\n');
    this.#item.show();
    const wait = Math.min(LOOK_AGAIN_MS, (line.changesAt ?? Number.POSITIVE_INFINITY) - now);
    this.#timer = setTimeout(() => this.#paint(), Math.max(wait, 50));
  }
}

function lineText(view: DutyView, line: DutyLine, now: number): string {
  const time = (at: number): string => whenText(at, now, view.timeZone);
  if (line.now === undefined)
    return line.next === undefined
      ? vscode.l10n.t('Nobody on duty')
      : vscode.l10n.t('Nobody on duty · {0} from {1}', line.next.name, time(line.next.from));
  const name = line.isMe ? vscode.l10n.t('{0} (you)', line.now.name) : line.now.name;
  return line.resumesAt === undefined
    ? vscode.l10n.t('{0} · until {1}', name, time(turnEnd(view, line.now)))
    : vscode.l10n.t('{0} · off hours, resumes {1}', name, time(line.resumesAt));
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
