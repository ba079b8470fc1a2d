export const HANDOFF_SECTIONS = ['startHere', 'open', 'inProgress', 'converted', 'resolved', 'keepInMind'] as const;

export type HandoffSectionId = (typeof HANDOFF_SECTIONS)[number];

export interface HandoffEntry {
  /** Stable: the item's id, or `note:<n>` for what a person added. */
  readonly id: string;
  /** One line; plain text. */
  readonly title: string;
  readonly url: string | undefined;
  /** What the record says, one line: `#integrations · 3 replies · since Mon 10:12`. */
  readonly detail: string;
  /** What the person wrote. */
  readonly note: string;
}

export interface HandoffSection {
  readonly id: HandoffSectionId;
  readonly entries: readonly HandoffEntry[];
}

/** The notes that end a shift, while they are edited. Times are epoch milliseconds. */
export interface HandoffDraft {
  readonly id: string;
  readonly team: string;
  readonly timeZone: string;
  readonly from: string;
  readonly to: string | undefined;
  readonly shift: { readonly from: number; readonly to: number };
  readonly sections: readonly HandoffSection[];
  /** Ids the person removed: a refill does not bring them back. */
  readonly removed: readonly string[];
  /** Ids the person put into another section: a refill leaves them there. */
  readonly moved: readonly string[];
  /** Grows with every change; a late answer to an old one is harmless. */
  readonly revision: number;
}

export interface PostedHandoff {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly postedAt: number;
  readonly from: string;
  readonly to: string | undefined;
  readonly shift: { readonly from: number; readonly to: number };
  readonly links: readonly { readonly where: 'slack' | 'issue'; readonly url: string }[];
  readonly markdown: string;
}
