import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import type { FormField, IssueTemplate } from '../../core/issueTemplate.ts';
import { oneLine, plainText } from '../../core/plainText.ts';

/** GitHub's own limit on a body; a template that is longer fits into no issue. */
const MAX_LENGTH = 65_536;
const MAX_DEPTH = 20;
const MAX_ALIASES = 50;
const MAX_FIELDS = 30;
const MAX_OPTIONS = 100;
const MAX_NAMES = 20;
const MAX_VALUE = 5000;

/** The one template of a repository that has no folder of them, as GitHub had it first: a text that needs no head. */
export const SINGLE_TEMPLATE = /^(?:\.github\/|docs\/)?issue_template\.md$/iu;

const FRONT_MATTER = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/u;

const LOGIN = /^[a-z\d](?:[a-z\d_-]{0,38})$/iu;

const Text = z.catch(z.string(), '');
const Flag = z.catch(z.boolean(), false);

const Head = z.object({
  name: z.string(),
  about: Text,
  description: Text,
  title: Text,
  labels: z.optional(z.unknown()),
  assignees: z.optional(z.unknown()),
});

const Form = z.extend(Head, { body: z.array(z.unknown()).check(z.minLength(1), z.maxLength(MAX_FIELDS)) });

const Attributes = z.object({
  label: Text,
  description: Text,
  placeholder: Text,
  value: Text,
  render: Text,
  multiple: Flag,
  default: z.catch(z.optional(z.int().check(z.minimum(0))), undefined),
  options: z.catch(z.array(z.unknown()), []),
});

const Element = z.object({
  type: z.enum(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']),
  id: Text,
  attributes: z.catch(Attributes, Attributes.parse({})),
  validations: z.catch(z.object({ required: Flag }), { required: false }),
});

const Option = z.object({ label: Text, required: Flag });

/**
 * A file of `.github/ISSUE_TEMPLATE`: Markdown with a head, or an issue form; or a {@link SINGLE_TEMPLATE}. Undefined for what is none, is broken, or
 * asks for what we do not know how to answer: a half-read form would make an issue that its people did not ask for.
 * https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests
 */
export function parseIssueTemplate(path: string, text: string): IssueTemplate | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  if (/\.ya?ml$/iu.test(path)) return parseForm(path, text);
  return /\.md$/iu.test(path) ? parseMarkdown(path, text) : undefined;
}

function parseMarkdown(path: string, text: string): IssueTemplate | undefined {
  const [whole = '', head] = FRONT_MATTER.exec(text) ?? [];
  const { data } = Head.safeParse(head === undefined ? undefined : parseYaml(head));
  const read = (data && headOf(path, data)) ?? (SINGLE_TEMPLATE.test(path) ? headless(path) : undefined);
  return read && { kind: 'markdown', ...read, text: plainText(text.slice(whole.length), MAX_LENGTH) };
}

/** It is called as its file is. */
function headless(path: string) {
  return { path, name: path.split('/').at(-1) ?? path, about: '', title: '', labels: [], assignees: [] };
}

function parseForm(path: string, text: string): IssueTemplate | undefined {
  const { data } = Form.safeParse(parseYaml(text));
  const head = data && headOf(path, data);
  if (data === undefined || head === undefined) return undefined;
  const ids = new Set<string>();
  const fields: FormField[] = [];
  for (const [index, record] of data.body.entries()) {
    const element = Element.safeParse(record).data;
    if (element === undefined) return undefined;
    if (element.type === 'markdown') continue;
    const field = fieldOf(element, `field-${String(index)}`);
    if (field === undefined || ids.has(field.id)) return undefined;
    ids.add(field.id);
    fields.push(field);
  }
  return fields.length === 0 ? undefined : { kind: 'form', ...head, fields };
}

function headOf(path: string, { name, about, description, title, labels, assignees }: z.infer<typeof Head>) {
  const clean = oneLine(name, 100);
  if (clean === '') return undefined;
  return {
    path,
    name: clean,
    about: oneLine(about === '' ? description : about, 200),
    title: startOfTitle(title),
    labels: namesIn(labels),
    assignees: namesIn(assignees).filter((login) => LOGIN.test(login)),
  };
}

/** Its blank at the end is meant: `[Bug]: `. */
function startOfTitle(title: string): string {
  const clean = oneLine(title, 100);
  return clean !== '' && /\s$/u.test(title) ? `${clean} ` : clean;
}

/** A list, or names between commas. */
function namesIn(list: unknown): readonly string[] {
  const names: readonly unknown[] = typeof list === 'string' ? list.split(',') : Array.isArray(list) ? list : [];
  const clean = names.flatMap((name) => (typeof name === 'string' ? [oneLine(name, 50)] : []));
  return [...new Set(clean.filter((name) => name !== ''))].slice(0, MAX_NAMES);
}

type FormElement = z.infer<typeof Element>;

function fieldOf({ type, id, attributes, validations }: FormElement, number: string): FormField | undefined {
  const label = oneLine(attributes.label, 200);
  if (label === '') return undefined;
  const head = {
    // A person's answers are kept by it.
    id: /^[a-z\d][\w-]{0,99}$/iu.test(id) ? id : number,
    label,
    description: oneLine(attributes.description, 300),
    required: validations.required,
  };
  switch (type) {
    case 'markdown':
      return undefined;
    case 'input':
    case 'textarea':
      return { ...head, type, ...textOf(attributes) };
    case 'dropdown': {
      const options = namesOf(attributes.options);
      const [preset] = namesOf(attributes.options.slice(attributes.default ?? Infinity).slice(0, 1));
      return isMany(options) ? { ...head, type, options, multiple: attributes.multiple, preset } : undefined;
    }
    case 'checkboxes': {
      const options = attributes.options.flatMap((option) => checkboxOf(option));
      const required = head.required || options.some((option) => option.required);
      return isMany(options) ? { ...head, type, options, required } : undefined;
    }
  }
}

function isMany(options: readonly unknown[]): boolean {
  return options.length > 0 && options.length <= MAX_OPTIONS;
}

function namesOf(options: readonly unknown[]): readonly string[] {
  const texts = options.flatMap((option) => (isScalar(option) ? [oneLine(String(option), 200)] : []));
  return [...new Set(texts.filter((text) => text !== ''))];
}

function textOf({ placeholder, value, render }: FormElement['attributes']) {
  return {
    placeholder: oneLine(placeholder, 200),
    value: plainText(value, MAX_VALUE),
    render: /^[\w+#-]{1,30}$/u.test(render) ? render : undefined,
  };
}

function checkboxOf(option: unknown): readonly { readonly label: string; readonly required: boolean }[] {
  const { data } = Option.safeParse(option);
  const label = oneLine(data?.label ?? '', 300);
  return label === '' ? [] : [{ label, required: data?.required === true }];
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** YAML of unknown origin as plain data; undefined for what is none. Never throws. */
function parseYaml(text: string): unknown {
  if (isDeep(text)) return undefined;
  try {
    const document = parseDocument(text, { prettyErrors: false, stringKeys: true, logLevel: 'silent' });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    // Aliases of nothing or beyond the bound, or deeper than the library's stack.
    return undefined;
  }
}

/** The library's parser is recursive. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return /^[\t ]*(?:[-?][\t ]+){20}/mu.test(text);
}
