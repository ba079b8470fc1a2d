import { handoffIdOf, otherTries, revisionOf, undoneBy } from '../actions/postHandoff.ts';
import type { HandoffDraft, PostedHandoff } from '../core/handoff.ts';
import { handoffMarkdown } from '../core/handoffMarkdown.ts';
import type { Proposal, StoredProposal, Write } from '../core/proposal.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { mayBeOutside } from '../outbox/steps.ts';
import type { Store } from '../store/store.ts';

/** What became of earlier tries to post the same notes to the same place, as they were before they were edited. */
export type EarlierTry =
  | { readonly how: 'none' }
  /** It was posted after all. `stored` is that proposal. */
  | { readonly how: 'arrived'; readonly stored: StoredProposal }
  /** Nobody could tell. */
  | { readonly how: 'unknown'; readonly stored: StoredProposal };

/** Looks for what earlier tries may have left outside; one that left nothing is forgotten. Nothing is posted. */
export async function settleEarlier(
  proposal: Proposal,
  outbox: Pick<Outbox, 'stored' | 'look' | 'drop'>,
): Promise<EarlierTry> {
  const open = outbox.stored().filter(mayBeOutside);
  const tries = otherTries(
    proposal,
    open.map((stored) => stored.proposal),
  );
  for (const { id } of tries) {
    const stored = await outbox.look(id);
    const status = stored.states[0]?.status;
    if (status === 'done') return { how: 'arrived', stored };
    if (status !== 'waiting') return { how: 'unknown', stored };
    outbox.drop(id);
  }
  return { how: 'none' };
}

/**
 * Keeps every handoff that was posted, now and from now on, from wherever it was approved. Returns what ends it.
 */
export function followPostedHandoffs(store: Store): () => void {
  keepPostedHandoffs(store);
  return store.onDidChange((parts) => {
    if (parts.has('proposals')) keepPostedHandoffs(store);
  });
}

/**
 * Keeps every handoff that was posted, as its finished proposals tell: also when a crash came before it was kept. Where it
 * was taken back it is not posted any more.
 */
export function keepPostedHandoffs(store: Store): void {
  const all = [...store.proposals().values()];
  const made = all.flatMap((stored) => postOf(stored) ?? []);
  const takenBack = made.filter(({ proposal }) => undoneBy(proposal, all) !== undefined);
  const posts = made.filter((post) => !takenBack.includes(post));
  for (const post of takenBack) forget(post, store);
  const latest = new Map(
    posts.sort((a, b) => a.proposal.createdAt - b.proposal.createdAt).map((post) => [`${post.id} ${post.where}`, post]),
  );
  for (const post of latest.values()) {
    const draft = store.drafts().get(post.id);
    const before = store.handoffs().find(({ id }) => id === post.id);
    const isKept = before?.links.some(({ where, url }) => where === post.where && url === post.url) === true;
    if (draft !== undefined && !isKept)
      store.savePostedHandoff(posted(draft, post, { before, at: postedAt(post, store) }));
  }
}

interface Post {
  readonly id: string;
  readonly where: 'slack' | 'issue';
  readonly url: string;
  readonly proposal: Proposal;
  readonly step: Write;
}

function postOf({ proposal, states: [state] }: StoredProposal): Post | undefined {
  const [step] = proposal.steps;
  const id = handoffIdOf(proposal);
  if (id === undefined || step === undefined || state?.status !== 'done') return undefined;
  return { id, where: step.type === 'createIssue' ? 'issue' : 'slack', url: state.outcome.url, proposal, step };
}

/** Leads nobody to a message that is deleted, or an issue that was closed again. */
function forget({ id, where, url }: Post, store: Store): void {
  const kept = store.handoffs().find((handoff) => handoff.id === id);
  const links = kept?.links.filter((link) => link.where !== where || link.url !== url) ?? [];
  if (kept === undefined || links.length === kept.links.length) return;
  if (links.length === 0) store.deletePostedHandoff(id);
  else store.savePostedHandoff({ ...kept, links });
}

function postedAt({ url, proposal }: Post, store: Store): number {
  const entry = store.journal().findLast(({ event }) => event.type === 'handoffPosted' && event.url === url);
  return entry?.at ?? proposal.createdAt;
}

function posted(
  draft: HandoffDraft,
  { where, url, proposal, step }: Post,
  { before, at }: { readonly before: PostedHandoff | undefined; readonly at: number },
): PostedHandoff {
  const links = [...(before?.links ?? []).filter((link) => link.where !== where), { where, url }];
  const { id, from, to, shift } = draft;
  // Notes that were edited since are not what was posted.
  const markdown = draft.revision === revisionOf(proposal) ? handoffMarkdown(draft, 'message') : textOf(step);
  return { id, from, to, shift, links, postedAt: at, markdown };
}

function textOf(step: Write): string {
  if (step.type === 'postMessage') return step.markdown;
  return step.type === 'createIssue' ? step.body.replace(step.marker, '').trimEnd() : '';
}
