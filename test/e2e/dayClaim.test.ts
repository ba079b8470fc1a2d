import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SampleTeam } from '../team/sampleTeam.ts';
import { isTold } from './conversion.ts';
import { isSaid, openDayFor, select, standsIn } from './day.ts';

const ISSUE = 'Expired refresh token';
const THREAD = 'Customer behind a proxy';
const CLAIM = /^Claim(?! and)/u;
const ASSIGNEES = /^\/repos\/acme\/app\/issues\/\d+\/assignees$/u;

test('a claim is seen outside, and so is its undo', async (t) => {
  const day = await openDayFor(t);
  const { team, window, queue } = day;
  const { proxy } = team;

  await t.test('an issue gets its assignee; the row does not wait for it', async () => {
    const { promise: until, resolve: answer } = Promise.withResolvers<void>();
    const heal = proxy.fail({ service: 'github', method: 'POST', path: ASSIGNEES }, { type: 'hold', until });
    await queue.menu(ISSUE, CLAIM);
    await standsIn(day, 'In progress', ISSUE);
    assert.deepEqual(await assignees(team), [], 'the row changed before GitHub answered');
    heal();
    answer();
    await proxy.waitFor({ service: 'github', method: 'POST', path: ASSIGNEES });
    assert.deepEqual(await assignees(team), ['noor-sample']);
  });

  await t.test('a thread gets its eyes', async () => {
    await queue.menu(THREAD, CLAIM);
    await standsIn(day, 'In progress', THREAD);
    await proxy.waitFor({ service: 'slack', path: '/api/reactions.add' });
    assert.deepEqual(await eyes(team), ['U02NOO']);
  });

  await t.test('Undo of a row takes back what was done to it, not what came last', async () => {
    await queue.menu(ISSUE, 'Undo');
    await standsIn(day, 'Waiting on us', ISSUE);
    await proxy.waitFor({ service: 'github', method: 'DELETE', path: ASSIGNEES });
    assert.deepEqual(await assignees(team), []);
    assert.deepEqual(await eyes(team), ['U02NOO']);
    await standsIn(day, 'In progress', THREAD);
  });

  await t.test('the key u takes back the last', async () => {
    await select(queue, THREAD);
    await window.keys('u');
    // It goes by itself after some seconds.
    await isSaid(window, 'Undone. Claimed: “Customer behind a proxy');
    await standsIn(day, 'Waiting on us', THREAD);
    await proxy.waitFor({ service: 'slack', path: '/api/reactions.remove' });
    assert.deepEqual(await eyes(team), []);
  });

  await t.test('a claim that GitHub refuses goes back and says why', async () => {
    proxy.clear();
    const heal = proxy.fail(
      { service: 'github', method: 'POST', path: ASSIGNEES },
      { type: 'answer', status: 403, body: { message: 'Must have write access to Repository.', status: '403' } },
    );
    await queue.menu(ISSUE, CLAIM);
    const toast = await isTold(window, `Not claimed: “${ISSUE}`);
    assert.match(await toast.innerText(), /write access/u);
    await standsIn(day, 'Waiting on us', ISSUE);
    assert.deepEqual(await assignees(team), []);

    heal();
    await window.answerToast('Not claimed', 'Retry');
    await standsIn(day, 'In progress', ISSUE);
    await proxy.waitFor({ service: 'github', method: 'POST', path: ASSIGNEES }, { count: 2 });
    assert.deepEqual(await assignees(team), ['noor-sample']);
  });

  await t.test('several at once, each where it lives', async () => {
    proxy.clear();
    await select(queue, 'Link previews show the name', THREAD);
    await window.keys('c');
    await standsIn(day, 'In progress', 'Link previews show the name');
    await standsIn(day, 'In progress', THREAD);
    await proxy.waitFor({ service: 'slack', path: '/api/reactions.add' });
    await proxy.waitFor({ service: 'github', method: 'POST', path: ASSIGNEES });
    await isSaid(window, 'Claimed: 2 items');
    await window.keys('u');
    await standsIn(day, 'Waiting on us', 'Link previews show the name');
    await standsIn(day, 'Waiting on us', THREAD);
    await proxy.waitFor({ service: 'slack', path: '/api/reactions.remove' });
    assert.deepEqual(await eyes(team), []);
    await proxy.waitFor({ service: 'github', method: 'DELETE', path: ASSIGNEES });
  });
});

async function assignees(team: SampleTeam): Promise<readonly string[]> {
  const number = team.issues.get('token')?.number;
  const issue = (await team.github.issues('acme/app')).find((each) => each.number === number);
  assert.ok(issue !== undefined);
  return issue.assignees.map(({ login }) => login);
}

/** Who has put 👀 on the thread. */
async function eyes(team: SampleTeam): Promise<readonly string[]> {
  const { channel = '', ts = '' } = team.messages.get('proxy') ?? {};
  const [root] = await team.slack.thread(channel, ts);
  const reactions = (root?.['reactions'] ?? []) as readonly {
    readonly name: string;
    readonly users: readonly string[];
  }[];
  return reactions.find(({ name }) => name === 'eyes')?.users ?? [];
}
