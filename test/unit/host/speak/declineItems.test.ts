import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { standing } from '../../../../src/core/journal.ts';
import type { OwnerEntry } from '../../../../src/core/team.ts';
import { ServiceError } from '../../../../src/services/service.ts';
import { signal, team } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';
import { person, settings } from '../../../support/vscodeStub.ts';
import { alert, desk, issue, itemOf, saidBy, thread } from './speakDesk.ts';

fakeVscode();
const { declineItems } = await import('../../../../src/host/speak/declineItems.ts');
const { askOwner } = await import('../../../../src/host/speak/askOwner.ts');

const billing: OwnerEntry = { label: 'area/billing', github: undefined, slackChannel: 'billing', person: undefined };
const ours = team({ owners: [billing], issues: { repository: 'acme/docs', labels: [], project: undefined } });
const trace = itemOf(
  signal({ id: 'github:acme/app#9', title: 'Crash', excerpt: 'at run (src/sync/queue.ts:3:1)', labels: [] }),
);
const DAY = 86_400_000;

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
  settings.clear();
});

test('declining says where it belongs; then the item is done, and that can be undone here', async (t) => {
  const { ports, sent, acted, store } = desk(t, { team: ours });
  person.answers.push('#billing', 'Decline');
  await declineItems([thread], ports);
  assert.match(person.said[0] ?? '', /: #billing \| acme\/docs \| \$\(edit\) Another Place…$/u);
  assert.match(sent.map(saidBy).join(''), /^thread: Thanks for telling us\. .*: #billing is the right place/u);
  const done = standing(store.journal()).filter(({ event }) => event.type === 'done');
  assert.deepEqual(
    done.map(({ id }) => id),
    acted,
  );
  assert.deepEqual(done[0]?.signalIds, [thread.id]);
});

test('another place is typed or pasted; one that leads nowhere safe is refused', async (t) => {
  const { ports, sent, waiting } = desk(t, { team: ours });
  person.answers.push('Another Place', 'javascript:alert(1)');
  await declineItems([issue], ports);
  assert.match(person.said.at(-1) ?? '', /^Write one line/u);
  person.answers.push('Another Place', 'https://forms.corp.example/ask', 'Keep as Proposal');
  await declineItems([issue], ports);
  assert.deepEqual(sent, []);
  assert.match(waiting()[0] ?? '', /https:\/\/forms\.corp\.example\/ask is the right place/u);
});

test('what waits is not done yet', async (t) => {
  const { ports, store, acted } = desk(t, { team: ours });
  person.answers.push('#billing', undefined);
  await declineItems([thread, alert], ports);
  assert.deepEqual([store.journal().length, acted.length], [0, 0]);
});

test('the owner by a label is asked in their channel, with a link and why', async (t) => {
  const { ports, sent } = desk(t, { team: ours });
  person.answers.push('#billing', 'Ask');
  await askOwner(issue, ports);
  assert.deepEqual(sent.map(saidBy), [
    [
      '#billing: Hello, can somebody here look at this with us?',
      '> [Sync stops](<https://github.example/acme/app/issues/1>)',
      'Why we ask you: label area/billing in our team file',
    ].join('\n\n'),
  ]);
});

test('CODEOWNERS and the last authors of a file that the item names are offered, with the reason', async (t) => {
  const asked: unknown[] = [];
  const { ports, sent, clock } = desk(t, { team: ours });
  const owners: typeof ports.owners = {
    codeOwners: async (repository) => {
      asked.push(repository);
      return [{ pattern: '/src/', owners: ['@acme/core'], line: 2 }];
    },
    lastAuthors: async (repository, paths) => {
      asked.push([repository, paths]);
      return [{ path: 'src/sync/queue.ts', login: 'kai-sample', at: clock.now() - 3 * DAY }];
    },
  };
  person.answers.push('Kai', '#billing', 'Ask');
  await askOwner(trace, { ...ports, owners });
  assert.deepEqual(asked, ['acme/app', ['acme/app', ['src/sync/queue.ts']]]);
  assert.match(person.said[0] ?? '', /: @acme\/core \| Kai \| \$\(edit\) Somebody Else…$/u);
  assert.match(sent.map(saidBy)[0] ?? '', /^#billing: Hello Kai, .*you changed src\/sync\/queue\.ts lately$/su);
});

test('what GitHub does not answer is only missing, and said; somebody else can always be asked', async (t) => {
  const failing = async (): Promise<never> => Promise.reject(new ServiceError('offline', 'away'));
  const { ports, waiting } = desk(t, {
    team: team({ owners: [], watch: [] }),
    readConversation: failing,
    owners: { codeOwners: failing, lastAuthors: failing },
  });
  person.answers.push('Somebody Else', '#search', undefined);
  await askOwner(trace, ports);
  assert.match(waiting()[0] ?? '', /^#search: Hello, can somebody here/u);
});

test('a title of others brings no mention, link or formatting of its own', async (t) => {
  const { ports, sent } = desk(t, { team: ours });
  const hostile = itemOf(signal({ title: '@all [x](https://evil.example) <!channel>', labels: ['area/billing'] }));
  person.answers.push('#billing', 'Ask');
  await askOwner(hostile, ports);
  const [, about = ''] = sent.map(saidBy)[0]?.split('\n\n') ?? [];
  assert.equal(
    about,
    '> [@\u200ball \\[x\\](https://evil.example) &lt;!channel\\>](<https://github.example/acme/app/issues/1>)',
  );
});
