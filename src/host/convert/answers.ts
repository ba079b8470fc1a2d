import * as z from 'zod/mini';
import { type ConvertChoice, type Duplicate, defaultTitle } from '../../actions/convert.ts';
import { cleanLabels } from '../../actions/fittedIssue.ts';
import type { FilledTemplate } from '../../actions/templateBody.ts';
import type { IssueTemplate } from '../../core/issueTemplate.ts';
import type { Item } from '../../core/item.ts';
import { PRIORITIES } from '../../core/priority.ts';
import type { Person, Team } from '../../core/team.ts';
import { mustBeIssue } from '../../core/timebox.ts';
import { isRepository } from '../../team/words.ts';

const repositoryName = z.string().check(z.refine(isRepository));

const answersSchema = z.object({
  timeboxMinutes: z.optional(z.int().check(z.positive())),
  priority: z.optional(z.enum(PRIORITIES)),
  repository: z.optional(repositoryName),
  title: z.optional(z.string().check(z.maxLength(10_000))),
  labels: z.optional(z.array(z.string())),
  assignee: z.optional(z.nullable(z.string())),
  body: z.optional(z.string().check(z.maxLength(1_000_000))),
  /** What is said elsewhere in other words than those that it was drafted with. */
  replies: z.optional(
    z.array(
      z.object({ drafted: z.string().check(z.maxLength(100_000)), said: z.string().check(z.maxLength(100_000)) }),
    ),
  ),
  duplicate: z.optional(
    z.object({
      how: z.enum(['append', 'relate']),
      repository: repositoryName,
      number: z.int().check(z.positive()),
      title: z.string().check(z.maxLength(10_000)),
      reopens: z.optional(z.boolean()),
    }),
  ),
  /** Undefined for our own body. The values are by the field's id. */
  template: z.optional(
    z.object({
      path: z.string().check(z.maxLength(300)),
      values: z.record(z.string(), z.union([z.string().check(z.maxLength(10_000)), z.array(z.string())])),
    }),
  ),
});

/** What has been answered so far; `assignee: null` is nobody. Small JSON, so that it survives a cancel and a crash. */
export type Answers = Readonly<z.infer<typeof answersSchema>>;

/** What an earlier, unfinished conversion of the same item left; nothing of it when it cannot be read. */
export function parseAnswers(raw: unknown): Answers {
  const parsed = answersSchema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

/**
 * The decision when everything is answered and the timebox is long enough for an issue, otherwise undefined. A template
 * counts when it is among `templates`, those of the repository.
 */
export function toChoice(
  answers: Answers,
  item: Item,
  team: Team,
  templates: readonly IssueTemplate[] = [],
): ConvertChoice | undefined {
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
    duplicate: duplicateOf(answers),
    template: filledTemplate(answers, templates),
  };
}

/** What is to be done about a duplicate; one of another repository than the chosen one is none. */
export function duplicateOf({ duplicate, repository }: Answers): Duplicate | undefined {
  return duplicate?.repository.toLowerCase() === repository?.toLowerCase() ? duplicate : undefined;
}

/** Whether no new issue is made. */
export function appends(answers: Answers): boolean {
  return duplicateOf(answers)?.how === 'append';
}

/** The chosen template and what was answered to it. */
export function filledTemplate(
  { template: chosen }: Answers,
  templates: readonly IssueTemplate[],
): FilledTemplate | undefined {
  const template = templates.find(({ path }) => path === chosen?.path);
  return template === undefined || chosen === undefined ? undefined : { template, values: chosen.values };
}

/** Answers with another template; a body that was edited before is not of it, and its labels join those chosen. */
export function withTemplate(answers: Answers, template: IssueTemplate | undefined): Answers {
  if (template?.path === answers.template?.path) return answers;
  const { body: _, template: __, ...others } = answers;
  if (template === undefined) return others;
  const labels =
    others.labels === undefined ? {} : { labels: [...cleanLabels([...others.labels, ...template.labels])] };
  return { ...others, ...labels, template: { path: template.path, values: {} } };
}

/** Answers with what is to be done about a duplicate; a body that was edited before does not tell of it. */
export function withDuplicate(answers: Answers, duplicate: Duplicate | undefined): Answers {
  const { duplicate: before, ...others } = answers;
  if (sameAs(before) === sameAs(duplicate)) return answers;
  const { body: _, ...unedited } = others;
  return duplicate === undefined ? unedited : { ...unedited, duplicate };
}

function sameAs(duplicate: Duplicate | undefined): string | undefined {
  return (
    duplicate && JSON.stringify([duplicate.how, duplicate.repository, duplicate.number, duplicate.reopens === true])
  );
}

/** By the replies as they are drafted what the person made of them; one that is drafted otherwise by now is not among them. */
export function repliesOf({ replies = [] }: Answers): ReadonlyMap<string, string> {
  return new Map(replies.map(({ drafted, said }) => [drafted, said]));
}

/** Answers with other replies, by those that were shown. */
export function withReplies(answers: Answers, rewritten: ReadonlyMap<string, string>): Answers {
  const before = answers.replies ?? [];
  const again = before.map(({ drafted, said }) => ({ drafted, said: rewritten.get(said) ?? said }));
  const others = [...rewritten].filter(([shown, said]) => shown !== said && !before.some((one) => one.said === shown));
  const replies = [...again, ...others.map(([drafted, said]) => ({ drafted, said }))];
  return replies.length === 0 ? answers : { ...answers, replies };
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

/** The team's labels, the template's and the item's signals'; picked are the first two, or what was chosen before. */
export function labelOptions(
  team: Team,
  items: readonly Item[],
  chosen: readonly string[] | undefined,
  template: readonly string[] = [],
): readonly LabelOption[] {
  const ours = [...(team.issues?.labels ?? []), ...template];
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
