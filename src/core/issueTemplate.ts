/** An issue template of a repository, as its people wrote it. */
export type IssueTemplate = MarkdownTemplate | FormTemplate;

interface TemplateHead {
  /** Where it is: `.github/ISSUE_TEMPLATE/bug.yml`; what it is remembered by. */
  readonly path: string;
  readonly name: string;
  readonly about: string;
  /** What a title starts from, such as `[Bug]: `; often empty. */
  readonly title: string;
  readonly labels: readonly string[];
  /** GitHub logins, as the template names them: nobody says that they can be assigned. */
  readonly assignees: readonly string[];
}

export interface MarkdownTemplate extends TemplateHead {
  readonly kind: 'markdown';
  readonly text: string;
}

export interface FormTemplate extends TemplateHead {
  readonly kind: 'form';
  readonly fields: readonly FormField[];
}

/** A part of an issue form that a person fills in; its Markdown parts never come into an issue. */
export type FormField = TextField | DropdownField | CheckboxesField;

interface FieldHead {
  /** Unique in its form. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly required: boolean;
}

export interface TextField extends FieldHead {
  readonly type: 'input' | 'textarea';
  readonly placeholder: string;
  /** What it holds before anybody writes. */
  readonly value: string;
  /** The language as which GitHub shows what is written, `shell`; undefined for Markdown. */
  readonly render: string | undefined;
}

export interface DropdownField extends FieldHead {
  readonly type: 'dropdown';
  readonly options: readonly string[];
  readonly multiple: boolean;
  /** What is chosen before anybody chooses. */
  readonly preset: string | undefined;
}

export interface CheckboxesField extends FieldHead {
  readonly type: 'checkboxes';
  readonly options: readonly { readonly label: string; readonly required: boolean }[];
}

/** What was answered, by the field's id; one text, or what was chosen. */
export type FieldValues = Readonly<Record<string, string | readonly string[]>>;

const DESCRIPTION = /descri|what happened|summary|problem|details|context|bug|issue/iu;
/** Asks for more than what was said, whatever else its name holds: "Steps to reproduce the bug". */
const OTHER_MATTER = /steps|reproduc|expect|\b(?:version|environment|solution|alternative|workaround|search|logs?\b)/iu;

/**
 * The text field that takes what the record knows: one that reads like a description, a required one first. Undefined
 * where none does; the record is no answer to any other question.
 */
export function fittingField({ fields }: FormTemplate): TextField | undefined {
  const fitting = fields.flatMap((field) => (field.type === 'textarea' && isDescription(field) ? [field] : []));
  return fitting.find(({ required }) => required) ?? fitting[0];
}

function isDescription({ id, label, render }: TextField): boolean {
  const name = `${id} ${label}`;
  return render === undefined && DESCRIPTION.test(name) && !OTHER_MATTER.test(name);
}

/** The fields that only a person can answer: required, and not the one that takes our own text. */
export function askedFields(template: FormTemplate): readonly FormField[] {
  const ours = fittingField(template);
  return template.fields.filter((field) => field !== ours && field.required);
}

/** The answer to a field; undefined when there is none. Ids are remote text: `constructor` is no answer. */
export function valueOf(values: FieldValues, { id }: FormField): string | readonly string[] | undefined {
  return Object.hasOwn(values, id) ? values[id] : undefined;
}
