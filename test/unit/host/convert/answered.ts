import type { Item } from '../../../../src/core/item.ts';
import type { Answers } from '../../../../src/host/convert/answers.ts';
import type { ConvertPorts } from '../../../../src/host/convert/convertPorts.ts';
import { signal, team } from '../../../support/build.ts';
import type { FakeGate } from '../gate/fakeGate.ts';

const thread = signal({ id: 'slack:C01:1763370000.000100', service: 'slack', kind: 'thread', title: 'It answers 421' });

/** A thread that somebody converts, and what they answered so far. */
export const item: Item = { id: thread.id, signals: [thread] };
export const ANSWERS: Answers = {
  timeboxMinutes: 240,
  priority: 'high',
  repository: 'acme/app',
  title: 'It answers 421',
  labels: [],
  assignee: null,
};

/** What the last question asks for, of which a test names what matters. */
export function portsOf(gate: FakeGate, over: Partial<ConvertPorts>): ConvertPorts {
  return {
    ...gate.ports,
    team: team({ issues: { repository: 'acme/app', labels: [], project: undefined } }),
    me: { name: 'Noor', github: 'noor-sample' },
    readConversation: async () => ({ messages: [], skipped: 0 }),
    answers: { get: () => undefined, set: () => undefined },
    worked: async () => [],
    ...over,
  } as unknown as ConvertPorts;
}
