import type { Signal } from '../../core/signal.ts';
import type { PollRequest } from '../service.ts';
import { ServiceError } from '../service.ts';
import type { GitHubClient } from './client.ts';
import { isRefusal } from './failures.ts';
import { type Pages, readPages } from './pages.ts';
import { eyesOf, issuePath } from './records.ts';
import type { BareSignal } from './wireIssue.ts';
import { parseIssue } from './wireIssue.ts';

// Single look-ups of a cycle: what a list leaves open is asked a few at a time, the rest in the next cycle.
const MAX_LOOKUPS = 25;
const TALK_PAGES = 2;

/** What one poll has read so far, whichever place it came from. */
export class Cycle {
  readonly client: GitHubClient;
  readonly request: PollRequest;
  /** Epoch ms. */
  readonly now: number;
  readonly #seen = new Map<string, BareSignal>();
  readonly #records = new Map<string, unknown>();
  readonly #eyes = new Map<string, number>();
  readonly #removed = new Set<string>();
  readonly #talks = new Map<string, Pages>();
  #lookups = MAX_LOOKUPS;

  constructor(client: GitHubClient, request: PollRequest, now: number) {
    this.client = client;
    this.request = request;
    this.now = now;
  }

  /** Takes up what a place says about an issue, with the record it was read from; the newest word counts. */
  see(signal: BareSignal, record?: unknown): void {
    const before = this.#seen.get(signal.id);
    if (before !== undefined && before.updatedAt > signal.updatedAt) return;
    this.#seen.set(signal.id, signal);
    if (record !== undefined) this.#records.set(signal.id, record);
    const eyes = eyesOf(record);
    if (eyes !== undefined) this.#eyes.set(signal.id, eyes);
  }

  /** How many put 👀 on an issue; undefined when no place said so in this cycle. */
  eyes(id: string): number | undefined {
    return this.#eyes.get(id);
  }

  /** What was seen in this cycle, with the record that it was read from; also what nobody watches. */
  *records(): Iterable<readonly [BareSignal, unknown]> {
    for (const [id, record] of this.#records) {
      const signal = this.#seen.get(id);
      if (signal !== undefined) yield [signal, record];
    }
  }

  /** The issue is not there any more, whatever the places said. */
  remove(id: string): void {
    this.#removed.add(id);
  }

  hasSeen(id: string): boolean {
    return this.#seen.has(id);
  }

  ids(): ReadonlySet<string> {
    return new Set([...this.request.known.keys(), ...this.#seen.keys()]);
  }

  /** The newest that is known of an issue; search answers from an index that may lag behind. */
  newest(id: string): Signal | undefined {
    if (this.#removed.has(id)) return undefined;
    const known = this.request.known.get(id);
    const seen = this.#seen.get(id);
    if (seen === undefined || known === undefined) return seen ?? known;
    // Without an author it was made of a notification alone, whose time is not the issue's.
    if (seen.author === undefined) return known;
    return seen.updatedAt >= known.updatedAt || known.author === undefined ? seen : known;
  }

  /** One more single request? False when this cycle has made enough of them. */
  mayLookUp(): boolean {
    if (this.#lookups === 0) return false;
    this.#lookups -= 1;
    return true;
  }

  /**
   * Reads what is said of an issue, once a cycle: whom it mentions and who spoke is asked of the same list. `later` when
   * the cycle has looked up enough. @throws {ServiceError}
   */
  async readTalk(path: string): Promise<Pages | 'later'> {
    const known = this.#talks.get(path);
    if (known !== undefined) return known;
    if (!this.mayLookUp()) return 'later';
    const talk = await readPages(this.client, path, TALK_PAGES);
    this.#talks.set(path, talk);
    return talk;
  }

  /** Reads one issue; `later` when the cycle has looked up enough. @throws {ServiceError} */
  async lookUp(signal: Signal): Promise<'seen' | 'missing' | 'later'> {
    if (!this.mayLookUp()) return 'later';
    const number = signal.id.slice(signal.id.lastIndexOf('#') + 1);
    try {
      const reply = await this.client.get(issuePath(signal.place, Number(number)));
      const parsed = parseIssue(reply.data);
      // Another address: it was transferred.
      if (!parsed.ok || parsed.value.id !== signal.id) return 'missing';
      this.see(parsed.value, reply.data);
      return 'seen';
    } catch (error) {
      if (error instanceof ServiceError && isRefusal(error.reason)) return 'missing';
      throw error;
    }
  }
}
