import { registerHooks } from 'node:module';
import type * as QueueRows from '../../src/host/tree/queueRows.ts';
import type * as Tree from '../../src/host/tree/rowTree.ts';

/** The host's own trees, on plain Node. */
export async function hostTrees(): Promise<Pick<typeof QueueRows, 'queueRows'> & Pick<typeof Tree, 'RowTree'>> {
  const url = new URL('stubVscode.ts', import.meta.url).href;
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url, shortCircuit: true } : next(specifier, context),
  });
  try {
    const [{ queueRows }, { RowTree }] = await Promise.all([
      import('../../src/host/tree/queueRows.ts'),
      import('../../src/host/tree/rowTree.ts'),
    ]);
    return { queueRows, RowTree };
  } finally {
    hooks.deregister();
  }
}
