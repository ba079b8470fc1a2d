import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { ProposalKind, StoredProposal } from '../../../src/core/proposal.ts';
import { forgetTeams } from '../../../src/wiring/forgetTeams.ts';
import { proposal, signal } from '../../support/build.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';

test('of every team the signals and the snapshot are forgotten, and the journal stays; a broken one stops no other', (t) => {
  const root = tempFolder(t);
  const status = {
    id: 'github',
    service: 'github',
    okAt: 1,
    failure: undefined,
    skipped: 0,
    failedPlaces: [],
  } as const;
  const folders = ['one', 'two'].map((name) => path.join(root, name));
  for (const folder of folders) {
    const store = openWindow(t, folder);
    store.savePoll({ source: 'github', changed: [signal()], gone: [], status });
    store.append({ id: 'entry', at: 1, signalIds: [], event: { type: 'claimed' } });
    writeFileSync(path.join(folder, 'snapshot.json'), '{}');
  }
  // A folder in the file's place cannot be opened.
  mkdirSync(path.join(root, 'broken', 'responder.db'), { recursive: true });
  const errors: string[] = [];
  const nothing = (): void => undefined;
  const log = { debug: nothing, info: nothing, warn: nothing, error: (line: string) => void errors.push(line) };
  forgetTeams(root, { now: () => 0, log });

  for (const folder of folders) {
    const store = openWindow(t, folder);
    assert.deepEqual([store.signals().size, store.statuses().size, store.journal().length], [0, 0, 1]);
    assert.ok(!existsSync(path.join(folder, 'snapshot.json')));
  }
  assert.equal(errors.length, 1);
  forgetTeams(path.join(root, 'nowhere'), { now: () => 0, log });
});

test('a proposal that was sent keeps what takes it back, and none of its words; what a person has still to send stays', (t) => {
  const folder = path.join(tempFolder(t), 'one');
  const store = openWindow(t, folder);
  const words = 'I cannot log in, said Rio';
  const undo = [{ type: 'deleteMessage', channel: 'C01', ts: '2.0' }] as const;
  const done = { status: 'done', outcome: { url: 'https://a.example', issue: undefined, warnings: [], undo } } as const;
  const reply = { type: 'replyInThread', channel: 'C01', threadTs: '1.0', markdown: words, marker: 'm' } as const;
  const comment = {
    type: 'commentOnIssue',
    repository: 'acme/app',
    number: 1,
    body: words,
    marker: 'm',
    since: 0,
  } as const;
  const issue = {
    type: 'createIssue',
    repository: 'acme/app',
    title: 'Sync stops',
    body: words,
    labels: ['bug'],
    assignees: [],
    marker: 'm',
    since: 0,
  } as const;
  const post = { type: 'postMessage', channel: 'team', markdown: words, marker: 'm', since: 0 } as const;
  const note = { type: 'addNote', incident: 'Q1', text: words, marker: 'm' } as const;
  const silence = {
    type: 'silence',
    url: 'http://alerts.test',
    matchers: [],
    endsAt: 1,
    createdBy: 'Noor',
    comment: words,
    marker: 'm',
  } as const;
  const steps = [issue, comment, reply, post, note, silence];
  const save = (id: string, states: StoredProposal['states'], kind: ProposalKind = 'convert'): void =>
    store.saveProposal({ proposal: proposal({ id, kind, steps }), approvedAt: 1, states });
  save(
    'sent',
    steps.map(() => done),
  );
  save('half', [done, ...steps.slice(1).map(() => ({ status: 'waiting' }) as const)]);
  save(
    'notes',
    steps.map(() => done),
    'postHandoff',
  );
  const nothing = (): void => undefined;
  forgetTeams(path.dirname(folder), {
    now: () => 0,
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  });

  const after = openWindow(t, folder).proposals();
  assert.ok(!JSON.stringify(after.get('sent')).includes(words));
  assert.deepEqual(after.get('sent')?.states[2], done);
  assert.deepEqual(
    after.get('sent')?.proposal.steps.map(({ type }) => type),
    steps.map(({ type }) => type),
  );
  for (const id of ['half', 'notes']) assert.deepEqual(after.get(id)?.proposal.steps, steps);
});
