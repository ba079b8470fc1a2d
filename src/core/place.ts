import type { AlertmanagerWatch, Team, Watch } from './team.ts';

/** The name of a Slack channel as people say it. */
export type PlaceOf = (channelId: string) => string | undefined;

/** A watched place's name as people say it; the same wherever it is told of. Unique among `places`, a team's `watch`. */
export function placeName(watch: Watch, places: Team['watch']): string {
  switch (watch.service) {
    case 'github':
      if (watch.what === 'label') return watch.label;
      return watch.what === 'team' ? `@${watch.organization}/${watch.team}` : 'GitHub notifications';
    case 'slack':
      return watch.what === 'channel' ? `#${watch.channel}` : `@${watch.handle}`;
    case 'alertmanager':
      return alertmanagerName(watch, places);
    case 'pagerduty':
      return watch.name ?? watch.pagerdutyId;
    case 'feed':
      return watch.name;
    case 'extension':
      return watch.source;
  }
}

/** What nobody needs to tell apart has no address. */
function alertmanagerName({ url, matchers }: AlertmanagerWatch, places: Team['watch']): string {
  const all = places.filter((place) => place.service === 'alertmanager');
  if (all.length <= 1) return 'Alertmanager';
  const host = url.replace(/^https?:\/\//u, '');
  return all.filter((other) => other.url === url).length === 1
    ? `Alertmanager ${host}`
    : `Alertmanager ${host} {${matchers.join(', ')}}`;
}

/** Where the services' pages are, as far as it is known. */
export interface PlaceAddresses {
  /** `https://github.com`, without a trailing slash. */
  readonly github: string;
  /** `https://acme.slack.com`, without a trailing slash. */
  readonly slack: string | undefined;
  /** A Slack channel's page, by its name without `#`. */
  readonly channel: (name: string) => string | undefined;
}

/**
 * The page on which a place is looked at: a search on GitHub, the channel, the alerts. For a mention, which Slack has no
 * address for, the workspace. Undefined when nothing is known that leads there.
 */
export function placeUrl(watch: Watch, { github, slack, channel }: PlaceAddresses): string | undefined {
  switch (watch.service) {
    case 'github': {
      if (watch.what === 'notifications') return `${github}/notifications`;
      const query =
        watch.what === 'label'
          ? [`label:${JSON.stringify(watch.label)}`, ...watch.repositories.map((name) => `repo:${name}`)]
          : [`team:${watch.organization}/${watch.team}`];
      // https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
      return `${github}/search?${new URLSearchParams({ type: 'issues', q: ['is:open', ...query].join(' ') }).toString()}`;
    }
    case 'slack':
      return watch.what === 'channel' ? channel(watch.channel) : slack;
    case 'alertmanager':
      return `${watch.url}/#/alerts?filter=${encodeURIComponent(`{${watch.matchers.join(',')}}`)}`;
    case 'pagerduty':
    case 'feed':
    case 'extension':
      // What they read is for programs; only their items have pages.
      return undefined;
  }
}
