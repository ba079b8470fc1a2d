import type { PlannedIssues } from '../core/closedLoop.ts';
import type { Watch } from '../core/team.ts';
import { createAlertmanagerSource } from '../services/alertmanager/source.ts';
import type { Clock } from '../services/clock.ts';
import { createExtensionSource } from '../services/extension/source.ts';
import { createFeedSource } from '../services/feed/source.ts';
import { createGitHubSource } from '../services/github/source.ts';
import type { PagerDutyPorts } from '../services/pagerduty/client.ts';
import { createPagerDutySource } from '../services/pagerduty/source.ts';
import type { Log, Source } from '../services/service.ts';
import { createSlackSource } from '../services/slack/source.ts';
import type { ContributedSources } from '../shared/contributed.ts';

/** What the sources of a team are asked with. */
export interface SourcePorts {
  readonly github: ApiPorts;
  readonly slack: ApiPorts;
  readonly pagerduty: ApiPorts & Pick<PagerDutyPorts, 'email'>;
  /** The `Authorization` header that the person gave for exactly this origin. */
  readonly feeds: (origin: string) => Promise<string | undefined>;
  readonly contributed: ContributedSources;
  readonly clock: Clock;
  readonly log: Log;
}

interface ApiPorts {
  readonly token: () => Promise<string | undefined>;
  readonly apiUrl: string | undefined;
}

/**
 * The source with this id, of which the entries are; GitHub's needs none where items become issues.
 * @throws {Error} without an entry
 */
export function createWatchedSource(
  id: string,
  watch: readonly Watch[],
  ports: SourcePorts & { readonly planned: () => PlannedIssues },
): Source {
  const { github, slack, pagerduty, feeds, contributed, log, clock } = ports;
  const [first] = watch;
  const now = (): number => clock.now();
  const gitHub = (): Source => createGitHubSource({ ...github, now, log }, ports.planned);
  switch (first?.service) {
    case 'github':
      return gitHub();
    case 'slack':
      return createSlackSource({ ...slack, now, log });
    case 'alertmanager':
      return createAlertmanagerSource({ url: first.url, token: async () => undefined, now, log });
    case 'pagerduty':
      return createPagerDutySource({ ...pagerduty, now, log });
    case 'feed':
      return createFeedSource({ name: first.name, authorization: feeds, now, log });
    case 'extension':
      return createExtensionSource({ name: first.source, contributed, clock });
    case undefined:
      if (id === 'github') return gitHub();
      throw new Error(`${id} watches nothing`);
  }
}

/** The id of the source that reads an entry; entries of one source are read together. */
export function sourceIdOf(watch: Watch): string {
  switch (watch.service) {
    case 'alertmanager':
      return `alertmanager:${watch.url}`;
    case 'feed':
      return `feed:${watch.name}`;
    case 'extension':
      return `extension:${watch.source}`;
    case 'github':
    case 'slack':
    case 'pagerduty':
      return watch.service;
  }
}
