import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Item } from '../../../../src/core/item.ts';
import type { JournalEntry } from '../../../../src/core/journal.ts';
import type { JournalPorts } from '../../../../src/host/journal/journalPorts.ts';
import { ServiceError } from '../../../../src/services/service.ts';
import { signal } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';
import { entry, SIGNALS } from '../../core/journalSamples.ts';
import { DAY, MINUTE, MONDAY, NOOR, rowsOf } from './journalOf.ts';

fakeVscode();
const { createTeller } = await import('../../../../src/host/journal/words.ts');
const { showJournal } = await import('../../../../src/host/journal/showJournal.ts');
const { exportJournal } = await import('../../../../src/host/journal/exportJournal.ts');
const { deleteJournal } = await import('../../../../src/host/journal/deleteJournal.ts');

const [ISSUE = '', THREAD = ''] = SIGNALS;
const proxy = { about: { title: 'Customer behind a proxy', url: 'https://slack.example/p1' }, signalIds: [THREAD] };
const token = { about: { title: 'Expired token $(flame)', url: 'https://github.example/1' }, signalIds: [ISSUE] };
const WEEK: readonly JournalEntry[] = [
  entry('a', MONDAY, { type: 'claimed' }, proxy),
  entry('b', MONDAY + MINUTE, { type: 'noted', text: 'ask Ines' }, proxy),
  entry('c', MONDAY + DAY, { type: 'done' }, token),
];

interface World {
  readonly ports: JournalPorts;
  readonly shown: [string, string][];
  readonly opened: string[];
  append(added: JournalEntry): void;
  journal: readonly JournalEntry[];
}

/** Of the two items only the thread is still known; it cannot be read. */
function world(journal: readonly JournalEntry[] = WEEK): World {
  const thread: Item = { id: THREAD, signals: [signal({ id: THREAD, title: proxy.about.title, service: 'slack' })] };
  const listeners = new Set<() => void>();
  const made: World = {
    journal,
    shown: [],
    opened: [],
    append: (added) => {
      made.journal = [...made.journal, added];
      for (const listener of listeners) listener();
    },
    ports: {
      team: 'Integrations',
      journal: () => made.journal,
      rows: () => rowsOf(made.journal),
      teller: () => createTeller(NOOR),
      onDidChange: (listener) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
      itemOf: (ids) => (ids.includes(THREAD) ? thread : undefined),
      undo: async (way) => {
        assert.ok(way.type === 'entry');
        made.append(entry('u', NOOR.now, { type: 'undone', entryId: way.entry.id }, proxy));
      },
      deleteJournal: () => {
        made.journal = [];
      },
      preview: {
        showText: async (name, text) => {
          made.shown.push([name, text]);
          return {} as never;
        },
        updateText: (name, text) => void made.shown.push([name, text]),
      },
      openUrl: async (url) => void made.opened.push(url),
      readConversation: async () => {
        throw new TypeError('no such thing');
      },
      readEvents: async () => {
        throw new ServiceError('forbidden', 'not for you');
      },
      now: () => NOOR.now,
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    },
  };
  return made;
}

async function opened(of: World) {
  const closed = showJournal(of.ports);
  const pick = person.picks.at(-1);
  assert.ok(pick !== undefined);
  const leave = async (): Promise<void> => {
    pick.escape();
    await closed;
  };
  return { pick, leave, closed };
}

beforeEach(() => {
  for (const list of [person.picks, person.copied, person.said, person.answers, person.written]) list.length = 0;
});

test('the list is newest first under its days; nothing in a title is an icon', async () => {
  const { pick, leave } = await opened(world());
  assert.equal(pick.title, 'Journal: 3 entries');
  assert.deepEqual(
    pick.items.map(({ label, description, detail }) => [label, description, detail]),
    [
      ['Tuesday, November 17, 2026', undefined, undefined],
      ['$(check) 10:00', 'Done · Expired token $ (flame) · Noor', undefined],
      ['Monday, November 16, 2026', undefined, undefined],
      ['$(note) 10:01', 'Note · Customer behind a proxy · Noor', 'ask Ines'],
      ['$(eye) 10:00', 'Claimed · Customer behind a proxy · Noor', undefined],
    ],
  );
  await leave();
});

test('a name or a note that others wrote is no icon either', async () => {
  const responded = { type: 'responded', who: '$(flame) Rio', startedAt: 0, targetMinutes: 9, tookMinutes: 1 } as const;
  const { pick, leave } = await opened(
    world([entry('a', MONDAY, responded, proxy), entry('b', MONDAY, { type: 'noted', text: '$(flame) ask' }, proxy)]),
  );
  assert.equal(pick.items[1]?.detail, '$ (flame) ask');
  assert.equal(pick.items[2]?.description, 'First response after 1 min · Customer behind a proxy · $ (flame) Rio');
  await leave();
});

test('what is typed narrows it, and what is copied is what is listed', async () => {
  const { pick, leave } = await opened(world());
  pick.type('proxy -claimed');
  assert.equal(pick.title, 'Journal: 1 of 3 entries');
  assert.deepEqual(
    pick.items.map(({ label, description }) => [label, description]),
    [['$(note) 10:01', 'Monday, November 16, 2026 · Note · Customer behind a proxy · Noor']],
  );
  pick.press('Copy as Markdown');
  await Promise.resolve();
  assert.match(person.copied[0] ?? '', /Filtered by: proxy -claimed/u);
  assert.match(person.copied[0] ?? '', /\*\*10:01\*\* Note/u);
  assert.doesNotMatch(person.copied[0] ?? '', /Claimed|Done/u);
  pick.type('nothing has this');
  assert.deepEqual(pick.items, []);
  await leave();
});

test('Undo of a row takes it back and the list follows', async () => {
  const of = world();
  const { pick, leave } = await opened(of);
  pick.pressOn(4, 'Undo');
  await new Promise(setImmediate);
  assert.equal(pick.title, 'Journal: 4 entries');
  assert.equal(pick.items[1]?.description, 'Undone: Claimed · Customer behind a proxy · Noor');
  const claimed = pick.items.at(-1);
  assert.equal(claimed?.detail, 'Undone 12:00');
  assert.ok(claimed?.buttons?.every(({ tooltip }) => tooltip !== 'Undo'));
  await leave();
  of.append(entry('later', NOOR.now, { type: 'done' }));
  assert.equal(pick.title, 'Journal: 4 entries', 'a list that was left follows no more');
});

test('Enter shows the timeline of a known item, otherwise what a row links to; a failed reading is told in it', async () => {
  const of = world();
  const first = await opened(of);
  first.pick.enter(1);
  assert.deepEqual(of.opened, ['https://github.example/1']);
  first.pick.enter(4);
  await first.closed;
  await new Promise(setImmediate);
  assert.deepEqual(
    of.shown.map(([name]) => name),
    ['Timeline: Customer behind a proxy', 'Timeline: Customer behind a proxy'],
  );
  assert.match(of.shown[0]?.[1] ?? '', /is being read/u);
  assert.match(of.shown[1]?.[1] ?? '', /What was said in acme\/app is missing: Slack returned an invalid response/u);
  assert.match(of.shown[1]?.[1] ?? '', /What was done in acme\/app is missing: Slack /u);
  assert.match(of.shown[1]?.[1] ?? '', /Issue by Rio[\s\S]*Claimed[\s\S]*ask Ines/u);
});

test('a long journal is listed in part, and the whole is a document', async () => {
  const of = world(Array.from({ length: 1200 }, (_, index) => entry(`e${index}`, MONDAY, { type: 'done' }, token)));
  const { pick, closed } = await opened(of);
  assert.equal(pick.items.length, 502);
  assert.equal(pick.items.at(-1)?.label, '$(ellipsis) 700 more: show all as a document');
  pick.enter(501);
  await closed;
  assert.equal(of.shown[0]?.[0], 'Journal of Integrations');
  assert.equal(of.shown[0]?.[1].match(/^- /gmu)?.length, 1200);
});

test('an empty journal says so', async () => {
  const { ports } = world([]);
  await showJournal(ports);
  await exportJournal(ports);
  await deleteJournal(ports, async () => assert.fail());
  assert.equal(person.said.length, 3);
  for (const said of person.said) assert.match(said, /journal is empty/u);
  assert.deepEqual(person.picks, []);
});

test('an export has a line that says what it is and one for each entry, as it is kept', async () => {
  const { ports } = world();
  person.answers.push('/tmp/journal.jsonl', undefined);
  await exportJournal(ports);
  const [[path, text] = ['', '']] = person.written;
  assert.equal(path, '/tmp/journal.jsonl');
  const [head, ...entries] = text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  assert.deepEqual(head, {
    type: 'responder-duty journal',
    schema: 1,
    team: 'Integrations',
    exportedAt: NOOR.now,
    entries: 3,
  });
  assert.deepEqual(entries, WEEK);
});

test('an export named .md is Markdown; one that is given up writes nothing', async () => {
  const { ports } = world();
  person.answers.push('/tmp/Journal.MD', undefined, undefined);
  await exportJournal(ports);
  assert.match(person.written[0]?.[1] ?? '', /^# Journal of Integrations\n/u);
  await exportJournal(ports);
  assert.equal(person.written.length, 1);
});

test('the journal is deleted only by the button that says so', async () => {
  const of = world();
  let exported = 0;
  const ask = async (answer: string | undefined): Promise<void> => {
    person.answers.push(answer);
    await deleteJournal(of.ports, async () => void (exported += 1));
  };
  await ask(undefined);
  await ask('Export First…');
  assert.deepEqual([of.journal.length, exported], [3, 1]);
  assert.match(person.said[0] ?? '', /Delete the journal of Integrations\?/u);
  await ask('Delete Journal');
  assert.deepEqual([of.journal.length, exported], [0, 1]);
});
