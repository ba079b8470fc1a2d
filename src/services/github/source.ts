import { isDeepStrictEqual } from 'node:util';
import type { PlannedIssues } from '../../core/closedLoop.ts';
import type { GitHubWatch } from '../../core/team.ts';
import type { FailedPlace, PollRequest, PollResult, SkippedRecord, Source } from '../service.ts';
import { ServiceError } from '../service.ts';
import { readAccount } from './account.ts';
import type { GitHubPorts } from './client.ts';
import { createGitHubClient } from './client.ts';
import { CLOSINGS_KEY, furtherRepositories, readClosings, withoutTakenBack } from './closings.ts';
import { readIssueConversation } from './conversation.ts';
import { Cycle } from './cycle.ts';
import { readIssueEvents } from './issueEvents.ts';
import type { ListMemory } from './listMemory.ts';
import { loadList, withReported } from './listMemory.ts';
import { NOTIFICATIONS_KEY, readNotifications } from './readNotifications.ts';
import { readRepository, repositoryKey } from './readRepository.ts';
import { readSearch, searchKey } from './readSearch.ts';
import { readVoices, talkKey } from './readVoices.ts';
import type { LabelWatch, WatchedList } from './report.ts';
import { changesOf, holding } from './report.ts';
import { searchesOf } from './teamSearches.ts';

/** One thing to ask GitHub for. */
interface Place {
  /** As people say it, for the row of a failure. */
  readonly name: string;
  /** Key of what is remembered. */
  readonly key: string;
  /** The entry that its list speaks for; undefined where labels decide. */
  readonly watchId: string | undefined;
  read(cycle: Cycle): Promise<PlaceMemory>;
}

interface PlaceMemory {
  readonly skipped: readonly string[];
  readonly list?: ListMemory;
}

interface Readings {
  readonly memories: ReadonlyMap<Place, PlaceMemory>;
  readonly failed: readonly FailedPlace[];
  /** What stopped the cycle, or else the first failure of a place. */
  readonly error: ServiceError | undefined;
  readonly retryAt: number | undefined;
}

const NOTHING_PLANNED: PlannedIssues = { repositories: [], ids: new Set(), since: Number.POSITIVE_INFINITY };

/**
 * Issues, pull requests and notifications of GitHub; polls only what the team file's entries name, and where the issues
 * are that items became. How those end is kept in its memory (`readEnds`): they are no signals unless they are watched.
 */
export function createGitHubSource(ports: GitHubPorts, plannedNow = (): PlannedIssues => NOTHING_PLANNED): Source {
  // When the notifications may be asked again, epoch ms; not stored, since it changes with each poll.
  let notificationsAt = 0;

  const notifications = (watchId: string): Place => ({
    name: 'notifications',
    key: NOTIFICATIONS_KEY,
    watchId,
    read: async (cycle) => {
      if (cycle.now < notificationsAt) return listMemory(loadList(cycle.request.memory, NOTIFICATIONS_KEY));
      const { list, pollInterval } = await readNotifications(cycle);
      notificationsAt = cycle.now + (pollInterval ?? 0) * 1000;
      return listMemory(list);
    },
  });

  return {
    id: 'github',
    service: 'github',
    poll: async (request) => {
      const watches = request.watch.filter((watch) => watch.service === 'github');
      const labels = watches.filter((watch) => watch.what === 'label');
      const planned = plannedNow();
      const further = furtherRepositories(
        planned,
        labels.flatMap(({ repositories }) => repositories),
      );
      const places = [
        ...repositoryPlaces(labels, further),
        ...watches.flatMap((watch) => listPlaces(watch, notifications)),
      ];
      const cycle = new Cycle(await createGitHubClient(ports, request.abort), request, ports.now());
      const readings = await readPlaces(cycle, places);
      if (readings.error !== undefined && readings.memories.size === 0) throw readings.error;
      return finish(cycle, { labels, places, readings, planned });
    },
    readConversation: async (signal, abort) => readIssueConversation(await createGitHubClient(ports, abort), signal),
    readEvents: async (signal, abort) => readIssueEvents(await createGitHubClient(ports, abort), signal),
    account: async (abort) => readAccount(await createGitHubClient(ports, abort)),
  };
}

/** One place a repository, however many entries name it; of the further ones no label counts. */
function repositoryPlaces(labels: readonly LabelWatch[], further: readonly string[]): readonly Place[] {
  const wanted = new Map<string, { readonly repository: string; readonly labels: Set<string> }>();
  for (const watch of labels) {
    for (const repository of watch.repositories) {
      const key = repositoryKey(repository);
      const entry = wanted.get(key) ?? { repository, labels: new Set() };
      entry.labels.add(watch.label);
      wanted.set(key, entry);
    }
  }
  for (const repository of further) wanted.set(repositoryKey(repository), { repository, labels: new Set() });
  return [...wanted].map(([key, { repository, labels: names }]) => ({
    name: repository,
    key,
    watchId: undefined,
    read: (cycle) => readRepository(cycle, repository, [...names]),
  }));
}

function listPlaces(watch: GitHubWatch, notifications: (watchId: string) => Place): readonly Place[] {
  switch (watch.what) {
    case 'label':
      return [];
    case 'notifications':
      return [notifications(watch.id)];
    case 'team':
      return searchesOf(watch).map((search) => ({
        name: `@${watch.organization}/${watch.team}`,
        key: searchKey(search),
        watchId: watch.id,
        read: async (cycle) => listMemory(await readSearch(cycle, search)),
      }));
  }
}

function listMemory(list: ListMemory): PlaceMemory {
  return { skipped: list.skipped, list };
}

/** One after the other, as GitHub asks of its clients. What stops one stops all the rest when it would stop them too. */
async function readPlaces(cycle: Cycle, places: readonly Place[]): Promise<Readings> {
  const memories = new Map<Place, PlaceMemory>();
  const failed: FailedPlace[] = [];
  let firstError: ServiceError | undefined;
  let stop: ServiceError | undefined;
  for (const place of places) {
    try {
      if (stop !== undefined) throw stop;
      memories.set(place, await place.read(cycle));
    } catch (error) {
      if (!(error instanceof ServiceError) || error.reason === 'unauthenticated') throw error;
      firstError ??= error;
      if (error.reason === 'rateLimited' || error.reason === 'offline') stop = error;
      failed.push({ place: place.name, reason: error.reason, message: error.message });
    }
  }
  return { memories, failed, error: stop ?? firstError, retryAt: stop?.retryAt };
}

interface Finished {
  readonly labels: readonly LabelWatch[];
  readonly places: readonly Place[];
  readonly readings: Readings;
  readonly planned: PlannedIssues;
}

/** Nothing is remembered before all is read: a poll that throws leaves no trace. */
async function finish(cycle: Cycle, { labels, places, readings, planned }: Finished): Promise<PollResult> {
  const lists = places.flatMap((place): WatchedList[] => {
    if (place.watchId === undefined) return [];
    const list = readings.memories.get(place)?.list ?? loadList(cycle.request.memory, place.key);
    return [{ watchId: place.watchId, list }];
  });
  const { signals: voiced, talks, retryAt } = await readVoices(cycle, holding(cycle, labels, lists));
  const ends = await readClosings(cycle, planned);
  const signals = withoutTakenBack(voiced, ends);
  const { changed, gone } = changesOf(cycle, signals);
  if (ends !== undefined) remember(cycle.request, CLOSINGS_KEY, ends);
  for (const [id, talk] of talks) remember(cycle.request, talkKey(id), talk);
  for (const id of gone) cycle.request.memory.delete(talkKey(id));
  const skipped: SkippedRecord[] = [];
  for (const [place, memory] of readings.memories) {
    remember(cycle.request, place.key, memory.list === undefined ? memory : withReported(memory.list, signals));
    skipped.push(...memory.skipped.map((problem) => ({ place: place.name, problem })));
  }
  return { changed, gone, skipped, failedPlaces: readings.failed, pollAgainAt: readings.retryAt ?? retryAt };
}

/** As JSON, since that is what is kept: an undefined part is a missing one. */
function remember({ memory }: PollRequest, key: string, value: unknown): void {
  const kept: unknown = JSON.parse(JSON.stringify(value));
  if (!isDeepStrictEqual(memory.get(key), kept)) memory.set(key, kept);
}
