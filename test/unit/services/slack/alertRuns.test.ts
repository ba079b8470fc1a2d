import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Signal } from '../../../../src/core/signal.ts';
import { alertRuns, readAlertLine } from '../../../../src/services/slack/alertRuns.ts';
import { signal } from '../../../support/build.ts';
import { assertGrowsEvenly } from '../../../support/growth.ts';

const NAME = 'https://acme.slack.example/archives/c1/p';

/** A bot's message in `#alerts`, `at` seconds after the first. */
function said(at: number, title: string, over: Partial<Signal> = {}): Signal {
  const seconds = 1_700_000_000 + at;
  return signal({
    id: `slack:C1:${String(seconds)}.000100`,
    service: 'slack',
    source: 'slack',
    kind: 'alert',
    title,
    startedAt: seconds * 1000,
    updatedAt: seconds * 1000,
    names: [nameOf(at)],
    ...over,
  });
}

function nameOf(at: number): string {
  return `${NAME}${String(1_700_000_000 + at)}000100`;
}

/** As `first +last ×count state`. */
function told(signals: readonly Signal[]): readonly string[] {
  return signals.map(({ id, updatedAt, count, state }) => {
    const first = Number(id.split(':')[2]) - 1_700_000_000;
    return `${String(Math.floor(first))} +${String(updatedAt / 1000 - 1_700_000_000)} ×${String(count)} ${state}`;
  });
}

test('the first line of a bot tells the state and the name of an alert', () => {
  const cases: readonly [string, string | undefined][] = [
    ['[FIRING:2] SyncErrorRate', 'firing SyncErrorRate'],
    ['[FIRING] Disk full', 'firing Disk full'],
    ['[firing:12]  Disk full ', 'firing Disk full'],
    ['[RESOLVED] SyncErrorRate', 'resolved SyncErrorRate'],
    ['[FIRING:1] InstanceDown prod (db1:9100 critical)', 'firing InstanceDown prod'],
    ['[RESOLVED] (only labels)', 'resolved (only labels)'],
    ['✅ Resolved: Disk full', 'resolved Disk full'],
    ['🔴 Firing: Disk full', 'firing Disk full'],
    [':white_check_mark: Resolved: Disk full', 'resolved Disk full'],
    [':fire: [FIRING:1] Disk full', 'firing Disk full'],
    ['⚠️ Firing – Disk full', 'firing Disk full'],
    ['Firing - Disk full', 'firing Disk full'],
    ['TRIGGERED: Queue: lag', 'firing Queue: lag'],
    ['[Alerting] CPU', 'firing CPU'],
    ['Recovered: CPU', 'resolved CPU'],
    ['Resolved by Kai', undefined],
    ['Firing squad', undefined],
    ['Resolved-ish: x', undefined],
    ['[FIRING:1]', undefined],
    ['[FIRING:1] ', undefined],
    ['New answer: Firing: x', undefined],
    ['Deployed [RESOLVED] x', undefined],
    ['', undefined],
  ];
  for (const [line, expected] of cases) {
    const read = readAlertLine(line);
    assert.equal(read && `${read.state} ${read.name}`, expected, line);
  }
});

test('any line is read, and no line for long', () => {
  const hostile: readonly ((length: number) => string)[] = [
    (length) => ':a'.repeat(length / 2),
    (length) => `${':a:'.repeat(length / 3)}x`,
    (length) => '('.repeat(length),
    (length) => `[FIRING] ${' ('.repeat(length / 2)}`,
  ];
  for (const line of hostile) assertGrowsEvenly((length) => readAlertLine(line(length)), 40_000);
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (line) => void readAlertLine(line)));
});

test('what fires again is one matter since it was last resolved', () => {
  const fires = '[FIRING:1] Disk';
  const resolved = '[RESOLVED] Disk';
  const cases: readonly [string, readonly Signal[], readonly string[]][] = [
    ['one', [said(0, fires)], ['0 +0 ×1 open']],
    ['again', [said(0, fires), said(10, fires), said(20, '🔴 Firing: disk')], ['0 +20 ×3 open']],
    ['resolved', [said(0, fires), said(10, fires), said(20, resolved)], ['0 +20 ×2 closed']],
    ['anew', [said(0, fires), said(10, resolved), said(20, fires)], ['0 +10 ×1 closed', '20 +20 ×1 open']],
    ['resolved twice', [said(0, fires), said(10, resolved), said(20, resolved)], ['0 +20 ×1 closed']],
    ['only resolved', [said(0, resolved)], []],
    ['resolved, then fires', [said(0, resolved), said(10, fires)], ['10 +10 ×1 open']],
    ['in any order', [said(20, resolved), said(0, fires), said(10, fires)], ['0 +20 ×2 closed']],
    ['two alerts', [said(0, fires), said(1, '[FIRING:1] CPU'), said(2, resolved)], ['0 +2 ×1 closed', '1 +1 ×1 open']],
    ['other words', [said(0, 'Deployed'), said(1, 'Deployed')], ['0 +0 ×1 open', '1 +1 ×1 open']],
    [
      'a person',
      [said(0, fires, { kind: 'thread' }), said(1, resolved, { kind: 'thread' })],
      ['0 +0 ×1 open', '1 +1 ×1 open'],
    ],
  ];
  for (const [name, messages, expected] of cases) assert.deepEqual(told(alertRuns(messages, [])), expected, name);
});

test('the same name in another channel is another matter', () => {
  const there = said(5, '[RESOLVED] Disk', { id: 'slack:C2:1700000005.000100', names: [] });
  assert.deepEqual(told(alertRuns([said(0, '[FIRING:1] Disk'), there], [])), ['0 +0 ×1 open']);
});

test('a run has the names, the threads, the people and the takers of all its messages', () => {
  const voice = (id: string, at: number) => ({ id, name: id, firstAt: at, lastAt: at });
  const [run] = alertRuns(
    [
      said(0, '[FIRING:1] Disk', { replies: 1, voices: [voice('kai', 3)], mentions: ['https://a.example'] }),
      said(10, '[FIRING:2] Disk', {
        replies: 2,
        voices: [voice('mika', 11), voice('kai', 15)],
        takenBy: ['U2'],
        mentions: ['https://a.example', 'https://b.example'],
        markers: ['github:acme/app#1'],
        updatedAt: 1_700_000_015_000,
      }),
      said(20, '[FIRING:1] Disk', { takenBy: ['U1', 'U2'] }),
    ],
    [],
  );
  assert.deepEqual(run?.names, [nameOf(0), nameOf(10), nameOf(20)]);
  assert.deepEqual([run.replies, run.count, run.title], [3, 3, '[FIRING:1] Disk']);
  assert.deepEqual(run.voices, [{ ...voice('kai', 3), lastAt: 15 }, voice('mika', 11)]);
  assert.deepEqual(run.takenBy, ['U1', 'U2']);
  assert.deepEqual(run.mentions, ['https://a.example', 'https://b.example']);
  assert.deepEqual(run.markers, ['github:acme/app#1']);
});

test('a run whose beginning was not read goes on as what it was, and a second look changes nothing', () => {
  const fires = '[FIRING:1] Disk';
  const all = [said(0, fires), said(10, fires), said(20, fires), said(30, fires)];
  const before = alertRuns(all.slice(0, 3), []);
  const after = alertRuns(all.slice(2), before);
  assert.deepEqual(told(after), ['0 +30 ×4 open']);
  assert.deepEqual(after, alertRuns(all, []));
  assert.deepEqual(alertRuns(all.slice(2), after), after);
  const closed = alertRuns([said(40, '[RESOLVED] Disk')], after);
  assert.deepEqual(told(closed), ['0 +40 ×4 closed']);
  assert.deepEqual(told(alertRuns([said(40, '[RESOLVED] Disk')], closed)), ['0 +40 ×4 closed']);
  // What fires after that is a matter of its own.
  assert.deepEqual(told(alertRuns([said(50, fires)], closed)), ['50 +50 ×1 open']);
});

test('every firing message counts once, whatever was read of the past', () => {
  const title = fc.constantFrom('[FIRING:1] Disk', '[RESOLVED] Disk', '🔴 Firing: CPU', 'Deployed');
  fc.assert(
    fc.property(fc.array(title, { maxLength: 30 }), (titles) => {
      const messages = titles.map((text, index) => said(index * 10, text));
      const runs = alertRuns(messages, []);
      const firing = titles.filter((text) => !text.includes('RESOLVED')).length;
      assert.equal(
        runs.reduce((sum, { count }) => sum + count, 0),
        firing,
      );
      // At most one of a name is open.
      const open = runs.filter(({ state, title: text }) => state === 'open' && text !== 'Deployed');
      assert.equal(new Set(open.map((run) => run.title)).size, open.length);
      assert.deepEqual(alertRuns(messages.toReversed(), []).toSorted(byId), runs.toSorted(byId));
    }),
  );
});

function byId(a: Signal, b: Signal): number {
  return a.id < b.id ? -1 : 1;
}
