import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { CommandWiring } from '../../../src/commands/commandWiring.ts';
import type { Item } from '../../../src/core/item.ts';
import type { WorkingPorts } from '../../../src/host/working/workingPorts.ts';
import { signal, team } from '../../support/build.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { joinCommands } = await import('../../../src/commands/joinCommands.ts');
const { journalCommands } = await import('../../../src/commands/journalCommands.ts');
const { timeCommands } = await import('../../../src/commands/timeCommands.ts');

/** Two items of two signals each: a with a2, b with b2. */
const ITEMS: ReadonlyMap<string, Item> = new Map(
  ['a', 'b'].map((id) => [
    id,
    {
      id,
      signals: [signal({ id, title: `Title ${id}` }), signal({ id: `${id}2`, title: `Title ${id}2` })],
    },
  ]),
);
const [A, B, B2] = ['item:a', 'item:b', 'signal:b\nb2'] as const;

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
});

/** The commands that are about one item, and the titles of those that they were about. */
function desk(selected: readonly string[]) {
  const shown: string[] = [];
  const session = {
    team: team(),
    me: undefined,
    items: () => ITEMS,
    view: () => ({ queue: { groups: [] } }),
    store: { journal: () => [], signals: () => new Map() },
    outbox: { stored: () => [] },
    source: () => ({ readConversation: async () => ({ messages: [], skipped: 0 }) }),
  };
  const preview = { showText: async (name: string) => void shown.push(name), updateText: () => undefined };
  const timebox = {
    timebox: () => undefined,
    limitMinutes: () => 120,
    spentOn: () => 0,
    record: () => '',
  };
  const wiring = {
    session: () => session,
    selected: () => selected,
    gate: () => ({ preview }),
    timebox,
    now: () => Date.UTC(2026, 10, 24, 11),
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  } as unknown as CommandWiring;
  const commands = {
    ...journalCommands(wiring),
    ...timeCommands(wiring),
    ...joinCommands(
      wiring,
      () => [],
      () => ({}) as unknown as WorkingPorts,
    ),
  };
  return { commands, shown };
}

test('what is done to one item is done to the clicked row, wherever it stands among the selected ones', async () => {
  const { commands, shown } = desk([A, B]);
  await commands['responder.showTimeline'](B, [A, B]);
  await commands['responder.doItNow'](B, [A, B]);
  await commands['responder.keepApart'](B, [A, B]);
  assert.deepEqual(shown, ['Timeline: Title b']);
  assert.match(person.said[0] ?? '', /^Do It Now: Title b/u);
  assert.match(person.said[1] ?? '', /^Keep Apart: .*Title b.*: Title b \| Title b2$/u);
  assert.equal(person.said.length, 2);
});

test('without a click it is done to the first item that is selected', async () => {
  const { commands, shown } = desk([B, A]);
  await commands['responder.showTimeline']();
  assert.deepEqual(shown, ['Timeline: Title b']);
});

test('of the selected signals those of the clicked item are the ones to keep apart', async (t) => {
  const picked: unknown[] = [];
  const { window } = await import('../../support/vscodeStub.ts');
  t.mock.method(
    window,
    'showQuickPick',
    async (choices: readonly { readonly id: string; readonly picked: boolean }[]) => {
      picked.push(choices.filter((choice) => choice.picked).map(({ id }) => id));
      return undefined;
    },
  );
  const { commands } = desk([]);
  await commands['responder.keepApart'](B, ['signal:a\na', B, 'signal:b\nb']);
  // None of its own is selected: of two it is the second that joined.
  await commands['responder.keepApart'](B, ['signal:a\na', B]);
  await commands['responder.keepApart'](B2, undefined);
  assert.deepEqual(picked, [['b'], ['b2'], ['b2']]);
});
