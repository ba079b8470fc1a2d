import type { Closing } from '../../src/core/closing.ts';
import { DayCache, type DayInput } from '../../src/core/dayCache.ts';
import type { Day } from '../../src/core/itemState.ts';
import type { Proposal } from '../../src/core/proposal.ts';
import type { Signal } from '../../src/core/signal.ts';
import type { Team } from '../../src/core/team.ts';
import type { CoverageView, QueueView, ResponderView } from '../../src/core/view.ts';

/** A signal of which a test names only what matters. */
export function signal(over: Partial<Signal> = {}): Signal {
  return {
    id: 'github:acme/app#1',
    service: 'github',
    source: 'github',
    kind: 'issue',
    state: 'open',
    title: 'Sync stops after a rename',
    excerpt: '',
    url: 'https://github.example/acme/app/issues/1',
    place: 'acme/app',
    watchIds: ['github:label:team/integrations'],
    reasons: ['label'],
    author: { id: 'rio-sample', name: 'Rio', isBot: false },
    assignees: [],
    labels: [],
    startedAt: Date.UTC(2026, 10, 16, 9),
    updatedAt: Date.UTC(2026, 10, 16, 9),
    replies: 0,
    count: 1,
    names: [],
    mentions: [],
    markers: [],
    links: [],
    voices: [],
    takenBy: [],
    quietUntil: undefined,
    ...over,
  };
}

export function team(over: Partial<Team> = {}): Team {
  return {
    name: 'Integrations',
    timeZone: 'Europe/Berlin',
    workingHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '09:00', end: '17:00', holidays: [] },
    people: [
      { name: 'Noor', github: 'noor-sample', slack: 'U02NOO', timeZone: 'Europe/Berlin' },
      { name: 'Kai', github: 'kai-sample', slack: 'U02KAI', timeZone: 'Europe/Vienna' },
      { name: 'Mika', github: 'mika-sample', slack: 'U02MIK', timeZone: 'Europe/London' },
    ],
    rotation: { type: 'shifts', shifts: [], overrides: [] },
    watch: [],
    timebox: { limitMinutes: 120, budgetShare: 0.1 },
    issues: undefined,
    handoff: undefined,
    snippets: [],
    owners: [],
    ...over,
  };
}

/** A proposal that changes nothing, until a test says what. */
export function proposal(over: Partial<Proposal> = {}): Proposal {
  return {
    id: 'p',
    createdAt: 0,
    kind: 'label',
    signalIds: [],
    title: 'T',
    steps: [],
    decision: undefined,
    undoes: undefined,
    ...over,
  };
}

/** An issue of ours that was closed as done, and nobody knows by what. */
export function closing(over: Pick<Closing, 'closedAt' | 'markers'> & Partial<Closing>): Closing {
  return {
    issueId: 'github:acme/app#12',
    repository: 'acme/app',
    number: 12,
    url: 'https://github.example/acme/app/issues/12',
    title: 'Sync stops after a rename',
    reason: 'completed',
    fix: undefined,
    version: undefined,
    words: undefined,
    ...over,
  };
}

/** A Wednesday noon in Berlin on which Noor is signed in, nothing was done and nothing has a target. */
export function day(over: Partial<DayInput> = {}): Day {
  const accounts = { github: 'noor-sample', slack: 'U02NOO' };
  return new DayCache().at({ team: team(), accounts, journal: [], now: Date.UTC(2026, 10, 18, 11), ...over });
}

/** What is shown of the places when none is watched. */
const noCoverage: CoverageView = { today: { from: 0, to: 0 }, dueFrom: undefined, places: [] };

export const emptyQueue: QueueView = {
  groups: [],
  troubles: [],
  waiting: 0,
  late: 0,
  calls: [],
  next: undefined,
  dayMinutes: 480,
  filter: undefined,
  badge: undefined,
};

/** What is shown when there is a queue and nothing else. */
export function viewOf(queue: QueueView): ResponderView {
  return {
    queue,
    duty: undefined,
    handoffs: [],
    proposals: [],
    timebox: undefined,
    budget: undefined,
    coverage: noCoverage,
  };
}
