import { CALL_KINDS, type CallReason, type QueueCall } from '../core/calls.ts';
import type { RunningClock } from '../core/clock.ts';
import type { CreatedIssueRef } from '../core/conversion.ts';
import type { PostedHandoff } from '../core/handoff.ts';
import type { SnoozeEnd } from '../core/journal.ts';
import { PRIORITIES } from '../core/priority.ts';
import { PROPOSAL_KINDS } from '../core/proposal.ts';
import type { ProposalView } from '../core/proposalView.ts';
import { SERVICES } from '../core/signal.ts';
import { SOURCE_FAILURES, type SourceStatus } from '../core/sourceStatus.ts';
import type { Shift } from '../core/team.ts';
import type { Turn, TurnReason } from '../core/turn.ts';
import type { NextReason } from '../core/urgency.ts';
import type {
  BudgetView,
  CoverageView,
  DutyView,
  PlaceView,
  QueueBundle,
  QueueGroup,
  QueueItem,
  QueueSignal,
  QueueView,
  ResponderView,
  TimeboxView,
} from '../core/view.ts';
import { anyOf, arrayOf, type Guard, isBoolean, isNumber, isString, objectOf, oneOf, optional } from './guards.ts';

/** Grows when the shape of the view changes: an older snapshot is then not painted. */
const VERSION = 4;

/** The view as the text of the snapshot file. */
export function writeSnapshot(view: ResponderView): string {
  return JSON.stringify({ version: VERSION, view });
}

/** The view in a snapshot file, or undefined when it is damaged, of another version, or of another shape. */
export function readSnapshot(text: string): ResponderView | undefined {
  const raw = parseJson(text);
  return isSnapshot(raw) ? raw.view : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isService = oneOf(...SERVICES);
const isKind = oneOf('issue', 'pullRequest', 'reviewRequest', 'mention', 'thread', 'alert');
const isFailure = oneOf(...SOURCE_FAILURES);
const isTurnCode = oneOf(
  'asked',
  'wrote',
  'reported',
  'answered',
  'teamAsked',
  'firing',
  'silenced',
  'snoozed',
  'reviewAsked',
  'claimed',
  'taken',
  'assigned',
);
const isSpan = objectOf<{ readonly from: number; readonly to: number }>({ from: isNumber, to: isNumber });

const isStatus = objectOf<SourceStatus>({
  id: isString,
  service: isService,
  okAt: optional(isNumber),
  failure: optional(
    objectOf<NonNullable<SourceStatus['failure']>>({ reason: isFailure, message: isString, retryAt: isNumber }),
  ),
  skipped: isNumber,
  failedPlaces: arrayOf(
    objectOf<SourceStatus['failedPlaces'][number]>({ place: isString, reason: isFailure, message: isString }),
  ),
});

const isSignal = objectOf<QueueSignal>({
  id: isString,
  kind: isKind,
  title: isString,
  url: isString,
  place: isString,
  updatedAt: isNumber,
});

const isPriority = oneOf(...PRIORITIES);

const isTurn = objectOf<Turn>({
  turn: oneOf('us', 'them', 'thirdParty', 'date'),
  because: objectOf<TurnReason>({ code: isTurnCode, who: optional(isString), at: optional(isNumber) }),
});

const isClock = objectOf<RunningClock>({
  state: oneOf('running', 'warning', 'late'),
  signalId: isString,
  startedAt: isNumber,
  targetMinutes: isNumber,
  leftMinutes: isNumber,
  dueAt: optional(isNumber),
});

const isSnooze: Guard<SnoozeEnd> = anyOf(
  objectOf<Extract<SnoozeEnd, { type: 'time' }>>({ type: oneOf('time'), at: isNumber }),
  objectOf<Extract<SnoozeEnd, { type: 'shiftEnd' }>>({ type: oneOf('shiftEnd'), at: isNumber }),
  objectOf<Extract<SnoozeEnd, { type: 'reply' }>>({ type: oneOf('reply') }),
);

const isNextReason: Guard<NextReason> = anyOf(
  objectOf<Extract<NextReason, { code: 'late' }>>({ code: oneOf('late'), minutes: isNumber }),
  objectOf<Extract<NextReason, { code: 'warning' }>>({ code: oneOf('warning'), minutes: isNumber }),
  objectOf<Extract<NextReason, { code: 'priority' }>>({ code: oneOf('priority'), priority: optional(isPriority) }),
  objectOf<Extract<NextReason, { code: 'people' }>>({ code: oneOf('people') }),
  objectOf<Extract<NextReason, { code: 'waiting' }>>({ code: oneOf('waiting'), at: isNumber }),
);

const isItem = objectOf<QueueItem>({
  id: isString,
  kind: isKind,
  service: isService,
  title: isString,
  excerpt: isString,
  url: isString,
  place: isString,
  author: optional(isString),
  updatedAt: isNumber,
  replies: isNumber,
  count: isNumber,
  people: isNumber,
  quiet: isBoolean,
  converted: optional(objectOf<CreatedIssueRef>({ repository: isString, number: isNumber, url: isString })),
  turn: isTurn,
  clock: optional(isClock),
  owner: optional(isString),
  priority: optional(isPriority),
  isClaimed: isBoolean,
  isDone: isBoolean,
  isSnoozed: isBoolean,
  snooze: optional(isSnooze),
  returned: optional(objectOf<NonNullable<QueueItem['returned']>>({ who: optional(isString), at: isNumber })),
  signals: arrayOf(isSignal),
});

const isCall = objectOf<QueueCall>({
  id: isString,
  title: isString,
  source: isString,
  leftMinutes: optional(isNumber),
  reasons: arrayOf(objectOf<CallReason>({ kind: oneOf(...CALL_KINDS), marks: arrayOf(isString) })),
});

const isQueue = objectOf<QueueView>({
  troubles: arrayOf(isStatus),
  waiting: isNumber,
  late: isNumber,
  calls: arrayOf(isCall),
  next: optional(objectOf<NonNullable<QueueView['next']>>({ id: isString, because: isNextReason })),
  dayMinutes: isNumber,
  filter: optional(objectOf<NonNullable<QueueView['filter']>>({ name: isString, count: isNumber, total: isNumber })),
  badge: optional(objectOf<NonNullable<QueueView['badge']>>({ name: isString, count: isNumber })),
  groups: arrayOf(
    objectOf<QueueGroup>({
      id: isString,
      status: optional(isStatus),
      count: isNumber,
      bundles: arrayOf(
        objectOf<QueueBundle>({ id: isString, who: isString, isKept: isBoolean, items: arrayOf(isItem) }),
      ),
      items: arrayOf(isItem),
    }),
  ),
});

const isCoverage = objectOf<CoverageView>({
  today: isSpan,
  dueFrom: optional(isNumber),
  places: arrayOf(
    objectOf<PlaceView>({
      id: isString,
      service: isService,
      kind: oneOf('label', 'team', 'notifications', 'channel', 'mention', 'alerts'),
      name: isString,
      checkedAt: optional(isNumber),
      unseen: isNumber,
      items: arrayOf(isItem),
      failure: optional(isFailure),
    }),
  ),
});

const isShift = objectOf<Shift>({ from: isNumber, to: isNumber, name: isString, shadow: optional(isString) });

const isSnapshot = objectOf<{ readonly version: typeof VERSION; readonly view: ResponderView }>({
  version: (raw): raw is typeof VERSION => raw === VERSION,
  view: objectOf<ResponderView>({
    queue: isQueue,
    duty: optional(
      objectOf<DutyView>({
        team: isString,
        timeZone: isString,
        me: optional(isString),
        shifts: arrayOf(isShift),
        working: arrayOf(isSpan),
        channel: optional(isString),
      }),
    ),
    handoffs: arrayOf(
      objectOf<PostedHandoff>({
        id: isString,
        postedAt: isNumber,
        from: isString,
        to: optional(isString),
        shift: isSpan,
        links: arrayOf(objectOf<PostedHandoff['links'][number]>({ where: oneOf('slack', 'issue'), url: isString })),
        markdown: isString,
      }),
    ),
    timebox: optional(
      objectOf<TimeboxView>({
        id: isString,
        signalIds: arrayOf(isString),
        boxMinutes: isNumber,
        closedMs: isNumber,
        runningSince: optional(isNumber),
        otherMs: isNumber,
        itemId: optional(isString),
        title: isString,
        limitMinutes: isNumber,
      }),
    ),
    budget: optional(
      objectOf<BudgetView>({
        shift: isSpan,
        budgetMs: isNumber,
        items: arrayOf(
          objectOf<BudgetView['items'][number]>({
            id: isString,
            title: isString,
            closedMs: isNumber,
            runningSince: optional(isNumber),
          }),
        ),
      }),
    ),
    coverage: isCoverage,
    proposals: arrayOf(
      objectOf<ProposalView>({
        id: isString,
        kind: oneOf(...PROPOSAL_KINDS),
        title: isString,
        phase: oneOf('waiting', 'stale', 'stopped', 'going'),
        createdAt: isNumber,
        places: arrayOf(isString),
        failure: optional(
          objectOf<NonNullable<ProposalView['failure']>>({
            reason: isFailure,
            service: oneOf('github', 'slack', 'alertmanager', 'pagerduty'),
            retryAt: optional(isNumber),
          }),
        ),
        isBegun: isBoolean,
        hasWords: isBoolean,
        canEdit: isBoolean,
      }),
    ),
  }),
});
