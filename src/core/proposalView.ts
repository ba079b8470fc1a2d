import { isUnsent, type ProposalPhase, proposalPhase } from './approval.ts';
import type { PlaceOf } from './place.ts';
import { isClaim, type ProposalKind, type StoredProposal, type Write } from './proposal.ts';
import { placeOfWrite, serviceOf, type WrittenService } from './reach.ts';
import type { SourceFailure } from './sourceStatus.ts';

/** A proposal that waits for a person, or for its service, as the Proposals view shows it. */
export interface ProposalView {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly title: string;
  readonly phase: Exclude<ProposalPhase, 'done'>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** The places that are still written to, as people say them, each once: `acme/app#12`, `#integrations`. */
  readonly places: readonly string[];
  /** What kept it from being written, when that was tried. */
  readonly failure: ProposalFailure | undefined;
  /** Part of it is outside already. */
  readonly isBegun: boolean;
  /** It says something to people. */
  readonly hasWords: boolean;
  /** None of it can be outside, so a person may rewrite it. */
  readonly canEdit: boolean;
}

export interface ProposalFailure {
  readonly reason: SourceFailure;
  readonly service: WrittenService;
  /** The service will have no write before, epoch ms. */
  readonly retryAt: number | undefined;
}

export interface ProposalsInput {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The name of a Slack channel by its id, as people say it. */
  readonly channelName: PlaceOf;
}

/** So long a service may take for a write: what is sent within is gone before anybody could read of it. */
const ON_ITS_WAY_MS = 60_000;

/** The proposals that are not done, oldest first, without those that have only just left and met nothing on their way. */
export function projectProposals(
  stored: Iterable<StoredProposal>,
  { now, channelName }: ProposalsInput,
): readonly ProposalView[] {
  const views: ProposalView[] = [];
  for (const one of stored) {
    const { proposal, states } = one;
    const phase = proposalPhase(one, now);
    const failure = failureOf(one);
    const isOnItsWay = failure === undefined && now - (one.approvedAt ?? now) < ON_ITS_WAY_MS;
    if (phase === 'done' || (phase === 'going' && isOnItsWay)) continue;
    const { id, kind, title, createdAt, steps } = proposal;
    const left = steps.filter((_, index) => states[index]?.status !== 'done');
    views.push({
      id,
      kind,
      title,
      phase,
      createdAt,
      places: [...new Set(left.map((write) => placeOfWrite(write, channelName)).filter((place) => place !== ''))],
      failure,
      isBegun: states.some(({ status }) => status === 'done'),
      hasWords: steps.some(saysWords),
      // Handoff notes are edited on their page, which keeps what was posted. Of a claim on its way a row tells already.
      canEdit:
        kind !== 'postHandoff' &&
        !(isClaim(proposal) && phase === 'going') &&
        steps.some(saysWords) &&
        states.every(isUnsent),
    });
  }
  return views.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/** How many of them wait for a person; the others go on by themselves. */
export function waitingForPerson(proposals: readonly ProposalView[]): number {
  return proposals.filter(({ phase }) => phase !== 'going').length;
}

const WORDS: ReadonlySet<Write['type']> = new Set([
  'createIssue',
  'commentOnIssue',
  'replyInThread',
  'postMessage',
  'addNote',
  'silence',
]);

function saysWords({ type }: Write): boolean {
  return WORDS.has(type);
}

function failureOf({ proposal, states }: StoredProposal): ProposalFailure | undefined {
  for (const [index, write] of proposal.steps.entries()) {
    const state = states[index];
    if (state?.status === 'failed')
      return { reason: state.reason, retryAt: state.retryAt, service: serviceOf(write.type) };
  }
  return undefined;
}
