import * as vscode from 'vscode';
import { defaultTitle, issueToPlan } from '../../actions/convert.ts';
import { formatMinutes } from '../../core/duration.ts';
import { MAX_ISSUE_TITLE_LENGTH } from '../../core/issueLimits.ts';
import type { Item } from '../../core/item.ts';
import { PRIORITIES, PRIORITY_LABEL } from '../../core/priority.ts';
import { mustBeIssue, parseTimebox, type TimeboxChoiceId, timeboxChoices } from '../../core/timebox.ts';
import { workingDayMinutes } from '../../core/workingHours.ts';
import { isRepository } from '../../team/words.ts';
import { type Answers, appends, assigneeOptions, filledTemplate, labelOptions, repositories } from './answers.ts';
import type { ConvertPorts } from './convertPorts.ts';
import type { Look } from './look.ts';
import { askText, type Choice, pickMany, pickOne, type Question } from './quickInput.ts';
import type { TemplateLook } from './templates.ts';
import type { Move, Position, Step } from './wizard.ts';
import { timeboxText } from './words.ts';

/** What is handed to a person may be smaller than what one would plan for oneself. */
const SHORT_MINUTES = [30, 60];

type Ports = Pick<ConvertPorts, 'team' | 'me' | 'transferTo'>;

/** What is looked at in the repository once it is known; undefined for several items, which share their answers. */
export interface Looks {
  readonly similar: Look;
  readonly templates: TemplateLook;
}

/** The questions before the preview; several items share the answers and keep their own titles. */
export function questions(
  items: readonly [Item, ...Item[]],
  title: string,
  ports: Ports,
  looks: Looks | undefined,
): readonly Step<Answers>[] {
  const [first, ...others] = items;
  const plansItself = ({ repository }: Answers) =>
    repository !== undefined && issueToPlan(first, repository) !== undefined;
  const always = () => true;
  const templateOf = (answers: Answers) => filledTemplate(answers, looks?.templates.found() ?? [])?.template;
  return [
    { applies: always, ask: (answers, position) => askTimebox(answers, question(title, position), ports) },
    { applies: always, ask: (answers, position) => askPriority(answers, question(title, position)) },
    {
      applies: always,
      ask: async (answers, position) =>
        prepared(await askRepository(answers, question(title, position), ports, first), looks?.templates),
    },
    {
      applies: (answers) => others.length === 0 && !plansItself(answers),
      ask: async (answers, position) =>
        prepared(await askTitle(answers, question(title, position), first), looks?.similar),
    },
    ...(looks === undefined ? [] : [...looks.similar.steps, ...looks.templates.steps]),
    {
      applies: (answers) => !appends(answers),
      ask: (answers, position) =>
        askLabels(answers, question(title, position), ports, { items, template: templateOf(answers)?.labels }),
    },
    {
      applies: (answers) => ports.transferTo === undefined && !appends(answers),
      ask: (answers, position) =>
        askAssignee(answers, question(title, position), ports, templateOf(answers)?.assignees ?? []),
    },
  ];
}

/** Looks before the next question is asked, so that it is known whether there is one. */
async function prepared(move: Move<Answers>, look: Look | undefined): Promise<Move<Answers>> {
  if (move.go !== 'next' || look === undefined) return move;
  return { ...move, answers: await look.prepare(move.answers) };
}

type Asked = Omit<Question, 'placeholder'>;

function question(title: string, position: Position): Asked {
  return { title, position };
}

async function askTimebox(answers: Answers, asked: Asked, ports: Ports): Promise<Move<Answers>> {
  const { limitMinutes } = ports.team.timebox;
  const short = ports.transferTo === undefined ? [] : SHORT_MINUTES;
  const choices: readonly Choice<number | 'custom'>[] = [
    ...short.map((minutes) => ({ label: formatMinutes(minutes), value: minutes })),
    ...timeboxChoices(ports.team.workingHours).map(({ id, minutes }) => ({
      label: timeboxText(id),
      description: timeboxHint(id, minutes, limitMinutes),
      value: minutes,
    })),
    { label: vscode.l10n.t('Custom…'), value: 'custom' },
  ];
  for (;;) {
    const chosen = choices.some(({ value }) => value === answers.timeboxMinutes);
    const current = chosen ? answers.timeboxMinutes : answers.timeboxMinutes === undefined ? undefined : 'custom';
    const reply = await pickOne({ ...asked, placeholder: howLong(ports) }, choices, (value) => value === current);
    if (reply.go !== 'next') return { go: reply.go, answers };
    const move =
      reply.value === 'custom'
        ? await askCustom(answers, asked, ports)
        : await accept(reply.value, answers, asked, ports);
    if (move.go !== 'back') return move;
  }
}

function howLong({ transferTo, team }: Ports): string {
  return transferTo === undefined
    ? vscode.l10n.t('How long may it take? Work from {0} on is planned.', formatMinutes(team.timebox.limitMinutes))
    : vscode.l10n.t('How long may it take {0}?', transferTo.name);
}

function timeboxHint(id: TimeboxChoiceId, minutes: number, limitMinutes: number): string {
  const length = formatMinutes(minutes);
  if (!mustBeIssue(minutes, limitMinutes))
    return vscode.l10n.t('{0}, less than the limit of {1}', length, formatMinutes(limitMinutes));
  // "2 hours" needs no "2 h" beside it.
  return id === 'twoHours' ? '' : length;
}

async function askCustom(answers: Answers, asked: Asked, ports: Ports): Promise<Move<Answers>> {
  const { workingHours, timebox } = ports.team;
  const parse = (text: string) => parseTimebox(text, workingDayMinutes(workingHours));
  const { timeboxMinutes } = answers;
  let typed = timeboxMinutes === undefined ? '' : formatMinutes(timeboxMinutes);
  for (;;) {
    const reply = await askText({
      title: asked.title,
      position: undefined,
      placeholder: vscode.l10n.t('A length of time, such as 3h, 1h 30m, half a day or 2 days'),
      value: typed,
      problem: (text) => {
        const minutes = parse(text);
        if (minutes === undefined) return vscode.l10n.t('This is not a length of time. Try 3h, 90m or 2 days.');
        return mustBeIssue(minutes, timebox.limitMinutes) ? undefined : tooShort(minutes, timebox.limitMinutes);
      },
      acceptAnyway: (text) => parse(text) !== undefined,
    });
    if (reply.go !== 'next') return { go: reply.go, answers };
    typed = reply.value;
    const move = await accept(parse(typed) ?? 0, answers, asked, ports);
    if (move.go !== 'back') return move;
  }
}

function tooShort(minutes: number, limitMinutes: number): string {
  return vscode.l10n.t(
    '{0} is less than the limit of {1}: work this short is done now, not planned. Press Enter to choose.',
    formatMinutes(minutes),
    formatMinutes(limitMinutes),
  );
}

/** Takes a timebox of the limit or more; a shorter one is refused with the reason and the offer to do it now. */
async function accept(minutes: number, answers: Answers, asked: Asked, ports: Ports): Promise<Move<Answers>> {
  const { limitMinutes } = ports.team.timebox;
  if (mustBeIssue(minutes, limitMinutes)) return { go: 'next', answers: { ...answers, timeboxMinutes: minutes } };
  const reply = await pickOne<'doItNow' | 'back'>(
    {
      title: asked.title,
      position: undefined,
      placeholder: vscode.l10n.t(
        '{0} is less than the limit of {1}: work this short is done now, not planned.',
        formatMinutes(minutes),
        formatMinutes(limitMinutes),
      ),
    },
    [
      {
        label: `$(play) ${vscode.l10n.t('Do It Now')}`,
        description: vscode.l10n.t('Claims it and starts its timebox; no issue is created'),
        value: 'doItNow',
      },
      { label: `$(edit) ${vscode.l10n.t('Choose a Longer Timebox')}`, value: 'back' },
    ],
  );
  if (reply.go !== 'next') return { go: reply.go, answers };
  return { go: reply.value, answers: reply.value === 'doItNow' ? { ...answers, timeboxMinutes: minutes } : answers };
}

async function askPriority(answers: Answers, asked: Asked): Promise<Move<Answers>> {
  const reply = await pickOne(
    { ...asked, placeholder: vscode.l10n.t('Priority on the board') },
    PRIORITIES.map((value) => ({ label: PRIORITY_LABEL[value], value })),
    (value) => value === (answers.priority ?? 'medium'),
  );
  return reply.go === 'next'
    ? { go: 'next', answers: { ...answers, priority: reply.value } }
    : { go: reply.go, answers };
}

async function askRepository(answers: Answers, asked: Asked, { team }: Ports, item: Item): Promise<Move<Answers>> {
  const known = repositories(team, answers.repository);
  const choices: readonly Choice<string | undefined>[] = [
    ...known.map((repository) => ({
      label: repository,
      description: repositoryHint(repository, item, team.issues?.repository),
      value: repository,
    })),
    { label: vscode.l10n.t('Other…'), value: undefined },
  ];
  for (;;) {
    const reply = await pickOne(
      { ...asked, placeholder: vscode.l10n.t('Repository of the issue') },
      choices,
      (value) => value === (answers.repository ?? known[0]),
    );
    if (reply.go !== 'next') return { go: reply.go, answers };
    if (reply.value !== undefined) return { go: 'next', answers: { ...answers, repository: reply.value } };
    const typed = await askText({
      title: asked.title,
      position: undefined,
      placeholder: vscode.l10n.t('Repository as owner/name'),
      value: '',
      problem: (text) =>
        isRepository(text.trim()) ? undefined : vscode.l10n.t('Write it as owner/name, such as acme/app.'),
    });
    if (typed.go === 'cancel') return { go: 'cancel', answers };
    if (typed.go === 'next') return { go: 'next', answers: { ...answers, repository: typed.value.trim() } };
  }
}

function repositoryHint(repository: string, item: Item, preset: string | undefined): string {
  if (issueToPlan(item, repository) !== undefined) {
    return vscode.l10n.t('Plans this issue itself; no second one is created');
  }
  return repository === preset ? vscode.l10n.t('From the team file') : '';
}

async function askTitle(answers: Answers, asked: Asked, item: Item): Promise<Move<Answers>> {
  const reply = await askText({
    ...asked,
    placeholder: vscode.l10n.t('Title of the issue'),
    value: answers.title ?? defaultTitle(item),
    problem: (text) => {
      if (text.trim() === '') return vscode.l10n.t('An issue needs a title.');
      return text.trim().length > MAX_ISSUE_TITLE_LENGTH
        ? vscode.l10n.t('GitHub takes at most {0} characters.', MAX_ISSUE_TITLE_LENGTH)
        : undefined;
    },
  });
  return { go: reply.go, answers: { ...answers, title: reply.value } };
}

async function askLabels(
  answers: Answers,
  asked: Asked,
  { team }: Ports,
  { items, template }: { readonly items: readonly Item[]; readonly template: readonly string[] | undefined },
): Promise<Move<Answers>> {
  const reply = await pickMany(
    { ...asked, placeholder: vscode.l10n.t('Labels; type another and press Enter to add it') },
    labelOptions(team, items, answers.labels, template),
    vscode.l10n.t('Add this label'),
  );
  return { go: reply.go, answers: { ...answers, labels: [...reply.value] } };
}

/** Of those whom a template names only people of the team are offered: GitHub refuses an issue for anybody else. */
async function askAssignee(
  answers: Answers,
  asked: Asked,
  { team, me }: Ports,
  named: readonly string[],
): Promise<Move<Answers>> {
  const people = assigneeOptions(team.people, me).map(({ name, login }) => ({
    label: name,
    description: login.toLowerCase() === me?.github?.toLowerCase() ? vscode.l10n.t('{0} (me)', login) : login,
    value: login,
  }));
  const logins = new Set(named.map((login) => login.toLowerCase()));
  const before =
    answers.assignee === undefined
      ? people.find(({ value }) => logins.has(value.toLowerCase()))?.value
      : answers.assignee;
  const reply = await pickOne<string | null>(
    { ...asked, placeholder: vscode.l10n.t('Who takes it?') },
    [...people, { label: vscode.l10n.t('Nobody'), value: null }],
    (value) => value === before,
  );
  return reply.go === 'next'
    ? { go: 'next', answers: { ...answers, assignee: reply.value } }
    : { go: reply.go, answers };
}
