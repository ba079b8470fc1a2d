import {
  type FieldValues,
  type FormField,
  type FormTemplate,
  fittingField,
  type IssueTemplate,
  type MarkdownTemplate,
  valueOf,
} from '../core/issueTemplate.ts';
import { cutAtLine } from './fitBlocks.ts';
import { remoteMarkdown } from './remoteText.ts';

/** A template and what a person answered to it. */
export interface FilledTemplate {
  readonly template: IssueTemplate;
  readonly values: FieldValues;
}

/** Leaves room in an issue for its source and for what was said. */
const MAX_LENGTH = 36_000;
// As GitHub itself writes it.
const NO_ANSWER = '_No response_';
const DESCRIPTION = /descri|what happened|summary|problem|the bug/iu;

/**
 * The part of a body that a template gives, at most 36,000 UTF-16 units: a form as GitHub writes it, with `record` (what
 * we know, as Markdown) in the field that fits; a Markdown template with it below the heading that fits; else at the end.
 */
export function templateText({ template, values }: FilledTemplate, record: string): string {
  const text = template.kind === 'form' ? formText(template, values, record) : markdownText(template, record);
  return cutAtLine(text, MAX_LENGTH);
}

/** A title as the template begins it: `[Bug]: ` goes before what a person typed, unless they typed it. */
export function templateTitle({ title: start }: IssueTemplate, title: string): string {
  const isPrefix = /[\s:\])>-]$/u.test(start);
  if (!isPrefix || title.toLowerCase().startsWith(start.trim().toLowerCase())) return title;
  return `${start.trimEnd()} ${title}`;
}

function formText(template: FormTemplate, values: FieldValues, record: string): string {
  const ours = fittingField(template);
  const parts = template.fields.map((field) => {
    const text = field === ours ? record : answerText(field, values);
    return `### ${remoteMarkdown(field.label)}\n\n${text}`;
  });
  return (ours === undefined ? [...parts, record] : parts).join('\n\n');
}

function answerText(field: FormField, values: FieldValues): string {
  const value = valueOf(values, field);
  if (field.type === 'checkboxes') {
    const ticked = new Set(typeof value === 'string' ? [value] : value);
    return field.options.map(({ label }) => `- [${ticked.has(label) ? 'X' : ' '}] ${remoteMarkdown(label)}`).join('\n');
  }
  if (field.type === 'dropdown') {
    const chosen = value ?? field.preset ?? '';
    return remoteMarkdown(typeof chosen === 'string' ? chosen : chosen.join(', ')) || NO_ANSWER;
  }
  const text = remoteMarkdown(typeof value === 'string' && value.trim() !== '' ? value : field.value);
  if (text === '') return NO_ANSWER;
  return field.render === undefined ? text : fenced(text, field.render);
}

/** A fence that nothing in the text closes. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function markdownText({ text }: MarkdownTemplate, record: string): string {
  // Comments tell the writer what to write; what is left of one after that shows as text.
  const lines = remoteMarkdown(text.replace(/<!--[\s\S]*?-->/gu, ''))
    .replace(/\n{3,}/gu, '\n\n')
    .split('\n');
  const heading = lines.findIndex((line) => isHeading(line) && DESCRIPTION.test(line));
  if (heading === -1) return [lines.join('\n').trim(), record].filter((part) => part !== '').join('\n\n');
  const next = lines.findIndex((line, index) => index > heading && isHeading(line));
  const end = next === -1 ? lines.length : next;
  const parts = [lines.slice(0, end), [record], lines.slice(end)].map((part) => part.join('\n').trim());
  return parts.filter((part) => part !== '').join('\n\n');
}

function isHeading(line: string): boolean {
  return /^(?:#{1,6}\s|\*\*[^*]+\*\*:?\s*$)/u.test(line);
}
