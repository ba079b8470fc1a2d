import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Proposal, Write } from '../../../../src/core/proposal.ts';
import { settle } from '../../../support/fakeClock.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { documents, type FakeDocument, person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { editProposal } = await import('../../../../src/host/gate/editProposal.ts');

const comment: Write = {
  type: 'commentOnIssue',
  repository: 'acme/app',
  number: 1,
  body: 'Planned for May.',
  marker: '<!-- m -->',
  since: 0,
};
const created: Write = {
  type: 'createIssue',
  repository: 'acme/app',
  title: 'Sync stops',
  body: 'It stops.',
  labels: ['reactive'],
  assignees: [],
  marker: '<!-- m -->',
  since: 0,
};

const reply: Write = {
  type: 'replyInThread',
  channel: 'C01',
  threadTs: '1.2',
  markdown: 'Planned as [{{issue}}]({{issueUrl}}).',
  marker: '<!-- r -->',
};
const placeOf = (channel: string): string | undefined => (channel === 'C01' ? '#integrations' : undefined);

function proposal(...steps: readonly Write[]): Proposal {
  return {
    id: 'p1',
    createdAt: 0,
    kind: 'close',
    signalIds: [],
    title: 'Sync stops',
    steps,
    decision: undefined,
    undoes: undefined,
  };
}

function textOf(edited: Proposal | undefined): string {
  const [step] = edited?.steps ?? [];
  if (step?.type === 'createIssue') return `${step.title}: ${step.body}`;
  return step?.type === 'commentOnIssue' ? step.body : '';
}

beforeEach(() => {
  documents.length = 0;
});

for (const [what, step, from, to] of [
  ['words', comment, 'May', 'June'],
  ['issue', created, 'Sync stops', 'Sync stops at night'],
] as const) {
  const begin = async (): Promise<{
    readonly kept: readonly string[];
    readonly edited: Promise<Proposal | undefined>;
    readonly type: () => void;
  }> => {
    const kept: string[] = [];
    const edited = editProposal(proposal(step), placeOf, (typed) => kept.push(textOf(typed)));
    await settle();
    const [document] = documents;
    assert.ok(document !== undefined);
    return { kept, edited, type: () => document.type(document.getText().replaceAll(from, to)) };
  };

  test(`${what}: what was typed is told of when its document is closed, and stands`, async () => {
    const { kept, edited, type } = await begin();
    type();
    documents[0]?.close();
    assert.ok(textOf(await edited).includes(to));
    assert.ok(kept.at(-1)?.includes(to));
  });

  test(`${what}: discarding gives back nothing`, async () => {
    const { edited, type } = await begin();
    type();
    documents[0]?.press('discard');
    assert.equal(await edited, undefined);
  });

  test(`${what}: closed as it was opened, nothing was typed`, async () => {
    const { kept, edited } = await begin();
    documents[0]?.close();
    assert.equal(await edited, undefined);
    assert.deepEqual(kept, []);
  });
}

/** What is opened for a proposal, and what is told of it as it is typed. */
async function open(...steps: readonly Write[]): Promise<{
  readonly document: FakeDocument;
  readonly typed: readonly Proposal[];
  readonly edited: Promise<Proposal | undefined>;
}> {
  const typed: Proposal[] = [];
  const edited = editProposal(proposal(...steps), placeOf, (now) => typed.push(now));
  await settle();
  const [document] = documents;
  assert.ok(document !== undefined);
  return { document, typed, edited };
}

test('the reply that goes with a new issue is edited with it, below the place that it goes to', async () => {
  const { document, edited } = await open(created, reply);
  assert.equal(
    document.getText(),
    [
      '---\ntitle: Sync stops\nlabels:\n- reactive\n---',
      '# ── Reply in the thread in #integrations ──',
      'Planned as [{{issue}}]({{issueUrl}}).',
      '# ── Body of the issue ──',
      'It stops.\n',
    ].join('\n\n'),
  );
  document.type(document.getText().replace('Planned as', 'Hi Ines, it is').replace('It stops.', 'It stops at night.'));
  document.press('apply');
  assert.deepEqual((await edited)?.steps, [
    { ...created, body: 'It stops at night.' },
    { ...reply, markdown: 'Hi Ines, it is [{{issue}}]({{issueUrl}}).' },
  ]);
});

test('texts that go to different places stand below these places, and are changed apart', async () => {
  const { document, typed, edited } = await open(comment, reply);
  assert.match(document.getText(), /^# ── Comment on acme\/app#1 ──\n\nPlanned for May\.\n\n# ── Reply in the thread/u);
  document.type(document.getText().replace('May', 'June'));
  document.close();
  const steps = [{ ...comment, body: 'Planned for June.' }, reply];
  assert.deepEqual((await edited)?.steps, steps);
  assert.deepEqual(typed.at(-1)?.steps, steps);
});

for (const [what, from, to, problem] of [
  ['a heading that is gone', /^# ── Reply.*$/mu, '', /Keep the heading “Reply in the thread in #integrations” once/u],
  ['a heading that stands twice', /^(# ── Reply.*)$/mu, '$1\n\n$1', /Keep the heading .+ once/u],
  ['a reply that is gone', /^Planned as.*$/mu, '', /text below “Reply in the thread in #integrations” is empty/u],
  [
    'text that goes nowhere',
    /^# ── Reply/mu,
    'Hello\n\n# ── Reply',
    /Text above the heading “Reply in the thread in #integrations” is not sent/u,
  ],
  ['a head that is gone', /^---$/gmu, '', /The head between/u],
] as const) {
  test(`${what} is told, and nothing is changed by it`, async () => {
    const { document, typed, edited } = await open(created, reply);
    document.type(document.getText().replace(from, to));
    document.press('apply');
    await settle();
    assert.match(person.said.at(-1) ?? '', problem);
    document.press('discard');
    assert.equal(await edited, undefined);
    assert.deepEqual(typed, []);
  });
}
