import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isChannel,
  isLogin,
  isRepository,
  isSlackUser,
  isTimeZone,
  isWallTime,
  nearestWord,
} from '../../../src/team/words.ts';

test('words of the outside are known by their form', () => {
  const cases: readonly [(text: string) => boolean, readonly string[], readonly string[]][] = [
    [
      isTimeZone,
      ['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'],
      ['', 'Europe', '+01:00', 'Mars/Base', 'Europe/Berlin ', '../etc'],
    ],
    [
      isRepository,
      ['acme/app', 'a/b', 'acme/.github', 'a-b/c_d.e', 'noor_acme/app'],
      [
        'acme',
        'acme/',
        '/app',
        'acme/..',
        'acme/a/b',
        '-a/b',
        'a-/b',
        '../..',
        'a/b c',
        'a b/c',
        'a/b#1',
        'https://x.example/a/b',
      ],
    ],
    [isChannel, ['integrations', '#integrations', 'büro', '日本'], ['', '#', 'Two Words', 'UPPER', '##a', 'a.b']],
    [isLogin, ['noor-sample', 'a', 'noor_acme'], ['-a', 'a-', 'a--b', 'a b', '@a', '']],
    [isSlackUser, ['U02NOO', 'W012A3CDE'], ['u02noo', 'C02NOO', '@noor', 'U1']],
    [
      isWallTime,
      ['2026-11-16', '2026-11-16T09:00', '2026-11-16 23:59', '2026-11-16T09:00:30'],
      ['2026-02-30', '2026-11-16T24:30', '2026-11-16T09:00:61', '16.11.2026', '2026-11-16T09:00Z', '0000-01-01'],
    ],
  ];
  for (const [isRight, right, wrong] of cases) {
    for (const text of right) assert.equal(isRight(text), true, `${isRight.name} ${text}`);
    for (const text of wrong) assert.equal(isRight(text), false, `${isRight.name} ${text}`);
  }
});

test('the nearest word is suggested only when it is near', () => {
  const known = ['timezone', 'watch', 'people', 'in'];
  const cases: readonly [string, string | undefined][] = [
    ['timeZone', 'timezone'],
    ['tiemzone', 'timezone'],
    ['wach', 'watch'],
    ['persons', undefined],
    ['x', undefined],
    ['y'.repeat(1_000_000), undefined],
  ];
  for (const [text, expected] of cases) assert.equal(nearestWord(text, known), expected, text.slice(0, 20));
});
