import type { CodeOwnersRule } from './codeOwners.ts';
import type { OwnerEntry, Person, Team } from './team.ts';

/** Why somebody is taken for the owner of a matter. */
export type OwnerReason =
  /** The team's own map says so. */
  | { readonly type: 'label'; readonly label: string }
  /** `path` is undefined for the rule about all that no other rule is about. */
  | {
      readonly type: 'codeOwners';
      readonly repository: string;
      readonly path: string | undefined;
      readonly line: number;
    }
  /** `at` (epoch ms) is the last time. */
  | { readonly type: 'lastAuthor'; readonly path: string; readonly at: number };

/** Somebody to ask. */
export interface LikelyOwner {
  /** What they are called: a person's name, `@acme/billing`, `#billing`. */
  readonly name: string;
  /** Where they are asked, without `#`; undefined where the team file does not say. */
  readonly slackChannel: string | undefined;
  /** The most telling first. */
  readonly reasons: readonly [OwnerReason, ...OwnerReason[]];
}

/** Who changed a file. */
export interface FileAuthor {
  readonly path: string;
  readonly login: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface OwnerFindings {
  readonly labels: readonly string[];
  /** The rule of each named file, or the default one. */
  readonly rules: readonly {
    readonly repository: string;
    readonly path: string | undefined;
    readonly rule: CodeOwnersRule;
  }[];
  readonly authors: readonly FileAuthor[];
}

type OwnTeam = Pick<Team, 'owners' | 'people' | 'watch'>;

const WEIGHT: { readonly [Type in OwnerReason['type']]: number } = { label: 4, codeOwners: 3, lastAuthor: 2 };
/** Of a rule about everything. */
const DEFAULT_WEIGHT = 1;

/**
 * Who most likely owns a matter, the likeliest first: who is named by several kinds of evidence, and the team's own map
 * before GitHub's. I am not among them, nor is the team itself. The order of the findings does not matter.
 */
export function likelyOwners(found: OwnerFindings, team: OwnTeam, me: Person | undefined): readonly LikelyOwner[] {
  const named = [
    ...found.labels.flatMap((label) => ofLabel(label, team)),
    ...found.rules.flatMap(({ repository, path, rule: { owners, line } }) =>
      owners.map((owner) => called(owner, { type: 'codeOwners', repository, path, line }, team)),
    ),
    ...found.authors.map(({ path, login, at }) => called(`@${login}`, { type: 'lastAuthor', path, at }, team)),
  ].filter(({ handle }) => !isOurs(handle, team, me));
  const owners = [...Map.groupBy(named, ({ key }) => key).values()].flatMap((same) => merged(same) ?? []);
  return owners.toSorted(
    (one, other) =>
      scoreOf(other) - scoreOf(one) ||
      lastAt(other) - lastAt(one) ||
      Number(other.slackChannel !== undefined) - Number(one.slackChannel !== undefined) ||
      (one.name < other.name ? -1 : 1),
  );
}

interface Named {
  /** The same for what is one owner. */
  readonly key: string;
  readonly name: string;
  /** Without `@`, lower case; undefined for one whom only a label names. */
  readonly handle: string | undefined;
  readonly slackChannel: string | undefined;
  readonly reason: OwnerReason;
}

function ofLabel(label: string, { owners }: OwnTeam): readonly Named[] {
  const entries = owners.filter((entry) => entry.label?.toLowerCase() === label.toLowerCase());
  return entries.map((entry) => ofEntry(entry, { type: 'label', label }));
}

/** Somebody whom GitHub names: `@login`, `@org/team` or an address. */
function called(owner: string, reason: OwnerReason, { owners, people }: OwnTeam): Named {
  const handle = owner.replace('@', '').toLowerCase();
  const entry = owner.startsWith('@') ? owners.find(({ github }) => github?.toLowerCase() === handle) : undefined;
  if (entry !== undefined) return ofEntry(entry, reason);
  const name = people.find(({ github }) => owner.startsWith('@') && github?.toLowerCase() === handle)?.name ?? owner;
  return { key: owner.toLowerCase(), name, handle, slackChannel: undefined, reason };
}

function ofEntry({ github, slackChannel, person }: OwnerEntry, reason: OwnerReason): Named {
  const name = person ?? (github === undefined ? `#${slackChannel}` : `@${github}`);
  return { key: `#${slackChannel} ${person ?? ''}`, name, handle: github?.toLowerCase(), slackChannel, reason };
}

function isOurs(handle: string | undefined, { watch }: OwnTeam, me: Person | undefined): boolean {
  if (handle === undefined) return false;
  if (handle === me?.github?.toLowerCase()) return true;
  return watch.some(
    (entry) =>
      entry.service === 'github' &&
      entry.what === 'team' &&
      `${entry.organization}/${entry.team}`.toLowerCase() === handle,
  );
}

function merged(same: readonly Named[]): LikelyOwner | undefined {
  const [reason, ...others] = [
    ...new Map(same.map((one) => [JSON.stringify(one.reason), one.reason])).values(),
  ].toSorted((one, other) => weightOf(other) - weightOf(one) || timeOf(other) - timeOf(one) || compare(one, other));
  // One that GitHub names as well is called by that name.
  const [name] = same
    .map((one) => one.name)
    .toSorted((a, b) => Number(a.startsWith('#')) - Number(b.startsWith('#')) || (a < b ? -1 : 1));
  if (reason === undefined || name === undefined) return undefined;
  return { name, slackChannel: same[0]?.slackChannel, reasons: [reason, ...others] };
}

/** Two reasons of one kind are no more than one. */
function scoreOf({ reasons }: LikelyOwner): number {
  const best = new Map<OwnerReason['type'], number>();
  for (const reason of reasons) best.set(reason.type, Math.max(best.get(reason.type) ?? 0, weightOf(reason)));
  return [...best.values()].reduce((sum, weight) => sum + weight, 0);
}

function weightOf(reason: OwnerReason): number {
  return reason.type === 'codeOwners' && reason.path === undefined ? DEFAULT_WEIGHT : WEIGHT[reason.type];
}

function lastAt({ reasons }: LikelyOwner): number {
  return Math.max(...reasons.map(timeOf));
}

function timeOf(reason: OwnerReason): number {
  return reason.type === 'lastAuthor' ? reason.at : 0;
}

function compare(one: OwnerReason, other: OwnerReason): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
