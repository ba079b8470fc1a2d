import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../support/fakeClock.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { documents, person, window } from '../../support/vscodeStub.ts';

fakeVscode();
const { editDocument } = await import('../../../src/host/editDocument.ts');

for (const button of ['Apply', 'Discard']) {
  test(`${button} of the message does nothing once the edit is over`, async (t) => {
    const { promise: chosen, resolve: choose } = Promise.withResolvers<string>();
    t.mock.method(window, 'showInformationMessage', () => chosen);
    let told = 0;
    const edited = editDocument({
      content: 'May',
      hint: 'Edit',
      read: (text) => {
        told += 1;
        return { value: text };
      },
      discarded: () => {
        told += 1;
      },
    });
    await settle();
    documents.at(-1)?.close();
    assert.equal(await edited, undefined);
    choose(button);
    await settle();
    assert.equal(told, 0);
  });

  test(`${button} of the message ends the edit while it lasts`, async (t) => {
    t.mock.method(window, 'showInformationMessage', async () => button);
    const edited = await editDocument({ content: 'May', hint: 'Edit', read: (value) => ({ value }) });
    assert.equal(edited, button === 'Apply' ? 'May' : undefined);
  });
}

test('an edit that cannot be read when its editor is closed can be copied', async (t) => {
  t.mock.method(window, 'showInformationMessage', () => new Promise(() => undefined));
  const said: string[] = [];
  t.mock.method(window, 'showWarningMessage', async (text: string) => {
    said.push(text);
    return 'Copy Text';
  });
  const edited = editDocument({ content: 'May', hint: 'Edit', read: () => ({ problem: 'A heading is gone.' }) });
  await settle();
  documents.at(-1)?.type('June');
  documents.at(-1)?.close();
  assert.equal(await edited, undefined);
  await settle();
  assert.deepEqual(said, ['Your last edit was not kept: A heading is gone.']);
  assert.equal(person.copied.at(-1), 'June');
});

test('an edit that cannot be stored says so once, ends all the same, and can be copied', async (t) => {
  t.mock.method(window, 'showInformationMessage', () => new Promise(() => undefined));
  const said: string[] = [];
  t.mock.method(window, 'showWarningMessage', async (text: string) => {
    said.push(text);
    return 'Copy Text';
  });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const typed = (): void => {
    throw new Error('database is locked');
  };
  const edited = editDocument({ content: 'May', hint: 'Edit', read: (value) => ({ value }), typed });
  await settle();
  for (const text of ['June', 'July']) {
    documents.at(-1)?.type(text);
    t.mock.timers.tick(300);
  }
  documents.at(-1)?.close();
  assert.equal(await edited, undefined);
  await settle();
  assert.deepEqual(said, [
    'What you type cannot be saved now: database is locked. It is tried again whenever you pause.',
    'Your last edit was not kept.',
  ]);
  assert.equal(person.copied.at(-1), 'July');
});

test('each of several edits can be applied by key until it is over, and no other document can', async (t) => {
  t.mock.method(window, 'showInformationMessage', () => new Promise(() => undefined));
  const edit = (content: string) => editDocument({ content, hint: 'Edit', read: (value) => ({ value }) });
  const edited = (): unknown => person.contexts.get('responder.editing');
  const [may, june] = [edit('May'), edit('June')];
  await settle();
  const [first, second] = documents.slice(-2);
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(edited(), [first.uri, second.uri]);
  first.press('apply');
  assert.equal(await may, 'May');
  assert.deepEqual(edited(), [second.uri]);
  second.press('discard');
  assert.equal(await june, undefined);
  assert.deepEqual(edited(), []);
});
