import type { CreatedIssueRef } from '../core/conversion.ts';
import type { PostedHandoff } from '../core/handoff.ts';
import type { SourceStatus } from '../core/sourceStatus.ts';
import type { Shift } from '../core/team.ts';
import type {
  BudgetView,
  DutyView,
  QueueGroup,
  QueueItem,
  QueueSignal,
  QueueView,
  ResponderView,
  TimeboxView,
} from '../core/view.ts';
import { arrayOf, isBoolean, isNumber, isString, objectOf, oneOf, optional } from './guards.ts';

/** Grows when the shape of the view changes: an older snapshot is then not painted. */
const VERSION = 1;

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

const isService = oneOf('github', 'slack', 'alertmanager');
const isKind = oneOf('issue', 'pullRequest', 'reviewRequest', 'mention', 'thread', 'alert');
const isFailure = oneOf('unauthenticated', 'forbidden', 'notFound', 'rateLimited', 'offline', 'badResponse', 'refused');
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
  quiet: isBoolean,
  converted: optional(objectOf<CreatedIssueRef>({ repository: isString, number: isNumber, url: isString })),
  signals: arrayOf(isSignal),
});

const isShift = objectOf<Shift>({ from: isNumber, to: isNumber, name: isString, shadow: optional(isString) });

const isSnapshot = objectOf<{ readonly version: 1; readonly view: ResponderView }>({
  version: (raw): raw is typeof VERSION => raw === VERSION,
  view: objectOf<ResponderView>({
    queue: objectOf<QueueView>({
      waiting: isNumber,
      groups: arrayOf(
        objectOf<QueueGroup>({ id: isString, status: optional(isStatus), count: isNumber, items: arrayOf(isItem) }),
      ),
    }),
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
  }),
});
