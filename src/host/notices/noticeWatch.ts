import { NOTHING_SAID, type Notice, type NoticeInput, noticeOf, type Said } from '../../core/notices.ts';
import { arrayOf, isNumber, isString, objectOf, optional } from '../../shared/guards.ts';

/** Of the windows of a machine one speaks; it gives way when it has not spoken for so long. */
const LEASE_MS = 90_000;

export interface NoticeWatchPorts {
  /** What outlives a reload and a crash, of this team and shared by all windows. */
  readonly memory: { readonly get: () => unknown; readonly set: (said: Said) => void };
  /** Whether this window is the one that speaks; takes or renews that right. */
  readonly takeLease: (ttlMs: number) => boolean;
  readonly say: (notice: Notice) => void;
}

/** Says what is due, once, in one window of the machine. To be called whenever the view may have changed, and by the minute. */
export function watchNotices(input: Omit<NoticeInput, 'said'>, { memory, takeLease, say }: NoticeWatchPorts): void {
  const stored = memory.get();
  const telling = noticeOf({ ...input, said: isSaid(stored) ? stored : NOTHING_SAID });
  if (telling === undefined || !takeLease(LEASE_MS)) return;
  memory.set(telling.said);
  if (telling.notice !== undefined) say(telling.notice);
}

const isSaid = objectOf<Said>({ marks: arrayOf(isString), at: optional(isNumber), digest: optional(isNumber) });
