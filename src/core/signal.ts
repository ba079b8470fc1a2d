/** The services that report signals. Each has a folder of its name under `src/services/`. */
export const SERVICES = ['github', 'slack', 'alertmanager', 'pagerduty', 'feed', 'extension'] as const;

export type ServiceName = (typeof SERVICES)[number];

export type SignalKind = 'issue' | 'pullRequest' | 'reviewRequest' | 'mention' | 'thread' | 'alert';

/** `open`: needs a look; `quiet`: silenced or inhibited at its source; `closed`: closed, merged or resolved there. */
export type SignalState = 'open' | 'quiet' | 'closed';

/** Why a source reports a signal; the same signal may have several reasons. */
export type SignalReason =
  | 'label'
  | 'teamMention'
  | 'mention'
  | 'reviewRequested'
  | 'assigned'
  | 'channel'
  | 'alertChannel'
  | 'alert';

/** Somebody as a service names them. */
export interface Author {
  /** The service's own id: a GitHub login, a Slack user id. */
  readonly id: string;
  /** What people call them; falls back to the id. */
  readonly name: string;
  readonly isBot: boolean;
}

/** A link that a signal carries for the responder, beside its own address. */
export interface SignalLink {
  readonly kind: 'runbook' | 'generator' | 'dashboard';
  readonly url: string;
}

/** One thing that one source reports, as it was last seen. Times are epoch milliseconds. */
export interface Signal {
  /** `service:native-id`, e.g. `github:acme/app#12`, `slack:C01:1700000000.000100`, `alertmanager:<fingerprint>`. */
  readonly id: string;
  readonly service: ServiceName;
  /** The {@link SourceStatus.id} of the source that reported it. */
  readonly source: string;
  readonly kind: SignalKind;
  readonly state: SignalState;
  /** One line of plain text. */
  readonly title: string;
  /** The beginning of its text, plain, at most {@link EXCERPT_LENGTH} characters. */
  readonly excerpt: string;
  /** Where it lives; http(s) only. */
  readonly url: string;
  /** The place's name as people say it: `acme/app`, `#integrations`, `Alertmanager`. */
  readonly place: string;
  /** The ids of the watch entries (`Watch.id`) that it was found by; sorted, unique. */
  readonly watchIds: readonly string[];
  /** Sorted, unique. */
  readonly reasons: readonly SignalReason[];
  readonly author: Author | undefined;
  /** The services' ids of those who hold it: GitHub logins, Slack user ids. */
  readonly assignees: readonly string[];
  readonly labels: readonly string[];
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly replies: number;
  /** How often it was reported: repeats of one alert, one otherwise. */
  readonly count: number;
  /** Normalised addresses (see `normalizeUrl`) that mean this very signal: its page, permalink, API address; an alert's labels (see `alertName`). */
  readonly names: readonly string[];
  /** Normalised addresses that its text, thread or annotations hold. */
  readonly mentions: readonly string[];
  /** Signal ids in the hidden markers that our own conversion wrote into its text. */
  readonly markers: readonly string[];
  readonly links: readonly SignalLink[];
  /** The people who spoke in it, who began it first, then by their first word; bots never. At most {@link MAX_VOICES}. */
  readonly voices: readonly Voice[];
  /** The services' ids of people who took it up with 👀, or who acknowledged it. */
  readonly takenBy: readonly string[];
  /** When a silence ends, epoch ms; undefined when it is not silenced, or without an end. */
  readonly quietUntil: number | undefined;
}

/** One person's part in a signal: a message, a comment, a review. Times are epoch milliseconds. */
export interface Voice {
  /** The service's own id: a GitHub login, a Slack user id. */
  readonly id: string;
  readonly name: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

export const MAX_VOICES = 30;

export const EXCERPT_LENGTH = 500;

/** Makes a signal id from a service and that service's own id. */
export function signalId(service: ServiceName, nativeId: string): string {
  return `${service}:${nativeId}`;
}

/** The service whose signal an id names. */
export function serviceOfId(id: string): ServiceName {
  return SERVICES.find((name) => id.startsWith(`${name}:`)) ?? 'extension';
}

/** The signal id of a GitHub issue. GitHub's names know no case; ids of signals are in small letters. */
export function issueSignalId({
  repository,
  number,
}: {
  readonly repository: string;
  readonly number: number;
}): string {
  return signalId('github', `${repository}#${number}`.toLowerCase());
}
