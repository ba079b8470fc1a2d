import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { askedFields, fittingField } from '../../../../src/core/issueTemplate.ts';
import { parseIssueTemplate } from '../../../../src/services/github/issueTemplate.ts';

const FORM = `name: Bug report
description: Something does not work
title: "[Bug]: "
labels: [bug, triage]
assignees: [rio-sample, "no login", 7]
body:
  - type: markdown
    attributes: { value: "Thanks!" }
  - type: input
    id: version
    attributes: { label: Version, placeholder: "1.2.3" }
    validations: { required: true }
  - type: textarea
    id: what
    attributes: { label: What happened?, description: Tell us }
    validations: { required: true }
  - type: textarea
    id: logs
    attributes: { label: Logs, render: shell }
  - type: dropdown
    id: browser
    attributes: { label: Browser, multiple: true, options: [Firefox, Chrome, 3] }
    validations: { required: true }
  - type: checkboxes
    attributes:
      label: Terms
      options:
        - { label: I searched, required: true }
        - label: I would help
`;

test('a form is read with its fields; its Markdown is for the reader of the form alone', () => {
  const form = parseIssueTemplate('.github/ISSUE_TEMPLATE/bug.yml', FORM);
  assert.ok(form?.kind === 'form');
  assert.deepEqual(
    [form.name, form.about, form.title, form.labels, form.assignees],
    ['Bug report', 'Something does not work', '[Bug]: ', ['bug', 'triage'], ['rio-sample']],
  );
  assert.deepEqual(
    form.fields.map(({ type, id, label, required }) => [type, id, label, required]),
    [
      ['input', 'version', 'Version', true],
      ['textarea', 'what', 'What happened?', true],
      ['textarea', 'logs', 'Logs', false],
      ['dropdown', 'browser', 'Browser', true],
      ['checkboxes', 'field-5', 'Terms', true],
    ],
  );
  assert.equal(fittingField(form)?.id, 'what');
  assert.deepEqual(
    askedFields(form).map(({ id }) => id),
    ['version', 'browser', 'field-5'],
  );
});

test('a Markdown template is its head and its text', () => {
  const text =
    '---\r\nname: Question\r\nabout: Ask\r\nlabels: "help, docs"\r\nassignees: rio-sample, kai-sample\r\n---\r\n\r\n## Describe it\r\n';
  assert.deepEqual(parseIssueTemplate('.github/ISSUE_TEMPLATE/q.md', text), {
    kind: 'markdown',
    path: '.github/ISSUE_TEMPLATE/q.md',
    name: 'Question',
    about: 'Ask',
    title: '',
    labels: ['help', 'docs'],
    assignees: ['rio-sample', 'kai-sample'],
    text: '## Describe it',
  });
});

test('a dropdown says what is chosen before anybody chooses, by its number', () => {
  const cases = [
    ['default: 1', 'Chrome'],
    ['default: 7', undefined],
    ['default: -1', undefined],
    ['default: "1"', undefined],
    ['multiple: true', undefined],
  ] as const;
  for (const [attribute, preset] of cases) {
    const form = parseIssueTemplate(
      'a.yml',
      `name: A\nbody: [{ type: dropdown, attributes: { label: B, options: [Firefox, Chrome], ${attribute} } }]`,
    );
    assert.ok(form?.kind === 'form' && form.fields[0]?.type === 'dropdown');
    assert.equal(form.fields[0].preset, preset, attribute);
  }
});

test('the single template needs no head; one that it has is not part of its text', () => {
  for (const [text, name, rest] of [
    ['## What?\n', 'ISSUE_TEMPLATE.md', '## What?'],
    ['---\nlabels: bug\n---\n## What?\n', 'ISSUE_TEMPLATE.md', '## What?'],
    ['---\nname: Bug\n---\n## What?\n', 'Bug', '## What?'],
  ] as const) {
    const template = parseIssueTemplate('docs/ISSUE_TEMPLATE.md', text);
    assert.ok(template?.kind === 'markdown');
    assert.deepEqual([template.name, template.text], [name, rest]);
  }
  assert.equal(parseIssueTemplate('src/ISSUE_TEMPLATE.md', '## What?'), undefined);
});

const body = 'body:\n  - { type: input, attributes: { label: A } }\n';
const hostile: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['no YAML', 'name: [\nbody: {'],
  ['a list', '- a\n- b'],
  ['no name', body],
  ['an empty name', `name: "  "\n${body}`],
  ['a name that is no text', `name: { a: b }\n${body}`],
  ['no body', 'name: A'],
  ['an empty body', 'name: A\nbody: []'],
  ['a body of Markdown alone', 'name: A\nbody: [{ type: markdown, attributes: { value: x } }]'],
  ['a type that GitHub may have one day', 'name: A\nbody: [{ type: upload, attributes: { label: x } }]'],
  ['a field without a label', 'name: A\nbody: [{ type: input }]'],
  ['a dropdown without options', 'name: A\nbody: [{ type: dropdown, attributes: { label: x } }]'],
  ['options of nothing', 'name: A\nbody: [{ type: dropdown, attributes: { label: x, options: [[], {}, null] } }]'],
  ['checkboxes of nothing', 'name: A\nbody: [{ type: checkboxes, attributes: { label: x, options: [a] } }]'],
  [
    'two of one id',
    'name: A\nbody: [{ type: input, id: a, attributes: { label: x } }, { type: input, id: a, attributes: { label: y } }]',
  ],
  ['a hundred fields', `name: A\nbody:\n${'  - { type: input, attributes: { label: x } }\n'.repeat(100)}`],
  ['an alias of nothing', `name: *a\n${body}`],
  [
    'a million aliases',
    `a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\nname: A\n${body}`,
  ],
  ['nested deeper than anybody reads', `name: A\nx: ${'['.repeat(10_000)}`],
  ['nested by indicators', `name: A\nx:\n ${'- '.repeat(5000)}a`],
  ['too long', `name: A\n${body}#${'x'.repeat(70_000)}`],
  ['a key twice', `name: A\nname: B\n${body}`],
];

for (const [name, text] of hostile) {
  test(`no form: ${name}`, () => {
    assert.equal(parseIssueTemplate('.github/ISSUE_TEMPLATE/a.yml', text), undefined);
  });
}

test('no Markdown template: without a head, with a broken one, of another kind of file', () => {
  for (const text of ['# Hello', '---\nname: A', '---\nname: [\n---\nx', '---\n- a\n---\nx'])
    assert.equal(parseIssueTemplate('.github/ISSUE_TEMPLATE/a.md', text), undefined, text);
  assert.equal(parseIssueTemplate('.github/ISSUE_TEMPLATE/a.txt', '---\nname: A\n---\n'), undefined);
});

test('what is read is one line of plain text where it is shown as one, whatever it was', () => {
  const form = parseIssueTemplate(
    'a.yml',
    'name: "A\\nB\\u202e"\nlabels: [7, "  x ", "x", ""]\nbody:\n' +
      '  - { type: input, id: __proto__, attributes: { label: "L\\u0000\\n\\tM", value: "a\\u202eb", placeholder: 7 } }\n' +
      '  - { type: textarea, id: "a b", attributes: { label: T, render: "sh\\nell" }, validations: { required: "yes" } }\n',
  );
  assert.ok(form?.kind === 'form');
  assert.deepEqual([form.name, form.labels], ['A B', ['x']]);
  assert.deepEqual(form.fields, [
    {
      type: 'input',
      id: 'field-0',
      label: 'L M',
      description: '',
      required: false,
      placeholder: '',
      value: 'ab',
      render: undefined,
    },
    {
      type: 'textarea',
      id: 'field-1',
      label: 'T',
      description: '',
      required: false,
      placeholder: '',
      value: '',
      render: undefined,
    },
  ]);
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('a.yml', 'a.md'), (text, path) => {
      parseIssueTemplate(path, text);
      parseIssueTemplate(path, `---\n${text}\n---\n`);
      parseIssueTemplate(path, FORM.slice(0, text.length) + text + FORM.slice(text.length));
    }),
  );
});
