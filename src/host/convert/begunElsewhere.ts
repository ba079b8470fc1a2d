import type { CreatedIssueRef } from '../../core/conversion.ts';
import type { Item } from '../../core/item.ts';
import type { StoredProposal } from '../../core/proposal.ts';
import { unfinishedConversion } from '../../core/proposalProgress.ts';

/** What is known of an item's conversions. */
export interface KnownConversions {
  readonly outbox: { readonly stored: () => Iterable<StoredProposal> };
  readonly conversionOf: (item: Item) => CreatedIssueRef | undefined;
}

/**
 * Remembers which issues the items have now; what it returns tells those that got another one since, or whose conversion
 * was begun: another window was quicker.
 */
export function watchOthers(items: readonly Item[], known: KnownConversions): () => readonly Item[] {
  const urlOf = (item: Item): string | undefined => known.conversionOf(item)?.url;
  const before = new Map(items.map((item) => [item.id, urlOf(item)]));
  return () =>
    items.filter((item) => {
      const ids = item.signals.map(({ id }) => id);
      return urlOf(item) !== before.get(item.id) || unfinishedConversion(known.outbox.stored(), ids) !== undefined;
    });
}
