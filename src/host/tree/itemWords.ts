/** What decides which commands an item's row offers. */
export interface ItemFacts {
  readonly isConverted: boolean;
  readonly isMine: boolean;
  readonly isDone: boolean;
  readonly isSnoozed: boolean;
  /** Whether it is of several signals. */
  readonly isJoined: boolean;
  /** Whether a PagerDuty incident is among its signals. */
  readonly isIncident: boolean;
  /** Whether a GitHub issue or pull request is among its signals, or it became one. */
  readonly isIssue: boolean;
  /** Whether an alert of an Alertmanager that may fire is among its signals. */
  readonly isAlert: boolean;
  /** Whether a Slack thread is among its signals. */
  readonly isThread: boolean;
}

/** The capability words of an item's row, sorted; the manifest's menus match them. */
export function itemWords(facts: ItemFacts): string {
  return ['canKeepInMind canOpen item', ...wordsOfKind(facts), ...wordsOfState(facts)]
    .filter((word) => word !== false)
    .flatMap((word) => word.split(' '))
    .sort()
    .join(' ');
}

function wordsOfKind({ isJoined, isIncident, isIssue, isAlert, isThread }: ItemFacts): readonly (string | false)[] {
  return [
    isJoined && 'canKeepApart',
    isIncident && 'canResolve',
    isIssue && 'canChange',
    (isIssue || isIncident || isThread) && 'canReply',
    isAlert && 'canSilence',
  ];
}

function wordsOfState({ isConverted, isMine, isDone, isSnoozed }: ItemFacts): readonly (string | false)[] {
  return [
    !isConverted && 'canConvert',
    isMine ? 'canRelease' : !isDone && 'canClaim',
    isDone ? 'canReopen' : 'canDone',
    isSnoozed ? 'canWake' : !isDone && 'canSnooze',
  ];
}
