import type { Proposal } from './core/proposal.ts';
import { reachOf } from './core/reach.ts';
import type { Log } from './services/service.ts';

/** A preview waits for nothing; what is not known by then is not said. */
const LOOK_MS = 10_000;

export interface ReadersPorts {
  /** Whether everybody can read a repository (`owner/name`). @throws when that cannot be found out. */
  readonly isPublic: (repository: string, abort: AbortSignal) => Promise<boolean | undefined>;
  readonly log: Log;
}

/** Who can read what is written: looked for once for each repository, and remembered as long as the window lives. */
export class Readers {
  readonly #ports: ReadersPorts;
  readonly #known = new Map<string, boolean | undefined>();

  constructor(ports: ReadersPorts) {
    this.#ports = ports;
  }

  /** Undefined while nobody knows. */
  isPublic(repository: string): boolean | undefined {
    return this.#known.get(repository);
  }

  /** Looks for what is not known of the places that proposals go to; true when there is something to say then. */
  async learn(proposals: readonly Proposal[]): Promise<boolean> {
    const reaches = proposals.flatMap(({ steps }) => steps.map(reachOf));
    const repositories = reaches.flatMap((reach) => (reach.type === 'repository' ? [reach.repository] : []));
    const unknown = [...new Set(repositories)].filter((repository) => !this.#known.has(repository));
    const found = await Promise.all(unknown.map((repository) => this.#look(repository)));
    return found.some((isPublic) => isPublic !== undefined);
  }

  /** One that cannot be found out now may be later. */
  async #look(repository: string): Promise<boolean | undefined> {
    try {
      const isPublic = await this.#ports.isPublic(repository, AbortSignal.timeout(LOOK_MS));
      this.#known.set(repository, isPublic);
      return isPublic;
    } catch (error) {
      this.#ports.log.debug(`readers of ${repository}: ${error instanceof Error ? error.message : 'failed'}`);
      return undefined;
    }
  }
}
