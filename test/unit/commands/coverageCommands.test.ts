import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { CoverageWiring } from '../../../src/commands/coverageCommands.ts';
import { projectCoverage } from '../../../src/core/coverage.ts';
import type { Item } from '../../../src/core/item.ts';
import type { JournalEntry } from '../../../src/core/journal.ts';
import type { Watch } from '../../../src/core/team.ts';
import type { CoverageView } from '../../../src/core/view.ts';
import { day, signal, team } from '../../support/build.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { coverageCommands } = await import('../../../src/commands/coverageCommands.ts');

const NOW = Date.UTC(2026, 10, 18, 11);
const HOUR = 3_600_000;
const ID = 'slack:channel:integrations';
const watch: Watch = {
  id: ID,
  service: 'slack',
  what: 'channel',
  channel: 'integrations',
  alerts: false,
  respondWithinMinutes: undefined,
};
const mention: Watch = {
  id: 'slack:mention:integrations-team',
  service: 'slack',
  what: 'mention',
  handle: 'integrations-team',
  respondWithinMinutes: undefined,
};

/** A team with one channel in which two threads are new, and what it said and kept. */
function desk(journal: JournalEntry[] = []) {
  const of = team({ watch: [watch, mention] });
  const items = new Map<string, Item>(
    ['slack:C1:1.0', 'slack:C1:2.0'].map((id) => [
      id,
      {
        id,
        signals: [
          signal({
            id,
            service: 'slack',
            source: 'slack',
            watchIds: [ID],
            url: `https://slack.example/archives/C1/${id.slice(9)}`,
          }),
        ],
      },
    ]),
  );
  const coverage = (): CoverageView =>
    projectCoverage({
      team: of,
      items: items.values(),
      journal,
      day: day({ team: of, journal: [...journal], now: NOW }),
      statusOf: () => undefined,
    });
  const asked: unknown[] = [];
  const session = {
    team: of,
    me: of.people[0],
    items: () => items,
    view: () => ({ coverage: coverage() }),
    channelUrl: (name: string) => (name === 'integrations' ? 'https://slack.example/archives/C1' : undefined),
    store: {
      journal: () => journal,
      append: (entry: JournalEntry) => void journal.push(entry),
      signals: () => new Map(),
    },
  };
  const wiring = {
    session: () => session,
    teamFile: { location: { type: 'none' } },
    mentioned: async (scope: unknown) => {
      asked.push(scope);
      return [];
    },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    now: () => NOW,
  } as unknown as CoverageWiring;
  const place = () => {
    const [first] = coverage().places;
    assert.ok(first !== undefined);
    return first;
  };
  return { commands: coverageCommands(wiring), journal, place, asked };
}

beforeEach(() => {
  person.answers = [];
  person.said = [];
});

test('a tick is kept as one entry; the tick of a ticked box adds none; unticking takes it back', async () => {
  const { commands, journal, place } = desk();
  await commands['responder.checkPlaces']([[`place:${ID}`, true]]);
  await commands['responder.checkPlaces']([[`place:${ID}`, true]]);

  assert.deepEqual(
    journal.map(({ at, signalIds, event }) => [at, signalIds, event]),
    [[NOW, [], { type: 'checked', watchId: ID }]],
  );
  assert.equal(place().unseen, 0);

  await commands['responder.checkPlaces']([[`place:${ID}`, false]]);
  assert.deepEqual([place().checkedAt, place().unseen], [undefined, 2]);
});

test('unticking leaves yesterday’s check', async () => {
  const yesterday = { id: 'y', at: NOW - 24 * HOUR, signalIds: [], event: { type: 'checked', watchId: ID } } as const;
  const { commands, place } = desk([yesterday]);
  await commands['responder.checkPlaces']([[`place:${ID}`, true]]);
  await commands['responder.checkPlaces']([[`place:${ID}`, false]]);

  assert.equal(place().checkedAt, yesterday.at);
});

for (const ticks of [[], [['place:unknown', true]], [[ID]], ['x'], [[`place:${ID}`, 'yes']]])
  test(`ticks that mean nothing change nothing: ${JSON.stringify(ticks)}`, async () => {
    const { commands, journal } = desk();
    await commands['responder.checkPlaces'](ticks);
    assert.deepEqual(journal, []);
  });

test('from the palette a person says which; what was not chosen any more is taken back', async () => {
  const { commands, place } = desk();
  person.answers = ['#integrations'];
  await commands['responder.checkPlaces']();
  assert.equal(place().checkedAt, NOW);

  person.answers = ['@integrations-team'];
  await commands['responder.checkPlaces']();
  assert.equal(place().checkedAt, undefined);
});

test('opening an item says that it was seen; opening the last checks the place', async () => {
  const { commands, place } = desk();
  await commands['responder.openUnseen'](`unseen:slack:C1:1.0\n${ID}`);
  assert.deepEqual([place().unseen, place().checkedAt], [1, undefined]);

  await commands['responder.openUnseen'](`unseen:slack:C1:2.0\n${ID}`);
  assert.deepEqual([place().unseen, place().checkedAt], [0, NOW]);
});

test('what a person did not let be opened was not seen', async () => {
  const { commands, journal } = desk();
  person.answers = ['Cancel', 'Cancel'];
  await commands['responder.openUnseen'](`unseen:slack:C1:1.0\n${ID}`);
  await commands['responder.openPlace'](`place:${ID}`);

  assert.deepEqual(journal, []);
});

test('Open Place opens it and checks it; where no page is known that is said, and nothing is checked', async () => {
  const { commands, journal, place } = desk();
  await commands['responder.openPlace'](`place:${ID}`);
  assert.ok(person.said.includes('open https://slack.example/archives/C1'));
  assert.equal(place().checkedAt, NOW);

  await commands['responder.openPlace'](`place:${mention.id}`);
  assert.equal(person.said.at(-1), 'Nothing was read from @integrations-team yet. Look for it in Slack.');
  assert.equal(journal.length, 1);
});

test('suggestions look for who is watched, where nobody watches, 30 days back', async () => {
  const { commands, asked } = desk();
  await commands['responder.suggestPlaces']();

  assert.deepEqual(asked, [
    { handles: ['integrations-team'], watched: new Set(['integrations']), since: NOW - 30 * 24 * HOUR },
  ]);
});
