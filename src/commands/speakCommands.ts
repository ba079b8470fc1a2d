import { randomUUID } from 'node:crypto';
import type { Item } from '../core/item.ts';
import { holderOf } from '../core/ownership.ts';
import { rosterOf } from '../core/roster.ts';
import type { Commands } from '../host/commands.ts';
import { askOwner } from '../host/speak/askOwner.ts';
import { declineItems } from '../host/speak/declineItems.ts';
import { replyItems } from '../host/speak/replyItems.ts';
import type { SpeakPorts } from '../host/speak/speakPorts.ts';
import { postStatusUpdate } from '../host/speak/statusUpdate.ts';
import { sayOneAtATime } from '../host/speak/words.ts';
import type { CommandWiring } from './commandWiring.ts';
import { onItems } from './onItems.ts';

export type SpeakCommands =
  | 'responder.reply'
  | 'responder.decline'
  | 'responder.askOwner'
  | 'responder.postStatusUpdate';

/** The commands that say something to people, about one row or many. */
export function speakCommands(wiring: CommandWiring): Pick<Commands, SpeakCommands> {
  const on = onItems(wiring, () => speakPorts(wiring));
  const onOne = (run: (item: Item, ports: SpeakPorts) => Promise<void>): ReturnType<typeof on> =>
    on(async ([item, ...others], ports) => {
      if (item === undefined || others.length > 0) sayOneAtATime();
      else await run(item, ports);
    });
  return {
    'responder.reply': on(replyItems),
    'responder.decline': on(declineItems),
    'responder.askOwner': onOne(askOwner),
    'responder.postStatusUpdate': onOne(postStatusUpdate),
  };
}

function speakPorts({ session, gate, lookUps, acts, now, log }: CommandWiring): SpeakPorts {
  const { team, me } = session();
  const roster = rosterOf(team, { github: me?.github, slack: me?.slack, pagerduty: me?.pagerduty });
  return {
    team,
    me,
    gate: gate(),
    holderOf: (item) => holderOf(item, roster)?.name,
    convertedOf: (item) => session().conversionOf(item),
    readConversation: (signal, abort) => session().source(signal.source).readConversation(signal, abort),
    owners: lookUps,
    acted: (entryId) => void acts.add(entryId),
    now,
    newId: randomUUID,
    log,
  };
}
