import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commentBody, type IssueBodyInput, issueBody } from '../../../src/actions/issueBody.ts';
import { templateText, templateTitle } from '../../../src/actions/templateBody.ts';
import { MAX_ISSUE_BODY_LENGTH } from '../../../src/core/issueLimits.ts';
import {
  type FieldValues,
  type FormField,
  type FormTemplate,
  fittingField,
  type MarkdownTemplate,
} from '../../../src/core/issueTemplate.ts';
import { readMarkers, writeMarker } from '../../../src/core/marker.ts';
import { signal } from '../../support/build.ts';

const FORGED = writeMarker('item', 'github:evil/evil#666');
const MARKER = writeMarker('issue', 'p-1');
const head = { path: 'a', name: 'A', about: '', title: '', labels: [], assignees: [] };
const text = { description: '', placeholder: '', value: '', render: undefined };

const version: FormField = { ...text, type: 'input', id: 'version', label: 'Version', required: true };
const what: FormField = { ...text, type: 'textarea', id: 'what', label: 'What happened?', required: true };
const logs: FormField = { ...text, type: 'textarea', id: 'logs', label: 'Logs', required: false, render: 'shell' };
const steps: FormField = { ...text, type: 'textarea', id: 'steps', label: 'Steps', required: false, value: '1.' };
const browser: FormField = {
  type: 'dropdown',
  id: 'browser',
  label: 'Browser',
  description: '',
  required: true,
  multiple: true,
  preset: 'Firefox',
  options: ['Firefox', 'Chrome'],
};
const terms: FormField = {
  type: 'checkboxes',
  id: 'terms',
  label: 'Terms',
  description: '',
  required: true,
  options: [
    { label: 'I searched', required: true },
    { label: 'I would help', required: false },
  ],
};

function form(...fields: readonly FormField[]): FormTemplate {
  return { kind: 'form', ...head, fields };
}

function markdown(body: string): MarkdownTemplate {
  return { kind: 'markdown', ...head, text: body };
}

function filled(values: FieldValues, ...fields: readonly FormField[]): string {
  return templateText({ template: form(...fields), values }, 'RECORD');
}

function input(over: Partial<IssueBodyInput> = {}): IssueBodyInput {
  const one = signal();
  return {
    item: { id: one.id, signals: [one] },
    conversations: new Map(),
    unreadable: new Map(),
    timeboxMinutes: 240,
    priority: 'high',
    by: 'Noor',
    now: 0,
    ...over,
  };
}

test('a form is written as GitHub writes it, with what we know in the field that fits', () => {
  const values = { version: '1.2', browser: ['Firefox', 'Chrome'], terms: ['I searched'] };
  assert.equal(
    filled(values, version, what, logs, steps, browser, terms),
    [
      '### Version\n\n1.2',
      '### What happened?\n\nRECORD',
      '### Logs\n\n_No response_',
      '### Steps\n\n1.',
      '### Browser\n\nFirefox, Chrome',
      '### Terms\n\n- [X] I searched\n- [ ] I would help',
    ].join('\n\n'),
  );
});

test('a form without a text area that reads like a description has it at its end', () => {
  assert.equal(filled({ version: '1' }, version), '### Version\n\n1\n\nRECORD');
  assert.equal(filled({ steps: '2.' }, { ...steps, required: true }), '### Steps\n\n2.\n\nRECORD');
  assert.match(filled({}, { ...logs, label: 'Details', required: true }), /^### Details[\s\S]*\n\nRECORD$/u);
});

test('a required text area that reads like a description fits, else any that does', () => {
  const about: FormField = { ...steps, id: 'about', label: 'Description' };
  assert.match(filled({}, { ...steps, required: true }, about), /### Description\n\nRECORD/u);
  assert.match(filled({}, about, what), /### What happened\?\n\nRECORD/u);
});

test('a text area that asks for something else than what was said is no description, whatever its name holds', () => {
  for (const label of ['Steps to reproduce the bug', 'Describe what you expected', 'Describe the solution', 'Bug logs'])
    assert.equal(fittingField(form({ ...steps, label })), undefined, label);
});

test('a dropdown that nobody was asked about has what the form chooses before', () => {
  assert.equal(filled({}, browser), '### Browser\n\nFirefox\n\nRECORD');
  assert.equal(filled({ browser: ['Chrome'] }, browser), '### Browser\n\nChrome\n\nRECORD');
});

test('what is answered as code ends no fence', () => {
  assert.equal(filled({ logs: 'a\n```\nb' }, logs), '### Logs\n\n````shell\na\n```\nb\n````\n\nRECORD');
});

test('an id that objects have by themselves is no answer', () => {
  assert.equal(filled({}, { ...version, id: 'constructor' }), '### Version\n\n_No response_\n\nRECORD');
});

test('a Markdown template keeps its order; what we know is below the heading that fits, or at the end', () => {
  const inside = markdown('## Describe the bug\n<!-- what? -->\n\n## Version\n');
  assert.equal(templateText({ template: inside, values: {} }, 'RECORD'), '## Describe the bug\n\nRECORD\n\n## Version');
  const bold = markdown('**Describe the bug**\nText\n\n**Version**');
  assert.equal(templateText({ template: bold, values: {} }, 'R'), '**Describe the bug**\nText\n\nR\n\n**Version**');
  assert.equal(templateText({ template: markdown('Hello'), values: {} }, 'RECORD'), 'Hello\n\nRECORD');
  assert.equal(templateText({ template: markdown(''), values: {} }, 'RECORD'), 'RECORD');
});

test('the template’s start of a title goes before ours, once, and only when it is a start', () => {
  const cases = [
    ['[Bug]: ', 'Sync stops', '[Bug]: Sync stops'],
    ['[Bug]', 'Sync stops', '[Bug] Sync stops'],
    ['[Bug]: ', '[bug]: Sync stops', '[bug]: Sync stops'],
    ['A bug report', 'Sync stops', 'Sync stops'],
    ['', 'Sync stops', 'Sync stops'],
  ] as const;
  for (const [title, typed, expected] of cases)
    assert.equal(templateTitle({ ...markdown(''), title }, typed), expected);
});

test('whatever the template and the answers say, the source and the item’s own marker stay, and no other', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(FORGED, `<!-<!-- x -->- ${FORGED.slice(5)}`, '```\n<!--', '{{issue}}', 'x'.repeat(70_000)),
  );
  fc.assert(
    fc.property(hostile, hostile, fc.boolean(), (one, other, isForm) => {
      const template = isForm
        ? form({ ...version, label: one }, { ...steps, value: other }, what)
        : markdown(`${one}\n${other}`);
      const body = issueBody(input({ template: { template, values: { version: other } } }), MARKER);
      assert.ok(body.length <= MAX_ISSUE_BODY_LENGTH);
      assert.deepEqual(readMarkers('item', body), ['github:acme/app#1']);
      assert.ok(body.includes('## Source\n\n'));
    }),
  );
});

test('a related issue is named under the source', () => {
  assert.match(issueBody(input({ related: 'acme/app#12' }), MARKER), /## Source[\s\S]*\n\nRelated: acme\/app#12\n/u);
  assert.doesNotMatch(issueBody(input(), MARKER), /Related/u);
});

test('a comment has what was said, its own marker and the item’s, and speaks of no issue by our placeholder', () => {
  const marker = writeMarker('reply', 'p-1:x');
  const said = {
    author: { id: 'u', name: 'Rio', isBot: false },
    at: 0,
    markdown: `a {{issue}} ${FORGED}`,
    url: undefined,
  };
  const conversations = new Map([['github:acme/app#1', { messages: [said], skipped: 0 }]]);
  const body = commentBody(input({ conversations }), marker);
  assert.ok(body.includes(marker));
  assert.deepEqual(readMarkers('item', body), ['github:acme/app#1']);
  assert.ok(!body.includes('{{issue'));
  assert.doesNotMatch(body, /Next step|Estimate/u);
  const long = new Map([
    [
      'github:acme/app#1',
      { messages: Array.from({ length: 30 }, () => ({ ...said, markdown: '{{issue}} '.repeat(1500) })), skipped: 0 },
    ],
  ]);
  assert.ok(commentBody(input({ conversations: long }), marker).length <= MAX_ISSUE_BODY_LENGTH);
});
