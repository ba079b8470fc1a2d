import type { SignedIn } from '../core/dutyView.ts';
import type { SourceStatus } from '../core/sourceStatus.ts';
import type { Source } from '../services/service.ts';

/** The services that know a person by a token. */
const ACCOUNT_SERVICES = ['github', 'slack', 'pagerduty'] as const satisfies readonly (keyof SignedIn)[];
type AccountService = (typeof ACCOUNT_SERVICES)[number];

const TIMEOUT_MS = 30_000;

export interface AccountPorts {
  /** Any source of a service that is watched. */
  readonly sourceOf: (service: AccountService) => Source | undefined;
  readonly onDidRead: () => void;
}

/** Whose the tokens are: one account a service, asked for once. */
export class Accounts {
  readonly #ports: AccountPorts;
  #known: SignedIn = { github: undefined, slack: undefined, pagerduty: undefined };
  #isReading = false;

  constructor(ports: AccountPorts) {
    this.#ports = ports;
  }

  get known(): SignedIn {
    return this.#known;
  }

  /** Asks every service; a failure is told by the source's own row. */
  async read(): Promise<void> {
    await this.#read(ACCOUNT_SERVICES);
  }

  /** Whoever began without a network learns who they are once a source answers; what is known is not asked again. */
  async readUnknown(statuses: readonly SourceStatus[]): Promise<void> {
    if (this.#isReading) return;
    const answering = statuses.filter(({ okAt, failure }) => okAt !== undefined && failure === undefined);
    const unknown = ACCOUNT_SERVICES.filter(
      (service) => this.#known[service] === undefined && answering.some((status) => status.service === service),
    );
    if (unknown.length > 0) await this.#read(unknown);
  }

  async #read(services: readonly AccountService[]): Promise<void> {
    const abort = AbortSignal.timeout(TIMEOUT_MS);
    const idOf = async (service: AccountService): Promise<string | undefined> => {
      const account = await this.#ports
        .sourceOf(service)
        ?.account(abort)
        .catch(() => undefined);
      return account?.id;
    };
    this.#isReading = true;
    const read = await Promise.all(services.map(async (service) => [service, await idOf(service)] as const));
    this.#isReading = false;
    this.#known = { ...this.#known, ...Object.fromEntries(read) };
    this.#ports.onDidRead();
  }
}
