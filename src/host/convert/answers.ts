import * as z from 'zod/mini';
import { type ConvertChoice, cleanLabels, defaultTitle } from '../../actions/convert.ts';
import type { Item } from '../../core/item.ts';
import { PRIORITIES } from '../../core/priority.ts';
import type { Person, Team } from '../../core/team.ts';
import { mustBeIssue } from '../../core/timebox.ts';

const REPOSITORY = /^[a-z\d](?:[a-z\d-]{0,38})\/[\w.-]{1,100}$/iu;

const answersSchema = z.object({
  timeboxMinutes: z.optional(z.int().check(z.positive())),
  priority: z.optional(z.enum(PRIORITIES)),
  repository: z.optional(z.string().check(z.regex(REPOSITORY))),
  title: z.optional(z.string().check(z.maxLength(10_000))),
  labels: z.optional(z.array(z.string())),
  assignee: z.optional(z.nullable(z.string())),
  body: z.optional(z.string().check(z.maxLength(1_000_000))),
});

/** What has been answered so far; `assignee: null` is nobody. Small JSON, so that it survives a cancel and a crash. */
export type Answers = Readonly<z.infer<typeof answersSchema>>;

/** What an earlier, unfinished conversion of the same item left; nothing of it when it cannot be read. */
export function parseAnswers(raw: unknown): Answers {
  const parsed = answersSchema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

/** The decision when everything is answered and the timebox is long enough for an issue, otherwise undefined. */
export function toChoice(answers: Answers, item: Item, team: Team): ConvertChoice | undefined {
  const { timeboxMinutes, priority, repository, title, labels, assignee, body } = answers;
  if (timeboxMinutes === undefined || priority === undefined || repository === undefined) return undefined;
  if (!mustBeIssue(timeboxMinutes, team.timebox.limitMinutes)) return undefined;
  return {
    timeboxMinutes,
    priority,
    repository,
    title: title ?? defaultTitle(item),
    labels: labels ?? team.issues?.labels ?? [],
    assignee: assignee ?? undefined,
    body,
  };
}

export function isRepository(text: string): boolean {
  return REPOSITORY.test(text);
}

/** Where an issue may go: the team's own place first, then what it watches, then what was chosen before. */
export function repositories(team: Team, chosen: string | undefined): readonly string[] {
  const watched = team.watch.flatMap((watch) =>
    watch.service === 'github' && watch.what === 'label' ? watch.repositories : [],
  );
  const all = [team.issues?.repository, ...watched, chosen].filter((repository) => repository !== undefined);
  return uniqueBy(all, (repository) => repository.toLowerCase());
}

export interface LabelOption {
  readonly label: string;
  readonly picked: boolean;
}

/** The team's labels and those of the item's signals; picked are the team's, or what was chosen before. */
export function labelOptions(
  team: Team,
  items: readonly Item[],
  chosen: readonly string[] | undefined,
): readonly LabelOption[] {
  const ours = team.issues?.labels ?? [];
  const theirs = items.flatMap((item) => item.signals.flatMap((signal) => signal.labels));
  const picked = new Set(cleanLabels(chosen ?? ours).map((label) => label.toLowerCase()));
  return cleanLabels([...ours, ...(chosen ?? []), ...theirs]).map((label) => ({
    label,
    picked: picked.has(label.toLowerCase()),
  }));
}

export interface Me {
  /** A name of the schedule, or what the account is called. */
  readonly name: string;
  /** GitHub login. */
  readonly github: string | undefined;
}

export interface Assignee {
  readonly name: string;
  /** GitHub login. */
  readonly login: string;
}

/** Who can be assigned: me first, then the team's people who have a GitHub login. */
export function assigneeOptions(people: readonly Person[], me: Me | undefined): readonly Assignee[] {
  const all = [me, ...people].flatMap((person) =>
    person?.github === undefined ? [] : [{ name: person.name, login: person.github }],
  );
  return uniqueBy(all, ({ login }) => login.toLowerCase());
}

function uniqueBy<T>(values: readonly T[], key: (value: T) => string): readonly T[] {
  const byKey = new Map<string, T>();
  for (const value of values) if (!byKey.has(key(value))) byKey.set(key(value), value);
  return [...byKey.values()];
}
