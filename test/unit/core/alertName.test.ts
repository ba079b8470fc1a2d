import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { alertName, alertNamesIn, oneAlert } from '../../../src/core/alertName.ts';
import { linkSignals } from '../../../src/core/linking.ts';
import { signal } from '../../support/build.ts';

const LABELS = new Map([
  ['alertname', 'DeliveriesFail'],
  ['instance', 'hook-1:9100'],
  ['note', 'a "quoted", {strange} \\ one'],
]);
const NAME = alertName(LABELS) ?? '';

function silenceLink(labels: ReadonlyMap<string, string>): string {
  const matchers = Array.from(labels, ([name, value]) => `${name}="${value.replace(/["\\]/gu, '\\$&')}"`).join(',');
  return `https://alerts.example/#/silences/new?filter=${encodeURIComponent(`{${matchers}}`)}`;
}

test('the order of labels makes no other alert, and any label does', () => {
  assert.equal(alertName(new Map([...LABELS].reverse())), NAME);
  assert.notEqual(alertName(new Map([...LABELS, ['pod', 'a']])), NAME);
  assert.equal(alertName(new Map()), undefined);
});

test('a link to silence an alert and a list of its labels name it', () => {
  assert.deepEqual(alertNamesIn(`[FIRING:1] DeliveriesFail\n<${silenceLink(LABELS)}|Silence>`), [NAME]);
  const list = Array.from(LABELS, ([name, value]) => ` - ${name} = ${value}`).join('\n');
  assert.deepEqual(alertNamesIn(`*Labels:*\n${list}\nAnnotations:\n - summary = no label`), [NAME]);
});

test('what is not the whole of one alert’s labels names none', () => {
  for (const text of [
    'https://alerts.example/#/alerts?receiver=team',
    'https://alerts.example/#/silences/new?filter=%7Balertname%3D~%22Deliveries.*%22%7D',
    'https://alerts.example/#/silences/new?filter=%7Balertname%3D%22a%22%2Cpod%21%3D%22b%22%7D',
    'https://alerts.example/#/silences/new?filter=%7B',
    'https://alerts.example/#/silences/new?filter=%E0%A4',
    ' - alertname = DeliveriesFail',
  ])
    assert.deepEqual(alertNamesIn(text), [], text);
  const two = alertNamesIn(`${silenceLink(LABELS)} ${silenceLink(new Map([['alertname', 'Other']]))}`);
  assert.equal(two.length, 1);
  assert.notEqual(two[0], NAME);
});

test('a Slack message and its alert are one item; one that tells of several alerts stays alone, also later', () => {
  const alert = signal({ id: 'alertmanager:a', names: [NAME] });
  const other = signal({ id: 'alertmanager:b', names: [alertName(new Map([['alertname', 'Other']])) ?? ''] });
  const message = (mentions: readonly string[]) => signal({ id: 'slack:C1:1.0', kind: 'alert', mentions });
  const sizes = (mentions: readonly string[]) =>
    linkSignals([alert, other, message(mentions)]).map(({ signals }) => signals.length);
  assert.deepEqual(sizes(alertNamesIn(silenceLink(LABELS))), [2, 1]);
  const several = oneAlert([NAME, ...other.names, 'https://a.example/x']);
  assert.deepEqual(sizes(several), [1, 1, 1]);
  assert.ok(several.includes('https://a.example/x'));
  assert.deepEqual(sizes(oneAlert([...several, NAME])), [1, 1, 1]);
});

test('whatever the labels are, the link names the alert; hostile texts take no time', () => {
  const label = fc.tuple(
    fc.stringMatching(/^[a-z_]{1,8}$/u),
    fc.string({ maxLength: 12 }).filter((one) => !one.includes('\n')),
  );
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (pairs) => {
      const labels = new Map(pairs);
      assert.deepEqual(alertNamesIn(silenceLink(labels)), [alertName(labels)]);
    }),
  );
  for (const part of ['https://a#/alerts?', 'https://', 'Labels:\n', ' - a = b\n', '#/silences/new?filter={a="'])
    assert.ok(alertNamesIn(part.repeat(200_000 / part.length)).length <= 1);
});
