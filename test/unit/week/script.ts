import type { Team, Watch } from '../../../src/core/team.ts';
import { team } from '../../support/build.ts';
import { DAY, HOUR, MINUTE } from './calendar.ts';
import { Dice } from './dice.ts';
import { type Happening, ME, type Thing, type Who } from './outside.ts';

/** Everything outside that is one matter, in the order in which it came. */
export interface Matter {
  readonly things: Thing[];
}

export interface Script {
  readonly team: Team;
  readonly matters: readonly Matter[];
  /** When something is looked at or done here: epoch ms, on the minute, rising. */
  readonly steps: readonly number[];
}

/** Where and when a week takes place. */
interface Setting {
  readonly zone: string;
  /** The first midnight there. */
  readonly from: number;
  /** Of whoever has the other shift. */
  readonly otherZone: string;
  readonly holiday: string;
  /** Days after `from`: the third working day, or the one after a weekend. */
  readonly changeDay: number;
}

/** A plain week, and weeks with a clock change in the middle: by an hour back, by an hour on, by half an hour. */
const SETTINGS: readonly Setting[] = [
  {
    zone: 'Europe/Berlin',
    from: Date.UTC(2026, 10, 15, 23),
    otherZone: 'Europe/London',
    holiday: '2026-11-19',
    changeDay: 2,
  },
  {
    zone: 'Europe/Berlin',
    from: Date.UTC(2026, 9, 21, 22),
    otherZone: 'Asia/Kathmandu',
    holiday: '2026-10-23',
    changeDay: 4,
  },
  {
    zone: 'America/New_York',
    from: Date.UTC(2026, 2, 5, 5),
    otherZone: 'Europe/Berlin',
    holiday: '2026-03-10',
    changeDay: 4,
  },
  {
    zone: 'Australia/Lord_Howe',
    from: Date.UTC(2026, 8, 30, 13, 30),
    otherZone: 'America/New_York',
    holiday: '2026-10-05',
    changeDay: 5,
  },
];

const LABEL = watch('github:label:team/integrations', 480);
const REVIEWS = watch('github:team:acme/integrations', 960);
const CHANNEL = watch('slack:channel:integrations', 240);
const FEEDBACK = watch('slack:channel:feedback', undefined);
const MENTION = watch('slack:mention:integrations', 120);
const ALERTS = watch('alertmanager:http://alerts.test', 15);

export function watch(id: string, respondWithinMinutes: number | undefined): Watch {
  const base = { id, respondWithinMinutes };
  if (id.startsWith('slack')) return { ...base, service: 'slack', what: 'channel', channel: id, alerts: false };
  if (id.startsWith('github'))
    return { ...base, service: 'github', what: 'label', label: id, repositories: ['acme/app'] };
  return { ...base, service: 'alertmanager', url: 'http://alerts.test', matchers: [] };
}

/** A week of `count` signals: five working days and a weekend, and a shift change on the third day. */
export function writeScript(seed: number, count: number): Script {
  const dice = new Dice(seed);
  const setting = SETTINGS[Math.abs(seed) % SETTINGS.length] ?? dice.pick(SETTINGS);
  return {
    team: teamOf(setting, dice),
    matters: mattersOf(setting.from, count, dice),
    steps: stepsOf(setting.from, dice),
  };
}

function teamOf({ zone, otherZone, from, holiday, changeDay }: Setting, dice: Dice): Team {
  const change = from + changeDay * DAY + dice.int(8, 18) * HOUR;
  const [first, second] = dice.chance(0.5) ? ['Noor', 'Kai'] : ['Kai', 'Noor'];
  const hours = team().workingHours;
  return team({
    timeZone: 'Europe/Berlin',
    workingHours: { ...hours, holidays: [holiday] },
    people: [
      { name: 'Noor', github: 'noor-sample', slack: 'U02NOO', timeZone: zone },
      { name: 'Kai', github: 'kai-sample', slack: 'U02KAI', timeZone: otherZone },
      { name: 'Mika', github: 'mika-sample', slack: 'U02MIK', timeZone: 'Europe/London' },
    ],
    rotation: {
      type: 'shifts',
      shifts: [
        { from: from + 9 * HOUR, to: change, name: first, shadow: undefined },
        { from: change, to: from + 9 * DAY, name: second, shadow: undefined },
      ],
      overrides: [],
    },
    watch: [LABEL, REVIEWS, CHANNEL, FEEDBACK, MENTION, ALERTS],
  });
}

/** Often in the day, seldom at night; never twice within five minutes. */
function stepsOf(from: number, dice: Dice): readonly number[] {
  const steps: number[] = [];
  for (let at = from; at < from + 7 * DAY; ) {
    const hour = ((at - from) % DAY) / HOUR;
    at += (hour >= 7 && hour < 19 ? dice.int(5, 70) : dice.int(30, 400)) * MINUTE;
    steps.push(at);
  }
  return steps;
}

function mattersOf(from: number, count: number, dice: Dice): readonly Matter[] {
  const matters: Matter[] = [];
  for (let made = 0; made < count; ) {
    // Some were there before the week began.
    const cameAt = from + dice.int(-12 * 60, 6 * 24 * 60) * MINUTE;
    const things = thingsOf(made, { cameAt, end: from + 7 * DAY }, dice);
    matters.push({ things });
    made += things.length;
  }
  return matters;
}

interface Life {
  readonly cameAt: number;
  readonly end: number;
}

function thingsOf(number: number, life: Life, dice: Dice): Thing[] {
  const first = dice.pick([issue, issue, review, thread, thread, thread, alert])(number, life, dice);
  live(first, life, dice);
  if (!dice.chance(0.12)) return [first];
  // Somebody talks about it in a thread; what would end the first is left out, since only what is open counts.
  const second = { ...thread(number + 1, { ...life, cameAt: later(life, dice) }, dice), mentions: [first.url] };
  live(second, { ...life, cameAt: second.cameAt }, dice);
  for (const each of [first, second]) {
    const stays = each.happenings.filter(({ type }) => type !== 'closed' && type !== 'gone' && type !== 'firedAgain');
    each.happenings.splice(0, each.happenings.length, ...stays);
  }
  return [first, second];
}

function later({ cameAt, end }: Life, dice: Dice): number {
  return Math.min(end, cameAt + dice.int(2, dice.chance(0.7) ? 400 : 4000) * MINUTE);
}

function issue(number: number, { cameAt }: Life, dice: Dice): Thing {
  return github(number, cameAt, {
    kind: 'issue',
    watchIds: [LABEL.id],
    reporter: dice.pick<Who>(['rio', 'rio', 'ada', 'kai', 'robo']),
  });
}

function review(number: number, { cameAt }: Life, dice: Dice): Thing {
  return github(number, cameAt, {
    kind: 'reviewRequest',
    watchIds: [REVIEWS.id],
    reporter: dice.pick<Who>(['rio', 'ada', 'mika']),
  });
}

export function github(
  number: number,
  cameAt: number,
  over: Pick<Thing, 'kind' | 'watchIds' | 'reporter'> & Partial<Thing>,
): Thing {
  const url = `https://github.example/acme/app/issues/${number}`;
  const id = `github:acme/app#${number}`;
  const rest = { mentions: [], markers: [], happenings: [] };
  return { id, service: 'github', source: 'github', place: 'acme/app', cameAt, url, ...rest, ...over };
}

function thread(number: number, { cameAt }: Life, dice: Dice): Thing {
  const entry = dice.pick([CHANNEL, FEEDBACK, MENTION]);
  const watchIds = entry === MENTION && dice.chance(0.5) ? [CHANNEL.id, MENTION.id] : [entry.id];
  const url = `https://slack.example/archives/C01/p${number}`;
  const place = entry === FEEDBACK ? '#feedback' : '#integrations';
  const reporter = dice.pick<Who>(['rio', 'ada', 'rio', 'mika', 'robo', ME]);
  const rest = { mentions: [], markers: [], happenings: [] };
  return {
    id: `slack:C01:${number}`,
    service: 'slack',
    source: 'slack',
    kind: 'thread',
    place,
    watchIds,
    reporter,
    cameAt,
    url,
    ...rest,
  };
}

function alert(number: number, { cameAt }: Life): Thing {
  const source = 'alertmanager:http://alerts.test';
  const url = `http://alerts.test/${number}`;
  const rest = { reporter: undefined, mentions: [], markers: [], happenings: [] };
  return {
    id: `alertmanager:${number}`,
    service: 'alertmanager',
    source,
    kind: 'alert',
    place: 'Alertmanager',
    watchIds: [ALERTS.id],
    cameAt,
    url,
    ...rest,
  };
}

/** What becomes of a thing: words, 👀, assignments, ends and returns, each in a minute of its own. */
function live(thing: Thing, { cameAt, end }: Life, dice: Dice): void {
  let at = cameAt;
  for (let left = dice.int(0, 6); left > 0; left -= 1) {
    at = later({ cameAt: at, end }, dice);
    if (at >= end) return;
    const next = thing.service === 'alertmanager' ? ofAlert(thing, at, dice) : ofTalk(thing, at, dice);
    thing.happenings.push(...next);
    at = thing.happenings.at(-1)?.at ?? at;
    if (thing.happenings.some(({ type }) => type === 'gone')) return;
  }
}

function ofTalk(thing: Thing, at: number, dice: Dice): readonly Happening[] {
  const isGitHub = thing.service === 'github';
  if (dice.chance(0.15)) {
    const who = dice.pick<Who>(['kai', 'mika', 'rio']);
    const off = {
      at: at + dice.int(5, 600) * MINUTE,
      type: 'held',
      how: isGitHub ? 'assigned' : 'eyes',
      who,
      on: false,
    } as const;
    return dice.chance(0.3) ? [{ ...off, at, on: true }, off] : [{ ...off, at, on: true }];
  }
  if (isGitHub && dice.chance(0.1)) {
    const closed = { at, type: 'closed' } as const;
    return dice.chance(0.4) ? [closed, { at: at + dice.int(5, 900) * MINUTE, type: 'reopened' }] : [closed];
  }
  if (isGitHub && dice.chance(0.03)) return [{ at, type: 'gone' }];
  const who = dice.pick<Who>([
    'rio',
    'ada',
    'kai',
    'mika',
    'noor',
    'robo',
    thing.reporter ?? 'rio',
    thing.reporter ?? 'ada',
  ]);
  return [{ at, type: 'said', who }];
}

function ofAlert(thing: Thing, at: number, dice: Dice): readonly Happening[] {
  const was = thing.happenings.findLast(({ type }) => type !== 'held')?.type;
  if (was === 'closed') return [{ at, type: 'firedAgain' }];
  if (dice.chance(0.2)) return [{ at, type: 'held', how: 'eyes', who: dice.pick<Who>(['kai', 'mika']), on: true }];
  if (dice.chance(0.5)) return [{ at, type: 'closed' }];
  const until = at + dice.int(10, 600) * MINUTE;
  return [
    { at, type: 'silenced', until },
    { at: until, type: 'unsilenced' },
  ];
}
