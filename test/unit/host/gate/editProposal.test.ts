import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Proposal, Write } from '../../../../src/core/proposal.ts';
import { settle } from '../../../support/fakeClock.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { documents } from '../../../support/vscodeStub.ts';

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

function proposal(step: Write): Proposal {
  return {
    id: 'p1',
    createdAt: 0,
    kind: 'close',
    signalIds: [],
    title: 'Sync stops',
    steps: [step],
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
    const edited = editProposal(proposal(step), (typed) => kept.push(textOf(typed)));
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
