import type { IssueNumber } from '../core/nativeIds.ts';
import type { BoardPriority } from '../core/priority.ts';
import type { Proposal, Write } from '../core/proposal.ts';
import { issueSignalId, type Signal } from '../core/signal.ts';
import type { Log } from '../services/service.ts';

/** A preview waits for nothing; what is not known by then is not said. */
const LOOK_MS = 10_000;
/** Longer nobody relies on what was read. */
const KEPT_MS = 5 * 60_000;
/** The preview that is shown again after an edit reads nothing again. */
const FRESH_MS = 20_000;
/** Of one look. */
const MAX_ISSUES = 20;

type IssueFacts = Pick<Signal, 'labels' | 'assignees' | 'state'>;
type SetBoardPriority = Extract<Write, { readonly type: 'setBoardPriority' }>;

export interface FormerValuesPorts {
  /** What an issue is now. @throws when that cannot be found out. */
  readonly issueFacts: (issue: IssueNumber, abort: AbortSignal) => Promise<IssueFacts>;
  /** The priority that an issue has on a board. @throws when that cannot be found out. */
  readonly boardPriority: (write: SetBoardPriority, abort: AbortSignal) => Promise<BoardPriority | undefined>;
  /** Whether the store knows an issue, by its signal id. */
  readonly isWatched: (signalId: string) => boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

/** What is about to be changed, as it is now, where no source tells: issues that are not watched, and boards. */
export class FormerValues {
  readonly #ports: FormerValuesPorts;
  readonly #issues: Readings<IssueFacts>;
  readonly #boards: Readings<BoardPriority | undefined>;

  constructor(ports: FormerValuesPorts) {
    this.#ports = ports;
    this.#issues = new Readings(ports);
    this.#boards = new Readings(ports);
  }

  /** By signal id; undefined while nobody knows. */
  issueOf(id: string): IssueFacts | undefined {
    return this.#issues.get(id);
  }

  /** Undefined while nobody knows. */
  boardPriorityOf(write: SetBoardPriority): BoardPriority | undefined {
    return this.#boards.get(keyOf(write));
  }

  /** Reads what proposals are about to change; true when there is something else to say then. */
  async learn(proposals: readonly Proposal[]): Promise<boolean> {
    const { issueFacts, boardPriority, isWatched } = this.#ports;
    const writes = proposals.flatMap(({ steps }) => steps);
    const issues = distinct(writes.filter(changesIssue), issueSignalId).filter(([id]) => !isWatched(id));
    const boards = distinct(
      writes.filter((write) => write.type === 'setBoardPriority'),
      keyOf,
    );
    const news = await Promise.all([this.#issues.read(issues, issueFacts), this.#boards.read(boards, boardPriority)]);
    return news.includes(true);
  }
}

/** What was read lately, by key. */
class Readings<Found> {
  readonly #ports: Pick<FormerValuesPorts, 'now' | 'log'>;
  readonly #known = new Map<string, { readonly found: Found; readonly at: number }>();

  constructor(ports: Pick<FormerValuesPorts, 'now' | 'log'>) {
    this.#ports = ports;
  }

  get(key: string): Found | undefined {
    const known = this.#known.get(key);
    return known === undefined || this.#ports.now() > known.at + KEPT_MS ? undefined : known.found;
  }

  /** Reads again what was not read just now, since it may have changed; true when something is known now that was not, or was otherwise. */
  async read<Asked>(
    asked: readonly (readonly [string, Asked])[],
    ask: (asked: Asked, abort: AbortSignal) => Promise<Found>,
  ): Promise<boolean> {
    const due = asked.slice(0, MAX_ISSUES).filter(([key]) => !this.#isFresh(key));
    const news = due.map(async ([key, one]): Promise<boolean> => {
      const before = JSON.stringify(this.get(key));
      try {
        const found = await ask(one, AbortSignal.timeout(LOOK_MS));
        this.#known.set(key, { found, at: this.#ports.now() });
        return JSON.stringify(found) !== before;
      } catch (error) {
        this.#ports.log.debug(`${key} as it is now: ${error instanceof Error ? error.message : 'failed'}`);
        return false;
      }
    });
    return (await Promise.all(news)).includes(true);
  }

  #isFresh(key: string): boolean {
    const known = this.#known.get(key);
    return known !== undefined && this.#ports.now() < known.at + FRESH_MS;
  }
}

type IssueChange = Extract<Write, { readonly type: 'label' | 'assign' | 'closeIssue' | 'reopenIssue' }>;

/** Whether the preview says what an issue was before. */
function changesIssue(write: Write): write is IssueChange {
  return ['label', 'assign', 'closeIssue', 'reopenIssue'].includes(write.type);
}

function keyOf(write: SetBoardPriority): string {
  const { owner, number } = write.board;
  return [issueSignalId(write), `${owner}/${number}`, write.field, write.option].join(' ');
}

function distinct<T>(all: readonly T[], keyOfOne: (one: T) => string): readonly (readonly [string, T])[] {
  return [...new Map(all.map((one) => [keyOfOne(one), one])).entries()];
}
