import * as vscode from 'vscode';
import { uncheckedCount } from '../core/coverageLine.ts';
import { isMyHour } from '../core/dutyLine.ts';
import type { Notice } from '../core/notices.ts';
import type { ResponderView } from '../core/view.ts';
import type { CommandId } from '../host/commands.ts';
import { guard } from '../host/errors.ts';
import { noticeLevel, silence, silencedKinds } from '../host/notices/noticeSettings.ts';
import { watchNotices } from '../host/notices/noticeWatch.ts';
import { sayNotice } from '../host/notices/sayNotice.ts';
import { itemRowId } from '../host/tree/itemRows.ts';
import type { TeamSession } from '../session/teamSession.ts';

export interface NoticeWiring {
  readonly session: TeamSession;
  readonly view: ResponderView;
  /** Shared by all windows. */
  readonly memento: vscode.Memento;
  /** Tells this team from others. */
  readonly teamKey: string;
  /** Unique to this window. */
  readonly holder: string;
  readonly log: vscode.LogOutputChannel;
  /** Selects an item's row in the Queue; the Queue itself without one. */
  readonly reveal: (itemId: string | undefined) => Promise<void>;
  readonly run: (id: CommandId, ...args: readonly unknown[]) => Promise<void>;
  readonly now: number;
}

/** Says what the view has to say, if it is due. */
export function lookForNotices(wiring: NoticeWiring): void {
  const { session, view, memento, teamKey, holder, log, now } = wiring;
  const key = `responder.notices.said ${teamKey}`;
  const input = {
    duty: view.duty,
    queue: view.queue,
    statuses: session.statuses(),
    unchecked: uncheckedCount(view.coverage, now),
    replies: view.proposals
      .filter(({ kind, phase }) => kind === 'closeLoop' && phase === 'waiting')
      .map(({ id }) => id),
    unheard: session.unheard(),
    level: noticeLevel(),
    silenced: silencedKinds(memento),
    now,
  };
  watchNotices(input, {
    memory: { get: () => memento.get<unknown>(key), set: (said) => void memento.update(key, said) },
    takeLease: (ttlMs) => session.store.takeLease('notices', holder, ttlMs),
    say: (notice) => void guard(log, 'notice', () => say(notice, wiring)),
  });
}

/** Whether the budget may be spoken of: as everything that is not asked for, in the working hours of my shift. */
export function maySayBudget(duty: ResponderView['duty'], memento: vscode.Memento, now: number): boolean {
  if (duty === undefined || !isMyHour(duty, now)) return false;
  return noticeLevel() === 'important' && !silencedKinds(memento).has('budget');
}

function say(notice: Notice, { memento, view, reveal, run }: NoticeWiring): Promise<void> {
  return sayNotice(notice, {
    silence: (kinds) => silence(memento, kinds),
    show: reveal,
    showProposals: async () => void (await vscode.commands.executeCommand('responder.proposals.focus')),
    showJournal: () => run('responder.showJournal'),
    nextItem: () => run('responder.nextItem'),
    doItNow: (itemId) => run('responder.doItNow', itemRowId(itemId)),
    dayMinutes: view.queue.dayMinutes,
  });
}
