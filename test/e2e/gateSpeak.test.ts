import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAsked, isPreviewed, isTold, shownText } from './conversion.ts';
import { isSaid, openDayFor, refresh, standsIn } from './day.ts';

const THREAD = 'Customer behind a proxy';
const CRASH = 'The import queue crashes';
const LINKS = 'Link previews show the name';
const COMMENTS = { service: 'github', method: 'POST', path: /\/comments$/u } as const;
const MESSAGES = { service: 'slack', path: /chat\.postMessage$/u } as const;

test('people are answered, asked and pointed to where they belong', async (t) => {
  const day = await openDayFor(t, { settings: { 'files.defaultLanguage': 'markdown' } });
  const { team, window, queue } = day;
  const { proxy, slack, github } = team;
  const input = window.quickInput();
  const [asked] = (await slack.messages('integrations')).filter(({ text }) => text?.startsWith(THREAD));
  assert.ok(asked !== undefined);

  await t.test('a reply begins with a snippet, is shown, edited, and sent when it is approved', async () => {
    await queue.menu(THREAD, /^Reply…/u);
    await isAsked(window, 'A snippet of the team, or your own words');
    await input.pick('On it');
    await isPreviewed(window);
    assert.match(await shownText(window), /Thanks, Ines\. We look into it\./u);
    assert.equal(proxy.requests(MESSAGES).length, 0, 'nothing is sent yet');
    await window.screenshot('gate-reply');
    await input.pick('Edit…');
    await isTold(window, 'Edit the text, then apply');
    await window.editor().click();
    await window.keys('Control+End');
    await window.page.keyboard.insertText(' The range is the new one.');
    await window.answerToast('Edit the text, then apply', 'Apply');
    await isPreviewed(window);
    await input.pick('Reply');
    await proxy.waitFor(MESSAGES);
    await isSaid(window, 'Undo: Reply · Customer behind a proxy');
    const said = (await slack.thread('integrations', asked.ts)).map(({ text }) => text);
    assert.deepEqual(
      said.filter((text) => text?.includes('We look into it')),
      ['Thanks, Ines. We look into it. The range is the new one.'],
    );
  });

  await t.test('the owner of a file that an issue names is asked in their channel, with the reason', async () => {
    await github.putFile('acme/app', '.github/CODEOWNERS', '* @acme/everybody\n/src/import/ @bo-sample\n');
    const labels = ['team/integrations'];
    await github.openIssue('acme/app', { title: CRASH, body: '    at next (/app/src/import/queue.ts:7:1)', labels });
    await refresh(day);
    await queue.row(CRASH).first().waitFor();
    proxy.clear();
    await queue.menu(CRASH, 'Ask Owner…');
    await input.option('CODEOWNERS line 2: src/import/queue.ts').first().waitFor();
    await window.screenshot('gate-owner');
    await input.pick('Bo');
    await isPreviewed(window);
    await input.pick('Ask');
    await proxy.waitFor(MESSAGES);
    await isSaid(window, `Undo: Ask owner · ${CRASH}`);
    const [question] = await slack.messages('dev-infra');
    assert.match(question?.text ?? '', /^Hello Bo, can you look at this with us\?/u);
    assert.match(question?.text ?? '', /The import queue crashes/u);
  });

  await t.test('what is declined is done once that is said, and comes back when it is taken back', async () => {
    proxy.clear();
    await queue.menu(CRASH, 'Decline with a Pointer…');
    await isAsked(window, 'Where does it belong?');
    await input.pick('#dev-infra');
    await isPreviewed(window);
    await input.pick('Decline');
    await proxy.waitFor(COMMENTS);
    await standsIn(day, 'Done today', CRASH);
    await window.statusBar('responder.undo').click();
    await proxy.waitFor({ service: 'github', method: 'DELETE', path: /\/comments\/\d+$/u });
    await standsIn(day, 'Waiting on us', CRASH);
  });

  await t.test('what is typed is among the proposals before it is applied', async () => {
    await window.command('Notifications: Clear All Notifications');
    await queue.menu(CRASH, 'Post Status Update…');
    await isTold(window, 'Fill in the sections');
    // The cursor stands where the first section is filled in.
    await window.page.keyboard.insertText('every third import stops');
    await window.editor().getByText('**Conditions:** every third import stops').waitFor();
    await window.command('Responder: Focus on Proposals View');
    const proposals = window.view('Proposals');
    await proposals.treeItem(/The import queue crashes.*Status update/u).waitFor();
  });

  await t.test(
    'of two texts in writing each is applied by its own key, and a document of one’s own has none',
    async () => {
      await window.command('Notifications: Clear All Notifications');
      await queue.menu(LINKS, 'Post Status Update…');
      const texts = window.tab('Conditions');
      await texts.nth(1).waitFor();
      await window.editor().click();
      await window.keys('Control+Home', 'End');
      await window.page.keyboard.insertText('the names are cut');
      await window.keys('Control+Enter');
      await isPreviewed(window);
      await window.keys('Escape');
      await texts.first().click();
      const apply = window.page.getByRole('button', { name: /^Apply Edit/u });
      await apply.waitFor();
      await window.command('File: New Untitled Text File');
      await apply.waitFor({ state: 'detached' });
      await texts.first().click();
      await window.editor().click();
      await window.keys('Control+Enter');
      await isPreviewed(window);
      await window.keys('Escape');
    },
  );
});
