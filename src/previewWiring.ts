import { WritePreview } from './host/preview.ts';
import { turnText } from './host/turnWords.ts';
import { Readers, type ReadersPorts } from './readers.ts';
import type { TeamSession } from './teamSession.ts';

export interface PreviewWiring extends ReadersPorts {
  /** Undefined when no team is watched. */
  readonly session: () => TeamSession | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The preview of what is to be written, with what the session knows of the places that it goes to. */
export function createPreview({ session, now, isPublic, log }: PreviewWiring): WritePreview {
  const readers = new Readers({ isPublic, log });
  return new WritePreview({
    facts: {
      signalOf: (id) => session()?.store.signals().get(id),
      turnOf: (id) => {
        const because = session()?.turnOf(id);
        const timeZone = session()?.me?.timeZone ?? session()?.team.timeZone ?? 'UTC';
        return because && turnText(because, { now: now(), timeZone });
      },
      isPublic: (repository) => readers.isPublic(repository),
      channelName: (id) => session()?.placeOf(id),
    },
    learn: (proposals) => readers.learn(proposals),
  });
}
