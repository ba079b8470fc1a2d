import type { TestContext } from 'node:test';
import type { Item } from '../../../../src/core/item.ts';
import type { Outcome, Proposal, Write } from '../../../../src/core/proposal.ts';
import type { Signal } from '../../../../src/core/signal.ts';
import type { GatePorts } from '../../../../src/host/gate/gate.ts';
import type { SpeakPorts } from '../../../../src/host/speak/speakPorts.ts';
import { createOutbox } from '../../../../src/outbox/outbox.ts';
import type { Writer } from '../../../../src/services/service.ts';
import { signal, team } from '../../../support/build.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { openWindow, tempFolder } from '../../../support/tempStore.ts';

export const issue = itemOf(signal({ id: 'github:acme/app#1', title: 'Sync stops', labels: ['area/billing'] }));
export const thread = itemOf(
  signal({
    id: 'slack:C01:1763370000.000100',
    service: 'slack',
    source: 'slack',
    kind: 'thread',
    place: '#integrations',
    title: 'Exports are late',
    author: { id: 'U09INE', name: 'Ines *S*', isBot: false },
  }),
);
export const alert = itemOf(signal({ id: 'alertmanager:f0', service: 'alertmanager', kind: 'alert', title: 'Lag' }));

export function itemOf(first: Signal, ...others: readonly Signal[]): Item {
  return { id: first.id, signals: [first, ...others] };
}

/** The gate with an outbox on a disk behind it; what it sends arrives. */
export function desk(t: TestContext, over: Partial<SpeakPorts> = {}) {
  const clock = new FakeClock();
  const store = openWindow(t, tempFolder(t), () => clock.now());
  const sent: Write[] = [];
  const shown: Proposal[] = [];
  const acted: string[] = [];
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const writer: Writer = {
    service: 'slack',
    types: ['replyInThread', 'postMessage', 'commentOnIssue', 'addNote'],
    find: async () => undefined,
    apply: async (write): Promise<Outcome> => {
      sent.push(write);
      return { url: 'https://slack.example/1', issue: undefined, warnings: [], undo: [] };
    },
  };
  const outbox = createOutbox({ store, writers: [writer], clock, log, holder: 'w', dryRun: () => false });
  let count = 0;
  const newId = (): string => `p${String((count += 1))}`;
  const gate = {
    outbox,
    preview: {
      show: async (_: string, { proposals }: { readonly proposals: readonly Proposal[] }) =>
        void shown.push(...proposals),
      close: async () => undefined,
    },
    undoBar: { show: () => undefined, showAct: () => undefined, hide: () => undefined },
    placeOf: () => undefined,
    coveredBy: () => 0,
    refresh: async () => undefined,
    now: clock.now,
    newId,
    log,
  } as unknown as GatePorts;
  const ports: SpeakPorts = {
    team: team(),
    me: team().people[0],
    gate,
    holderOf: () => 'Noor',
    convertedOf: () => undefined,
    readConversation: async () => ({ messages: [], skipped: 0 }),
    owners: { codeOwners: async () => [], lastAuthors: async () => [] },
    acted: (id) => void acted.push(id),
    now: clock.now,
    newId,
    log,
    ...over,
  };
  const waiting = (): readonly string[] =>
    outbox.stored().flatMap(({ proposal, approvedAt }) => (approvedAt === undefined ? [wordsIn(proposal)] : []));
  return { ports, sent, shown, acted, waiting, clock, store };
}

/** What a proposal says, each place of it. */
function wordsIn({ steps }: Proposal): string {
  return steps.map(saidBy).join(' | ');
}

export function saidBy(write: Write): string {
  if (write.type === 'replyInThread') return `thread: ${write.markdown}`;
  if (write.type === 'postMessage') return `#${write.channel}: ${write.markdown}`;
  if (write.type === 'addNote') return `note: ${write.text}`;
  if (write.type !== 'commentOnIssue') return write.type;
  return `${write.repository}#${String(write.number)}: ${write.body.split('\n\n<!--')[0] ?? ''}`;
}
