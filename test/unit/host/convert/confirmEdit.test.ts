import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Answers } from '../../../../src/host/convert/answers.ts';
import { settle } from '../../../support/fakeClock.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { documents, type FakeDocument, type FakeQuickPick, person, settings } from '../../../support/vscodeStub.ts';
import { FakeGate } from '../gate/fakeGate.ts';
import { ANSWERS, item, portsOf } from './answered.ts';

fakeVscode();
const { confirmation } = await import('../../../../src/host/convert/confirm.ts');
const { parseAnswers } = await import('../../../../src/host/convert/answers.ts');

/** The last question on these answers, of which *Edit* was chosen. */
async function editing(answers: Answers = ANSWERS) {
  const gate = new FakeGate();
  const kept: unknown[] = [];
  const ports = portsOf(gate, { answers: { get: () => kept.at(-1), set: (_, now) => void kept.push(now) } });
  const { step, approved } = confirmation([item], 'Convert', ports, undefined);
  const move = step.ask(answers, { step: 2, of: 2 });
  await settle();
  choose('$(edit) Edit…');
  await settle();
  const document = documents.at(-1);
  assert.ok(document !== undefined);
  return { move, document, approved, kept };
}

function choose(label: string): void {
  const pick: FakeQuickPick | undefined = person.picks.at(-1);
  pick?.enter(pick.items.findIndex((each) => each.label === label));
}

function change(document: FakeDocument, from: string, to: string): void {
  assert.ok(document.getText().includes(from));
  document.type(document.getText().replace(from, to));
}

beforeEach(() => {
  person.picks.length = 0;
  documents.length = 0;
  settings.clear();
});

test('the reply that goes with the issue is edited with it, and written as it was edited', async () => {
  const { move, document, approved } = await editing();
  change(document, 'Planned as', 'Hi Ines, it is');
  change(document, 'title: It answers 421', 'title: It answers 421 at night');
  document.press('apply');
  await settle();
  choose('$(check) Create');
  await move;
  const [issue, reply] = approved()[0]?.steps ?? [];
  assert.ok(issue?.type === 'createIssue' && issue.title === 'It answers 421 at night');
  assert.ok(reply?.type === 'replyInThread');
  assert.equal(reply.markdown, 'Hi Ines, it is [{{issue}}]({{issueUrl}}) · timebox 4 h · priority 🔴 High');
});

test('what is typed is kept before it is applied, so that a crash loses none of it; discarded it is not', async () => {
  const { move, document, kept } = await editing();
  change(document, 'Planned as', 'Hi Ines, it is');
  document.close();
  await settle();
  const { replies, ...others } = parseAnswers(JSON.parse(JSON.stringify(kept[0])));
  assert.match(replies?.[0]?.said ?? '', /^Hi Ines, it is /u);
  assert.equal(others.title, 'It answers 421');
  choose('$(edit) Edit…');
  await settle();
  const again = documents.at(-1);
  assert.ok(again !== undefined);
  change(again, 'Hi Ines, it is', 'Hello, it is');
  again.press('discard');
  await settle();
  assert.match(parseAnswers(kept.at(-1)).replies?.[0]?.said ?? '', /^Hi Ines, it is /u);
  choose('$(close) Cancel');
  assert.equal((await move).go, 'cancel');
});

test('an edited reply is edited again as it was left; drafted otherwise it is as it is drafted', async () => {
  const first = await editing();
  change(first.document, 'Planned as', 'Hi Ines, it is');
  first.document.press('apply');
  await settle();
  const answers = parseAnswers(first.kept.at(-1));
  const second = await editing(answers);
  change(second.document, 'Hi Ines, it is', 'Hello, it is');
  second.document.press('apply');
  await settle();
  assert.deepEqual(
    parseAnswers(second.kept.at(-1)).replies?.map(({ drafted, said }) => [drafted.slice(0, 10), said.slice(0, 12)]),
    [['Planned as', 'Hello, it is']],
  );
  const other = await editing({ ...answers, priority: 'low' });
  assert.match(other.document.getText(), /^Planned as .* Low$/mu);
});
