import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../services/service.ts';
import { openStore } from '../store/sqliteStore.ts';

/**
 * Forgets what was read of every team that this machine ever watched: signals, what finished proposals said, and the
 * snapshots of the first paint. Journals, drafts, handoffs and proposals that wait stay. A store that cannot be opened is logged and stops no other.
 * @param root the folder that holds the teams' folders
 */
export function forgetTeams(root: string, { now, log }: { readonly now: () => number; readonly log: Log }): void {
  if (!existsSync(root)) return;
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const folder = path.join(root, entry.name);
    if (!entry.isDirectory()) continue;
    try {
      rmSync(path.join(folder, 'snapshot.json'), { force: true });
      if (!existsSync(path.join(folder, 'responder.db'))) continue;
      const { store } = openStore(folder, { now });
      try {
        store.forgetSignals();
      } finally {
        store.close();
      }
    } catch (error) {
      log.error(`what was read could not be forgotten: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
