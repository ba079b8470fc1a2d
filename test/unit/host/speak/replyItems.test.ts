import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Write } from '../../../../src/core/proposal.ts';
import { signal, team } from '../../../support/build.ts';
import { settle } from '../../../support/fakeClock.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { documents, person, settings } from '../../../support/vscodeStub.ts';
import { alert, desk, issue, itemOf, saidBy, thread } from './speakDesk.ts';

fakeVscode();
const { approve } = await import('../../../../src/host/gate/gate.ts');
const { replyItems } = await import('../../../../src/host/speak/replyItems.ts');
const { postStatusUpdate } = await import('../../../../src/host/speak/statusUpdate.ts');

const snippets = [
  { name: 'On it', text: 'Thanks, ${author}: ${owner} looks into it.' },
  { name: 'Planned', text: 'We planned it as ${issue}.' },
];
const withSnippets = { team: team({ snippets }) };
const joined = itemOf(thread.signals[0], issue.signals[0]);

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
  documents.length = 0;
  settings.clear();
});

test('a snippet is filled in, shown, and sent when it is approved', async (t) => {
  const { ports, sent, shown } = desk(t, withSnippets);
  person.answers.push('On it', 'Reply');
  await replyItems([issue], ports);
  assert.deepEqual(sent.map(saidBy), ['acme/app#1: Thanks, @rio-sample: Noor looks into it.']);
  assert.equal(shown.length, 1);
  assert.match(person.said[0] ?? '', /^Reply: “Sync stops”: On it \| Planned \| \$\(edit\) Write…$/u);
});

test('in Slack nobody is called by a snippet, and their name formats nothing', async (t) => {
  const { ports, sent } = desk(t, withSnippets);
  person.answers.push('On it', 'Reply');
  await replyItems([thread], ports);
  assert.deepEqual(sent.map(saidBy), ['thread: Thanks, Ines \\*S\\*: Noor looks into it.']);
});

test('of several items each has its own names, and a proposal of its own', async (t) => {
  const { ports, sent, clock } = desk(t, withSnippets);
  person.answers.push('On it', 'Reply');
  const done = replyItems([issue, thread, alert], ports);
  await settle();
  await clock.advance(5000);
  await done;
  assert.deepEqual(sent.map(saidBy), [
    'acme/app#1: Thanks, @rio-sample: Noor looks into it.',
    'thread: Thanks, Ines \\*S\\*: Noor looks into it.',
  ]);
});

test('what nobody knows what to put in for is written by the person, and not sent as it stands', async (t) => {
  const { ports, sent } = desk(t, withSnippets);
  person.answers.push('Planned', undefined, 'Reply');
  const done = replyItems([thread], ports);
  await settle();
  const [document] = documents;
  assert.equal(document?.getText(), 'We planned it as ${issue}.');
  document.press('apply');
  assert.equal(person.said.at(-1), 'No value is known for ${issue}. Fill it in, or remove it.');
  document.type('We planned it as acme/docs#4.');
  document.press('apply');
  await done;
  assert.deepEqual(sent.map(saidBy), ['thread: We planned it as acme/docs#4.']);
});

test('kept with a name that nobody filled in, it is not sent when it is approved, nor when it is edited to one', async (t) => {
  const { ports, sent, waiting } = desk(t, withSnippets);
  person.answers.push('Planned');
  const done = replyItems([thread], ports);
  await settle();
  documents[0]?.type('Planned: ${issue}');
  documents[0]?.close();
  await done;
  person.answers.length = 0;
  await approve(ports.gate.outbox.stored(), ports.gate);
  assert.deepEqual([sent, waiting()], [[], ['thread: Planned: ${issue}']]);
  assert.match(person.said.at(-1) ?? '', /^Not sent: “Exports are late”\. No value is known for \$\{issue\}\./u);

  person.answers.push('On it', 'Edit…', undefined, 'Reply');
  const edited = replyItems([issue], ports);
  await settle();
  documents.at(-1)?.type('Ask ${owner}');
  documents.at(-1)?.press('apply');
  await edited;
  assert.deepEqual(sent, []);
  assert.equal(waiting().length, 2);
});

test('what is typed waits among the proposals from the first pause on, and stays when the editor is closed', async (t) => {
  const { ports, sent, waiting } = desk(t);
  person.answers.push(undefined);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const done = replyItems([issue], ports);
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  await settle();
  const [document] = documents;
  document?.type('We look');
  assert.deepEqual(waiting(), []);
  t.mock.timers.tick(400);
  assert.deepEqual(waiting(), ['acme/app#1: We look']);
  document?.type('We look\ninto it');
  document?.close();
  await done;
  assert.deepEqual(waiting(), ['acme/app#1: We look\ninto it']);
  assert.deepEqual(sent, []);
  assert.equal(person.said.at(-1), 'Kept in Proposals: 1');
});

test('only what is discarded is forgotten', async (t) => {
  const { ports, waiting } = desk(t);
  person.answers.push(undefined);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const done = replyItems([issue], ports);
  await settle();
  documents[0]?.type('No');
  t.mock.timers.tick(400);
  assert.equal(waiting().length, 1);
  documents[0]?.press('discard');
  await done;
  assert.deepEqual(waiting(), []);
});

test('what is typed after its draft was approved is another reply: what is shown is what is sent, and it is said', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  for (const isPaused of [true, false]) {
    const { ports, sent, shown, clock } = desk(t);
    const { outbox } = ports.gate;
    const done = replyItems([issue], ports);
    await settle();
    const document = documents.at(-1);
    document?.type('half');
    t.mock.timers.tick(400);
    await approve(outbox.stored(), ports.gate);
    assert.deepEqual(sent.map(saidBy), ['acme/app#1: half']);

    person.said.length = 0;
    document?.type('half and the');
    if (isPaused) t.mock.timers.tick(400);
    assert.equal(outbox.stored().length, isPaused ? 2 : 1);
    document?.type('half and the rest');
    person.answers.push('Reply');
    document?.press('apply');
    await settle();
    await clock.advance(5000);
    await done;
    assert.deepEqual(
      shown.map(({ steps }) => steps.map(saidBy)),
      [['acme/app#1: half and the rest']],
    );
    assert.deepEqual(sent.map(saidBy), ['acme/app#1: half', 'acme/app#1: half and the rest']);
    const told = person.said.filter((text) =>
      text.startsWith('An earlier text of “Sync stops” was approved meanwhile.'),
    );
    assert.equal(told.length, 1, person.said.join('; '));
    const markers = outbox
      .stored()
      .flatMap(({ proposal }) => proposal.steps.map((step) => 'marker' in step && step.marker));
    assert.equal(new Set(markers).size, 2);
  }
});

test('discarding what was typed after its draft was approved leaves what was sent to be undone', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  for (const next of ['half', 'half and the rest']) {
    const { ports, sent } = desk(t);
    const { outbox } = ports.gate;
    const done = replyItems([issue], ports);
    await settle();
    documents.at(-1)?.type('half');
    t.mock.timers.tick(400);
    await approve(outbox.stored(), ports.gate);
    documents.at(-1)?.type(next);
    t.mock.timers.tick(400);
    documents.at(-1)?.press('discard');
    await done;
    assert.deepEqual(
      outbox.stored().map(({ proposal }) => proposal.steps.map(saidBy)),
      [['acme/app#1: half']],
    );
    assert.equal(sent.length, 1);
  }
});

test('a reply whose text changed among the proposals while it was shown is not sent; both texts wait', async (t) => {
  const { ports, sent, shown, waiting } = desk(t, withSnippets);
  const { outbox } = ports.gate;
  const show = ports.gate.preview.show.bind(ports.gate.preview);
  Object.assign(ports.gate.preview, {
    show: async (...input: Parameters<typeof show>) => {
      await show(...input);
      for (const { proposal } of outbox.stored()) outbox.revise({ ...proposal, steps: edited(proposal.steps) });
    },
  });
  person.answers.push('On it', 'Reply');
  await replyItems([issue], ports);
  assert.deepEqual([sent, shown.length], [[], 1]);
  assert.deepEqual(waiting().toSorted(), [
    'acme/app#1: Not yet.',
    'acme/app#1: Thanks, @rio-sample: Noor looks into it.',
  ]);
  assert.match(
    person.said.at(-1) ?? '',
    /^Not sent: “Sync stops”\. The text in Proposals was edited or approved meanwhile\./u,
  );
  assert.ok(!person.said.some((text) => text.startsWith('Sent')));
});

function edited(steps: readonly Write[]): readonly Write[] {
  return steps.map((step) => (step.type === 'commentOnIssue' ? { ...step, body: `Not yet.\n\n${step.marker}` } : step));
}

test('turning away from the preview keeps the reply, dropping it forgets it', async (t) => {
  const { ports, waiting, sent } = desk(t, withSnippets);
  person.answers.push('On it', undefined);
  await replyItems([issue], ports);
  assert.equal(waiting().length, 1);
  person.answers.push('On it', 'Drop');
  await replyItems([thread], ports);
  assert.equal(waiting().length, 1);
  assert.deepEqual(sent, []);
});

test('in a dry run nothing leaves; who wants replies sent at once is not asked', async (t) => {
  const { ports, waiting, sent } = desk(t, withSnippets);
  settings.set('dryRun', true);
  person.answers.push('On it', undefined);
  await replyItems([issue], ports);
  assert.deepEqual([waiting().length, sent.length], [1, 0]);
  settings.clear();
  settings.set('applyAtOnce', ['reply']);
  person.answers.push('On it');
  await replyItems([thread], ports);
  assert.equal(sent.length, 1);
});

test('one item with several conversations: the person says in which; the issue that it became is one of them', async (t) => {
  const { ports, sent } = desk(t, { ...withSnippets, convertedOf: () => ({ repository: 'acme/docs', number: 7 }) });
  person.answers.push('acme/docs#7', 'Planned', 'Reply');
  await replyItems([joined], ports);
  assert.match(
    person.said[0] ?? '',
    /Thread in #integrations \| \$\(github\) acme\/app#1 \| \$\(github\) acme\/docs#7$/u,
  );
  assert.deepEqual(sent.map(saidBy), ['acme/docs#7: We planned it as acme/docs#7.']);
});

test('where nobody can be answered that is said', async (t) => {
  const { ports, sent } = desk(t, withSnippets);
  await replyItems([alert], ports);
  assert.match(person.said[0] ?? '', /^Nobody can be answered there/u);
  assert.deepEqual(sent, []);
});

test('a note on an incident is a reply, too', async (t) => {
  const { ports, sent } = desk(t, withSnippets);
  person.answers.push('On it', 'Reply');
  const incident = signal({ id: 'pagerduty:Q1', service: 'pagerduty', kind: 'alert' });
  await replyItems([itemOf(incident)], ports);
  assert.deepEqual(sent.map(saidBy), ['note: Thanks, Rio: Noor looks into it.']);
});

test('a status update is one proposal that says the same in the thread and the issue', async (t) => {
  const { ports, sent, shown, clock } = desk(t);
  person.answers.push('', undefined, 'Post');
  const done = postStatusUpdate(joined, ports);
  await settle();
  const [document] = documents;
  assert.equal(document?.getText(), '**Conditions:** \n\n**Actions:** \n\n**Needs:** \n');
  document.press('apply');
  assert.match(person.said.at(-1) ?? '', /^The text is empty/u);
  document.type('**Conditions:** slow\n\n**Actions:** \n\n**Needs:** a second pair of eyes\n');
  document.press('apply');
  await settle();
  await clock.advance(5000);
  await done;
  const text = '**Conditions:** slow\n\n**Needs:** a second pair of eyes';
  assert.deepEqual(sent.map(saidBy), [`thread: ${text}`, `acme/app#1: ${text}`]);
  assert.equal(new Set(shown.map(({ id }) => id)).size, 1);
});
