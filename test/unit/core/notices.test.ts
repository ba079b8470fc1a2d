import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CALL_KINDS, type CallKind, type QueueCall } from '../../../src/core/calls.ts';
import { NOTHING_SAID, type NoticeInput, noticeOf, type Said, type Telling } from '../../../src/core/notices.ts';
import type { SourceStatus } from '../../../src/core/sourceStatus.ts';
import type { DutyView } from '../../../src/core/view.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Monday 09:00 in Berlin. */
const MONDAY = Date.UTC(2026, 10, 16, 8);

const duty: DutyView = {
  team: 'Integrations',
  timeZone: 'Europe/Berlin',
  me: 'Noor',
  shifts: [
    { from: MONDAY, to: MONDAY + 7 * DAY, name: 'Noor', shadow: undefined },
    { from: MONDAY + 7 * DAY, to: MONDAY + 14 * DAY, name: 'Kai', shadow: undefined },
  ],
  working: [0, 1, 2, 3, 4, 7, 8].map((day) => ({ from: MONDAY + day * DAY, to: MONDAY + day * DAY + 8 * HOUR })),
  channel: undefined,
};

function call(id: string, ...kinds: readonly CallKind[]): QueueCall {
  const reasons = kinds.map((kind) => ({ kind, marks: [`${id} 1`] }));
  return { id, title: id, source: 'github', leftMinutes: 20, reasons };
}

function status(okAt: number | undefined): SourceStatus {
  return { id: 'github', service: 'github', okAt, failure: undefined, skipped: 0, failedPlaces: [] };
}

interface Moment extends Partial<Omit<NoticeInput, 'queue' | 'statuses'>> {
  readonly calls?: readonly QueueCall[];
  readonly waiting?: number;
  readonly okAt?: number | undefined;
  /** Beside the one that everything is of. */
  readonly others?: readonly SourceStatus[];
}

function tell(moment: Moment): Telling | undefined {
  const { calls = [], waiting = calls.length, now = MONDAY + HOUR, others = [], ...over } = moment;
  return noticeOf({
    duty,
    queue: { waiting, late: 0, calls },
    statuses: [status('okAt' in moment ? moment.okAt : now - MINUTE), ...others],
    unchecked: 0,
    replies: [],
    unheard: [],
    level: 'important',
    silenced: new Set(),
    said: NOTHING_SAID,
    now,
    ...over,
  });
}

/** `late a b, ending c, 2 hear back`, or what a digest counts. */
function said(telling: Telling | undefined): string | undefined {
  const notice = telling?.notice;
  if (notice === undefined) return undefined;
  const hearBack = [
    ...(notice.hearBack > 0 ? [`${notice.hearBack} hear back`] : []),
    ...(notice.unheard > 0 ? [`${notice.unheard} unheard`] : []),
  ];
  if (notice.type === 'calls')
    return [
      ...notice.parts.map(({ kind, calls }) => `${kind} ${calls.map(({ id }) => id).join(' ')}`),
      ...hearBack,
    ].join(', ');
  const { waiting, late, unchecked } = notice;
  return [`${waiting} waiting, ${late} late, ${unchecked} unchecked`, ...hearBack].join(', ');
}

const EACH = [call('a', 'ending'), call('b', 'critical'), call('c', 'ending'), call('d', 'late')];

test('all that is new is one message, the most pressing first', () => {
  assert.equal(said(tell({ calls: EACH })), 'critical b, late d, ending a c');
});

test('an item of several reasons is said by the most pressing, and not again by the others', () => {
  const calls = [call('a', 'critical', 'late')];
  const first = tell({ calls });
  assert.equal(said(first), 'critical a');

  assert.equal(tell({ calls, said: first?.said ?? NOTHING_SAID, now: MONDAY + 2 * HOUR }), undefined);
});

test('a clock that was about to run out is said again when it has', () => {
  const first = tell({ calls: [call('a', 'ending')] });
  const next = tell({ calls: [call('a', 'late')], said: first?.said ?? NOTHING_SAID, now: MONDAY + 2 * HOUR });

  assert.equal(said(next), 'late a');
});

test('an item that was joined with others is still the same', () => {
  const first = tell({ calls: [call('a', 'late')] });
  const joined: QueueCall = { ...call('z', 'late'), reasons: [{ kind: 'late', marks: ['z 1', 'a 1'] }] };

  assert.equal(tell({ calls: [joined], said: first?.said ?? NOTHING_SAID, now: MONDAY + 2 * HOUR }), undefined);
});

test('what comes within five minutes of a message waits, and is told with the others', () => {
  const first = tell({ calls: [call('a', 'late')] });
  const later = (minutes: number): Moment => ({
    calls: [call('a', 'late'), call('b', 'late'), call('c', 'late')],
    said: first?.said ?? NOTHING_SAID,
    now: MONDAY + HOUR + minutes * MINUTE,
  });

  assert.equal(tell(later(4)), undefined);
  assert.equal(said(tell(later(5))), 'late b c');
});

test('a clock of the machine that is set back silences nothing', () => {
  const before: Said = { marks: [], at: MONDAY + 5 * HOUR, digest: undefined };
  assert.equal(said(tell({ calls: [call('a', 'late')], said: before })), 'late a');
});

for (const [name, over] of [
  ['off hours', { now: MONDAY + 9 * HOUR }],
  ['at the weekend', { now: MONDAY + 5 * DAY + HOUR }],
  ['while somebody else is on duty', { now: MONDAY + 7 * DAY + HOUR }],
  ['while nobody knows who I am', { duty: { ...duty, me: undefined } }],
  ['without a schedule', { duty: undefined }],
  ['when the person wants it quiet', { level: 'quiet' }],
] as const)
  test(`nothing is said or noted ${name}`, () => {
    assert.equal(tell({ calls: EACH, unchecked: 3, ...over }), undefined);
    assert.equal(tell({ calls: EACH, unchecked: 3, level: 'digest', ...over }), undefined);
  });

test('what began in off hours is said when work begins', () => {
  const calls = [call('a', 'late')];
  assert.equal(tell({ calls, now: MONDAY + DAY - MINUTE }), undefined);
  assert.equal(said(tell({ calls, now: MONDAY + DAY })), 'late a');
});

test('of a source that has not answered for a while nothing is said: it may not be so any more', () => {
  assert.equal(tell({ calls: EACH, okAt: MONDAY - 2 * DAY }), undefined);
  assert.equal(tell({ calls: EACH, okAt: undefined }), undefined);
  assert.equal(tell({ level: 'digest', waiting: 3, okAt: undefined }), undefined);
});

test('it waits for sources that are being asked, so that all of it is one message; not for those that fail', () => {
  const other = { ...status(undefined), id: 'slack' };
  const failing = { ...other, failure: { reason: 'offline', message: '', retryAt: MONDAY + 2 * HOUR } } as const;

  assert.equal(tell({ calls: EACH, others: [other] }), undefined);
  assert.equal(tell({ level: 'digest', waiting: 2, others: [other] }), undefined);
  assert.notEqual(tell({ calls: EACH, others: [failing] }), undefined);
  assert.notEqual(tell({ calls: EACH, others: [{ ...other, okAt: MONDAY + HOUR }] }), undefined);
});

test('a source that is read once an hour, as it wishes, keeps no other from being told', () => {
  const hourly = { ...status(MONDAY + HOUR - 59 * MINUTE), id: 'feed' };

  assert.notEqual(tell({ calls: EACH, others: [hourly] }), undefined);
  assert.equal(tell({ calls: EACH, others: [{ ...hourly, okAt: MONDAY - HOUR }] }), undefined);
});

test('of a source that fails nothing is said: it may not be so any more', () => {
  const old = { ...status(MONDAY - 2 * DAY), failure: { reason: 'offline', message: '', retryAt: MONDAY } } as const;
  const elsewhere = { ...status(MONDAY + HOUR), id: 'slack' };
  const input = {
    duty,
    queue: { waiting: 1, late: 0, calls: EACH },
    unchecked: 0,
    replies: [],
    unheard: [],
    level: 'important',
  } as const;

  assert.equal(
    noticeOf({ ...input, statuses: [old, elsewhere], silenced: new Set(), said: NOTHING_SAID, now: MONDAY + HOUR }),
    undefined,
  );
});

test('a silenced kind is not said, and the others are', () => {
  assert.equal(said(tell({ calls: EACH, silenced: new Set(['ending', 'critical']) })), 'late d');
  assert.equal(said(tell({ calls: [call('a', 'critical', 'late')], silenced: new Set(['critical']) })), 'late a');
});

test('replies to reporters that wait are part of the one message, and are counted once each', () => {
  const first = tell({ calls: [call('a', 'late')], replies: ['x', 'y'] });
  assert.equal(said(first), 'late a, 2 hear back');
  const later = { calls: [call('a', 'late')], said: first?.said ?? NOTHING_SAID };

  assert.equal(tell({ ...later, replies: ['x', 'y'], now: MONDAY + 2 * HOUR }), undefined);
  assert.equal(tell({ ...later, replies: ['x', 'y', 'z'], now: MONDAY + HOUR + 4 * MINUTE }), undefined);
  assert.equal(said(tell({ ...later, replies: ['x', 'y', 'z'], now: MONDAY + 2 * HOUR })), '1 hear back');
});

test('replies that wait are quiet off hours, off duty, when silenced or when it shall be quiet; a digest counts them', () => {
  const replies = ['x'];
  const quiet: readonly Moment[] = [
    { now: MONDAY + 9 * HOUR },
    { now: MONDAY + 7 * DAY + HOUR },
    { level: 'quiet' },
    { silenced: new Set(['hearBack']) },
  ];
  for (const over of quiet) assert.equal(tell({ replies, ...over }), undefined);
  assert.equal(said(tell({ level: 'digest', replies })), '0 waiting, 0 late, 0 unchecked, 1 hear back');
  assert.equal(said(tell({ level: 'digest', replies, silenced: new Set(['hearBack']) })), undefined);
});

test('a place where reporters cannot be told is said once, with what else there is; a digest counts it', () => {
  const unheard = ['x'];
  const first = tell({ unheard, replies: ['a'] });
  assert.equal(said(first), '1 hear back, 1 unheard');
  const later = { said: first?.said ?? NOTHING_SAID, now: MONDAY + 2 * HOUR };
  assert.equal(tell({ ...later, unheard }), undefined);
  assert.equal(said(tell({ ...later, unheard: ['x', 'y'] })), '1 unheard');
  assert.equal(tell({ unheard, silenced: new Set(['hearBack']) }), undefined);
  assert.equal(said(tell({ level: 'digest', unheard })), '0 waiting, 0 late, 0 unchecked, 1 unheard');
});

test('the digest comes at the start of the working day and after its middle, once each', () => {
  const heard: string[] = [];
  let so: Said = NOTHING_SAID;
  for (let minute = -60; minute < 26 * 60; minute += 1) {
    const telling = tell({
      level: 'digest',
      waiting: 3,
      unchecked: 2,
      calls: EACH,
      said: so,
      now: MONDAY + minute * MINUTE,
    });
    so = telling?.said ?? so;
    if (telling?.notice !== undefined) heard.push(`${minute / 60} ${said(telling)}`);
  }
  const text = '3 waiting, 0 late, 2 unchecked';

  assert.deepEqual(heard, [`0 ${text}`, `4 ${text}`, `24 ${text}`]);
});

test('a digest with nothing in it is not said, and its half day is over', () => {
  const telling = tell({ level: 'digest' });
  assert.equal(telling?.notice, undefined);
  assert.equal(tell({ level: 'digest', waiting: 4, said: telling?.said ?? NOTHING_SAID }), undefined);
});

test('whatever calls and whenever it is looked at, nothing is said twice, and nothing off hours', () => {
  const kinds = fc.uniqueArray(fc.constantFrom(...CALL_KINDS), { minLength: 1 });
  const calls = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), kinds), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(400), calls), { maxLength: 30 }), (looks) => {
      const heard: string[] = [];
      let [so, now] = [NOTHING_SAID, MONDAY - 3 * HOUR];
      for (const [minutes, calling] of looks) {
        now += minutes * MINUTE;
        const telling = tell({ calls: calling.map(([id, of]) => call(id, ...of)), said: so, now });
        so = telling?.said ?? so;
        const notice = telling?.notice;
        if (notice === undefined) continue;
        assert.ok(duty.working.some(({ from, to }) => from <= now && now < to) && now < MONDAY + 7 * DAY);
        if (notice.type === 'calls')
          for (const part of notice.parts) heard.push(...new Set(part.calls.map(({ id }) => `${part.kind} ${id}`)));
      }
      assert.equal(new Set(heard).size, heard.length);
    }),
  );
});
