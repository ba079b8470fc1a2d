/** What the groups of the Queue are made by. */
export const GROUPINGS = ['turn', 'source', 'priority', 'place'] as const;

export type Grouping = (typeof GROUPINGS)[number];
