import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';
import { FAULT } from '../team/proxy/faults.ts';
import {
  answerQuestions,
  askAboutDeliveries,
  bySource,
  issueTitled,
  isTold,
  shownText,
  startConversion,
  THREAD_TITLE,
  tallWindow,
} from './conversion.ts';
import { isSaid } from './day.ts';

const NOTE = 'The balancer is not ours: ask Mika before the fix.';

test('notes are drafted from the record, edited, kept over a reload, and posted to Slack and as an issue', async (t) => {
  const { team, vscode } = await openSampleTeamFor(t, {
    viewport: tallWindow,
    settings: bySource,
    before: async (started) => {
      await askAboutDeliveries(started);
    },
  });
  const { window } = vscode;
  const page = window.webview();

  // The record: something planned, something to keep in mind, an alert that ended by itself.
  await startConversion(window, THREAD_TITLE);
  await answerQuestions(window, { title: 'Reuse of connections', priority: 'Medium' });
  await window.quickInput().pick('Create');
  await isTold(window, /acme\/app#\d+ is created\./u);
  const { number } = await issueTitled(team, 'acme/app', 'Reuse of connections');
  await window.view('Queue').menu('Does the sync honour', 'Keep in Mind…');
  await window.quickInput().input.press('End');
  await window.page.keyboard.insertText('archived ones are skipped since May');
  await window.quickInput().confirm();
  await window.page.getByText('Noted for the handoff').waitFor();
  await team.alerts.resolve({
    alertname: 'TokenRefreshFailures',
    severity: 'warning',
    labels: { provider: 'github' },
  });
  await window.view('Queue').titleAction('Refresh');
  await window.view('Queue').row('OAuth token refreshes fail').waitFor({ state: 'detached' });

  await window.command('Responder: Draft Handoff Notes');
  await page.getByRole('heading', { level: 1, name: /^Handoff: Noor to Kai/u }).waitFor();
  await entry(page, 'Converted', `acme/app#${number}`).waitFor();
  await entry(page, 'Resolved', 'OAuth token refreshes fail for github').waitFor();
  await entry(page, 'Keep in mind', 'archived ones are skipped since May').waitFor();
  await entry(page, 'Start here', 'Webhook deliveries wait 11 minutes').waitFor();

  await entry(page, 'Converted', 'Reuse of connections')
    .getByRole('textbox', { name: /^Note on/u })
    .fill(NOTE);
  await page.getByRole('button', { name: 'Add Entry: Keep in mind' }).click();
  // The focus is in the new entry's title.
  await window.page.keyboard.insertText('Thursday the provider deploys');
  await rendered(page).getByText('Thursday the provider deploys').waitFor();
  await rendered(page).getByText(NOTE).waitFor();

  // Removing, and taking it back.
  const quiet = entry(page, 'Open', 'Search in the list of events');
  await quiet.getByRole('button', { name: /^Remove/u }).click();
  await quiet.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await quiet.waitFor();
  await quiet.getByRole('button', { name: /^Remove/u }).click();
  await rendered(page).getByText('Search in the list of events').waitFor({ state: 'detached' });

  // By the keyboard alone: the last entry of "Keep in mind" goes up.
  const moved = 'li:has-text("Thursday the provider deploys")';
  const [above = ''] = (await rendered(page).locator(`li:has(+ ${moved})`).innerText()).split('\n');
  const added = section(page, 'Keep in mind').getByRole('listitem').last();
  await added.getByRole('button', { name: /^Move Thursday the provider deploys up/u }).focus();
  await window.page.keyboard.press('Enter');
  await page.getByText(/^Moved to position 1 of|^Moved to position \d+ of/u).waitFor();
  await rendered(page).locator(`${moved} + li`).filter({ hasText: above }).waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  const edited = await rendered(page).innerText();

  await window.reload();
  await rendered(page).getByText(NOTE).waitFor({ timeout: 45_000 });
  assert.equal(await rendered(page).innerText(), edited);

  const copied = await window.copiedBy(() => page.getByRole('button', { name: 'Copy as Markdown' }).click());
  assert.ok(copied.startsWith('# Handoff: Noor → Kai'));
  assert.ok(copied.includes(`  - ${NOTE}`));

  // To Slack, after a preview.
  await page.getByRole('button', { name: 'Post to Slack…' }).click();
  await window.tab(/^Post to Slack/u).waitFor();
  await window.quickInput().option('Post').waitFor();
  const preview = await shownText(window);
  assert.ok(preview.includes('Message in #integrations-internal'));
  assert.ok(preview.includes(copied.trim()), 'the preview shows the notes');
  assert.equal(team.proxy.requests({ path: /chat\.postMessage$/u }).length, 1);
  await window.quickInput().pick('Post');
  await page.getByText('Posted to Slack: #integrations-internal.').waitFor();
  const [message] = await team.slack.messages('integrations-internal');
  assert.match(JSON.stringify(message?.blocks), /"type":"markdown".*The balancer is not ours/u);
  assert.equal(team.proxy.requests({ path: /chat\.postMessage$/u }).length, 2);

  // Taken back and posted once more: it is there again, as another message.
  await window.command('Responder: Undo Last Change');
  await team.proxy.waitFor({ path: /chat\.delete$/u });
  await isSaid(window, 'Sent: Undo');
  const left = await team.slack.messages('integrations-internal');
  assert.ok(left.every(({ ts }) => ts !== message?.ts));
  await page.getByRole('button', { name: 'Post to Slack…' }).click();
  await window.quickInput().pick('Post');
  await team.proxy.waitFor({ path: /chat\.postMessage$/u }, { count: 3 });
  await page.getByText('Posted to Slack: #integrations-internal.').waitFor();
  const messages = await team.slack.messages('integrations-internal');
  assert.equal(messages.length, left.length + 1);
  assert.match(JSON.stringify(messages[0]?.blocks), /The balancer is not ours/u);

  // As an issue: the answer to the first try is lost, the notes are changed, and still there is one issue only.
  team.proxy.fail({ method: 'POST', path: '/repos/acme/team-notes/issues' }, FAULT.dropAfter, 1);
  await page.getByRole('button', { name: 'Post as Issue…' }).click();
  await window.quickInput().pick('Post');
  await page.getByText(/^Not posted as an issue\..*Everything is kept/u).waitFor();
  await rendered(page).getByText(NOTE).waitFor();
  await entry(page, 'Start here', 'Webhook deliveries').getByRole('textbox').fill('Kai looks at it');
  await rendered(page).getByText('Kai looks at it').waitFor();
  await page.getByRole('button', { name: 'Retry' }).click();
  await window.quickInput().pick('Post');
  await page.getByText('Posted as an issue: acme/team-notes.').waitFor();
  const posted = (await team.github.issues('acme/team-notes')).filter(({ labels }) =>
    labels.some(({ name }) => name === 'handoff'),
  );
  assert.equal(posted.length, 2, 'the last one and this one');
  assert.ok(posted.some(({ body }) => body?.includes(NOTE)));

  // Posted handoffs are kept.
  await window.openContainer('Responder');
  const handoffs = window.view('Handoffs');
  await handoffs.pane().locator('.pane-header').click();
  await handoffs.row('Noor → Kai').click();
  await window.quickInput().pick('Read the Notes');
  await window.tab('Noor → Kai').waitFor();
  assert.ok((await shownText(window)).includes(NOTE));
});

test('the handoff page is accessible in VS Code’s own themes', async (t) => {
  const { vscode } = await openSampleTeamFor(t);
  const { window } = vscode;
  await window.openContainer('Responder');
  await window
    .view('Queue')
    .row(/^Waiting on us/u)
    .first()
    .waitFor({ timeout: 45_000 });
  await window.command('Responder: Draft Handoff Notes');
  const page = window.webview();
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const theme of ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast']) {
    await window.command('Preferences: Color Theme');
    await window.quickInput().input.fill(theme);
    await window.quickInput().pick(theme);
    await page.locator(`body[data-vscode-theme-name="${theme}"]`).waitFor();
    assert.deepEqual(await axeViolations(page), [], theme);
  }
});

function section(page: FrameLocator, name: string) {
  return page.getByRole('region', { name: new RegExp(`^${name}`, 'u') });
}

function entry(page: FrameLocator, inSection: string, text: string) {
  return section(page, inSection).getByRole('listitem').filter({ hasText: text });
}

/** The preview beside the notes, as it will be read. */
function rendered(page: FrameLocator) {
  return page.getByRole('complementary', { name: 'Preview' }).getByRole('tabpanel', { name: 'Preview' });
}

async function axeViolations(page: FrameLocator): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const frame = await (await page.owner().elementHandle())?.contentFrame();
  assert.ok(frame);
  await frame.evaluate(source);
  return frame.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('; ')}`,
    );
  });
}
