import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert, type Duplicate } from '../../../src/actions/convert.ts';
import { resolveIncident } from '../../../src/actions/incident.ts';
import type { Item } from '../../../src/core/item.ts';
import type { Proposal } from '../../../src/core/proposal.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { type PreviewWords, previewMarkdown } from '../../../src/host/previewMarkdown.ts';
import { signal, team } from '../../support/build.ts';

const words: PreviewWords = {
  nothingWritten: 'Nothing yet.',
  title: 'Title',
  labels: 'Labels',
  assignee: 'Assignee',
  nobody: 'Nobody',
  none: 'None',
  priority: 'Priority',
  timebox: 'Timebox',
  body: 'Body',
  newIssue: (repository) => `New issue in ${repository}`,
  plannedIssue: (issue) => `Plan ${issue}`,
  appendedIssue: (issue, reopens) => `Keep ${issue}${reopens ? ' otherwise' : ''}`,
  board: (owner, number) => `Board ${number} of ${owner}`,
  reply: (place) => `Reply in ${place}`,
  comment: (issue) => `Comment on ${issue}`,
  message: (channel) => `Message in ${channel}`,
  assignees: (issue) => `Assignees of ${issue}`,
  reaction: (place) => `Reaction in ${place}`,
  hours: (hours) => `${hours} h`,
  labelsOf: (issue) => `Labels of ${issue}`,
  close: (issue) => `Close ${issue}`,
  closeReason: (reason) => reason,
  reopen: (issue) => `Reopen ${issue}`,
  deleteComment: (repository) => `Delete comment in ${repository}`,
  deleteMessage: (place) => `Delete message in ${place}`,
  deleteNote: (incident) => `Delete note on ${incident}`,
  restoreBoard: 'Restore the board',
  removeFromBoard: 'Off the board',
  silence: (matchers) => `Silence ${matchers}`,
  silenceUntil: (endsAt, comment) => `Until ${endsAt}: ${comment}`,
  silenceCovers: (count) => `holds ${count}`,
  expireSilence: 'End the silence',
  acknowledge: (incident) => `Acknowledge ${incident}`,
  acknowledged: 'For good.',
  resolve: (incident) => `Resolve ${incident}`,
  resolved: 'Over.',
  note: (incident) => `Note on ${incident}`,
};

test('what is written to PagerDuty is shown as it will be read there, and that it is for good', () => {
  const incident = signal({ id: 'pagerduty:Q1', service: 'pagerduty', kind: 'alert' });
  const input = { item: { id: incident.id, signals: [incident] } as const, now: 1, id: 'p1' };
  const shown = previewMarkdown(
    { heading: 'Resolve', proposals: [resolveIncident(input, 'Rolled *back*.')], placeOf: () => undefined },
    words,
  );
  assert.match(shown, /## 1\. Note on Q1\n\n {4}Rolled \*back\*\.\n {4}\n {4}\(Responder Duty p1\)/u);
  assert.match(shown, /## 2\. Resolve Q1\n\nOver\./u);
});

const thread = signal({ id: 'slack:C01:1763370000.000100', service: 'slack', kind: 'thread', place: '#integrations' });
const issue = signal({ id: 'github:acme/docs#3', place: 'acme/docs' });

function proposal(first: Signal, ...rest: readonly Signal[]): Proposal {
  return proposalAbout(undefined, first, ...rest);
}

function proposalAbout(duplicate: Duplicate | undefined, first: Signal, ...rest: readonly Signal[]): Proposal {
  const item: Item = { id: first.id, signals: [first, ...rest] };
  const project = { owner: 'acme', number: 213, priorityField: 'Priority', timeboxField: undefined };
  return convert({
    item,
    conversations: new Map(),
    unreadable: new Map(),
    choice: {
      timeboxMinutes: 240,
      priority: 'high',
      repository: first === issue ? 'acme/docs' : 'acme/app',
      title: 'A {{issue}} title',
      labels: ['reactive', 'team/x'],
      assignee: undefined,
      body: undefined,
      duplicate,
    },
    team: team({ issues: { repository: 'acme/app', labels: [], project } }),
    by: 'Noor',
    now: 0,
    id: 'p',
  });
}

function preview(...proposals: readonly Proposal[]): string {
  const placeOf = (channel: string) => (channel === 'C01' ? '#integrations' : undefined);
  return previewMarkdown({ heading: 'Convert', proposals, placeOf }, words);
}

test('every write is shown in its order with its target and values, then the body word for word', () => {
  const made = proposal(thread, issue);
  const text = preview(made);

  assert.deepEqual(
    [...text.matchAll(/^(?:# (?:Convert|Body)|## \d.*)$/gmu)].map(([heading]) => heading),
    [
      '# Convert',
      '## 1. New issue in acme/app',
      '## 2. Board 213 of acme',
      '## 3. Reply in #integrations',
      '## 4. Comment on acme/docs#3',
      '# Body',
    ],
  );
  assert.match(text, /- Title: A \{\{issue\}\} title\n- Labels: reactive, team\/x\n- Assignee: Nobody/u);
  assert.match(text, /- Priority: 🔴 High \(Priority\)\n- Timebox: None/u);
  assert.match(text, /Planned as \[acme\/app#…\]\(…\)/u);
  const [create] = made.steps;
  assert.ok(create?.type === 'createIssue' && text.includes(create.body));
});

test('an issue that is planned itself is named by its number', () => {
  const text = preview(proposal(issue, thread));

  assert.match(text, /## 1\. Plan acme\/docs#3\n\n- Labels: reactive/u);
  assert.match(text, /Planned as \[acme\/docs#3\]/u);
  assert.doesNotMatch(text, /# Body/u);
});

test('an issue that is added to is named as well where it is opened again before', () => {
  const about = { how: 'append', repository: 'acme/app', number: 7, title: 'Known' } as const;
  const headings = (reopens?: true): readonly string[] => {
    const text = preview(proposalAbout({ ...about, reopens }, thread));
    assert.match(text, /Added to \[acme\/app#7\]/u);
    return [...text.matchAll(/^## \d.*$/gmu)].map(([heading]) => heading);
  };
  assert.deepEqual(headings(), [
    '## 1. Keep acme/app#7',
    '## 2. Comment on acme/app#7',
    '## 3. Reply in #integrations',
  ]);
  assert.deepEqual(headings(true), [
    '## 1. Reopen acme/app#7',
    '## 2. Keep acme/app#7 otherwise',
    '## 3. Comment on acme/app#7',
    '## 4. Reply in #integrations',
  ]);
});

test('several are listed one after another', () => {
  const text = preview(proposal(thread), proposal(issue));

  assert.match(text, /^# 1\. A \{\{issue\}\} title$/mu);
  assert.match(text, /^# 2\. Sync stops after a rename$/mu);
});

test('a message and an unknown channel are named by what is known', () => {
  const text = preview({
    ...proposal(thread),
    steps: [
      { type: 'postMessage', channel: 'integrations-internal', markdown: 'Notes', marker: 'm', since: 0 },
      { type: 'replyInThread', channel: 'C99', threadTs: '1.2', markdown: 'Hi {{issue}}', marker: 'm' },
    ],
  });

  assert.match(text, /## 1\. Message in #integrations-internal\n\nNotes/u);
  assert.match(text, /## 2\. Reply in C99\n\nHi …/u);
});
