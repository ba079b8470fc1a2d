import type { Signal } from '../core/signal.ts';
import { WritePreview } from '../host/preview.ts';
import { turnText } from '../host/turnWords.ts';
import type { TeamSession } from '../session/teamSession.ts';
import { FormerValues, type FormerValuesPorts } from './formerValues.ts';
import { Readers, type ReadersPorts } from './readers.ts';
import { readersOfChannel } from './signedInReads.ts';

export interface PreviewWiring
  extends Omit<ReadersPorts, 'channelReaders'>,
    Pick<FormerValuesPorts, 'issueFacts' | 'boardPriority'> {
  /** Of Slack. */
  readonly slackToken: () => Promise<string | undefined>;
  /** Undefined when no team is watched. */
  readonly session: () => TeamSession | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The preview of what is to be written, with what the session knows of the places that it goes to. */
export function createPreview({ session, now, isPublic, slackToken, log, ...gitHub }: PreviewWiring): WritePreview {
  const readers = new Readers({
    isPublic,
    channelReaders: (id, abort) => readersOfChannel(id, abort, { token: slackToken, log }),
    log,
  });
  const watched = (id: string): Signal | undefined => session()?.store.signals().get(id);
  const former = new FormerValues({ ...gitHub, isWatched: (id) => watched(id) !== undefined, now, log });
  const timeZone = (): string => session()?.me?.timeZone ?? session()?.team.timeZone ?? 'UTC';
  return new WritePreview({
    timeZone,
    facts: {
      issueOf: (id) => watched(id) ?? former.issueOf(id),
      boardPriorityOf: (write) => former.boardPriorityOf(write),
      turnOf: (id) => {
        const because = session()?.turnOf(id);
        return because && turnText(because, { now: now(), timeZone: timeZone() });
      },
      isPublic: (repository) => readers.isPublic(repository),
      ofChannel: (id) => readers.ofChannel(id),
      channelName: (id) => session()?.placeOf(id),
    },
    learn: async (proposals) => (await Promise.all([readers.learn(proposals), former.learn(proposals)])).includes(true),
  });
}
