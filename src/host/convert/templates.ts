import * as vscode from 'vscode';
import { issueToPlan } from '../../actions/convert.ts';
import { askedFields, type FormField, type IssueTemplate, type TextField, valueOf } from '../../core/issueTemplate.ts';
import type { Item } from '../../core/item.ts';
import { abortable } from '../../services/abortable.ts';
import { iconless, inertTitle } from '../inert.ts';
import { looking, whyNot } from '../looking.ts';
import { type Answers, appends, filledTemplate, withTemplate } from './answers.ts';
import { askLines } from './askLines.ts';
import type { ConvertPorts } from './convertPorts.ts';
import type { Look } from './look.ts';
import { askText, pickOne, pickSeveral, type Question } from './quickInput.ts';
import type { Move, Position, Step } from './wizard.ts';

type Ports = Pick<ConvertPorts, 'issueTemplates' | 'log'>;

/** A form of the repository has no more parts. */
const MAX_FIELDS = 30;
const WORDS_LENGTH = 160;
const MAX_ANSWER = 10_000;

export interface TemplateLook extends Look {
  /** Of the repository that was looked at last. */
  readonly found: () => readonly IssueTemplate[];
}

/** Reads the issue templates of the repository, offers them, and asks what a form requires. */
export function templateLook(item: Item, name: string, ports: Ports): TemplateLook {
  let found: readonly IssueTemplate[] = [];
  let of: string | undefined;
  let notice: string | undefined;

  const prepare = async (answers: Answers): Promise<Answers> => {
    const { repository = '' } = answers;
    if (of === repository.toLowerCase()) return answers;
    found = [];
    of = undefined;
    notice = undefined;
    // An issue that is planned itself gets no new body.
    if (issueToPlan(item, repository) !== undefined) return answers;
    const read = await readTemplates(repository, ports);
    if (typeof read === 'string') {
      notice = read;
      return answers;
    }
    found = read.templates;
    of = repository.toLowerCase();
    if (read.skipped > 0) notice = vscode.l10n.t('Issue templates that cannot be offered: {0}.', read.skipped);
    return answers;
  };
  const isNew = (answers: Answers): boolean => found.length > 0 && !appends(answers);
  return {
    prepare,
    found: () => found,
    notice: () => notice,
    steps: [
      { applies: isNew, ask: (answers, position) => askTemplate(answers, { name, position, found }) },
      ...Array.from({ length: MAX_FIELDS }, (_, index): Step<Answers> => {
        const fieldOf = (answers: Answers): FormField | undefined => asked(answers, found)[index];
        return {
          applies: (answers) => isNew(answers) && fieldOf(answers) !== undefined,
          ask: async (answers, position) => {
            const field = fieldOf(answers);
            return field === undefined ? { go: 'next', answers } : askField(answers, field, { title: name, position });
          },
        };
      }),
    ],
  };
}

/** The templates, or one line that says why there are none; nothing else comes of a failure. */
async function readTemplates(repository: string, ports: Ports) {
  return looking(vscode.l10n.t('Reading the issue templates'), async (abort) => {
    try {
      return await abortable(ports.issueTemplates(repository, abort), abort);
    } catch (error) {
      ports.log.warn(`convert: issue templates: ${error instanceof Error ? error.message : 'failed'}`);
      return vscode.l10n.t('The issue templates could not be read: {0}.', whyNot(error, abort));
    }
  });
}

/** The fields of the chosen form that a person answers. */
function asked(answers: Answers, found: readonly IssueTemplate[]): readonly FormField[] {
  const template = filledTemplate(answers, found)?.template;
  return template?.kind === 'form' ? askedFields(template) : [];
}

interface TemplateQuestion {
  readonly name: string;
  readonly position: Position;
  readonly found: readonly IssueTemplate[];
}

async function askTemplate(answers: Answers, { name, position, found }: TemplateQuestion): Promise<Move<Answers>> {
  const reply = await pickOne<IssueTemplate | undefined>(
    { title: name, position, placeholder: vscode.l10n.t('Template of the issue') },
    [
      {
        label: vscode.l10n.t('Default'),
        description: vscode.l10n.t('Impact, Scope, Tried, Estimate, Next step, Source'),
        value: undefined,
      },
      ...found.map((template) => ({
        label: inertTitle(template.name, WORDS_LENGTH),
        description: inertTitle(template.about, WORDS_LENGTH),
        value: template,
      })),
    ],
    (value) => value?.path === answers.template?.path,
  );
  return reply.go === 'next' ? { go: 'next', answers: withTemplate(answers, reply.value) } : { go: reply.go, answers };
}

type Asked = Omit<Question, 'placeholder'>;

async function askField(answers: Answers, field: FormField, at: Asked): Promise<Move<Answers>> {
  const words = [field.label, field.description].filter((text) => text !== '').join(' – ');
  const question = { ...at, placeholder: inertTitle(words, WORDS_LENGTH) };
  const before = answers.template === undefined ? undefined : valueOf(answers.template.values, field);
  const reply = await answerTo(field, before, question);
  return { go: reply.go, answers: reply.value === undefined ? answers : withValue(answers, field, reply.value) };
}

interface Answered {
  readonly go: 'next' | 'back' | 'cancel';
  /** Undefined: nothing was answered. */
  readonly value: string | readonly string[] | undefined;
}

async function answerTo(
  field: FormField,
  before: string | readonly string[] | undefined,
  question: Question,
): Promise<Answered> {
  const chosen = chosenBefore(field, before);
  switch (field.type) {
    case 'input':
    case 'textarea':
      return askWords(field, typeof before === 'string' ? before : field.value, question);
    case 'dropdown': {
      if (field.multiple) {
        const options = field.options.map((label) => ({ label, picked: chosen.has(label) }));
        return pickSeveral(question, options, (labels) =>
          labels.length === 0 ? vscode.l10n.t('The template asks for at least one.') : undefined,
        );
      }
      const options = field.options.map((option) => ({ label: iconless(option), value: option }));
      const reply = await pickOne(question, options, (value) => chosen.has(value));
      return reply.go === 'next' ? reply : { go: reply.go, value: undefined };
    }
    case 'checkboxes': {
      const options = field.options.map(({ label }) => ({ label, picked: chosen.has(label) }));
      return pickSeveral(question, options, (labels) => {
        const missing = field.options.find(({ label, required }) => required && !labels.includes(label));
        return missing === undefined
          ? undefined
          : vscode.l10n.t('The template requires: {0}', inertTitle(missing.label, WORDS_LENGTH));
      });
    }
  }
}

function chosenBefore(field: FormField, before: string | readonly string[] | undefined): ReadonlySet<string> {
  const chosen = before ?? (field.type === 'dropdown' ? field.preset : undefined) ?? [];
  return new Set(typeof chosen === 'string' ? [chosen] : chosen);
}

async function askWords(
  { type, placeholder }: TextField,
  value: string,
  question: Question,
): ReturnType<typeof askText> {
  const hint = placeholder === '' ? {} : { hint: placeholder };
  const asked = { ...question, ...hint, value, problem: textProblem };
  return type === 'input' ? askText(asked) : askLines(asked);
}

function textProblem(text: string): string | undefined {
  if (text.trim() === '') return vscode.l10n.t('The template requires an answer.');
  return text.length > MAX_ANSWER ? vscode.l10n.t('At most {0} characters.', MAX_ANSWER) : undefined;
}

function withValue(answers: Answers, { id }: FormField, value: string | readonly string[]): Answers {
  const { template } = answers;
  if (template === undefined) return answers;
  const next = typeof value === 'string' ? value : [...value];
  if (JSON.stringify(template.values[id]) === JSON.stringify(next)) return answers;
  const { body: _, ...unedited } = answers;
  return { ...unedited, template: { ...template, values: { ...template.values, [id]: next } } };
}
