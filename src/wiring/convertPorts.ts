import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { knownIssues } from '../core/knownIssues.ts';
import type { ConvertPorts, IssueLookUps } from '../host/convert/convertPorts.ts';
import type { WritePreview } from '../host/preview.ts';
import { ANSWERS_PREFIX } from '../host/storage.ts';
import type { Log } from '../services/service.ts';
import type { TeamSession } from '../session/teamSession.ts';
import { workedOn } from './timeWiring.ts';

export interface ConvertWiring {
  readonly session: TeamSession;
  /** Keeps unfinished answers. */
  readonly memento: vscode.Memento;
  readonly preview: WritePreview;
  readonly undoBar: ConvertPorts['undoBar'];
  readonly openUrl: (url: string) => Promise<void>;
  readonly doItNow: ConvertPorts['doItNow'];
  readonly lookUps: IssueLookUps;
  readonly log: Log;
  readonly now: () => number;
}

/** What converting needs, out of the session. */
export function convertPorts(wiring: ConvertWiring): ConvertPorts {
  const { session, memento, preview, undoBar, openUrl, doItNow, lookUps, log, now } = wiring;
  const { outbox, team, me } = session;
  const shelfKey = (itemId: string): string => `${ANSWERS_PREFIX}${itemId}`;
  return {
    team,
    me: me === undefined ? undefined : { name: me.name, github: me.github },
    readConversation: (signal, abort) => session.source(signal.source).readConversation(signal, abort),
    outbox,
    answers: {
      get: (itemId) => memento.get<unknown>(shelfKey(itemId)),
      set: (itemId, answers) => void memento.update(shelfKey(itemId), answers),
    },
    follow: () => session.store.follow(),
    // As it is now: other windows and polls may have added to it while the person was asked.
    conversionOf: (item) => session.conversionOf(session.items().get(item.id) ?? item),
    knownIssues: (repository) => knownIssues(repository, session.store.signals().values(), session.store.journal()),
    ...lookUps,
    doItNow,
    worked: (item) => workedOn(item, session, now()),
    openUrl,
    placeOf: (channelId) => session.placeOf(channelId),
    preview,
    undoBar,
    now,
    newId: randomUUID,
    log,
  };
}
