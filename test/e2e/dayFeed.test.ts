import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { repository } from '../support/paths.ts';
import { type Day, openDayFor, standsIn } from './day.ts';

const CONTRACT = 'Contract tests against the sandbox fail';
const CONTRACT_ROW = /^Alert, Contract tests against the sandbox fail, .*Checks, .*ago.*began to fire/u;

async function readChecks({ team, window }: Day): Promise<void> {
  team.proxy.clear();
  await window.command('Responder: Refresh');
  await team.proxy.waitFor({ service: 'checks' });
}

test('a feed is watched without code, and with a token that its origin alone gets', async (t) => {
  const day = await openDayFor(t);
  const { team, window, queue } = day;
  const { checks, proxy } = team;

  await t.test('its records are rows like all others', async () => {
    await queue.treeItem(CONTRACT_ROW).waitFor();
    await standsIn(day, 'Owned by others', 'Broken links in the docs');
    const copied = await window.copiedBy(() => queue.menu(CONTRACT, 'Copy Link'));
    assert.equal(copied, `${team.checksUrl}/checks/contract-tests`);
  });

  await t.test('an unchanged list costs a 304', async () => {
    await readChecks(day);
    assert.deepEqual(
      proxy.requests({ service: 'checks' }).map(({ status }) => status),
      [304],
    );
  });

  await t.test('what the feed no longer lists goes', async () => {
    checks.pass('contract-tests');
    await readChecks(day);
    await queue.treeItem(CONTRACT_ROW).waitFor({ state: 'detached' });
  });

  await t.test('a feed that wants a token says so, and asks for it by its origin', async () => {
    checks.token = 'sesame-1234';
    await readChecks(day);
    await queue.click('Not signed in to Checks');
    const input = window.quickInput();
    await input.title.filter({ hasText: `Sign In to ${team.checksUrl}` }).waitFor();
    await input.type('sesame 1234 5678');
    await input.message.getByText('A token is one word').waitFor();
    await input.type('wrong-1234');
    await proxy.waitFor({ service: 'checks' }, { count: 2 });
    await queue.row('Not signed in to Checks').waitFor();
  });

  await t.test('with the right one it is read again', async () => {
    checks.fail({ key: 'backup', summary: 'No backup since Friday', since: Math.floor(team.now() / 1000) - 60 });
    await window.command('Responder: Sign In to Feed');
    await window.quickInput().title.filter({ hasText: team.checksUrl }).waitFor();
    await window.quickInput().type('sesame-1234');
    await queue.treeItem(/^Alert, No backup since Friday, /u).waitFor();
    await queue.row('Not signed in to Checks').waitFor({ state: 'detached' });
  });

  await t.test('signing out forgets it', async () => {
    await window.command('Responder: Sign Out and Forget Tokens');
    await window.answerDialog('Sign Out');
    await queue.row('Not signed in to Checks').waitFor();
  });
});

interface Pager {
  readonly env: Readonly<Record<string, string>>;
  readonly report: (records: unknown) => Promise<void>;
}

async function pagerFor(t: TestContext): Promise<Pager> {
  const folder = await mkdtemp(path.join(tmpdir(), 'responder-pager-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'records.json');
  return { env: { PAGER_FILE: file }, report: (records) => writeFile(file, JSON.stringify(records)) };
}

test('another extension contributes a source', async (t) => {
  const pager = await pagerFor(t);
  const hot = { id: 'pump', title: 'Pump is hot', url: 'https://pager.example/pump', author: 'Rio', count: 3 };
  await pager.report([hot, { id: 'bad', title: 'No address', url: 'javascript:alert(1)' }]);
  const day = await openDayFor(t, {
    env: pager.env,
    extensions: [repository, path.join(import.meta.dirname, 'pagerExtension')],
    before: async ({ folder }) => {
      const file = path.join(folder, 'responder.yml');
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace('\nwatch:\n', '\nwatch:\n  - { source: acme.pager, respondWithin: 1h }\n'));
    },
  });
  const { window, queue, team } = day;

  await t.test('what it returns is in the Queue; what is broken is skipped and counted', async () => {
    await queue.treeItem(/^Alert, Pump is hot, .*Pager, /u).waitFor();
    await queue.row('1 record skipped').waitFor();
    assert.equal(await queue.row('No address').count(), 0);
  });

  await t.test('what it returns no longer goes', async () => {
    await pager.report([]);
    await window.command('Responder: Refresh');
    await queue.treeItem(/^Alert, Pump is hot/u).waitFor({ state: 'detached' });
    await queue.row('1 record skipped').waitFor({ state: 'detached' });
  });

  await t.test('when it fails, its row says so and its records stay', async () => {
    await pager.report([hot]);
    await window.command('Responder: Refresh');
    await queue.treeItem(/^Alert, Pump is hot/u).waitFor();
    await pager.report({ records: 'nonsense' });
    await window.command('Responder: Refresh');
    await queue.row('acme.pager returned an invalid response').waitFor();
    await queue.treeItem(/^Alert, Pump is hot/u).waitFor();
  });

  await t.test('a source that nobody offers is named', async () => {
    const file = path.join(team.folder, 'responder.yml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('acme.pager', 'acme.siren'));
    await queue.row('No extension offers the source acme.siren').waitFor({ timeout: 40_000 });
    assert.equal(await queue.treeItem(/^Alert, Pump is hot/u).count(), 0);
  });
});
