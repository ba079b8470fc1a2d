import { changes } from '../../../src/core/acts.ts';
import type { Item } from '../../../src/core/item.ts';
import { entriesOf, indexJournal, recordOf } from '../../../src/core/itemRecord.ts';
import type { JournalEvent } from '../../../src/core/journal.ts';
import { dutyAt } from '../../../src/core/rotation.ts';
import { seeing } from '../../../src/core/seen.ts';
import { snoozeChoices } from '../../../src/core/snooze.ts';
import { actEntries, lastAct, type UndoableEvent, undoEntries } from '../../../src/core/undo.ts';
import type { TeamSession } from '../../../src/session/teamSession.ts';
import { MINUTE } from './calendar.ts';
import type { Deed } from './deeds.ts';
import type { Dice } from './dice.ts';
import { historyOf, holdersOf, ME, type Outside, type Thing } from './outside.ts';
import { github, type Matter } from './script.ts';

type Story = Deed extends infer D
  ? D extends Deed
    ? Omit<D, 'id' | 'at' | 'matter' | 'seen' | 'undone'>
    : never
  : never;

/** Does what a person does with the rows: records it as the commands do, and again in plain words for the second counting. */
export class Responder {
  readonly deeds: Deed[] = [];
  readonly matters: Matter[];
  session: TeamSession;
  readonly #outside: Outside;
  readonly #dice: Dice;
  /** What a deed wrote outside, and where. */
  readonly #written = new Map<string, { readonly on: boolean; readonly things: readonly Thing[] }>();
  #ids = 0;

  constructor(
    session: TeamSession,
    outside: Outside,
    { matters, dice }: { readonly matters: Matter[]; readonly dice: Dice },
  ) {
    this.session = session;
    this.matters = matters;
    this.#outside = outside;
    this.#dice = dice;
  }

  /** One thing that a person might do now. */
  act(now: number): void {
    const dice = this.#dice;
    const items = this.#shownItems();
    if (items.length === 0) return;
    const item = dice.pick(items);
    const some = dice.chance(0.2) ? [...new Set([item, dice.pick(items), dice.pick(items)])] : [item];
    dice.pick<() => void>([
      () => this.#snooze(some, now),
      () => this.#snooze(some, now),
      () => this.#record(some, now, { event: { type: 'woken' }, story: { type: 'woken' } }),
      () => this.#record(some, now, { event: { type: 'done' }, story: { type: 'done' } }),
      () => this.#record(some, now, { event: { type: 'done' }, story: { type: 'done' } }),
      () => this.#record(some, now, { event: { type: 'reopened' }, story: { type: 'reopened' } }),
      () => this.#claim(item, now),
      () => this.#release(item, now),
      () =>
        this.#record(some, now, {
          event: { type: 'prioritised', priority: dice.pick(['critical', 'low']) },
          story: { type: 'prioritised' },
        }),
      () => this.#record([item], now, { event: { type: 'noted', text: 'seen before' }, story: { type: 'noted' } }),
      () =>
        this.#record([item], now, { event: { type: 'keptInMind', text: 'watch it' }, story: { type: 'keptInMind' } }),
      () => this.#doItNow(item, now),
      () => this.#doItNow(item, now),
      () => this.#timebox(now),
      () => this.#timebox(now),
      () => this.#log(dice.chance(0.8) ? item : undefined, now),
      () => this.#check(now),
      () => this.#convert(item, now),
      () => this.#undo(now),
      () => this.#undo(now),
    ])();
  }

  /** The machine slept from `from` on with a timebox running: that time is taken off, and then asked about. */
  wake(from: number, now: number): void {
    const { timebox } = this.session.view();
    if (timebox?.runningSince === undefined || timebox.runningSince > from) return;
    const { signalIds } = timebox;
    const id = this.#append(signalIds, from, { type: 'paused' });
    const deed = this.#tell(id, from, { type: 'paused' }, this.#matterOf(signalIds));
    const answer = this.#dice.pick(['count it', 'leave it', 'go on']);
    if (answer === 'count it') {
      this.#append(signalIds, now, { type: 'undone', entryId: id });
      deed.undone = true;
    } else if (answer === 'go on')
      this.#tell(
        this.#append(signalIds, now, { type: 'resumed' }),
        now,
        { type: 'resumed' },
        this.#matterOf(signalIds),
      );
  }

  #shownItems(): readonly Item[] {
    const { groups } = this.session.view().queue;
    const ids = groups.flatMap(({ items, bundles }) => [...items, ...bundles.flatMap((bundle) => bundle.items)]);
    return ids.flatMap(({ id }) => this.session.items().get(id) ?? []);
  }

  #snooze(items: readonly Item[], now: number): void {
    const { team, me } = this.session;
    const duty = dutyAt(team.rotation, now);
    const choices = snoozeChoices({
      now,
      timeZone: me?.timeZone ?? team.timeZone,
      workingHours: team.workingHours,
      shift: duty?.name === me?.name ? duty : undefined,
    });
    const custom = { type: 'time', at: now + this.#dice.int(1, 3000) * MINUTE } as const;
    const until = this.#dice.chance(0.15) ? custom : this.#dice.pick(choices).until;
    const story = { type: 'snoozed', until: until.type === 'reply' ? undefined : until.at } as const;
    this.#record(items, now, { event: { type: 'snoozed', until }, story });
  }

  #claim(item: Item, now: number): void {
    const [deed] = this.#record([item], now, { event: { type: 'claimed' }, story: { type: 'claimed' } });
    if (deed !== undefined) this.#hold(item, deed, true);
  }

  #release(item: Item, now: number): void {
    const [deed] = this.#record([item], now, { event: { type: 'released' }, story: { type: 'released' } });
    if (deed !== undefined) this.#hold(item, deed, false);
  }

  #doItNow(item: Item, now: number): void {
    this.#claim(item, now);
    const minutes = this.#dice.pick([15, 30, 60, 90]);
    this.#time(item, now, { type: 'started', minutes });
  }

  #timebox(now: number): void {
    const { timebox } = this.session.view();
    const item = timebox?.itemId === undefined ? undefined : this.session.items().get(timebox.itemId);
    if (timebox === undefined || item === undefined) return;
    const pause = timebox.runningSince === undefined ? 'resumed' : 'paused';
    const type = this.#dice.pick([pause, pause, 'extended', 'stopped'] as const);
    if (type === 'extended') this.#time(item, now, { type, minutes: 30, reason: 'nearly there' });
    else this.#time(item, now, { type });
  }

  #time(
    item: Item,
    now: number,
    event: Extract<JournalEvent, { type: 'started' | 'extended' | 'paused' | 'resumed' | 'stopped' }>,
  ): void {
    const signalIds = item.signals.map(({ id }) => id);
    this.#tell(this.#append(signalIds, now, event), now, event, this.#matterOf(signalIds));
  }

  #log(item: Item | undefined, now: number): void {
    const minutes = this.#dice.pick([5, 20, 45, -10]);
    const event = { type: 'timeLogged', minutes, reason: 'on the phone' } as const;
    const signalIds = item?.signals.map(({ id }) => id) ?? [];
    const [entry] = actEntries({ id: this.#newId(), at: now, event, items: [signalIds] });
    if (entry === undefined) return;
    this.session.store.append(entry);
    this.#tell(entry.id, now, { type: 'timeLogged', minutes }, item && this.#matterOf(signalIds));
  }

  #check(now: number): void {
    const { id } = this.#dice.pick(this.session.team.watch);
    const entryId = this.#append([], now, { type: 'checked', watchId: id });
    this.#tell(entryId, now, { type: 'checked' }, undefined);
  }

  #convert(item: Item, now: number): void {
    if (this.session.conversionOf(item) !== undefined) return;
    const number = 10_000 + this.#ids;
    const signalIds = item.signals.map(({ id }) => id);
    const matter = this.#matterOf(signalIds);
    const made = github(number, now, {
      kind: 'issue',
      watchIds: ['github:label:team/integrations'],
      reporter: ME,
      markers: signalIds,
    });
    const event = {
      type: 'converted',
      repository: 'acme/app',
      number,
      url: made.url,
      title: 'Planned',
      timeboxMinutes: 240,
      priority: 'high',
    } as const;
    this.#tell(this.#append(signalIds, now, event), now, { type: 'converted' }, matter);
    matter.things.push(made);
    this.#outside.things.push(made);
  }

  #undo(now: number): void {
    const { store } = this.session;
    const last = lastAct(store.journal(), {});
    if (last === undefined) return;
    const givingBack = new Set(last.entries.filter((entry) => this.#isMineAlone(entry)).map(({ id }) => id));
    for (const entry of undoEntries(last.entries, { id: this.#newId(), at: now, givingBack })) store.append(entry);
    for (const { id } of last.entries) {
      const deed = this.deeds.find((each) => each.id === id);
      if (deed === undefined) throw new Error(`${id} was never told`);
      deed.undone = true;
      const { on, things } = this.#written.get(id) ?? { on: false, things: [] };
      if (on) deed.givenBack = { at: now, things: new Set(things.map((thing) => thing.id)) };
      this.#write(things, !on);
    }
  }

  /** As the command asks: whether all that is known to be mine of it outside is what this claim put there. */
  #isMineAlone({ id, signalIds }: { readonly id: string; readonly signalIds: readonly string[] }): boolean {
    const { on, things } = this.#written.get(id) ?? { on: false, things: [] };
    const { me } = this.session;
    const signals =
      signalIds.map((each) => this.session.itemOf(each)).find((item) => item !== undefined)?.signals ?? [];
    const held = signals.filter(
      ({ assignees, takenBy }) => assignees.includes(me?.github ?? '') || takenBy.includes(me?.slack ?? ''),
    );
    return on && things.length > 0 && held.every((each) => things.some((thing) => thing.id === each.id));
  }

  /** Writes outside what a claim or a release changes there; alerts have nowhere to write it. */
  #hold({ signals }: Item, { id, at }: Deed, on: boolean): void {
    const things = this.#outside.things.filter((thing) => signals.some((each) => each.id === thing.id));
    const changed = things.filter((thing) => {
      const isHeld = holdersOf(historyOf(thing, at) ?? []).some(({ who }) => who === ME);
      return thing.service !== 'alertmanager' && isHeld !== on;
    });
    this.#written.set(id, { on, things: changed });
    this.#write(changed, on);
  }

  #write(things: readonly Thing[], on: boolean): void {
    const at = this.#outside.now();
    for (const { service, happenings } of things) {
      const how = service === 'github' ? 'assigned' : 'eyes';
      const later = happenings.findIndex((each) => each.at > at);
      happenings.splice(later < 0 ? happenings.length : later, 0, { at, type: 'held', how, who: ME, on });
    }
  }

  /** As the commands do: what is so already is left alone. */
  #record(
    items: readonly Item[],
    now: number,
    act: { readonly event: UndoableEvent; readonly story: Story },
  ): readonly Deed[] {
    const index = indexJournal(this.session.store.journal());
    const changed = items.filter((item) => changes(item, recordOf(entriesOf(item, index)), act.event));
    const signalIds = changed.map((item) => item.signals.map(({ id }) => id));
    return actEntries({ id: this.#newId(), at: now, event: act.event, items: signalIds }).map((entry, index) => {
      const item = changed[index];
      this.session.store.append(item === undefined ? entry : { ...entry, event: seeing(entry.event, item) });
      return this.#tell(entry.id, now, act.story, this.#matterOf(entry.signalIds));
    });
  }

  #append(signalIds: readonly string[], at: number, event: JournalEvent): string {
    const id = this.#newId();
    this.session.store.append({ id, at, signalIds, event });
    return id;
  }

  #tell(id: string, at: number, story: Story, matter: Matter | undefined): Deed {
    const deed: Deed = { ...story, id, at, matter, seen: new Map(this.#outside.polledAt), undone: false };
    this.deeds.push(deed);
    return deed;
  }

  #matterOf(signalIds: readonly string[]): Matter {
    const found = this.matters.find(({ things }) => things.some(({ id }) => signalIds.includes(id)));
    if (found === undefined) throw new Error(`${signalIds.join()} is no matter`);
    return found;
  }

  #newId(): string {
    this.#ids += 1;
    return `deed-${this.#ids}`;
  }
}
