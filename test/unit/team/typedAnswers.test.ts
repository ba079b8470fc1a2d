import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseChannels, parseLabel, parsePeople, parseTargets, parseTeam } from '../../../src/team/typedAnswers.ts';

test('a team without a zone is in the zone of who sets it up', () => {
  assert.deepEqual(parseTeam('Integrations, Europe/Berlin', 'UTC'), {
    team: 'Integrations',
    timeZone: 'Europe/Berlin',
  });
  assert.deepEqual(parseTeam(' Integrations ', 'Asia/Tokyo'), { team: 'Integrations', timeZone: 'Asia/Tokyo' });
});

test('people are names in order, with what is known of their accounts', () => {
  assert.deepEqual(parsePeople('Noor (noor-sample, U02NOO), Kai (kai-sample), Mika,, '), [
    { name: 'Noor', github: 'noor-sample', slack: 'U02NOO' },
    { name: 'Kai', github: 'kai-sample', slack: undefined },
    { name: 'Mika', github: undefined, slack: undefined },
  ]);
  assert.deepEqual(parsePeople(' , '), []);
});

for (const [typed, label] of [
  ['team/integrations in acme/app, acme/docs', { name: 'team/integrations', repositories: ['acme/app', 'acme/docs'] }],
  ['good first issue in acme/app', { name: 'good first issue', repositories: ['acme/app'] }],
  ['team/integrations', undefined],
  ['team/integrations in app', undefined],
  ['', undefined],
] as const)
  test(`the label answer “${typed}”`, () => assert.deepEqual(parseLabel(typed), label));

test('channels and targets may have their sign', () => {
  assert.deepEqual(parseChannels('#integrations, feedback-dogfood '), ['integrations', 'feedback-dogfood']);
  assert.deepEqual(parseTargets('#integrations-internal acme/app'), ['acme/app', 'integrations-internal']);
  assert.deepEqual(parseTargets(''), [undefined, undefined]);
});
