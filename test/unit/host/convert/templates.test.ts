import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { FormField, IssueTemplate } from '../../../../src/core/issueTemplate.ts';
import type { Item } from '../../../../src/core/item.ts';
import type { Answers } from '../../../../src/host/convert/answers.ts';
import { signal, team } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { documents, type FakeQuickPick, person } from '../../../support/vscodeStub.ts';

fakeVscode();
const { templateLook } = await import('../../../../src/host/convert/templates.ts');
const { questions } = await import('../../../../src/host/convert/questions.ts');
const { similarLook } = await import('../../../../src/host/convert/similar.ts');

const one = signal({ id: 'slack:C01:1.1', service: 'slack', kind: 'thread' });
const item: Item = { id: one.id, signals: [one] };
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const START: Answers = { repository: 'acme/app', template: { path: 'bug.yml', values: {} } };

const steps: FormField = {
  type: 'textarea',
  id: 'steps',
  label: 'Steps to reproduce',
  description: '',
  required: true,
  placeholder: 'One a line',
  value: '',
  render: undefined,
};
const where: FormField = {
  type: 'dropdown',
  id: 'where',
  label: 'Where',
  description: '',
  required: true,
  options: ['Cloud', 'Server'],
  multiple: false,
  preset: 'Server',
};

function form(...fields: readonly FormField[]): IssueTemplate {
  const head = { path: 'bug.yml', name: 'Bug', about: '', title: '', labels: [] };
  return { kind: 'form', ...head, assignees: ['nobody-sample', 'KAI-sample'], fields };
}

async function lookAt(template: IssueTemplate): Promise<ReturnType<typeof templateLook>> {
  const look = templateLook(item, 'T', { issueTemplates: async () => ({ templates: [template], skipped: 0 }), log });
  await look.prepare(START);
  return look;
}

/** Asks the first field of a form. */
async function askField(field: FormField, answers = START) {
  const look = await lookAt(form(field));
  const step = look.steps[1];
  assert.ok(step !== undefined && step.applies(answers));
  return step.ask(answers, { step: 2, of: 3 });
}

async function shownPick(number: number): Promise<FakeQuickPick> {
  for (let turn = 0; turn < 20; turn += 1) {
    const pick = person.picks[number];
    if (pick !== undefined) return pick;
    await setImmediate();
  }
  return assert.fail('nothing is asked');
}

async function opened() {
  for (let turn = 0; turn < 20; turn += 1) {
    const document = documents.at(-1);
    if (document !== undefined) return document;
    await setImmediate();
  }
  return assert.fail('nothing is opened');
}

function labels({ items }: FakeQuickPick): readonly string[] {
  return items.map(({ label }) => label);
}

beforeEach(() => {
  person.picks.length = 0;
  person.answers.length = 0;
  documents.length = 0;
});

test('a text area is written in an editor, so that its lines stay lines', async () => {
  const move = askField(steps);
  const pick = await shownPick(0);
  assert.deepEqual(
    pick.items.map(({ label, description }) => [label, description]),
    [['$(edit) Write in the Editor…', 'One a line']],
  );
  pick.enter();
  const document = await opened();
  await setImmediate();
  document.type('  \n');
  document.press('apply');
  assert.equal(person.said.at(-1), 'The template requires an answer.');
  document.type('Open it\nClose it\n');
  document.press('apply');
  const { go, answers } = await move;
  assert.deepEqual([go, answers.template?.values], ['next', { steps: 'Open it\nClose it' }]);
});

test('what was typed when the editor was closed can be taken, or be gone on with; what was discarded is gone', async () => {
  const move = askField(steps);
  (await shownPick(0)).enter();
  const document = await opened();
  await setImmediate();
  document.type('Open it\nClose it');
  document.close();
  const again = await shownPick(1);
  assert.deepEqual(labels(again), ['$(check) Use This Text', '$(edit) Write in the Editor…']);
  again.enter(1);
  for (let turn = 0; turn < 20 && documents.length < 2; turn += 1) await setImmediate();
  await setImmediate();
  assert.equal(documents[1]?.getText(), 'Open it\nClose it');
  documents[1]?.type('Nothing');
  documents[1]?.press('discard');
  (await shownPick(2)).back();
  const { go, answers } = await move;
  assert.deepEqual([go, answers.template?.values], ['back', { steps: 'Open it\nClose it' }]);
});

test('a dropdown starts from what the form chooses before, unless the person chose', async () => {
  const move = askField(where);
  const pick = await shownPick(0);
  assert.deepEqual(
    pick.activeItems.map((each) => ({ ...each })),
    [{ label: 'Server', value: 'Server' }],
  );
  pick.escape();
  await move;
  const chosen = askField(where, { ...START, template: { path: 'bug.yml', values: { where: 'Cloud' } } });
  const next = await shownPick(1);
  assert.deepEqual(
    next.activeItems.map((each) => ({ ...each })),
    [{ label: 'Cloud', value: 'Cloud' }],
  );
  next.escape();
  await chosen;
});

test('whom the template names is offered first when they are of the team', async () => {
  const templates = await lookAt(form(where));
  const people = [
    { name: 'Noor', github: 'noor-sample', slack: undefined, timeZone: 'UTC' },
    { name: 'Kai', github: 'kai-sample', slack: undefined, timeZone: 'UTC' },
  ];
  const ports = { team: team({ people }), me: undefined };
  const similar = similarLook(item, 'T', {
    knownIssues: () => [],
    similarIssues: async () => ({ candidates: [], failure: undefined }),
    readConversation: async () => ({ messages: [], skipped: 0 }),
    openUrl: async () => {},
    log,
  });
  const step = questions([item], 'T', ports, { similar, templates }).at(-1);
  const asked = step?.ask(START, { step: 2, of: 2 });
  const pick = await shownPick(0);
  assert.deepEqual(
    pick.activeItems.map((each) => ({ ...each })),
    [{ label: 'Kai', description: 'kai-sample', value: 'kai-sample' }],
  );
  assert.deepEqual(labels(pick), ['Noor', 'Kai', 'Nobody']);
  pick.escape();
  await asked;
  const nobody = step?.ask({ ...START, assignee: null }, { step: 2, of: 2 });
  const next = await shownPick(1);
  assert.deepEqual(
    next.activeItems.map((each) => ({ ...each })),
    [{ label: 'Nobody', value: null }],
  );
  next.escape();
  await nobody;
});
