import type { ResponderView } from '../core/view.ts';
import type { ActiveFilter } from '../host/filter/activeFilter.ts';
import { badgeFilter, named } from '../host/filter/filterSettings.ts';
import { grouping } from '../host/grouping.ts';
import type { TeamSession } from '../session/teamSession.ts';

/** What is shown of a session, as the person's settings and filter have it. */
export function shownView(session: TeamSession, { query }: ActiveFilter): ResponderView {
  return session.view(grouping(), {
    filter: query.trim() === '' ? undefined : named(query),
    badge: badgeFilter(),
  });
}
