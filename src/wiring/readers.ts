import type { Proposal } from '../core/proposal.ts';
import { type ChannelReaders, reachOf } from '../core/reach.ts';
import type { Log } from '../services/service.ts';

/** A preview waits for nothing; what is not known by then is not said. */
const LOOK_MS = 10_000;

export interface ReadersPorts {
  /** Whether everybody can read a repository (`owner/name`). @throws when that cannot be found out. */
  readonly isPublic: (repository: string, abort: AbortSignal) => Promise<boolean | undefined>;
  /** Who can read a Slack channel, by its id. @throws when that cannot be found out. */
  readonly channelReaders: (channelId: string, abort: AbortSignal) => Promise<ChannelReaders | undefined>;
  readonly log: Log;
}

/** Who can read what is written: looked for once for each place, and remembered as long as the window lives. */
export class Readers {
  readonly #ports: ReadersPorts;
  readonly #repositories = new Map<string, boolean | undefined>();
  readonly #channels = new Map<string, ChannelReaders | undefined>();

  constructor(ports: ReadersPorts) {
    this.#ports = ports;
  }

  /** Undefined while nobody knows. */
  isPublic(repository: string): boolean | undefined {
    return this.#repositories.get(repository);
  }

  /** Undefined while nobody knows. */
  ofChannel(channelId: string): ChannelReaders | undefined {
    return this.#channels.get(channelId);
  }

  /** Looks for what is not known of the places that proposals go to; true when there is something to say then. */
  async learn(proposals: readonly Proposal[]): Promise<boolean> {
    const { isPublic, channelReaders } = this.#ports;
    const reaches = proposals.flatMap(({ steps }) => steps.map(reachOf));
    const repositories = reaches.flatMap((reach) => (reach.type === 'repository' ? [reach.repository] : []));
    const channels = reaches.flatMap((reach) => (reach.type === 'channel' ? (reach.id ?? []) : []));
    const found = await Promise.all([
      this.#look(repositories, this.#repositories, isPublic),
      this.#look(channels, this.#channels, channelReaders),
    ]);
    return found.includes(true);
  }

  async #look<Found>(
    places: readonly string[],
    known: Map<string, Found | undefined>,
    ask: (place: string, abort: AbortSignal) => Promise<Found | undefined>,
  ): Promise<boolean> {
    const unknown = [...new Set(places)].filter((place) => !known.has(place));
    const news = unknown.map(async (place): Promise<boolean> => {
      try {
        const found = await ask(place, AbortSignal.timeout(LOOK_MS));
        known.set(place, found);
        return found !== undefined;
      } catch (error) {
        // Perhaps it can be found out later.
        this.#ports.log.debug(`readers of ${place}: ${error instanceof Error ? error.message : 'failed'}`);
        return false;
      }
    });
    return (await Promise.all(news)).includes(true);
  }
}
