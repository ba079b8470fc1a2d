import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Conversation } from '../../../../src/core/conversation.ts';
import type { IssueTemplate } from '../../../../src/core/issueTemplate.ts';
import type { Item } from '../../../../src/core/item.ts';
import type { IssueCandidate, Matter } from '../../../../src/core/similar.ts';
import type { Answers } from '../../../../src/host/convert/answers.ts';
import type { ConvertPorts } from '../../../../src/host/convert/convertPorts.ts';
import { ServiceError } from '../../../../src/services/service.ts';
import { signal } from '../../../support/build.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';

fakeVscode();
const { similarLook } = await import('../../../../src/host/convert/similar.ts');
const { templateLook } = await import('../../../../src/host/convert/templates.ts');

const one = signal({ id: 'slack:C01:1.1', service: 'slack', kind: 'thread', title: 'Webhooks arrive twice' });
const item: Item = { id: one.id, signals: [one] };
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const same: IssueCandidate = {
  repository: 'acme/app',
  number: 7,
  url: 'https://github.example/acme/app/issues/7',
  title: 'Webhooks arrive twice',
  state: 'open',
  text: '',
  mentions: [],
};

function similarPorts(over: Partial<ConvertPorts> = {}) {
  return {
    knownIssues: () => [],
    similarIssues: async () => ({ candidates: [], failure: undefined }),
    readConversation: async () => ({ messages: [], skipped: 0 }),
    openUrl: async () => {},
    log,
    ...over,
  };
}

const answers: Answers = { repository: 'acme/app', title: 'Webhooks arrive twice' };

function applying(
  { steps }: { readonly steps: readonly { applies(answers: Answers): boolean }[] },
  given: Answers,
): number {
  return steps.filter((step) => step.applies(given)).length;
}

test('a duplicate that the store knows is asked about, without an answer of GitHub', async () => {
  const similarIssues = async () => ({ candidates: [], failure: 'offline' as const });
  const look = similarLook(item, 'T', similarPorts({ knownIssues: () => [same], similarIssues }));
  assert.equal(applying(look, answers), 0);
  await look.prepare(answers);
  assert.equal(applying(look, answers), 1);
  assert.equal(applying(look, { ...answers, repository: 'acme/docs' }), 0);
  assert.equal(applying(look, { ...answers, title: 'Another' }), 0);
  assert.match(look.notice() ?? '', /GitHub cannot be reached/u);
});

test('what was said is searched for as well: its error and its links', async () => {
  let matter: Matter | undefined;
  const similarIssues = async (_: string, asked: Matter) => {
    matter = asked;
    return { candidates: [], failure: undefined };
  };
  const markdown = 'TypeError: cannot read id\nhttps://errors.test/acme/issues/4711';
  const author = { id: 'rio-sample', name: 'Rio', isBot: false };
  const messages = [{ author, at: 0, markdown, url: undefined }];
  const readConversation = async () => ({ messages, skipped: 0 });
  await similarLook(item, 'T', similarPorts({ similarIssues, readConversation })).prepare(answers);
  assert.match(matter?.text ?? '', /TypeError: cannot read id/u);
  assert.deepEqual(matter?.mentions, ['https://errors.test/acme/issues/4711']);
});

test('a conversation that takes long keeps no search waiting, and counts once it is there', async (t) => {
  t.mock.method(AbortSignal, 'timeout', (delayMs: number) =>
    delayMs < 5000 ? AbortSignal.abort() : new AbortController().signal,
  );
  const { promise, resolve } = Promise.withResolvers<Conversation>();
  const known = { ...same, title: 'Another', mentions: ['https://errors.test/acme/issues/4711'] };
  const similarIssues = async (_: string, asked: Matter) => {
    assert.deepEqual(asked.mentions, []);
    const author = { id: 'rio-sample', name: 'Rio', isBot: false };
    resolve({ messages: [{ author, at: 0, markdown: known.mentions[0] ?? '', url: undefined }], skipped: 0 });
    return { candidates: [known], failure: undefined };
  };
  const look = similarLook(item, 'T', similarPorts({ similarIssues, readConversation: async () => promise }));
  await look.prepare(answers);
  assert.equal(applying(look, answers), 1);
});

test('nothing alike: nothing is asked, and nothing is said', async () => {
  const look = similarLook(item, 'T', similarPorts());
  await look.prepare(answers);
  assert.equal(applying(look, answers), 0);
  assert.equal(look.notice(), undefined);
});

test('one repository and title is looked for once', async () => {
  let asked = 0;
  const similarIssues = async () => {
    asked += 1;
    return { candidates: [], failure: undefined };
  };
  const look = similarLook(item, 'T', similarPorts({ similarIssues }));
  await look.prepare(answers);
  await look.prepare({ ...answers, priority: 'low' });
  assert.equal(asked, 1);
  await look.prepare({ ...answers, title: 'Another' });
  assert.equal(asked, 2);
});

test('whatever fails, it is one line and no exception', async () => {
  const fail = async () => {
    throw new Error('a bug');
  };
  const look = similarLook(item, 'T', similarPorts({ similarIssues: fail, readConversation: fail }));
  assert.deepEqual(await look.prepare(answers), answers);
  assert.match(look.notice() ?? '', /^Not all issues about the same could be looked for/u);
});

test('what was chosen before holds only while the issue is found', async () => {
  const duplicate = { how: 'append', repository: 'acme/app', number: 7, title: same.title } as const;
  const found = similarLook(item, 'T', similarPorts({ knownIssues: () => [same] }));
  assert.deepEqual(await found.prepare({ ...answers, duplicate }), { ...answers, duplicate });
  const transferTo = { name: 'Kai', login: 'kai-sample' };
  const handed = similarLook(item, 'T', similarPorts({ knownIssues: () => [same], transferTo }));
  assert.deepEqual(await handed.prepare({ ...answers, duplicate }), answers);
  const none = similarLook(item, 'T', similarPorts());
  assert.deepEqual(await none.prepare({ ...answers, duplicate }), answers);
});

test('what is appended opens an issue again unless it is known to be open, however it was when it was chosen', async () => {
  const kept = { how: 'append', repository: 'acme/app', number: 7, title: same.title } as const;
  for (const [state, reopens] of [
    ['open', false],
    ['closed', true],
    [undefined, true],
  ] as const)
    for (const duplicate of [kept, { ...kept, reopens: true }]) {
      const look = similarLook(item, 'T', similarPorts({ knownIssues: () => [{ ...same, state }] }));
      const expected = reopens ? { ...kept, reopens } : kept;
      assert.deepEqual(await look.prepare({ ...answers, duplicate }), { ...answers, duplicate: expected });
      const related = { ...duplicate, how: 'relate' } as const;
      assert.deepEqual((await look.prepare({ ...answers, duplicate: related })).duplicate, { ...kept, how: 'relate' });
    }
});

const field = { description: '', required: true, placeholder: '', value: '', render: undefined };
const form: IssueTemplate = {
  kind: 'form',
  path: 'bug.yml',
  name: 'Bug',
  about: '',
  title: '',
  labels: [],
  assignees: [],
  fields: [
    { ...field, type: 'input', id: 'a', label: 'A' },
    { ...field, type: 'textarea', id: 'b', label: 'Description' },
    { ...field, type: 'input', id: 'c', label: 'C', required: false },
    { ...field, type: 'textarea', id: 'd', label: 'D' },
  ],
};

test('a repository with templates asks for one, and for what the chosen form requires', async () => {
  const look = templateLook(item, 'T', { issueTemplates: async () => ({ templates: [form], skipped: 0 }), log });
  assert.equal(applying(look, answers), 0);
  await look.prepare(answers);
  assert.equal(applying(look, answers), 1);
  // A and D: the record goes into the description, and C may stay empty.
  const chosen: Answers = { ...answers, template: { path: 'bug.yml', values: {} } };
  assert.equal(applying(look, chosen), 3);
  assert.equal(applying(look, { ...answers, template: { path: 'gone.yml', values: {} } }), 1);
  const duplicate = { how: 'append', repository: 'acme/app', number: 7, title: 'T' } as const;
  assert.equal(applying(look, { ...chosen, duplicate }), 0);
  assert.equal(look.notice(), undefined);
});

test('templates are not asked for when an issue is planned itself, and forgotten with their repository', async () => {
  const issue = signal({ id: 'github:acme/docs#3', place: 'acme/docs' });
  const asked: string[] = [];
  const issueTemplates = async (repository: string) => {
    asked.push(repository);
    return { templates: [form], skipped: 0 };
  };
  const look = templateLook({ id: issue.id, signals: [issue] }, 'T', { issueTemplates, log });
  await look.prepare({ repository: 'acme/app' });
  await look.prepare({ repository: 'Acme/App' });
  assert.equal(look.found().length, 1);
  await look.prepare({ repository: 'acme/docs' });
  assert.deepEqual([look.found(), asked], [[], ['acme/app']]);
});

test('templates that cannot be read are one line, and are tried again when the person comes by once more', async () => {
  let fails = true;
  const issueTemplates = async () => {
    if (fails) throw new ServiceError('forbidden', 'no');
    return { templates: [form], skipped: 2 };
  };
  const look = templateLook(item, 'T', { issueTemplates, log });
  await look.prepare(answers);
  assert.match(look.notice() ?? '', /^The issue templates could not be read: GitHub does not allow/u);
  fails = false;
  await look.prepare(answers);
  assert.equal(look.notice(), 'Issue templates that cannot be offered: 2.');
  assert.equal(look.found().length, 1);
});
