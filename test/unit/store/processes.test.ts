import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openStore } from '../../../src/store/sqliteStore.ts';
import { tempFolder } from '../../support/tempStore.ts';

function start(t: TestContext, folder: string, what: string): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), folder, what], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

async function output(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(child, 'close');
  return text;
}

test('a window killed while it writes leaves a store that is readable and whole', async (t) => {
  const folder = tempFolder(t);
  for (let round = 0; round < 3; round += 1) {
    const child = start(t, folder, 'write');
    await once(child.stdout ?? child, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const { store, setAside } = openStore(folder, { now: () => 0 });
    assert.equal(setAside, undefined);
    assert.equal(store.unreadableRows(), 0);
    assert.equal(store.signals().size, 300);
    const generations = new Set([...store.signals().values()].map((each) => each.replies));
    generations.add(store.statuses().get('github')?.skipped ?? -1);
    generations.add(Number(store.memory('github').get('generation')));
    assert.equal(generations.size, 1, `all rows of one poll or none: ${[...generations].join(' ')}`);
    store.close();
  }
});

test('of several processes that open a new store at the same moment, all do and one gets the lease', async (t) => {
  const folder = tempFolder(t);
  const answers = await Promise.all(Array.from({ length: 4 }, () => output(start(t, folder, 'lease'))));
  assert.deepEqual(answers.toSorted(), ['held', 'held', 'held', 'taken']);
});
