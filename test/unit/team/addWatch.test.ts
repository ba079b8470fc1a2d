import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addToWatch, channelEntries } from '../../../src/team/addWatch.ts';
import { parseTeamFile } from '../../../src/team/teamFile.ts';
import { writeTeamFile } from '../../../src/team/teamFileText.ts';

const ENTRIES = channelEntries(['dev-infra']);

function added(text: string, entries = ENTRIES): string | undefined {
  const insert = addToWatch(text, entries);
  return insert && text.slice(0, insert.offset) + insert.text + text.slice(insert.offset);
}

const LINE = '- { slack: channel, name: dev-infra }';

const rows: readonly [string, string, string | undefined][] = [
  [
    'behind the last entry',
    'team: X\nwatch:\n  - { github: notifications }\n\ntimebox: { limit: 2h }\n',
    `team: X\nwatch:\n  - { github: notifications }\n  ${LINE}\n\ntimebox: { limit: 2h }\n`,
  ],
  [
    'a comment stays on its line',
    'watch:\n  - { github: notifications } # mine\n  # more\ntimebox: { limit: 2h }\n',
    `watch:\n  - { github: notifications } # mine\n  ${LINE}\n  # more\ntimebox: { limit: 2h }\n`,
  ],
  [
    'as deep as the others',
    'watch:\n- github: notifications\n- slack: channel\n  name: a\nteam: X',
    `watch:\n- github: notifications\n- slack: channel\n  name: a\n${LINE}\nteam: X`,
  ],
  [
    'at the very end',
    'watch:\n    - { github: notifications }',
    `watch:\n    - { github: notifications }\n    ${LINE}`,
  ],
  [
    'with the line ends of the file',
    'watch:\r\n  - { github: notifications }\r\nteam: X\r\n',
    `watch:\r\n  - { github: notifications }\r\n  ${LINE}\r\nteam: X\r\n`,
  ],
  ['a list of its own where there is none', 'team: X\n', `team: X\nwatch:\n  ${LINE}\n`],
  ['the same, without a last line end', 'team: X', `team: X\nwatch:\n  ${LINE}\n`],
  ['not into brackets', 'watch: [{ github: notifications }]\n', undefined],
  ['not where nothing is listed', 'watch:\nteam: X\n', undefined],
  ['not into an alias', 'a: &a [{ github: notifications }]\nwatch: *a\n', undefined],
  ['not into what is no group', '- a\n', undefined],
  ['not into a file with mistakes', 'watch: [\n', undefined],
];

for (const [what, text, result] of rows)
  test(`an entry comes ${what}`, () => {
    assert.equal(added(text), result);
  });

test('law: a team that was set up watches what it watched and the chosen channels', () => {
  const name = fc.stringMatching(/^[a-z0-9_][a-z0-9_-]{0,20}$/u);
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { maxLength: 3 }),
      fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
      (had, chosen) => {
        const fresh = chosen.filter((each) => !had.includes(each));
        const text = writeTeamFile({
          team: 'X',
          timeZone: 'Europe/Berlin',
          people: [{ name: 'Noor' }],
          firstShiftStarts: '2026-11-16',
          watch: { channels: had },
        });
        const watched = (of: string): readonly string[] =>
          parseTeamFile(of, { files: new Map(), now: 0 }).team?.watch.map(({ id }) => id) ?? [];
        const after = fresh.length === 0 ? text : added(text, channelEntries(fresh));
        assert.deepEqual(watched(after ?? ''), [...watched(text), ...fresh.map((each) => `slack:channel:${each}`)]);
      },
    ),
  );
});

test('law: any text has an answer', () => {
  fc.assert(fc.property(fc.string(), (text) => void added(text)));
  fc.assert(fc.property(fc.string(), (text) => void added(`watch:\n  - ${text}\n`)));
});
