import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGitHubSource } from '../../src/services/github/source.ts';
import { openStore, type SqliteStore } from '../../src/store/sqliteStore.ts';
import { createSync, type Sync } from '../../src/sync/asker.ts';
import { FakeClock, settle } from '../support/fakeClock.ts';
import { FakeGitHub, issue, LABEL_WATCH, NOTIFICATIONS_WATCH } from '../unit/services/github/fakeGitHub.ts';
import { randomNumbers } from './samples.ts';

export const REPOSITORIES = ['acme/app', 'acme/docs', 'acme/api', 'acme/web', 'acme/cli'];
const WATCH = [{ ...LABEL_WATCH, repositories: REPOSITORIES }, NOTIFICATIONS_WATCH];
const ISSUES = 20;
const START = Date.UTC(2026, 10, 18, 12);

interface OpenWindow {
  readonly store: SqliteStore;
  readonly sync: Sync;
}

/** Some windows of one machine that watch five repositories of a GitHub, all on one clock that the bench moves. */
export class GitHubMachine implements Disposable {
  readonly clock = new FakeClock(START);
  readonly github = new FakeGitHub();
  readonly windows: readonly OpenWindow[];
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'responder-bench-'));
  readonly #issues = new Map(REPOSITORIES.map((repository) => [repository, issuesOf(repository)]));
  #busy = 0;

  constructor(windows: number) {
    this.github.on('GET /notifications', { body: [], headers: { 'x-poll-interval': '60' } });
    for (const repository of REPOSITORIES) {
      this.github.on(`GET /repos/${repository}/issues`, () => ({ body: this.#issues.get(repository) }));
    }
    this.windows = Array.from({ length: windows }, (_, index) => this.#open(index));
    for (const { sync } of this.windows) sync.start();
  }

  /** Something happens to an issue of a repository. */
  touch(repository: string, index: number): void {
    const issues = this.#issues.get(repository) ?? [];
    const changed = { ...issues[index], updated_at: new Date(this.clock.now()).toISOString() };
    this.#issues.set(repository, [changed, ...issues.filter((_, other) => other !== index)]);
  }

  /** Moves on by whole seconds; what is asked meanwhile is answered at once. */
  async advance(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.github.now = this.clock.now() + 1000;
      await this.clock.advance(1000);
      await this.idle();
    }
  }

  async idle(): Promise<void> {
    await settle();
    // The GitHub client paces itself on the machine's own clock.
    while (this.#busy > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  [Symbol.dispose](): void {
    for (const { sync, store } of this.windows) {
      sync.stop();
      store.close();
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #open(index: number): OpenWindow {
    const { clock, github } = this;
    const { store } = openStore(this.#folder, { now: clock.now });
    const source = createGitHubSource({ ...github.ports(), now: clock.now });
    const random = randomNumbers(index + 1);
    const sync = createSync({
      store,
      sources: () => [{ source, watch: WATCH }],
      since: () => START - 2 * 86_400_000,
      clock,
      random,
      log: { debug() {}, info() {}, warn() {}, error() {} },
      holder: `window ${index}`,
      onBusy: (busy) => {
        this.#busy += busy ? 1 : -1;
      },
    });
    return { store, sync };
  }
}

function issuesOf(repository: string): readonly Record<string, unknown>[] {
  return Array.from({ length: ISSUES }, (_, index) => issue(index + 1, { repository }));
}
