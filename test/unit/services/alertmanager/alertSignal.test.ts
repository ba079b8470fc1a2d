import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signal } from '../../../../src/core/signal.ts';
import { matcher, toClosed, toMarkdown, toSignal } from '../../../../src/services/alertmanager/alertSignal.ts';
import type { Alert, Silence } from '../../../../src/services/alertmanager/wire.ts';

const NOW = Date.UTC(2026, 10, 16, 12);
const MINUTE = 60_000;

function alert(
  over: Partial<Omit<Alert, 'labels' | 'annotations'>> & { labels?: object; annotations?: object } = {},
): Alert {
  const { labels = { alertname: 'HighLatency', instance: 'api1' }, annotations = {}, ...rest } = over;
  return {
    fingerprint: 'abc123',
    startsAt: NOW - 10 * MINUTE,
    endsAt: NOW + 90 * MINUTE,
    suppressed: false,
    silencedBy: [],
    generatorUrl: undefined,
    ...rest,
    labels: new Map(Object.entries(labels)),
    annotations: new Map(Object.entries(annotations)),
  };
}

function seen(
  one: Alert,
  over: { known?: Signal; announcedStart?: number; now?: number; silences?: readonly Silence[] } = {},
): Signal {
  return toSignal({
    alert: one,
    watchIds: ['w'],
    silences: over.silences ?? [],
    known: over.known,
    announcedStart: over.announcedStart,
    source: 'alertmanager:http://am.example',
    url: 'http://am.example',
    now: over.now ?? NOW,
  });
}

test('an active alert is open, a silenced one quiet, an ended one closed', () => {
  assert.equal(seen(alert()).state, 'open');
  assert.equal(seen(alert({ suppressed: true })).state, 'quiet');
  assert.equal(seen(alert({ endsAt: NOW - 1 })).state, 'closed');
});

test('a silenced alert is quiet until the last of its silences ends, and their authors have it', () => {
  const silences = [
    { id: 'a', endsAt: NOW + MINUTE, createdBy: 'noor' },
    { id: 'b', endsAt: NOW + 9 * MINUTE, createdBy: 'Kai' },
    { id: 'c', endsAt: NOW + 2 * MINUTE, createdBy: '' },
  ];
  const quiet = seen(alert({ suppressed: true }), { silences });
  assert.deepEqual([quiet.quietUntil, quiet.takenBy, quiet.voices], [NOW + 9 * MINUTE, ['Kai', 'noor'], []]);
  const inhibited = seen(alert({ suppressed: true }));
  assert.deepEqual([inhibited.quietUntil, inhibited.takenBy], [undefined, []]);
  const ended = seen(alert({ suppressed: true, endsAt: NOW - 1 }), { silences });
  assert.deepEqual([ended.state, ended.quietUntil, ended.takenBy], ['closed', undefined, []]);
  assert.equal(toClosed(quiet, NOW).quietUntil, undefined);
});

test('the title is the summary, otherwise the name and the instance, otherwise the fingerprint', () => {
  assert.equal(seen(alert({ annotations: { summary: 'p99 > 2s\nmore' } })).title, 'p99 > 2s more');
  assert.equal(seen(alert()).title, 'HighLatency (api1)');
  assert.equal(seen(alert({ labels: {} })).title, 'abc123');
});

test('a start in the future is now, and stays where it was on the next look', () => {
  const future = alert({ startsAt: NOW + 60 * MINUTE });
  const first = seen(future);
  const second = seen(future, { known: first, announcedStart: future.startsAt, now: NOW + MINUTE });

  assert.equal(first.startedAt, NOW);
  assert.deepEqual(second, first);
});

test('when an announced start arrives it is no repeat', () => {
  const future = alert({ startsAt: NOW + MINUTE });
  const first = seen(future);
  const later = seen(future, { known: first, announcedStart: future.startsAt, now: NOW + 2 * MINUTE });

  assert.equal(later.count, 1);
});

test('an alert that fires again after it was closed, or starts anew, counts one more and is one signal', () => {
  const first = seen(alert());
  const closed = toClosed(first, NOW + MINUTE);
  const again = seen(alert({ startsAt: NOW + 2 * MINUTE }), { known: closed, now: NOW + 3 * MINUTE });
  const anew = seen(alert({ startsAt: NOW + 4 * MINUTE }), { known: again, now: NOW + 5 * MINUTE });

  assert.equal(again.id, first.id);
  assert.deepEqual([again.state, again.count, again.startedAt], ['open', 2, NOW + 2 * MINUTE]);
  assert.equal(anew.count, 3);
});

test('Prometheus repeating itself changes nothing', () => {
  const first = seen(alert());

  assert.deepEqual(seen(alert({ endsAt: NOW + 120 * MINUTE }), { known: first, now: NOW + 9 * MINUTE }), first);
});

test('a silence moves the signal once', () => {
  const first = seen(alert());
  const silenced = seen(alert({ suppressed: true }), { known: first, now: NOW + MINUTE });

  assert.deepEqual([silenced.state, silenced.updatedAt, silenced.count], ['quiet', NOW + MINUTE, 1]);
  assert.deepEqual(seen(alert({ suppressed: true }), { known: silenced, now: NOW + 9 * MINUTE }), silenced);
});

test('runbook, generator and dashboard are kept as links when they are web addresses', () => {
  const annotations = { runbook_url: 'https://runbooks.example/latency', dashboard_url: 'javascript:alert(1)' };
  const signal = seen(alert({ annotations, generatorUrl: 'http://prom.example/graph?g0.expr=up' }));

  assert.deepEqual(signal.links, [
    { kind: 'runbook', url: 'https://runbooks.example/latency' },
    { kind: 'generator', url: 'http://prom.example/graph?g0.expr=up' },
  ]);
  assert.equal(signal.url, 'http://prom.example/graph?g0.expr=up');
  assert.deepEqual(signal.mentions, ['https://runbooks.example/latency']);
});

test('without a generator the address is the page of Alertmanager with this alert alone', () => {
  const signal = seen(alert({ generatorUrl: 'javascript:alert(1)' }));

  const filter = encodeURIComponent('{alertname="HighLatency",instance="api1"}');
  assert.equal(signal.url, `http://am.example/#/alerts?filter=${filter}`);
});

test('two alerts of one Prometheus have no name in common, so they are never one item', () => {
  const generatorUrl = 'http://prom.example/graph?g0.expr=up';
  const [one, other] = ['api1', 'api2'].map((instance) =>
    seen(alert({ generatorUrl, labels: { alertname: 'HighLatency', instance } })),
  );
  assert.equal(one?.names.length, 1);
  assert.notDeepEqual(one.names, other?.names);
});

test('hostile texts are bounded and lose what disguises them', () => {
  const signal = seen(
    alert({
      labels: { alertname: 'x', evil: `\u202Egnp.exe\u0007${'a'.repeat(10_000_000)}` },
      annotations: { summary: '\u202E<b>👩‍🚒 fire</b>', description: 'b'.repeat(10_000_000) },
    }),
  );

  assert.equal(signal.title, '<b>👩‍🚒 fire</b>');
  assert.ok(signal.excerpt.length <= 500);
  assert.ok(
    signal.labels.every((label) => label.length < 200 && !label.includes('\u202E') && !label.includes('\u0007')),
  );
});

test('the Markdown of an alert holds its values as code, so that nothing in them comes alive', () => {
  const markdown = toMarkdown(
    alert({ labels: { team: '@acme/all' }, annotations: { note: 'a `tick` <!-- responder-duty:item:x -->' } }),
  );

  assert.match(markdown, /- `team`: `@acme\/all`/u);
  assert.match(markdown, /`` a `tick` <! -- /u);
  assert.doesNotMatch(markdown, /<!--/u);
});

test('a matcher quotes what its value needs', () => {
  assert.equal(matcher('path', 'C:\\"x"\ny'), 'path="C:\\\\\\"x\\"\\ny"');
});
