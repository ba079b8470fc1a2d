import * as vscode from 'vscode';
import { NOTICE_KINDS, NOTICE_LEVELS, type NoticeKind, type NoticeLevel } from '../../core/notices.ts';
import { say } from '../say.ts';

/** Of every team and window: who is told something is a matter of the person. */
const SILENCED = 'responder.notices.silenced';

/** How much the person wants to be told, as the settings say; what is important when they say something else. */
export function noticeLevel(): NoticeLevel {
  const wanted = vscode.workspace.getConfiguration('responder').get<unknown>('notifications');
  return NOTICE_LEVELS.find((each) => each === wanted) ?? 'important';
}

/** The kinds of which the person said "Don't Show Again". */
export function silencedKinds(memento: vscode.Memento): ReadonlySet<NoticeKind> {
  const stored = memento.get<unknown>(SILENCED);
  return new Set(Array.isArray(stored) ? NOTICE_KINDS.filter((kind) => stored.includes(kind)) : []);
}

/** Says nothing of these kinds from now on. */
export async function silence(memento: vscode.Memento, kinds: readonly NoticeKind[]): Promise<void> {
  await memento.update(SILENCED, [...new Set([...silencedKinds(memento), ...kinds])]);
}

/** Takes back every "Don't Show Again", and says so. */
export async function resetNotices(memento: vscode.Memento): Promise<void> {
  await memento.update(SILENCED, undefined);
  say(vscode.l10n.t('All notifications are shown again'));
}
