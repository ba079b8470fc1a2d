import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coveredBy, silence, silenceable } from '../../../src/actions/silence.ts';
import type { Item } from '../../../src/core/item.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { signal } from '../../support/build.ts';

const URL = 'http://127.0.0.1:9093';
const SAID = { endsAt: 9000, createdBy: 'Noor', comment: 'The provider is at it.', id: 'p', now: 1000 };

function alert(id: string, labels: readonly string[], over: Partial<Signal> = {}): Signal {
  return signal({
    id: `alertmanager:${id}`,
    service: 'alertmanager',
    source: `alertmanager:${URL}`,
    kind: 'alert',
    labels,
    ...over,
  });
}

function itemOf(...signals: readonly [Signal, ...Signal[]]): Item {
  return { id: signals[0].id, signals };
}

function stepsOf(item: Item) {
  return (silence({ item, ...SAID })?.steps ?? []).filter((step) => step.type === 'silence');
}

test('each firing alert is silenced by all of its labels, for a time, with a comment that is found again', () => {
  const item = itemOf(alert('a', ['alertname:QueueLag', 'team:integrations']), alert('b', ['alertname:Slow:er']));
  const [first, second] = stepsOf(item);
  assert.equal(first?.url, URL);
  assert.deepEqual(first?.matchers, [
    { name: 'alertname', value: 'QueueLag', isRegex: false, isEqual: true },
    { name: 'team', value: 'integrations', isRegex: false, isEqual: true },
  ]);
  assert.equal(first?.endsAt, 9000);
  assert.ok(first?.comment.startsWith('The provider is at it.\n\n') && first.comment.includes(first.marker));
  assert.equal(second?.matchers[0]?.value, 'Slow:er', 'the value may hold a colon');
  assert.notEqual(first?.marker, second?.marker);
});

test('what is over, silenced already or of another service is left out; with nothing left there is no proposal', () => {
  const item = itemOf(alert('a', ['x:1'], { state: 'quiet' }), alert('b', ['x:1'], { state: 'closed' }), signal());
  assert.deepEqual(silenceable(item), []);
  assert.equal(silence({ item, ...SAID }), undefined);
});

test('a silence holds the firing alerts that have all of its labels, of that Alertmanager alone', () => {
  const own = alert('a', ['alertname:QueueLag', 'team:integrations']);
  const [step] = stepsOf(itemOf(own));
  assert.ok(step !== undefined);
  const others = [
    own,
    alert('more', ['alertname:QueueLag', 'team:integrations', 'instance:q2']),
    alert('other', ['alertname:Disk', 'team:integrations']),
    alert('less', ['alertname:QueueLag']),
    alert('quiet', ['alertname:QueueLag', 'team:integrations'], { state: 'quiet' }),
    alert('there', ['alertname:QueueLag', 'team:integrations'], { source: 'alertmanager:http://127.0.0.1:9094' }),
    signal({ labels: ['alertname:QueueLag', 'team:integrations'] }),
  ];
  assert.equal(coveredBy(step, others), 2);
});

test('of a label that was cut the beginning counts, whatever it would mean in a pattern', () => {
  const own = alert('a', ['summary:a+b (c) is [slow…']);
  const [step] = stepsOf(itemOf(own));
  assert.ok(step !== undefined);
  const [matcher] = step.matchers;
  assert.ok(matcher?.isRegex);
  assert.match('a+b (c) is [slow, and more', new RegExp(`^(?:${matcher.value})$`, 'u'));
  assert.equal(
    coveredBy(step, [own, alert('b', ['summary:a+b (c) is [slow as ever']), alert('c', ['summary:aab'])]),
    2,
  );
});
