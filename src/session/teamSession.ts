import { type CreatedIssueRef, conversionOf, conversionsOf } from '../core/conversion.ts';
import { projectCoverage } from '../core/coverage.ts';
import { DayCache } from '../core/dayCache.ts';
import { closingsFrom, lookBackFrom, personOf, projectDuty } from '../core/dutyView.ts';
import { FilterTexts, type NamedQuery, queueFilter } from '../core/filter.ts';
import type { Grouping } from '../core/grouping.ts';
import type { Item } from '../core/item.ts';
import { ItemIndex } from '../core/itemIndex.ts';
import { type Day, stateOf } from '../core/itemState.ts';
import { projectProposals } from '../core/proposalView.ts';
import { projectQueue, ROWS_PER_GROUP } from '../core/queue.ts';
import { dutyAt } from '../core/rotation.ts';
import type { SourceStatus } from '../core/sourceStatus.ts';
import type { Person, Team } from '../core/team.ts';
import { tiesOf } from '../core/ties.ts';
import { TimeCache } from '../core/timeCache.ts';
import type { TimeInput } from '../core/timeView.ts';
import type { TurnReason } from '../core/turn.ts';
import type { BudgetView, ResponderView, TimeboxView } from '../core/view.ts';
import { workingDayMinutes } from '../core/workingHours.ts';
import { createOutbox, type Outbox } from '../outbox/outbox.ts';
import { createAlertmanagerWriter } from '../services/alertmanager/writes.ts';
import { createGitHubWriter } from '../services/github/writes.ts';
import { createPagerDutyWriter } from '../services/pagerduty/writes.ts';
import type { Source } from '../services/service.ts';
import { createSlackWriter } from '../services/slack/writes.ts';
import { openStore } from '../store/sqliteStore.ts';
import type { Store } from '../store/store.ts';
import { createSync, type Sync } from '../sync/asker.ts';
import { Accounts } from './accounts.ts';
import { ClosedLoops } from './closedLoops.ts';
import { followPostedHandoffs } from './postedHandoffs.ts';
import { withKeptShifts, withStrangers } from './remoteSchedule.ts';
import { ResponseLog } from './responseLog.ts';
import { type TeamSourcePorts, TeamSources } from './teamSources.ts';
import { sourceIdOf } from './watchedSource.ts';

export interface SessionPorts extends Omit<TeamSourcePorts, 'store' | 'closingsSince'> {
  /** Folder of this team's store. */
  readonly folder: string;
  /** Unique to this window. */
  readonly holder: string;
  /** Whether nothing may leave, see the setting `responder.dryRun`. */
  readonly dryRun: () => boolean;
  readonly onBusy: (busy: boolean) => void;
  /** Something that the view shows may have changed. */
  readonly onDidChange: () => void;
}

interface ViewFilters {
  readonly filter?: NamedQuery | undefined;
  readonly badge?: NamedQuery | undefined;
}

/**
 * Everything that lives as long as one team is watched: its store, its sources, the asker, the outbox, and the items in
 * memory. Knows no `vscode`.
 */
export class TeamSession {
  readonly store: Store;
  /** Where a damaged store was put, when it was. */
  readonly setAside: string | undefined;
  readonly outbox: Outbox;
  readonly #ports: SessionPorts;
  readonly #index = new ItemIndex();
  readonly #day = new DayCache();
  readonly #responses = new ResponseLog((entry) => this.store.append(entry));
  readonly #time = new TimeCache();
  readonly #texts = new FilterTexts();
  readonly #limits = new Map<string, number>();
  readonly #sources: TeamSources;
  readonly #accounts: Accounts;
  readonly #loops: ClosedLoops;
  readonly #unfollow: () => void;
  readonly #unlisten: () => void;
  readonly #unregister: () => void;
  readonly #sync: Sync;
  #team: Team;

  /** @throws when the store cannot be opened and must not be replaced (written by a newer version). */
  constructor(team: Team, ports: SessionPorts) {
    this.#ports = ports;
    this.#team = team;
    const now = (): number => ports.clock.now();
    const sourceOf = (service: Source['service']): Source | undefined => this.#sources.of(service);
    this.#accounts = new Accounts({ sourceOf, onDidRead: ports.onDidChange });
    const { store, setAside } = openStore(ports.folder, { now, me: () => this.me?.name });
    this.store = store;
    this.setAside = setAside;
    // Before the outbox forgets old proposals.
    this.#unfollow = followPostedHandoffs(store);
    const { log } = ports;
    const writers = [
      createGitHubWriter({ ...ports.github, now, log }),
      createSlackWriter({ ...ports.slack, now, log, clock: ports.clock }),
      createPagerDutyWriter({ ...ports.pagerduty, now, log }),
      createAlertmanagerWriter({ now, log, urls: () => alertmanagersOf(this.#team) }),
    ];
    this.outbox = createOutbox({ store, writers, clock: ports.clock, log, holder: ports.holder, dryRun: ports.dryRun });
    const closingsSince = (): number => closingsFrom(this.#team, now());
    this.#sources = new TeamSources({ ...ports, store, closingsSince });
    this.#loops = new ClosedLoops({
      store,
      outbox: this.outbox,
      roster: () => this.#today().roster,
      isOnDuty: () => this.me !== undefined && dutyAt(this.#team.rotation, now())?.name === this.me.name,
      since: closingsSince,
      sourceOf,
      now,
      log,
      holder: ports.holder,
    });
    this.#sync = createSync({
      store,
      sources: () => this.#sources.all(),
      since: () => lookBackFrom(this.#team, now()),
      clock: ports.clock,
      log,
      holder: ports.holder,
      onBusy: (busy) => {
        ports.onBusy(busy);
        if (!busy) void this.#loops.look();
      },
      random: Math.random,
    });
    this.#unlisten = store.onDidChange((parts) => {
      if (parts.has('journal')) this.#index.setTies(tiesOf(store.journal()));
      if (parts.has('signals')) this.#index.sync(store.signals());
      if (parts.has('statuses')) void this.#accounts.readUnknown(this.statuses());
      this.#responses.look(this.#index, store.journal(), this.#today());
      ports.onDidChange();
    });
    this.#index.setTies(tiesOf(store.journal()));
    // One that had not come in time.
    this.#unregister = ports.contributed.onDidRegister((id) => {
      if (store.statuses().get(`extension:${id}`)?.failure !== undefined) void this.refresh();
    });
    this.#index.sync(store.signals());
    this.setTeam(team);
  }

  get team(): Team {
    return this.#team;
  }

  /** Who of the team the signed-in accounts are. */
  get me(): Person | undefined {
    return personOf(this.#team, this.#accounts.known);
  }

  /** Begins to ask; nothing was asked before. */
  start(): void {
    this.#sync.start();
    void this.readAccounts();
  }

  /** Takes up a changed team file: places that are no longer watched are forgotten. */
  setTeam(team: Team): void {
    this.#team = withKeptShifts(team, this.store);
    this.#sources.setTeam(team);
    this.store.keepSources(new Set(this.#sources.all().map(({ source }) => source.id)));
  }

  /** Asks all sources now. */
  async refresh(): Promise<void> {
    const { rotation } = this.#team;
    await this.#sync.refresh();
    // A schedule that changed is no part of the store.
    if (withKeptShifts(this.#team, this.store).rotation !== rotation) this.#ports.onDidChange();
  }

  /** Asks whose the tokens are; a failure is told by the source's own row. */
  async readAccounts(): Promise<void> {
    await this.#accounts.read();
  }

  /** Stops asking and forgets all that was read; to be closed afterwards. */
  forgetSignals(): void {
    this.#sync.stop();
    this.store.forgetSignals();
  }

  /** `filter` narrows what is shown; `badge` is what the badge counts. */
  view(grouping: Grouping = 'turn', { filter, badge }: ViewFilters = {}): ResponderView {
    const day = this.#today();
    const { now } = day;
    const statuses = this.statuses();
    const facts = { journal: day.journal, texts: this.#texts };
    const queue = projectQueue({
      items: this.#index.items().values(),
      statuses,
      day,
      dayMinutes: workingDayMinutes(this.#team.workingHours),
      grouping,
      limits: this.#limits,
      filter: filter && queueFilter(filter, facts),
      badge: badge && queueFilter(badge, facts),
    });
    return {
      queue,
      duty: projectDuty(this.#team, this.#accounts.known, now),
      handoffs: this.store.handoffs(),
      timebox: this.timebox(),
      budget: this.budget(),
      proposals: projectProposals(this.store.proposals().values(), { now, channelName: (id) => this.placeOf(id) }),
      coverage: projectCoverage({
        team: this.#team,
        items: this.#index.items().values(),
        journal: this.store.journal(),
        day,
        statusOf: (watch) => statuses.find(({ id }) => id === sourceIdOf(watch)),
      }),
    };
  }

  /** The timebox that runs or is paused. */
  timebox(): TimeboxView | undefined {
    return this.#time.timebox(this.#timeInput());
  }

  /** The duty budget of the shift that runs, when it is mine. */
  budget(): BudgetView | undefined {
    return this.#time.budget(this.#timeInput());
  }

  #timeInput(): TimeInput {
    return {
      team: this.#team,
      journal: this.store.journal(),
      me: this.me?.name,
      itemOf: (id) => this.#index.itemOf(id),
      now: this.#ports.clock.now(),
    };
  }

  #today(): Day {
    // Another window may have read the schedule: that is told of by no part of the store.
    this.#team = withKeptShifts(this.#team, this.store);
    const now = this.#ports.clock.now();
    return this.#day.at({ team: this.#team, accounts: this.#accounts.known, journal: this.store.journal(), now });
  }

  /** How each watched source is doing, in the order of the team file; also those that were never asked. */
  statuses(): readonly SourceStatus[] {
    const known = this.store.statuses();
    return this.#sources
      .all()
      .map(({ source }) => withStrangers(known.get(source.id) ?? neverAsked(source), this.#team, this.store));
  }

  items(): ReadonlyMap<string, Item> {
    return this.#index.items();
  }

  /** The item that holds a signal now. */
  itemOf(signalId: string): Item | undefined {
    return this.#index.itemOf(signalId);
  }

  /** Why the turn is whose it is, of the item that holds a signal. */
  turnOf(signalId: string): TurnReason | undefined {
    const item = this.#index.itemOf(signalId);
    return item && stateOf(item, this.#today())?.turn.because;
  }

  /** The places where reporters cannot be told before a person sees to it: ids. */
  unheard(): readonly string[] {
    return this.#loops.unheard();
  }

  conversionOf(item: Item): CreatedIssueRef | undefined {
    return conversionOf(item, conversionsOf(this.store.journal()));
  }

  /** @throws {Error} for a source that is no longer watched. */
  source(id: string): Source {
    const found = this.#sources.withId(id);
    if (found === undefined) throw new Error(`${id} is not watched`);
    return found;
  }

  /** The address of a Slack channel, from the signals that are known; undefined when there is none of it. */
  channelUrl(channel: string): string | undefined {
    for (const { service, place, url } of this.store.signals().values())
      if (service === 'slack' && place === `#${channel}`) return url.replace(/\/p\d+(?:\?.*)?$/u, '');
    return undefined;
  }

  /** What people call a Slack channel, from the signals that are known. */
  placeOf(channelId: string): string | undefined {
    for (const { id, place } of this.store.signals().values()) if (id.startsWith(`slack:${channelId}:`)) return place;
    return undefined;
  }

  /** Shows more rows of a group. */
  showMore(groupId: string): void {
    this.#limits.set(groupId, (this.#limits.get(groupId) ?? ROWS_PER_GROUP) + ROWS_PER_GROUP);
    this.#ports.onDidChange();
  }

  close(): void {
    this.#loops.stop();
    this.#sync.stop();
    this.#unlisten();
    this.#unfollow();
    this.#unregister();
    this.store.close();
  }
}

/** Where a silence may be sent. */
function alertmanagersOf({ watch }: Team): readonly string[] {
  return watch.flatMap((entry) => (entry.service === 'alertmanager' ? [entry.url] : []));
}

function neverAsked(source: Source): SourceStatus {
  return { id: source.id, service: source.service, okAt: undefined, failure: undefined, skipped: 0, failedPlaces: [] };
}
