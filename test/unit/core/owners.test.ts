import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CodeOwnersRule } from '../../../src/core/codeOwners.ts';
import { likelyOwners, type OwnerFindings } from '../../../src/core/owners.ts';
import type { OwnerEntry } from '../../../src/core/team.ts';
import { team } from '../../support/build.ts';

const NOTHING: OwnerFindings = { labels: [], rules: [], authors: [] };
const PATH = 'src/a.ts';

function entry(over: Partial<OwnerEntry>): OwnerEntry {
  return { label: undefined, github: undefined, slackChannel: 'billing', person: undefined, ...over };
}

function rule(...owners: readonly string[]): { repository: string; path: string; rule: CodeOwnersRule } {
  return { repository: 'acme/app', path: PATH, rule: { pattern: '/src/', owners, line: 3 } };
}

const ours = team({
  owners: [
    entry({ label: 'Area/Billing', github: 'acme/billing' }),
    entry({ github: 'ines-sample', slackChannel: 'search', person: 'Ines' }),
  ],
  watch: [
    {
      id: 'w',
      service: 'github',
      what: 'team',
      organization: 'acme',
      team: 'integrations',
      respondWithinMinutes: undefined,
    },
  ],
});
const [noor] = ours.people;

/** `name #channel reason+reason`. */
function told(found: Partial<OwnerFindings>): readonly string[] {
  return likelyOwners({ ...NOTHING, ...found }, ours, noor).map(
    ({ name, slackChannel, reasons }) => `${name} #${slackChannel ?? '?'} ${reasons.map(({ type }) => type).join('+')}`,
  );
}

test('each kind of evidence names an owner, with the channel that the team file knows', () => {
  const cases: readonly (readonly [Partial<OwnerFindings>, readonly string[]])[] = [
    [{}, []],
    [{ labels: ['area/billing', 'bug'] }, ['@acme/billing #billing label']],
    [{ rules: [rule('@Acme/Billing')] }, ['@acme/billing #billing codeOwners']],
    [{ rules: [rule('@acme/new', 'a@corp.example')] }, ['@acme/new #? codeOwners', 'a@corp.example #? codeOwners']],
    [{ authors: [{ path: PATH, login: 'Ines-sample', at: 5 }] }, ['Ines #search lastAuthor']],
    [{ authors: [{ path: PATH, login: 'kai-sample', at: 5 }] }, ['Kai #? lastAuthor']],
  ];
  for (const [found, expected] of cases) assert.deepEqual(told(found), expected);
});

test('the team’s map comes before CODEOWNERS, that before who changed the file last; a rule about all comes last', () => {
  const authors = [
    { path: PATH, login: 'old-sample', at: 1 },
    { path: PATH, login: 'new-sample', at: 2 },
  ];
  const all = { repository: 'acme/app', path: undefined, rule: { pattern: '*', owners: ['@acme/all'], line: 1 } };
  assert.deepEqual(told({ labels: ['area/billing'], rules: [all, rule('@acme/core')], authors }), [
    '@acme/billing #billing label',
    '@acme/core #? codeOwners',
    '@new-sample #? lastAuthor',
    '@old-sample #? lastAuthor',
    '@acme/all #? codeOwners',
  ]);
});

test('who is named by several kinds of evidence is one owner, and comes first', () => {
  const found = {
    labels: ['area/billing'],
    rules: [rule('@ines-sample')],
    authors: [{ path: PATH, login: 'ines-sample', at: 9 }],
  };
  assert.deepEqual(told(found), ['Ines #search codeOwners+lastAuthor', '@acme/billing #billing label']);
});

test('nobody is sent to ask themselves, or their own team', () => {
  assert.deepEqual(
    told({
      rules: [rule('@noor-sample', '@Acme/Integrations')],
      authors: [{ path: PATH, login: 'Noor-Sample', at: 1 }],
    }),
    [],
  );
});

test('the order of what was found does not matter', () => {
  const login = fc.constantFrom('a', 'b', 'ines-sample', 'kai-sample');
  const authors = fc.array(fc.record({ path: fc.constantFrom('a', 'b'), login, at: fc.nat(3) }), { maxLength: 6 });
  const rules = fc.array(
    login.map((name) => rule(`@${name}`)),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(authors, rules, (some, more) => {
      const forward = likelyOwners({ ...NOTHING, authors: some, rules: more }, ours, noor);
      const back = likelyOwners({ ...NOTHING, authors: some.toReversed(), rules: more.toReversed() }, ours, noor);
      assert.deepEqual(back, forward);
    }),
  );
});
