import type { Watch } from '../core/team.ts';
import { listLength, type Reading, readGroup, report, valueAt } from './reading.ts';
import {
  alertmanagerWatchSchema,
  channelWatchSchema,
  type Duration,
  extensionWatchSchema,
  feedFieldsSchema,
  feedWatchSchema,
  labelWatchSchema,
  mentionWatchSchema,
  notificationsWatchSchema,
  pagerdutyWatchSchema,
  teamWatchSchema,
} from './schema.ts';
import type { YamlPath } from './yamlText.ts';

const PATH: YamlPath = ['watch'];
const TO_COME = ['ical', 'slackUserGroup'] as const;

/** Minutes of working time. */
type Minutes = (duration: Duration) => number;
type ReadEntry = (reading: Reading, path: YamlPath, minutes: Minutes) => Watch | undefined;

/** The places to watch; an entry that cannot be read is left out, and reported. */
export function readWatch(reading: Reading, minutes: Minutes): readonly Watch[] {
  if (valueAt(reading, PATH) === undefined) report(reading, 'nothingWatched', { path: [] });
  const found = new Map<string, Watch>();
  for (let index = 0, length = listLength(reading, PATH); index < length; index += 1) {
    const path = [...PATH, index];
    const watch = readEntry(reading, path, minutes);
    if (watch === undefined) continue;
    if (found.has(watch.id)) report(reading, 'duplicateWatch', { path });
    else found.set(watch.id, watch);
  }
  return [...found.values()];
}

const GITHUB: ReadonlyMap<unknown, ReadEntry> = new Map([
  ['label', readLabel],
  ['team', readTeam],
  ['notifications', readNotifications],
]);

const SLACK: ReadonlyMap<unknown, ReadEntry> = new Map([
  ['channel', readChannel],
  ['mention', readMention],
]);

function readEntry(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const given = (key: string): unknown => valueAt(reading, [...path, key]);
  if (given('github') !== undefined) {
    const read = GITHUB.get(given('github'));
    if (read === undefined) report(reading, 'githubWatch', { path: [...path, 'github'] });
    return read?.(reading, path, minutes);
  }
  if (given('slack') !== undefined) {
    const read = SLACK.get(given('slack'));
    if (read === undefined) report(reading, 'slackWatch', { path: [...path, 'slack'] });
    return read?.(reading, path, minutes);
  }
  if (given('alertmanager') !== undefined) return readAlertmanager(reading, path, minutes);
  if (given('pagerduty') !== undefined) return readPagerDuty(reading, path, minutes);
  if (given('feed') !== undefined) return readFeed(reading, path, minutes);
  if (given('source') !== undefined) return readExtension(reading, path, minutes);
  const coming = TO_COME.find((key) => given(key) !== undefined);
  if (coming === undefined) report(reading, 'watchKind', { path });
  else report(reading, 'notWatchedYet', { path: [...path, coming], part: 'key' }, [coming]);
  return undefined;
}

function readLabel(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const group = readGroup(reading, path, labelWatchSchema);
  return (
    group && {
      id: `github:label:${group.name}`,
      service: 'github',
      what: 'label',
      label: group.name,
      repositories: [...new Set(group.in)],
      respondWithinMinutes: group.respondWithin && minutes(group.respondWithin),
    }
  );
}

function readTeam(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const group = readGroup(reading, path, teamWatchSchema);
  if (group === undefined) return undefined;
  const [organization = '', team = ''] = group.name.split('/');
  const respondWithinMinutes = group.respondWithin && minutes(group.respondWithin);
  return { id: `github:team:${group.name}`, service: 'github', what: 'team', organization, team, respondWithinMinutes };
}

function readNotifications(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const group = readGroup(reading, path, notificationsWatchSchema);
  if (group === undefined) return undefined;
  const respondWithinMinutes = group.respondWithin && minutes(group.respondWithin);
  return { id: 'github:notifications', service: 'github', what: 'notifications', respondWithinMinutes };
}

function readChannel(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const group = readGroup(reading, path, channelWatchSchema);
  return (
    group && {
      id: `slack:channel:${group.name}`,
      service: 'slack',
      what: 'channel',
      channel: group.name,
      alerts: group.alerts ?? false,
      respondWithinMinutes: group.respondWithin && minutes(group.respondWithin),
    }
  );
}

function readMention(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const group = readGroup(reading, path, mentionWatchSchema);
  if (group === undefined) return undefined;
  const handle = group.name.replace(/^@/u, '');
  const respondWithinMinutes = group.respondWithin && minutes(group.respondWithin);
  return { id: `slack:mention:${handle}`, service: 'slack', what: 'mention', handle, respondWithinMinutes };
}

function readAlertmanager(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const group = readGroup(reading, path, alertmanagerWatchSchema);
  if (group === undefined) return undefined;
  const { origin, pathname } = new URL(group.alertmanager);
  const url = `${origin}${pathname.replace(/\/+$/u, '')}`;
  const matchers = group.matchers ?? [];
  const respondWithinMinutes = group.respondWithin && minutes(group.respondWithin);
  return {
    id: `alertmanager:${url}:${matchers.join(',')}`,
    service: 'alertmanager',
    url,
    matchers,
    respondWithinMinutes,
  };
}

function readPagerDuty(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const by = valueAt(reading, [...path, 'pagerduty']);
  if (by !== 'service' && by !== 'escalationPolicy') {
    report(reading, 'pagerdutyWatch', { path: [...path, 'pagerduty'] });
    return undefined;
  }
  const group = readGroup(reading, path, pagerdutyWatchSchema);
  return (
    group && {
      id: `pagerduty:${by}:${group.id}`,
      service: 'pagerduty',
      by,
      pagerdutyId: group.id,
      name: group.name,
      respondWithinMinutes: group.respondWithin && minutes(group.respondWithin),
    }
  );
}

function readFeed(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const group = readGroup(reading, path, feedWatchSchema);
  const fields = readGroup(reading, [...path, 'fields'], feedFieldsSchema);
  if (group === undefined || fields === undefined) return undefined;
  return {
    id: `feed:${group.name}`,
    service: 'feed',
    name: group.name,
    url: new URL(group.feed).href,
    items: group.items,
    fields,
    closed: group.closed ?? [],
    quiet: group.quiet ?? [],
    respondWithinMinutes: group.respondWithin && minutes(group.respondWithin),
  };
}

function readExtension(reading: Reading, path: YamlPath, minutes: Minutes): Watch | undefined {
  const group = readGroup(reading, path, extensionWatchSchema);
  if (group === undefined) return undefined;
  const respondWithinMinutes = group.respondWithin && minutes(group.respondWithin);
  return { id: `extension:${group.source}`, service: 'extension', source: group.source, respondWithinMinutes };
}
