import * as vscode from 'vscode';
import { type Budget, budgetAt } from '../../core/budget.ts';
import { type DutyLine, dutyLine, turnEnd } from '../../core/dutyLine.ts';
import { gapsIn } from '../../core/gaps.ts';
import { truncate } from '../../core/plainText.ts';
import type { Shift } from '../../core/team.ts';
import type { BudgetView, DutyView } from '../../core/view.ts';
import { budgetText, isOver, lineText } from '../dutyWords.ts';
import { spentText } from '../timebox/words.ts';
import { dayText, whenText } from '../words.ts';
import { ERROR_COLOR, WARNING_COLOR } from './colors.ts';
import type { Row } from './row.ts';

/** A gap further ahead is still easily filled. */
const GAPS_MS = 8 * 7 * 86_400_000;
/** Leaves room for the time that was spent. */
const LABEL_LENGTH = 40;
const BUDGET_ROW = 'budget';

/** Whose turn it is now, next, and when mine is; who is missing; and the duty time of the shift that runs. */
export function rotationRows(duty: DutyView | undefined, budget: BudgetView | undefined, now: number): readonly Row[] {
  if (duty === undefined) return [];
  return [
    nowRow(duty, now),
    ...comingRows(duty, now),
    ...gapRows(duty, now),
    ...(budget === undefined ? [] : [budgetRow(budgetAt(budget, now))]),
  ];
}

/** The item (or, when its source reports it no more, the signal) that a row of the budget stands for; empty for the shift. */
export function timedItemOf(rowId: string): string | undefined {
  return rowId.startsWith('time:') ? rowId.slice('time:'.length) : undefined;
}

/** Whether a row is the budget itself, which is about no one item. */
export function isBudgetRow(row: unknown): boolean {
  return row === BUDGET_ROW;
}

function nowRow(duty: DutyView, now: number): Row {
  const line = dutyLine(duty, now);
  const name = line.now?.name ?? vscode.l10n.t('Nobody');
  const text = lineText(duty, line, now);
  const facts = [
    line.isMe ? vscode.l10n.t('you') : undefined,
    ...endTexts(duty, line, now),
    line.now?.shadow === undefined ? undefined : vscode.l10n.t('shadow: {0}', line.now.shadow),
  ];
  return factRow({
    id: 'now',
    label: vscode.l10n.t('Now: {0}', name),
    facts,
    icon: line.now === undefined ? 'warning' : 'person',
    color: line.now === undefined ? WARNING_COLOR : undefined,
    tooltip: [vscode.l10n.t('On duty: {0}', text)],
  });
}

/** Until when the turn lasts, and when work goes on; one moment is said once. */
function endTexts(duty: DutyView, line: DutyLine, now: number): readonly string[] {
  if (line.now === undefined) return [];
  const end = whenText(turnEnd(duty, line.now), now, duty.timeZone);
  if (isOver(duty, line)) return [vscode.l10n.t('off hours until {0}', end)];
  const until = vscode.l10n.t('until {0}', end);
  if (line.resumesAt === undefined) return [until];
  return [until, vscode.l10n.t('off hours, resumes {0}', whenText(line.resumesAt, now, duty.timeZone))];
}

function comingRows(duty: DutyView, now: number): readonly Row[] {
  const { next, mine, isMe } = dutyLine(duty, now);
  const span = (shift: Shift): string =>
    `${dayText(shift.from, duty.timeZone)} – ${dayText(turnEnd(duty, shift), duty.timeZone)}`;
  const rows: Row[] = [];
  if (next !== undefined)
    rows.push(
      factRow({ id: 'next', label: vscode.l10n.t('Next: {0}', next.name), facts: [span(next)], icon: 'arrow-right' }),
    );
  if (duty.me === undefined) return rows;
  const facts = [mine === undefined ? vscode.l10n.t('none planned') : span(mine)];
  const label = isMe ? vscode.l10n.t('Your next shift after this one') : vscode.l10n.t('Your next shift');
  return [...rows, factRow({ id: 'mine', label, facts, icon: 'calendar' })];
}

/** Off hours are no gaps: a gap is time that is in nobody's shift. */
function gapRows(duty: DutyView, now: number): readonly Row[] {
  const gaps = gapsIn(duty.shifts, now, now + GAPS_MS);
  if (gaps.length === 0)
    return [factRow({ id: 'gaps', label: vscode.l10n.t('No gaps in the next 8 weeks'), facts: [], icon: 'pass' })];
  return gaps.map(({ from, to }) => {
    const begin = from <= now ? vscode.l10n.t('now') : whenText(from, now, duty.timeZone);
    const end = to >= now + GAPS_MS ? vscode.l10n.t('as far as the schedule goes') : whenText(to, now, duty.timeZone);
    return factRow({
      id: `gap:${to}`,
      label: vscode.l10n.t('Nobody on duty'),
      facts: [`${begin} – ${end}`],
      icon: 'warning',
      color: WARNING_COLOR,
      command: { command: 'responder.openTeamFile', title: vscode.l10n.t('Open Team File') },
    });
  });
}

function budgetRow(budget: Budget): Row {
  const { icon, color, word } = budgetFace(budget);
  return {
    ...factRow({ id: BUDGET_ROW, label: budgetText(budget), facts: [word], icon, color }),
    tooltip: [
      budgetText(budget),
      vscode.l10n.t('Duty time of this machine in this shift: timeboxes and logged time. It never stops you.'),
    ],
    contextValue: 'budget canLogTime',
    children: budget.items.map(timeRow),
  };
}

function timeRow({ id, title, ms }: Budget['items'][number]): Row {
  const name = title === '' ? vscode.l10n.t('The shift itself') : title;
  const spent = spentText(ms);
  return {
    ...factRow({
      id: `time:${id}`,
      label: truncate(name, LABEL_LENGTH),
      facts: [spent],
      icon: 'history',
      tooltip: [name, spent],
    }),
    contextValue: 'canLogTime time',
    accessible: `${name}, ${spent}`,
  };
}

function budgetFace({ warn }: Budget): {
  readonly icon: string;
  readonly color: string | undefined;
  readonly word: string | undefined;
} {
  switch (warn) {
    case 'none':
      return { icon: 'dashboard', color: undefined, word: undefined };
    case 'eighty':
      return { icon: 'warning', color: WARNING_COLOR, word: vscode.l10n.t('nearly used up') };
    case 'full':
      return { icon: 'error', color: ERROR_COLOR, word: vscode.l10n.t('used up') };
  }
}

interface Fact {
  readonly id: string;
  readonly label: string;
  readonly facts: readonly (string | undefined)[];
  readonly icon: string;
  readonly color?: string | undefined;
  readonly tooltip?: readonly string[];
  readonly command?: Row['command'];
}

function factRow({ id, label, facts, icon, color, tooltip, command }: Fact): Row {
  const description = facts.filter((fact) => fact !== undefined).join(' · ');
  return {
    id,
    label,
    description,
    icon: { name: icon, color },
    contextValue: 'fact',
    accessible: description === '' ? label : `${label}, ${description}`,
    tooltip: tooltip ?? [label, description].filter((line) => line !== ''),
    command,
    children: [],
  };
}
