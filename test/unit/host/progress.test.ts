import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { withBusyPick } = await import('../../../src/host/progress.ts');

beforeEach(() => {
  person.waits.length = 0;
});

test('a busy pick holds the keyboard while something is read, and says how far it is', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const waiting = withBusyPick('Reading', async (_, report) => {
    report('1 of 2');
    return promise;
  });
  const [pick] = person.waits;
  assert.deepEqual([pick?.busy, pick?.ignoreFocusOut, pick?.title], [true, true, 'Reading: 1 of 2']);
  resolve('read');
  assert.equal(await waiting, 'read');
});

test('Escape aborts what is read; its going away by itself does not', async () => {
  const aborted: boolean[] = [];
  const read = (): Promise<void> =>
    withBusyPick('Reading', async (abort) => {
      if (aborted.length === 0) person.waits[0]?.escape();
      aborted.push(abort.aborted);
    });
  await read();
  await read();
  person.waits[1]?.hide();
  assert.deepEqual(aborted, [true, false]);
});

test('a failure takes the pick away too', async () => {
  await assert.rejects(
    withBusyPick('Reading', () => Promise.reject(new Error('none'))),
    /none/u,
  );
  assert.equal(person.waits[0]?.isGone, true);
});
