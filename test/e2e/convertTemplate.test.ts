import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Workbench } from '../support/vscode/workbench.ts';
import {
  isAsked,
  isPreviewed,
  issueTitled,
  isTold,
  openAsked,
  shownText,
  startConversion,
  THREAD,
  THREAD_TITLE,
} from './conversion.ts';

const FORM = `name: Bug report
description: Something is broken
title: "[Bug]: "
labels: [bug]
body:
  - type: markdown
    attributes: { value: Thank you! }
  - type: input
    id: version
    attributes: { label: Version, description: As the about page says, placeholder: "4.2" }
    validations: { required: true }
  - type: textarea
    id: what
    attributes: { label: What happened? }
    validations: { required: true }
  - type: textarea
    id: steps
    attributes: { label: Steps to reproduce the bug, placeholder: One a line }
    validations: { required: true }
  - type: textarea
    id: logs
    attributes: { label: Logs, render: shell }
  - type: dropdown
    id: where
    attributes: { label: Where, options: [Cloud, Server], default: 1 }
    validations: { required: true }
  - type: checkboxes
    id: terms
    attributes:
      label: Before you send
      options:
        - { label: I searched, required: true }
        - { label: I would help }
`;

test('an issue form is offered, its required fields are asked, several lines in the editor, and what was typed survives a cancel', async (t) => {
  const { team, vscode, window, input } = await openAsked(t, async ({ github }) => {
    await github.putFile('acme/docs', '.github/ISSUE_TEMPLATE/bug.yml', FORM);
    await github.putFile('acme/docs', '.github/ISSUE_TEMPLATE/broken.yml', 'name: [');
    await github.putFile('acme/docs', '.github/ISSUE_TEMPLATE/config.yml', 'blank_issues_enabled: false');
  });

  await startConversion(window, THREAD_TITLE);
  await answerUpToTemplate(window);
  await input.option('Default').filter({ hasText: 'Impact, Scope, Tried' }).waitFor();
  await input.option('Bug report').filter({ hasText: 'Something is broken' }).waitFor();
  await input.pick('Bug report');
  await isAsked(window, 'Version – As the about page says');
  await input.confirm();
  await input.message.filter({ hasText: 'The template requires an answer.' }).waitFor();
  await input.type('4.2 of Monday');
  await isAsked(window, 'Steps to reproduce the bug');
  await input.pick('Write in the Editor…');
  await window.tab(/Untitled/u).waitFor();
  await window.editor().click();
  await window.page.keyboard.insertText('Open it\nClose it');
  await window.answerToast('Write the answer to “Steps to reproduce the bug”', 'Apply');
  await isAsked(window, 'Where');
  await input.cancel();
  await input.box.waitFor({ state: 'hidden' });

  await startConversion(window, THREAD_TITLE);
  await answerUpToTemplate(window);
  // The template is chosen still, and what was typed is there.
  await input.confirm();
  await isAsked(window, 'Version');
  assert.equal(await input.input.inputValue(), '4.2 of Monday');
  await input.confirm();
  await isAsked(window, 'Steps to reproduce the bug');
  await input.option('Use This Text').filter({ hasText: 'Open it' }).waitFor();
  await input.confirm();
  await isAsked(window, 'Where');
  await input.confirm();
  await isAsked(window, 'Before you send');
  await input.confirm();
  await isAsked(window, 'The template requires: I searched');
  await input.pickSeveral(['I searched']);
  await isAsked(window, 'Labels');
  await input.option('bug').locator('input:checked, .monaco-checkbox.checked').waitFor();
  await input.confirm();
  await isAsked(window, 'Who takes it?');
  await input.pick('Nobody');
  await isPreviewed(window);
  await input.option('Create').filter({ hasText: 'Issue templates that cannot be offered: 1.' }).waitFor();
  const preview = await shownText(window);
  await input.pick('Create');
  await isTold(window, /acme\/docs#\d+ is created\./u);

  const issue = await issueTitled(team, 'acme/docs', `[Bug]: ${THREAD_TITLE}`);
  const body = issue.body ?? '';
  assert.ok(preview.includes(body), 'the body is the one that was shown');
  assert.match(body, /^### Version\n\n4\.2 of Monday\n\n### What happened\?\n\n\*\*Impact\*\*\n\n- Reported by Ines/u);
  for (const part of [
    '### Steps to reproduce the bug\n\nOpen it\nClose it\n\n### Logs\n\n_No response_',
    '### Where\n\nServer',
    '### Before you send\n\n- [X] I searched\n- [ ] I would help\n\n## Source\n\n',
    ...THREAD.map(({ text }) => text),
  ])
    assert.ok(body.includes(part), part);
  assert.match(body, /<!-- responder-duty:item:slack/u);
  assert.deepEqual(issue.labels.map(({ name }) => name).sort(), ['bug', 'reactive', 'team/integrations']);
  assert.deepEqual(vscode.browser.outside, []);
});

async function answerUpToTemplate(window: Workbench): Promise<void> {
  const input = window.quickInput();
  await isAsked(window, 'How long may it take?');
  await input.pick('2 hours');
  await isAsked(window, 'Priority on the board');
  await input.pick('High');
  await isAsked(window, 'Repository of the issue');
  await input.pick('acme/docs');
  await isAsked(window, 'Title of the issue');
  await input.type(THREAD_TITLE);
  await isAsked(window, 'Template of the issue');
}
