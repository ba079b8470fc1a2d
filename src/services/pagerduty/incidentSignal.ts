import { plainText } from '../../core/plainText.ts';
import { EXCERPT_LENGTH, type Signal, signalId } from '../../core/signal.ts';
import { findUrls, normalizeUrl, safeUrl } from '../../core/url.ts';
import type { Incident } from './wire.ts';

export const PAGERDUTY_WEB = 'https://www.pagerduty.com/';

/** The signal of an incident; `snoozedUntil` (epoch ms) when somebody put it off. */
export function toSignal(incident: Incident, watchIds: readonly string[], snoozedUntil: number | undefined): Signal {
  const { status, acknowledgers } = incident;
  const isOpen = status !== 'resolved';
  const quietUntil = status === 'acknowledged' ? snoozedUntil : undefined;
  return {
    id: signalId('pagerduty', incident.id),
    service: 'pagerduty',
    source: 'pagerduty',
    kind: 'alert',
    state: isOpen ? (quietUntil === undefined ? 'open' : 'quiet') : 'closed',
    title: incident.title,
    excerpt: incident.description === incident.title ? '' : plainText(incident.description, EXCERPT_LENGTH),
    url: safeUrl(incident.page) ?? PAGERDUTY_WEB,
    place: incident.service.name,
    watchIds: [...new Set(watchIds)].sort(),
    reasons: ['alert'],
    author: undefined,
    // Whom PagerDuty calls is not who has taken it: that is who acknowledged.
    assignees: [],
    labels: [incident.priority, incident.urgency === undefined ? undefined : `urgency:${incident.urgency}`].filter(
      (label) => label !== undefined,
    ),
    startedAt: incident.createdAt,
    updatedAt: incident.changedAt,
    replies: 0,
    count: 1,
    names: namesOf(incident),
    mentions: findUrls(incident.description),
    markers: [],
    links: [],
    voices: [],
    takenBy: isOpen ? acknowledgers : [],
    quietUntil,
  };
}

/** Its page and its address in the API; its key too, where a tool made an address of it. */
function namesOf({ page, self, key }: Incident): readonly string[] {
  const names = [page, self, key].flatMap((each) => (each === undefined ? [] : (normalizeUrl(each) ?? [])));
  return [...new Set(names)];
}
