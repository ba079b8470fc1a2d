// A window in a process of its own, for the tests of what survives it: `writer.ts <folder> <what>`.
import { openStore } from '../../../src/store/sqliteStore.ts';
import { signal } from '../../support/build.ts';

const [folder = '', what = ''] = process.argv.slice(2);
const { store } = openStore(folder, { now: () => Date.now() });

if (what === 'lease') {
  process.stdout.write(store.takeLease('asker', String(process.pid), 60_000) ? 'taken' : 'held');
  store.close();
} else {
  for (let generation = 1; ; generation += 1) {
    const changed = Array.from({ length: 300 }, (_, index) =>
      signal({ id: `github:acme/app#${index}`, replies: generation, excerpt: 'x'.repeat(400) }),
    );
    store.memory('github').set('generation', generation);
    store.savePoll({
      source: 'github',
      changed,
      gone: [],
      status: { id: 'github', service: 'github', okAt: 1, failure: undefined, skipped: generation, failedPlaces: [] },
    });
    if (generation === 3) process.stdout.write('writing');
  }
}
