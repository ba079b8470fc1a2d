import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HandoffDraft } from '../../../../src/core/handoff.ts';
import { setNote } from '../../../../src/core/handoffEdits.ts';
import { refillHandoff } from '../../../../src/core/handoffRefill.ts';
import { type HandoffPorts, HandoffSession, type PostResult } from '../../../../src/host/panels/handoffSession.ts';
import { HANDOFF_STRINGS, type HandoffStrings, type ToHandoff } from '../../../../src/shared/handoffMessages.ts';
import { draft, entry } from '../../core/handoffSamples.ts';

const strings = Object.fromEntries(HANDOFF_STRINGS.map((key) => [key, key])) as unknown as HandoffStrings;
const notes = draft({ open: [entry()] });

function start(over: Partial<HandoffPorts> = {}, draftId?: string) {
  const stored = new Map<string, HandoffDraft>();
  const sent: ToHandoff[] = [];
  const done: string[] = [];
  const ports: HandoffPorts = {
    draft: (id) => stored.get(id ?? notes.id) ?? notes,
    fresh: () => draft({ open: [entry(), entry({ id: 'new' })] }),
    save: (saved) => void stored.set(saved.id, saved),
    targets: () => [{ where: 'slack', place: '#integrations-internal' }],
    links: () => [],
    confirmPost: async (where) => {
      done.push(`confirm ${where}`);
      return true;
    },
    post: async (where): Promise<PostResult> => {
      done.push(`post ${where}`);
      return { status: 'posted', url: 'https://slack.example/p1', warnings: [] };
    },
    copy: async (text) => void done.push(`copy ${text.split('\n', 1)[0] ?? ''}`),
    open: async (url) => void done.push(`open ${url}`),
    explain: (error) => `Sorry: ${String(error)}`,
    ...over,
  };
  const session = new HandoffSession({
    ports,
    strings,
    language: 'en',
    draftId,
    send: (message) => void sent.push(message),
  });
  return { session, stored, sent, done };
}

test('a page that is ready gets everything it shows; only notes that were opened take up the record', async () => {
  const opened = start();
  await opened.session.receive({ type: 'ready' });
  await opened.session.receive({ type: 'ready' });
  const revived = start({}, notes.id);
  await revived.session.receive({ type: 'ready' });

  const freshOf = (message: ToHandoff | undefined): unknown =>
    message?.type === 'init' ? message.fresh?.sections[1]?.entries.length : 'no init';
  assert.deepEqual(opened.sent.map(freshOf), [2, undefined]);
  assert.deepEqual(revived.sent.map(freshOf), [undefined]);
});

test('an edit is kept and answered with its revision; one that cannot be kept is said', async () => {
  const edited = setNote(notes, 'github:acme/app#1', 'mine');
  const good = start();
  await good.session.receive({ type: 'save', draft: JSON.parse(JSON.stringify(edited)) });
  const bad = start({
    save: () => {
      throw new Error('disk full');
    },
  });
  await bad.session.receive({ type: 'save', draft: edited });

  assert.deepEqual(good.stored.get(notes.id), edited);
  assert.deepEqual(good.sent, [{ type: 'saved', revision: 1 }]);
  assert.deepEqual(bad.sent, [{ type: 'saveFailed', revision: 1, message: 'Sorry: Error: disk full' }]);
});

test('posting keeps the notes, shows what will be written, posts, and says where it is', async () => {
  const { session, sent, done, stored } = start();
  await session.receive({ type: 'post', where: 'slack', draft: notes });

  assert.deepEqual(done, ['confirm slack', 'post slack']);
  assert.ok(stored.has(notes.id));
  assert.deepEqual(
    sent.flatMap((message) => (message.type === 'posts' ? message.posts.map(({ status }) => status) : [])),
    ['posting', 'posted'],
  );
});

test('what was taken back since is not said to be posted any more', async () => {
  const links = [{ where: 'slack', url: 'https://slack.example/p1' } as const];
  const { session, sent } = start({ links: () => links });
  const posts = (): unknown => sent.findLast((message) => message.type === 'init');
  await session.receive({ type: 'post', where: 'slack', draft: notes });
  await session.receive({ type: 'ready' });
  assert.equal((posts() as { posts: unknown[] }).posts.length, 1);

  links.pop();
  await session.receive({ type: 'ready' });
  assert.deepEqual((posts() as { posts: unknown[] }).posts, []);
});

test('nothing is posted without a yes', async () => {
  const { session, sent, done } = start({ confirmPost: async () => false });
  await session.receive({ type: 'post', where: 'slack', draft: notes });

  assert.deepEqual(done, []);
  assert.deepEqual(
    sent.map(({ type }) => type),
    ['saved'],
  );
});

test('pressing twice asks once', async () => {
  let answer: (yes: boolean) => void = () => {};
  const { session, done } = start({
    confirmPost: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  });
  const first = session.receive({ type: 'post', where: 'slack', draft: notes });
  await session.receive({ type: 'post', where: 'slack', draft: notes });
  answer(true);
  await first;

  assert.deepEqual(done, ['post slack']);
});

test('a failed post is remembered for a page that was hidden meanwhile, and can be tried again', async () => {
  const results: PostResult[] = [
    { status: 'failed', message: 'Slack did not answer.' },
    { status: 'posted', url: 'https://slack.example/p1', warnings: [] },
  ];
  const { session, sent } = start({ post: async () => results.shift() ?? Promise.reject(new Error('too often')) });
  const posts = (): unknown => sent.findLast((message) => message.type === 'init' || message.type === 'posts');
  await session.receive({ type: 'post', where: 'slack', draft: notes });
  await session.receive({ type: 'ready' });
  assert.deepEqual((posts() as { posts: unknown }).posts, [
    { where: 'slack', status: 'failed', message: 'Slack did not answer.' },
  ]);

  await session.receive({ type: 'post', where: 'slack', draft: notes });
  assert.deepEqual(
    (posts() as { posts: { status: string }[] }).posts.map(({ status }) => status),
    ['posted'],
  );
  await session.receive({ type: 'post', where: 'slack', draft: notes });
  assert.deepEqual(
    (posts() as { posts: { status: string }[] }).posts.map(({ status }) => status),
    ['failed'],
  );
});

test('refresh answers with the record; copy with the document; what is none of ours is ignored', async () => {
  const { session, sent, done } = start();
  await session.receive({ type: 'refresh' });
  await session.receive({ type: 'copy', draft: notes });
  await session.receive({ type: 'open', url: 'javascript:alert(1)' });
  await session.receive({ type: 'open', url: 'https://github.example/1' });
  for (const raw of [undefined, 1, {}, { type: 'run' }, { type: 'save', draft: {} }]) await session.receive(raw);

  assert.deepEqual(done, ['copy # Handoff: Noor → Kai, Nov 16 – Nov 23', 'open https://github.example/1']);
  assert.deepEqual(
    sent.map(({ type }) => type),
    ['fresh', 'copied'],
  );
  const [fresh] = sent;
  assert.ok(fresh?.type === 'fresh' && refillHandoff(notes, fresh.draft) !== notes);
});

test('a host that cannot give the notes says why instead of showing an empty page', async () => {
  const { session, sent } = start({
    draft: () => {
      throw new Error('no team');
    },
  });
  await session.receive({ type: 'ready' });

  assert.deepEqual(sent, [{ type: 'unavailable', message: 'Sorry: Error: no team', retry: 'retry' }]);
});
