import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';
import { removeEntry, setNote } from '../../../src/core/handoffEdits.ts';
import type { FromHandoff } from '../../../src/shared/handoffMessages.ts';
import { draft, entriesOf, entry, idsOf } from '../core/handoffSamples.ts';
import { expectEventually } from './expectEventually.ts';
import { Harness, type OpenPage } from './handoffPage.ts';
import { week } from './week.ts';

let harness: Harness;
before(async () => {
  harness = await Harness.start();
});
afterEach(() => harness.closePages());
after(() => harness.stop());

const RENAME = 'Sync stops after a rename';
const two = draft({ open: [entry({ id: 'a', title: 'First' }), entry({ id: 'b', title: 'Second' })] }, { revision: 3 });

/** The messages of one type that the page sent. */
async function sentOf<T extends FromHandoff['type']>(
  opened: OpenPage,
  type: T,
): Promise<readonly Extract<FromHandoff, { type: T }>[]> {
  return (await opened.sent()).filter((message): message is Extract<FromHandoff, { type: T }> => message.type === type);
}

async function openIds(opened: OpenPage): Promise<readonly string[]> {
  const saved = await opened.savedDraft();
  return saved === undefined ? [] : idsOf(saved, 'open');
}

/** The name, or else the text, of what has the focus; empty when nothing has it. */
function focusedName(page: OpenPage['page']): Promise<string> {
  return page.evaluate<string>(`(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return '';
    return (focused.getAttribute('aria-label') ?? focused.textContent).trim();
  })()`);
}

async function axeViolations({ page }: OpenPage): Promise<readonly string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

test('the page shows who hands over to whom, six sections, and the document, without a violation of its policy', async () => {
  const { page, problems } = await harness.open({ init: { draft: week() } });

  await page.getByRole('heading', { level: 1, name: 'Handoff: Noor to Kai' }).waitFor();
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
  for (const name of ['Start here 2', 'Open 2', 'In progress 1', 'Converted 1', 'Resolved', 'Keep in mind 1'])
    await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
  await page
    .getByRole('complementary', { name: 'Preview' })
    .locator('.rendered')
    .getByText('Mika waits for one more review.')
    .waitFor();
  assert.deepEqual(problems, []);
});

test('a host that cannot give the notes says why, and is asked again', async () => {
  const opened = await harness.open({ init: { draft: two }, unavailable: 'No team file was found.' });
  const { page } = opened;
  await page.getByRole('heading', { level: 1, name: 'No team file was found.' }).waitFor();
  assert.deepEqual(await axeViolations(opened), []);
  await page.getByRole('button', { name: 'Retry' }).click();

  await page.getByRole('heading', { level: 1, name: 'Handoff: Noor to Kai' }).waitFor();
  await opened.send({ type: 'unavailable', message: 'Something else.', retry: 'Retry' });
  await page.getByText('Something else.').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Handoff: Noor to Kai' }).waitFor();
});

test('axe finds nothing in any theme, nor with the menu, the undo bar and the outcomes open', async () => {
  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    const opened = await harness.open({ init: { draft: week() }, theme });
    assert.deepEqual(await axeViolations(opened), [], theme);
    await opened.page.getByRole('button', { name: `Remove ${RENAME}` }).click();
    await opened.send({
      type: 'posts',
      posts: [
        { where: 'slack', status: 'failed', message: 'Slack did not answer.' },
        {
          where: 'issue',
          status: 'posted',
          url: 'https://github.example/1',
          warnings: ['Label handoff does not exist.'],
        },
      ],
    });
    await opened.page
      .getByRole('button', { name: 'Move Review: retry with back-off in the poller to another section…' })
      .click();
    assert.deepEqual(await axeViolations(opened), [], theme);
  }
});

test('a note is saved within moments of typing, kept by the page at once, and shown in the document', async () => {
  const opened = await harness.open({ init: { draft: week() } });
  const note = opened.page.getByRole('textbox', { name: `Note on ${RENAME}` });

  await note.pressSequentially('Ask @Rio');
  const kept = (await opened.kept()) as { draft: ReturnType<typeof week> };

  assert.equal(entriesOf(kept.draft, 'open')[0]?.note, 'Ask @Rio');
  await expectEventually(async () => entriesOf((await opened.savedDraft()) ?? draft(), 'open')[0]?.note, 'Ask @Rio');
  assert.ok((await sentOf(opened, 'save')).length < 8, 'not one message a key');
  await opened.page
    .getByRole('status')
    .filter({ hasText: /^Saved$/u })
    .waitFor();
  await opened.page.locator('.rendered').getByText('Ask @\u200bRio').waitFor();
});

test('leaving the field sends what is not sent yet', async () => {
  const opened = await harness.open({ init: { draft: week() } });
  await opened.page.getByRole('textbox', { name: `Note on ${RENAME}` }).fill('now');
  await opened.page.evaluate('document.activeElement.blur()');

  assert.equal(entriesOf((await opened.savedDraft()) ?? draft(), 'open')[0]?.note, 'now');
});

test('notes that could not be saved say so and can be saved again', async () => {
  const opened = await harness.open({ init: { draft: two }, saves: false });
  await opened.page.getByRole('textbox', { name: 'Note on First' }).fill('x');
  await expectEventually(async () => (await sentOf(opened, 'save')).length, 1);

  await opened.send({ type: 'saveFailed', revision: 4, message: 'the disk is full.' });
  await opened.page.getByText('Not saved: the disk is full.').waitFor();
  await opened.page.getByRole('button', { name: 'Retry' }).click();
  await expectEventually(async () => (await sentOf(opened, 'save')).length, 2);
  await opened.send({ type: 'saved', revision: 4 });

  await opened.page.getByText('Saved', { exact: true }).waitFor();
});

test('an answer to an older revision does not say that the newer one is safe', async () => {
  const opened = await harness.open({ init: { draft: two }, saves: false });
  await opened.page.getByRole('textbox', { name: 'Note on First' }).fill('x');
  await opened.send({ type: 'saved', revision: 3 });

  assert.equal(await opened.page.locator('.saving').getAttribute('data-status'), 'saving');
});

test('what the page kept and the host does not have yet comes back, and is saved', async () => {
  const newer = setNote(two, 'a', 'typed just before the crash');
  const opened = await harness.open({ init: { draft: two }, kept: { draft: newer } });

  assert.equal(
    await opened.page.getByRole('textbox', { name: 'Note on First' }).inputValue(),
    'typed just before the crash',
  );
  await expectEventually(async () => (await opened.savedDraft())?.revision, 4);
});

test('what the host has newer, or what is of another shift, wins over what the page kept', async () => {
  for (const kept of [
    { draft: setNote({ ...two, id: 'another' }, 'a', 'old') },
    { draft: { ...setNote(two, 'a', 'old'), revision: 2 } },
    { draft: 'broken' },
  ]) {
    const { page } = await harness.open({ init: { draft: two }, kept });
    assert.equal(await page.getByRole('textbox', { name: 'Note on First' }).inputValue(), '');
  }
});

test('by keyboard: an entry moves down and up, the focus stays with it, and the place is spoken', async () => {
  const opened = await harness.open({ init: { draft: two } });
  const { page } = opened;
  await page.getByRole('button', { name: 'Move First down' }).focus();
  await page.keyboard.press('Enter');

  await expectEventually(() => openIds(opened), ['b', 'a']);
  await page.getByRole('status').filter({ hasText: 'Moved to position 2 of 2.' }).waitFor();
  const focused = await focusedName(page);
  assert.equal(focused, 'Move First up', 'at the end only the other way is left');
  await page.keyboard.press('Enter');
  await expectEventually(() => openIds(opened), ['a', 'b']);
});

test('by keyboard: an entry moves to another section through the menu, with its note', async () => {
  const opened = await harness.open({ init: { draft: setNote(two, 'a', 'mine') } });
  const { page } = opened;
  await page.getByRole('button', { name: 'Move First to another section…' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Start here' }).waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');

  await expectEventually(
    async () => entriesOf((await opened.savedDraft()) ?? draft(), 'keepInMind').map(({ id, note }) => [id, note]),
    [['a', 'mine']],
  );
  assert.equal(
    await page
      .getByRole('region', { name: 'Keep in mind' })
      .getByRole('textbox', { name: 'Note on First' })
      .inputValue(),
    'mine',
  );
  assert.equal(await page.getByRole('menu').count(), 0);
});

test('Escape closes the menu and gives the focus back', async () => {
  const { page } = await harness.open({ init: { draft: two } });
  await page.getByRole('button', { name: 'Move First to another section…' }).click();
  await page.getByRole('menuitem', { name: 'Start here' }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('menu').waitFor({ state: 'detached' });
  assert.equal(await focusedName(page), 'Move First to another section…');
});

test('by mouse: an entry is dragged within its section and into an empty one', async () => {
  const opened = await harness.open({ init: { draft: two } });
  const { page } = opened;
  const grip = (title: string) =>
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: title }) })
      .locator('.grip');
  const first = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Remove First' }) });

  await grip('Second').dragTo(first, { targetPosition: { x: 60, y: 2 } });
  await expectEventually(() => openIds(opened), ['b', 'a']);
  await grip('Second').dragTo(page.getByRole('region', { name: 'Resolved' }));

  await expectEventually(async () => idsOf((await opened.savedDraft()) ?? draft(), 'resolved'), ['b']);
});

test('a removal is offered back, and undone with its note, place and focus', async () => {
  const opened = await harness.open({ init: { draft: setNote(two, 'a', 'mine') } });
  const { page } = opened;
  await page.getByRole('button', { name: 'Remove First' }).click();
  await expectEventually(async () => (await opened.savedDraft())?.removed, ['a']);
  assert.equal(await focusedName(page), 'Remove Second');
  await page.getByText('Removed “First”.').waitFor();

  await page.getByRole('button', { name: 'Undo' }).click();

  await expectEventually(() => openIds(opened), ['a', 'b']);
  assert.equal(await page.getByRole('textbox', { name: 'Note on First' }).inputValue(), 'mine');
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
});

test('an entry of one’s own: added, titled, in the document', async () => {
  const opened = await harness.open({ init: { draft: two } });
  const { page } = opened;
  await page.getByRole('button', { name: 'Add Entry: Keep in mind' }).click();
  await page.keyboard.type('Certificate ends on Friday');

  await expectEventually(
    async () => entriesOf((await opened.savedDraft()) ?? draft(), 'keepInMind').map(({ title }) => title),
    ['Certificate ends on Friday'],
  );
  await page.locator('.rendered').getByText('Certificate ends on Friday').waitFor();
  await page.getByRole('button', { name: 'Remove Certificate ends on Friday' }).waitFor();
});

test('refreshing takes up what is new and keeps what was typed while the host was asked', async () => {
  const opened = await harness.open({ init: { draft: two } });
  const { page } = opened;
  await page.getByRole('button', { name: 'Refresh from Queue' }).click();
  assert.equal((await sentOf(opened, 'refresh')).length, 1);
  await page.getByRole('textbox', { name: 'Note on Second' }).fill('meanwhile');
  const fresh = draft({ open: ['a', 'b', 'c'].map((id) => entry({ id, title: `Now ${id}` })) });
  await opened.send({ type: 'fresh', draft: fresh });

  await expectEventually(
    async () => entriesOf((await opened.savedDraft()) ?? draft(), 'open').map(({ title, note }) => [title, note]),
    [
      ['Now a', ''],
      ['Now b', 'meanwhile'],
      ['Now c', ''],
    ],
  );
  await page.getByText('Brought up to date with the queue.').waitFor();
  await opened.send({ type: 'fresh', draft: fresh });
  await page.getByText('Nothing new in the queue.').waitFor();
});

test('notes that are opened anew take up the record at once', async () => {
  const opened = await harness.open({
    init: {
      draft: removeEntry(two, 'a'),
      fresh: draft({ open: [entry({ id: 'a' }), entry({ id: 'b', title: 'Second' }), entry({ id: 'c' })] }),
    },
  });

  await expectEventually(() => openIds(opened), ['b', 'c']);
});

test('posting sends the notes as they stand; a place that is not there says why and cannot be pressed', async () => {
  const opened = await harness.open({
    init: {
      draft: two,
      targets: [
        { where: 'slack', unavailable: 'The team file names no channel for handoffs (handoff.slack).' },
        { where: 'issue', place: 'acme/team-notes' },
      ],
    },
  });
  const { page } = opened;
  await page.getByText('The team file names no channel for handoffs (handoff.slack).').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Post to Slack…' }).isDisabled());
  await page.getByRole('textbox', { name: 'Note on First' }).fill('last word');
  await page.getByRole('button', { name: 'Post as Issue…' }).click();

  const [post] = await sentOf(opened, 'post');
  assert.equal(post?.where, 'issue');
  assert.equal(entriesOf(post.draft, 'open')[0]?.note, 'last word');

  await opened.send({
    type: 'targets',
    targets: [
      { where: 'slack', place: '#integrations' },
      { where: 'issue', place: 'acme/team-notes' },
    ],
  });
  await expectEventually(() => page.getByRole('button', { name: 'Post to Slack…' }).isDisabled(), false);
});

test('a failed post says what happened and offers to try again; a posted one where it is', async () => {
  const opened = await harness.open({ init: { draft: two } });
  const { page } = opened;
  await opened.send({ type: 'posts', posts: [{ where: 'slack', status: 'failed', message: 'Slack did not answer.' }] });
  await page.getByText('Not posted to Slack. Slack did not answer.').waitFor();
  await page.getByRole('button', { name: 'Retry' }).click();
  assert.equal((await sentOf(opened, 'post'))[0]?.where, 'slack');

  await opened.send({ type: 'posts', posts: [{ where: 'slack', status: 'posting' }] });
  await expectEventually(() => page.getByRole('button', { name: 'Post to Slack…' }).isDisabled(), true);
  await opened.send({
    type: 'posts',
    posts: [{ where: 'slack', status: 'posted', url: 'https://slack.example/archives/C1/p1', warnings: [] }],
  });
  await page.getByText('Posted to Slack: #integrations-internal.').waitFor();
  await page.getByRole('link', { name: 'Open' }).click();
  assert.deepEqual(await sentOf(opened, 'open'), [{ type: 'open', url: 'https://slack.example/archives/C1/p1' }]);
});

test('links ask the host and never leave the page; hostile texts are text', async () => {
  const hostile = entry({
    id: 'h',
    title: '<img src=x onerror=alert(1)> [x](https://evil.test)',
    detail: '<b>bold</b>',
    note: '<script>alert(1)</script>',
  });
  const opened = await harness.open({ init: { draft: draft({ open: [hostile] }) } });
  const { page } = opened;
  await page.getByRole('region', { name: 'Open' }).getByRole('link', { name: '<img src=x' }).click();
  await page.getByRole('complementary').getByRole('link').first().click();

  assert.deepEqual(
    (await sentOf(opened, 'open')).map(({ url }) => url),
    [hostile.url, hostile.url],
  );
  assert.equal(await page.locator('img, b, script:not([src])').count(), 0);
  assert.equal(page.url().split('?')[0]?.endsWith('/'), true);
  assert.deepEqual(opened.problems, []);
});

test('copying and the view of the Markdown give the same document', async () => {
  const opened = await harness.open({ init: { draft: two } });
  const { page } = opened;
  await page.getByRole('tab', { name: 'Markdown' }).click();
  await page.locator('pre').filter({ hasText: '# Handoff: Noor → Kai' }).waitFor();
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  assert.equal((await sentOf(opened, 'copy'))[0]?.draft.revision, 3);

  await opened.send({ type: 'copied' });
  await page.getByText('Markdown copied to the clipboard.').waitFor();
});

test('everything is reached with Tab alone, in the order it is read', async () => {
  const { page } = await harness.open({ init: { draft: two } });
  const names: string[] = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const name = await focusedName(page);
    if (name === '') break;
    names.push(name);
  }

  const expected = [
    'Post to Slack…',
    'Post as Issue…',
    'Copy as Markdown',
    'Refresh from Queue',
    'Add Entry: Start here',
    'Add Entry: Open',
    'First',
    'Move First down',
    'Move First to another section…',
    'Remove First',
    'Note on First',
    'Second',
    'Move Second up',
    'Move Second to another section…',
    'Remove Second',
    'Note on Second',
    'Add Entry: In progress',
  ];
  assert.deepEqual(names.slice(0, expected.length), expected);
  assert.ok(names.includes('Preview'));
});

test('at 200 % nothing is cut off sideways', async () => {
  const { page } = await harness.open({ init: { draft: week() }, viewport: { width: 400, height: 700 } });

  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  assert.equal(overflow, 0);
});

test('two hundred entries stay quick to type in', async () => {
  const many = draft({
    open: Array.from({ length: 200 }, (_, index) => entry({ id: `i${index}`, title: `Entry ${index}` })),
  });
  const { page } = await harness.open({ init: { draft: many } });
  const note = page.getByRole('textbox', { name: 'Note on Entry 150' });
  await note.focus();

  await page.evaluate(`
    globalThis.rowsAdded = 0;
    new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) if (node.localName === 'li') rowsAdded += 1;
    }).observe(document.querySelector('.notes'), { childList: true, subtree: true });
  `);
  await page.keyboard.type('quick');
  const made = await page.evaluate('rowsAdded');

  assert.equal(made, 0, 'typing rebuilds no entry');
});
