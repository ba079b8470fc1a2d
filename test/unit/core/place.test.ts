import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeName, placeUrl } from '../../../src/core/place.ts';
import type { Watch } from '../../../src/core/team.ts';

const base = { respondWithinMinutes: undefined };
const alerts = (url: string, ...matchers: readonly string[]): Watch => ({
  ...base,
  id: `alertmanager:${url}:${matchers.join(',')}`,
  service: 'alertmanager',
  url,
  matchers,
});
const places: readonly Watch[] = [
  { ...base, id: 'l', service: 'github', what: 'label', label: 'team/x "y"', repositories: ['acme/app', 'acme/docs'] },
  { ...base, id: 't', service: 'github', what: 'team', organization: 'acme', team: 'integrations' },
  { ...base, id: 'n', service: 'github', what: 'notifications' },
  { ...base, id: 'c', service: 'slack', what: 'channel', channel: 'integrations', alerts: false },
  { ...base, id: 'm', service: 'slack', what: 'mention', handle: 'integrations-team' },
  alerts('http://alerts.example', 'team="x"', 'severity=~"a|b"'),
];
const addresses = {
  github: 'https://github.example',
  slack: 'https://acme.slack.example',
  channel: (name: string) => (name === 'integrations' ? 'https://acme.slack.example/archives/C1' : undefined),
};

test('a place is called what people call it, and opens where they look at it', () => {
  assert.deepEqual(
    places.map((watch) => [placeName(watch, places), placeUrl(watch, addresses)]),
    [
      [
        'team/x "y"',
        'https://github.example/search?type=issues&q=is%3Aopen+label%3A%22team%2Fx+%5C%22y%5C%22%22+repo%3Aacme%2Fapp+repo%3Aacme%2Fdocs',
      ],
      ['@acme/integrations', 'https://github.example/search?type=issues&q=is%3Aopen+team%3Aacme%2Fintegrations'],
      ['GitHub notifications', 'https://github.example/notifications'],
      ['#integrations', 'https://acme.slack.example/archives/C1'],
      ['@integrations-team', 'https://acme.slack.example'],
      ['Alertmanager', 'http://alerts.example/#/alerts?filter=%7Bteam%3D%22x%22%2Cseverity%3D~%22a%7Cb%22%7D'],
    ],
  );
});

test('several Alertmanagers are told apart by what differs', () => {
  const a = alerts('http://a.example', 'team="x"');
  const b = alerts('http://b.example', 'team="x"');
  const c = alerts('http://b.example', 'team="y"', 'severity="z"');
  const names = (all: readonly Watch[]): readonly string[] => all.map((watch) => placeName(watch, all));

  assert.deepEqual(names([a, b]), ['Alertmanager a.example', 'Alertmanager b.example']);
  assert.deepEqual(names([a, b, c]), [
    'Alertmanager a.example',
    'Alertmanager b.example {team="x"}',
    'Alertmanager b.example {team="y", severity="z"}',
  ]);
});

test('nothing is opened when nothing is known that leads there', () => {
  const unknown = { ...addresses, slack: undefined, channel: () => undefined };
  assert.deepEqual(
    places.slice(3, 5).map((watch) => placeUrl(watch, unknown)),
    [undefined, undefined],
  );
});
