import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { workedLines } from '../actions/worked.ts';
import { type Item, leadSignal } from '../core/item.ts';
import { entriesOf, type ItemRecord, indexJournal, recordOf } from '../core/itemRecord.ts';
import type { JournalEvent } from '../core/journal.ts';
import { timeSpent, totalSpentAt } from '../core/timeboxRun.ts';
import type { DutyView } from '../core/view.ts';
import { workingDayMinutes } from '../core/workingHours.ts';
import type { CommandId } from '../host/commands.ts';
import { convertItems } from '../host/convert/convertItems.ts';
import type { ConvertPorts } from '../host/convert/convertPorts.ts';
import { detailsOf, guard } from '../host/errors.ts';
import type { UndoBar } from '../host/gate/undoBar.ts';
import { silence } from '../host/notices/noticeSettings.ts';
import { askMark, askSilence, sayBudget } from '../host/timebox/ask.ts';
import type { TimeboxPorts } from '../host/timebox/timeboxPorts.ts';
import { TimeWatch } from '../host/timebox/timeWatch.ts';
import { workspaceWork } from '../host/timebox/workspaceWork.ts';
import { itemRowId } from '../host/tree/itemRows.ts';
import type { TeamSession } from '../session/teamSession.ts';
import { maySayBudget } from './noticeWiring.ts';

const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

export interface TimeWiring {
  /** @throws when no team is watched. */
  readonly session: () => TeamSession;
  readonly convert: () => ConvertPorts;
  readonly run: (id: CommandId, ...args: readonly unknown[]) => Promise<void>;
  /** Claims an item as the first part of the act of this id. */
  readonly claim: (item: Item, actId: string) => void;
  /** The ids of what was done in this window, for undo. */
  readonly acts: Set<string>;
  readonly undoBar: Pick<UndoBar, 'showAct'>;
  readonly openUrl: (url: string) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What the timebox needs, out of the session. */
export function timeboxPorts(wiring: TimeWiring): TimeboxPorts {
  const { session, convert, run, claim, acts, undoBar, openUrl, now } = wiring;
  const record: TimeboxPorts['record'] = (signalIds, event, at = now()) => {
    const id = randomUUID();
    session().store.append({ id, at, signalIds, event });
    return id;
  };
  return {
    limitMinutes: () => session().team.timebox.limitMinutes,
    timebox: () => session().timebox(),
    item: (itemId) => session().items().get(itemId),
    spentOn: (signalIds) => spentOn(signalIds, session(), now()),
    record,
    start: (item, minutes) => {
      const act = randomUUID();
      const signalIds = item.signals.map(({ id }) => id);
      const { claimedAt, doneAt, snooze } = recordIn(session(), item);
      acts.add(act);
      if (claimedAt === undefined) claim(item, act);
      const events: readonly JournalEvent[] = [
        ...(doneAt === undefined ? [] : [{ type: 'reopened' as const }]),
        ...(snooze === undefined ? [] : [{ type: 'woken' as const }]),
        { type: 'started', minutes },
      ];
      // The claim has the first part.
      for (const [index, event] of events.entries())
        session().store.append({ id: `${act}/${index + 1}`, at: now(), signalIds, event });
    },
    offerUndo: (text) => undoBar.showAct(text),
    done: (item) => run('responder.done', itemRowId(item.id)),
    note: (item) => run('responder.addNote', itemRowId(item.id)),
    open: (item) => openUrl(leadSignal(item).url),
    convert: async (item, timeboxMinutes) => {
      await convertItems([item], { ...convert(), timeboxMinutes });
    },
    timeZone: () => session().me?.timeZone ?? session().team.timeZone,
    dayMinutes: () => workingDayMinutes(session().team.workingHours),
    now,
  };
}

export interface WatchWiring {
  /** Undefined when no team is watched. */
  readonly session: () => TeamSession | undefined;
  readonly ports: TimeboxPorts;
  /** Shared by all windows. */
  readonly memento: vscode.Memento;
  /** Tells the team that is watched from others. */
  readonly teamKey: () => string;
  /** What was painted last of who is on duty. */
  readonly duty: () => DutyView | undefined;
  /** Unique to this window. */
  readonly holder: string;
  readonly log: vscode.LogOutputChannel;
  readonly openUrl: (url: string) => Promise<void>;
  readonly now: () => number;
}

/** Watches timebox and budget of whatever team is in force. */
export function timeWatch(wiring: WatchWiring): TimeWatch {
  const { session, ports, memento, teamKey, duty, holder, log, openUrl, now } = wiring;
  const keyOf = (key: string): string => `responder.time.${key} ${teamKey()}`;
  const memory: { readonly get: (key: string) => unknown; readonly set: (key: string, value: unknown) => void } = {
    get: (key) => memento.get<unknown>(keyOf(key)),
    set: (key, value) => void memento.update(keyOf(key), value),
  };
  const ask = (run: () => Promise<void>): void => void guard(log, 'timebox', run);
  const openChannel = async (): Promise<void> => {
    const channel = session()?.view().duty?.channel;
    const url = channel === undefined ? undefined : session()?.channelUrl(channel);
    if (url !== undefined) await openUrl(url);
  };
  return new TimeWatch({
    timebox: () => session()?.timebox(),
    budget: () => (maySayBudget(duty(), memento, now()) ? session()?.budget() : undefined),
    askSilence: (view, silence) => ask(() => askSilence(view, silence, ports)),
    askMark: (view, mark) => ask(() => askMark(view, mark, ports)),
    sayBudget: (budget) => ask(() => sayBudget(budget, { keepQuiet: () => silence(memento, ['budget']), openChannel })),
    memory,
    takeLease: (ttlMs) => session()?.store.takeLease('time', holder, ttlMs) ?? false,
    later: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    failed: (error) => log.error(`timebox: ${detailsOf(error)}`),
    now,
  });
}

/** What was done about an item here; branch and files only of the item whose timebox is open, since they belong to it. */
export async function workedOn(item: Item, session: TeamSession, now: number): Promise<readonly string[]> {
  const signalIds = item.signals.map(({ id }) => id);
  const isOpen = session.timebox()?.signalIds.some((id) => signalIds.includes(id)) === true;
  const { branch, files } = isOpen ? await workspaceWork() : { branch: undefined, files: [] };
  return workedLines({
    spentMs: spentOn(signalIds, session, now),
    notes: recordIn(session, item).notes,
    branch,
    files,
  });
}

function spentOn(signalIds: readonly string[], session: TeamSession, now: number): number {
  return totalSpentAt(timeSpent(session.store.journal(), ALWAYS, signalIds), now);
}

function recordIn(session: TeamSession, item: Item): ItemRecord {
  return recordOf(entriesOf(item, indexJournal(session.store.journal())));
}
