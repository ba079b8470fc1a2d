import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendedTo,
  type ConvertChoice,
  type ConvertInput,
  convert,
  defaultTitle,
  issueToPlan,
} from '../../../src/actions/convert.ts';
import { cleanLabels } from '../../../src/actions/fittedIssue.ts';
import { undo } from '../../../src/actions/undo.ts';
import type { Item } from '../../../src/core/item.ts';
import { readMarkers, writeMarker } from '../../../src/core/marker.ts';
import type { Write } from '../../../src/core/proposal.ts';
import type { Signal } from '../../../src/core/signal.ts';
import { signal, team } from '../../support/build.ts';

const NOW = Date.UTC(2026, 10, 17, 10);

const thread = signal({
  id: 'slack:C01:1763370000.000100',
  service: 'slack',
  source: 'slack',
  kind: 'thread',
  title: 'Webhooks arrive twice',
  place: '#integrations',
  url: 'https://acme.slack.example/archives/C01/p1763370000000100',
});
const alert = signal({
  id: 'alertmanager:f00d',
  service: 'alertmanager',
  source: 'alertmanager:http://127.0.0.1:9093',
  kind: 'alert',
  place: 'Alertmanager',
});
const issue = signal({ id: 'github:acme/app#12', kind: 'issue' });
const pull = signal({
  id: 'github:acme/docs#3',
  kind: 'reviewRequest',
  place: 'acme/docs',
  url: 'https://github.example/acme/docs/pull/3',
});

const board = { owner: 'acme', number: 213, priorityField: 'Priority', timeboxField: 'Hours' };
const withBoard = team({ issues: { repository: 'acme/app', labels: ['reactive'], project: board } });

function item(first: Signal, ...rest: readonly Signal[]): Item {
  return { id: first.id, signals: [first, ...rest] };
}

function choice(over: Partial<ConvertChoice> = {}): ConvertChoice {
  return {
    timeboxMinutes: 240,
    priority: 'high',
    repository: 'acme/app',
    title: 'Webhooks arrive twice',
    labels: ['reactive'],
    assignee: 'noor-sample',
    body: undefined,
    ...over,
  };
}

function converted(over: Partial<ConvertInput> & Pick<ConvertInput, 'item'>): readonly Write[] {
  return convert(input(over)).steps;
}

function input(over: Partial<ConvertInput> & Pick<ConvertInput, 'item'>): ConvertInput {
  return {
    conversations: new Map(),
    unreadable: new Map(),
    choice: choice(),
    team: withBoard,
    by: 'Noor',
    now: NOW,
    id: 'p-1',
    ...over,
  };
}

test('a Slack thread becomes an issue, a card on the board and a reply in the thread, in this order', () => {
  const proposal = convert(input({ item: item(thread) }));

  assert.deepEqual(
    proposal.steps.map((step) => step.type),
    ['createIssue', 'addToBoard', 'replyInThread'],
  );
  assert.deepEqual(proposal.signalIds, [thread.id]);
  assert.deepEqual(proposal.decision, { timeboxMinutes: 240, priority: 'high' });
  assert.equal(proposal.title, 'Webhooks arrive twice');
});

test('the issue goes where it was decided, with the marker of every signal', () => {
  const [create] = converted({ item: item(thread, alert) });

  assert.ok(create?.type === 'createIssue');
  assert.equal(create.repository, 'acme/app');
  assert.deepEqual(create.labels, ['reactive']);
  assert.deepEqual(create.assignees, ['noor-sample']);
  assert.equal(create.since, NOW);
  assert.equal(create.marker, writeMarker('issue', 'p-1'));
  assert.ok(create.body.includes(create.marker));
  assert.deepEqual(readMarkers('item', create.body), [thread.id, alert.id]);
});

test('the board gets the priority by its label and the timebox in hours', () => {
  const [, add] = converted({ item: item(thread), choice: choice({ timeboxMinutes: 100, priority: 'critical' }) });

  assert.deepEqual(add, {
    type: 'addToBoard',
    owner: 'acme',
    number: 213,
    priority: { field: 'Priority', option: '🚨 Critical' },
    timebox: { field: 'Hours', hours: 1.67 },
  });
});

test('a team without a board gets no board step, a board without fields no values', () => {
  const bare = { ...board, priorityField: undefined, timeboxField: undefined };
  const types = converted({ item: item(thread), team: team() }).map((step) => step.type);
  const [, add] = converted({
    item: item(thread),
    team: team({ issues: { repository: 'acme/app', labels: [], project: bare } }),
  });

  assert.deepEqual(types, ['createIssue', 'replyInThread']);
  assert.ok(add?.type === 'addToBoard');
  assert.equal(add.priority, undefined);
  assert.equal(add.timebox, undefined);
});

test('every thread, issue and pull request is told, alerts are not', () => {
  const told = converted({
    item: item(thread, alert, issue, pull),
    choice: choice({ repository: 'acme/plans' }),
  }).slice(2);

  assert.deepEqual(
    told.map((step) => step.type),
    ['replyInThread', 'commentOnIssue', 'commentOnIssue'],
  );
  const [reply, comment, review] = told;
  assert.ok(reply?.type === 'replyInThread');
  assert.equal(reply.channel, 'C01');
  assert.equal(reply.threadTs, '1763370000.000100');
  assert.match(reply.markdown, /\{\{issue\}\}.*\{\{issueUrl\}\}.*4 h.*High/u);
  assert.ok(comment?.type === 'commentOnIssue' && review?.type === 'commentOnIssue');
  assert.equal(`${comment.repository}#${comment.number}`, 'acme/app#12');
  assert.equal(`${review.repository}#${review.number}`, 'acme/docs#3');
  assert.match(comment.body, /^Planned as \{\{issue\}\}/u);
  assert.deepEqual(readMarkers('reply', comment.body), ['p-1:github:acme/app#12']);
  assert.equal(new Set([reply.marker, comment.marker, review.marker]).size, 3);
});

test('an open issue that already lives in the chosen repository is planned itself', () => {
  const proposal = convert(
    input({ item: item(issue, thread), choice: choice({ repository: 'Acme/App', title: 'x' }) }),
  );

  assert.deepEqual(
    proposal.steps.map((step) => step.type),
    ['planIssue', 'addToBoard', 'replyInThread', 'commentOnIssue'],
  );
  assert.deepEqual(proposal.steps[0], {
    type: 'planIssue',
    repository: 'acme/app',
    number: 12,
    labels: ['reactive'],
    assignees: ['noor-sample'],
  });
  assert.equal(proposal.title, issue.title);
});

test('who waits for an issue that is planned itself is named in a comment on it, for other machines', () => {
  const incident = { ...alert, id: 'pagerduty:Q1ABC' };
  const plans = choice({ repository: 'acme/app' });
  const proposal = convert({ ...input({ item: item(issue, incident, alert), choice: plans, team: team() }) });
  const [, comment, ...others] = proposal.steps;
  assert.ok(comment?.type === 'commentOnIssue');
  assert.deepEqual([comment.repository, comment.number, others.length], ['acme/app', 12, 0]);
  assert.match(comment.body, /^Planned · timebox 4 h · priority 🔴 High\n\n<!--/u);
  assert.deepEqual(readMarkers('item', comment.body), [incident.id]);
  assert.ok(comment.body.includes(comment.marker));
  assert.equal(appendedTo(proposal), undefined, 'the issue is planned, nothing is appended to it');
});

test('an issue that is planned itself gets no comment where nobody else waits, or its own text names them', () => {
  const marked = { ...issue, markers: [thread.id] };
  for (const [signals, comments] of [
    [item(issue), 0],
    [item(issue, alert), 0],
    [item(marked, thread), 0],
    [item(marked, thread, pull), 2],
  ] as const) {
    const steps = converted({ item: signals });
    assert.equal(steps[0]?.type, 'planIssue');
    assert.equal(steps.filter(({ type }) => type === 'commentOnIssue').length, comments);
  }
});

const PLANNED: readonly (readonly [string, Signal, boolean])[] = [
  ['an open issue', issue, true],
  ['a closed issue', { ...issue, state: 'closed' }, false],
  ['an issue elsewhere', { ...issue, id: 'github:acme/docs#12' }, false],
  ['a pull request', { ...issue, kind: 'pullRequest' }, false],
  ['a review request', { ...issue, kind: 'reviewRequest' }, false],
  ['a mention in an issue', { ...issue, kind: 'mention' }, true],
  ['a mention in a pull request', { ...issue, kind: 'mention', url: 'https://github.example/acme/app/pull/12' }, false],
  ['a damaged id', { ...issue, id: 'github:acme/app' }, false],
  ['a thread', thread, false],
];

for (const [what, candidate, planned] of PLANNED) {
  test(`${what} is ${planned ? 'planned itself' : 'not planned itself'}`, () => {
    assert.equal(issueToPlan(item(candidate), 'acme/app') !== undefined, planned);
  });
}

test('ids that no service writes are told nothing', () => {
  const odd = ['slack:C01', 'slack:C01:x', 'slack:C01/../x:1.2', 'github:acme/app#x', 'github:a b/c#1', 'github:#1'];
  for (const id of odd) {
    const steps = converted({ item: item({ ...thread, id }), team: team() });
    assert.deepEqual(
      steps.map((step) => step.type),
      ['createIssue'],
      id,
    );
  }
});

test('an issue of the same item that an earlier conversion made is not taken for this one’s', () => {
  for (const body of [undefined, 'My words']) {
    const [first, again] = ['p-1', 'p-2'].map(
      (id) => converted({ item: item(thread), choice: choice({ body }), id })[0],
    );
    assert.ok(first?.type === 'createIssue' && again?.type === 'createIssue');
    assert.ok(again.body.includes(again.marker));
    assert.ok(!first.body.includes(again.marker));
    assert.deepEqual(
      converted({ item: item(thread), choice: choice({ body }), id: 'p-2' })[0],
      again,
      'the same proposal’s is',
    );
  }
});

test('an edited body is what is written, with our marker and without forged ones', () => {
  const body = `My words <!-- a hint -->\n<!-- responder-duty:item:github%3Aevil%2Fx%231 -->`;
  const [create] = converted({ item: item(thread), choice: choice({ body }) });

  assert.ok(create?.type === 'createIssue');
  assert.match(create.body, /^My words <!-- a hint -->/u);
  assert.deepEqual(readMarkers('item', create.body), [thread.id]);
});

test('titles and labels are kept within what GitHub takes', () => {
  const [create] = converted({
    item: item(thread),
    choice: choice({ title: '  ', labels: [' a ', 'A', '', 'b\n', 'x'.repeat(80)], assignee: undefined }),
  });

  assert.ok(create?.type === 'createIssue');
  assert.equal(create.title, thread.title);
  assert.deepEqual(create.labels.slice(0, 2), ['a', 'b']);
  assert.ok(create.labels.every((label) => label.length <= 50));
  assert.deepEqual(create.assignees, []);
  assert.equal(defaultTitle(item({ ...thread, title: 'x'.repeat(999) })).length, 256);
  assert.deepEqual(cleanLabels([]), []);
});

const duplicate = { repository: 'acme/app', number: 7, title: 'Webhooks arrive two times' } as const;

test('appending adds one comment to the issue and a word to the thread; nothing is created, planned or put on a board', () => {
  const proposal = convert(
    input({ item: item(thread), choice: choice({ duplicate: { ...duplicate, how: 'append' } }) }),
  );
  const [plan, comment, reply, ...others] = proposal.steps;
  assert.deepEqual(plan, { type: 'planIssue', repository: 'acme/app', number: 7, labels: [], assignees: [] });
  assert.ok(comment?.type === 'commentOnIssue');
  assert.deepEqual([comment.repository, comment.number], ['acme/app', 7]);
  assert.ok(comment.body.includes(comment.marker));
  assert.ok(reply?.type === 'replyInThread');
  assert.equal(reply.markdown, 'Added to [{{issue}}]({{issueUrl}})');
  assert.deepEqual(others, []);
  assert.equal(proposal.title, 'Webhooks arrive two times');
  assert.deepEqual(appendedTo(proposal), { repository: 'acme/app', number: 7, reopens: false });
});

test('a closed issue is opened before anything is added to it; undone, it is closed again as it was, without a word', () => {
  const proposal = convert(
    input({ item: item(thread), choice: choice({ duplicate: { ...duplicate, how: 'append', reopens: true } }) }),
  );
  assert.deepEqual(
    proposal.steps.map(({ type }) => type),
    ['reopenIssue', 'planIssue', 'commentOnIssue', 'replyInThread'],
  );
  assert.deepEqual(proposal.steps[0], { type: 'reopenIssue', repository: 'acme/app', number: 7 });
  assert.deepEqual(appendedTo(proposal), { repository: 'acme/app', number: 7, reopens: true });

  const backs: readonly (readonly Write[])[] = [
    [{ type: 'closeIssue', repository: 'acme/app', number: 7, reason: 'completed' }],
    [],
    [{ type: 'deleteComment', repository: 'acme/app', commentId: 1 }],
    [{ type: 'deleteMessage', channel: 'C01', ts: '1.2' }],
  ];
  const states = backs.map((back) => ({
    status: 'done' as const,
    outcome: { url: 'https://github.example/7', issue: undefined, warnings: [], undo: back },
  }));
  assert.deepEqual(
    undo({ proposal, approvedAt: NOW, states }, { id: 'u', now: NOW })?.steps,
    backs.toReversed().flat(),
  );
});

test('two proposals that append have markers of their own', () => {
  const steps = ['p-1', 'p-2'].map((id) => {
    const made = convert({
      ...input({ item: item(thread), choice: choice({ duplicate: { ...duplicate, how: 'append' } }) }),
      id,
    });
    return made.steps[1];
  });
  const markers = steps.map((step) => (step?.type === 'commentOnIssue' ? step.marker : ''));
  assert.equal(new Set(markers).size, 2);
});

test('an open issue of the repository is planned itself, whatever looks like it', () => {
  const proposal = convert(
    input({ item: item(issue), choice: choice({ duplicate: { ...duplicate, how: 'append' } }) }),
  );
  assert.ok(proposal.steps[0]?.type === 'planIssue');
  assert.equal(proposal.steps[0].number, 12);
  assert.equal(appendedTo(proposal), undefined);
});

test('a related issue is created as ever and named in the body', () => {
  const [first] = converted({ item: item(thread), choice: choice({ duplicate: { ...duplicate, how: 'relate' } }) });
  assert.ok(first?.type === 'createIssue');
  assert.match(first.body, /Related: acme\/app#7/u);
});
