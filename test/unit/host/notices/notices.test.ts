import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { CallKind, QueueCall } from '../../../../src/core/calls.ts';
import type { Notice, NoticeKind, NoticePart } from '../../../../src/core/notices.ts';
import type { DutyView } from '../../../../src/core/view.ts';
import { type NoticeWatchPorts, watchNotices } from '../../../../src/host/notices/noticeWatch.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { sayNotice } = await import('../../../../src/host/notices/sayNotice.ts');

const HOUR = 3_600_000;
const nine = Date.UTC(2026, 10, 16, 8);

function call(id: string, kind: CallKind = 'late'): QueueCall {
  return { id, title: `Title of ${id}`, source: 'github', leftMinutes: 40, reasons: [{ kind, marks: [`${id} 1`] }] };
}

/** What several windows of one machine share. */
class Machine {
  stored: unknown;
  holder: string | undefined;
  readonly heard: string[] = [];

  look(window: string, calls: readonly QueueCall[], now = nine + HOUR): void {
    const ports: NoticeWatchPorts = {
      memory: { get: () => this.stored, set: (said) => (this.stored = JSON.parse(JSON.stringify(said))) },
      takeLease: () => {
        this.holder ??= window;
        return this.holder === window;
      },
      say: (notice) => this.heard.push(`${window}: ${ids(notice)}`),
    };
    watchNotices({ ...calm(now), queue: { waiting: 0, late: 0, calls } }, ports);
  }
}

function calm(now: number): Omit<Parameters<typeof watchNotices>[0], 'queue'> {
  const duty: DutyView = {
    team: 'Integrations',
    timeZone: 'Europe/Berlin',
    me: 'Noor',
    shifts: [{ from: nine, to: nine + 40 * HOUR, name: 'Noor', shadow: undefined }],
    working: [{ from: nine, to: nine + 8 * HOUR }],
    channel: undefined,
  };
  const status = {
    id: 'github',
    service: 'github',
    okAt: now,
    failure: undefined,
    skipped: 0,
    failedPlaces: [],
  } as const;
  return {
    duty,
    statuses: [status],
    unchecked: 0,
    replies: [],
    unheard: [],
    level: 'important',
    silenced: new Set(),
    now,
  };
}

function ids(notice: Notice): string {
  return notice.type === 'digest' ? 'digest' : notice.parts.flatMap(({ calls }) => calls.map(({ id }) => id)).join(' ');
}

test('of two windows one speaks, and neither says it again after a reload', () => {
  const machine = new Machine();
  machine.look('A', [call('a')]);
  machine.look('B', [call('a')]);
  machine.holder = undefined;
  machine.look('B', [call('a')], nine + 2 * HOUR);
  machine.look('B', [call('a'), call('b')], nine + 2 * HOUR);

  assert.deepEqual(machine.heard, ['A: a', 'B: b']);
});

test('what a window may not say is not noted as said', () => {
  const machine = new Machine();
  machine.holder = 'gone';
  machine.look('A', [call('a')]);
  machine.holder = undefined;
  machine.look('A', [call('a')]);

  assert.deepEqual(machine.heard, ['A: a']);
});

test('a damaged memory is an empty one', () => {
  const machine = new Machine();
  for (const damaged of ['x', { marks: [3] }, null, { marks: [], at: 'soon' }]) {
    machine.stored = damaged;
    machine.look('A', [call('a')]);
  }
  assert.equal(machine.heard.length, 4);
});

const did: string[] = [];
const ports = {
  silence: async (kinds: readonly NoticeKind[]) => void did.push(`silence ${kinds.join(' ')}`),
  show: async (id: string | undefined) => void did.push(`show ${id}`),
  showProposals: async () => void did.push('show proposals'),
  showJournal: async () => void did.push('show journal'),
  nextItem: async () => void did.push('next'),
  doItNow: async (id: string) => void did.push(`now ${id}`),
  dayMinutes: 480,
};

function part(kind: CallKind, ...ofIds: readonly [string, ...string[]]): NoticePart {
  const [first, ...others] = ofIds;
  return { kind, calls: [call(first, kind), ...others.map((id) => call(id, kind))] };
}

function notice(...parts: readonly NoticePart[]): Notice {
  return { type: 'calls', parts, hearBack: 0, unheard: 0 };
}

/** One that speaks of replies to reporters as well. */
function hearBack(count: number, ...parts: readonly NoticePart[]): Notice {
  return { type: 'calls', parts, hearBack: count, unheard: 0 };
}

beforeEach(() => {
  person.said = [];
  person.answers = [];
  did.length = 0;
});

for (const [name, what, said] of [
  [
    'one critical item',
    notice(part('critical', 'a')),
    /^Critical, and it waits on us: “Title of a”\. \[Show \| Do It Now… \| Don’t Show Again\]$/u,
  ],
  ['one clock', notice(part('ending', 'a')), /^40 min left to respond: “Title of a”\. \[Show \| Do It Now…/u],
  ['one late item', notice(part('late', 'a')), /^Late: “Title of a” has no response yet\./u],
  [
    'several clocks',
    notice(part('ending', 'a', 'b', 'c')),
    /^3 response times are about to run out\. \[Show \| Next Item \| Don’t Show Again\]$/u,
  ],
  [
    'several things',
    notice(part('critical', 'a'), part('late', 'b', 'c')),
    /^Critical, .*“Title of a”\. 2 items are late\. \[Show \| Next Item \| Don’t Show Again…\]$/u,
  ],
  ['replies to reporters', hearBack(3), /^3 replies to reporters are ready\. \[Show \| Don’t Show Again\]$/u],
  [
    'work and replies to reporters',
    hearBack(1, part('late', 'a', 'b')),
    /^2 items are late\. 1 reply to a reporter is ready\. \[Show \| Next Item \| Don’t Show Again…\]$/u,
  ],
  [
    'places that cannot be read',
    { type: 'calls', parts: [], hearBack: 0, unheard: 1 },
    /^1 place cannot be read, so reporters there have not heard back\. \[Show \| Don’t Show Again\]$/u,
  ],
  [
    'a digest',
    { type: 'digest', waiting: 4, late: 1, unchecked: 2, hearBack: 1, unheard: 0 },
    /^Responder: 4 waiting, 1 late, 2 places not checked today, 1 reply to a reporter is ready \[Show \| Next Item \| Don’t Show Again\]$/u,
  ],
] as const)
  test(`${name} is one message with what can be done`, async () => {
    person.answers = [undefined];
    await sayNotice(what, ports);

    assert.equal(person.said.length, 1);
    assert.match(person.said[0] ?? '', said);
    assert.deepEqual(did, []);
  });

for (const [button, what, expected] of [
  ['Show', notice(part('late', 'a', 'b')), 'show a'],
  ['Show', { type: 'digest', waiting: 4, late: 1, unchecked: 0, hearBack: 0, unheard: 0 }, 'show undefined'],
  ['Show', hearBack(2), 'show proposals'],
  ['Show', { type: 'calls', parts: [], hearBack: 0, unheard: 2 }, 'show journal'],
  ['Show', hearBack(2, part('late', 'a', 'b')), 'show a'],
  ['Don’t Show Again', hearBack(2), 'silence hearBack'],
  ['Next Item', notice(part('late', 'a', 'b')), 'next'],
  ['Do It Now…', notice(part('late', 'a')), 'now a'],
  ['Don’t Show Again', notice(part('ending', 'a', 'b')), 'silence ending'],
] as const)
  test(`${button} does: ${expected}`, async () => {
    person.answers = [button];
    await sayNotice(what, ports);

    assert.deepEqual(did, [expected]);
  });

test('of a message about several things it is asked which is unwanted', async () => {
  person.answers = ['Don’t Show Again…', 'Late items'];
  await sayNotice(notice(part('critical', 'a'), part('late', 'b')), ports);

  assert.match(person.said[1] ?? '', /Critical items \| Late items/u);
  assert.deepEqual(did, ['silence late']);
});

test('a title from outside makes neither an icon nor a link', async () => {
  const hostile = { ...call('a'), title: '$(flame) [free](command:x) money' };
  await sayNotice({ type: 'calls', parts: [{ kind: 'late', calls: [hostile] }], hearBack: 0, unheard: 0 }, ports);

  assert.doesNotMatch(person.said[0] ?? '', /\$\(|\]\(/u);
});
