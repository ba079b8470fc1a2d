import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { undo } from '../../../src/actions/undo.ts';
import { writeMarker } from '../../../src/core/marker.ts';
import type { ProposalKind, StoredProposal, Write } from '../../../src/core/proposal.ts';
import { FAULT } from '../../team/proxy/faults.ts';
import { type SampleTeam, startSampleTeam } from '../../team/sampleTeam.ts';
import { CHANGES, proposalOf, seenIssue, seenMessages, seenSilences, startWriting } from './writing.ts';

const APP = 'acme/app';
const BOARD = { owner: 'acme', number: 213 };
const PRIORITY = { field: 'Priority', option: 'High' };

/** One write, what it changes outside, and what people see there. */
interface Case {
  readonly name: string;
  readonly kind: ProposalKind;
  /** Makes what the write is about. */
  readonly given: (team: SampleTeam, alertmanagerUrl: string) => Promise<Given>;
}

interface Given {
  /** Written before, by somebody else. */
  readonly first?: readonly Write[];
  readonly steps: readonly Write[];
  readonly see: () => Promise<unknown>;
}

let team: SampleTeam;
before(async () => {
  team = await startSampleTeam();
});
after(() => team.stop());

let count = 0;
const MADE = { labels: ['bug', 'Team/Integrations'], assignees: ['kai-sample'] };

async function issueWith(steps: (issue: { repository: string; number: number }) => readonly Write[]): Promise<Given> {
  count += 1;
  const { number } = await team.github.openIssue(APP, { title: `To be taken back ${String(count)}`, ...MADE });
  return { steps: steps({ repository: APP, number }), see: () => seenIssue(team, APP, number) };
}

async function threadWith(steps: (message: { channel: string; ts: string }) => readonly Write[]): Promise<Given> {
  const { channel, ts } = await team.slack.post('dev-infra', 'Ines', 'Is it down?');
  await team.slack.reply({ channel, ts }, 'Bo', 'Here too.');
  await team.slack.react({ channel, ts }, 'Kai');
  return { steps: steps({ channel, ts }), see: () => seenMessages(team, channel, ts) };
}

async function messageWith(channel: string, words: string): Promise<Given> {
  count += 1;
  const name = `Message ${String(count)}.`;
  const marker = writeMarker('reply', `undo:${name}`);
  const step: Write = { type: 'postMessage', channel, markdown: `${name}\n\n${words}`, marker, since: team.now() };
  return {
    steps: [step],
    see: async () => (await seenMessages(team, channel)).filter(({ text }) => text.startsWith(name)),
  };
}

const CASES: readonly Case[] = [
  {
    name: 'assignees',
    kind: 'claim',
    given: () => issueWith((issue) => [{ type: 'assign', ...issue, add: ['noor-sample', 'kai-sample'], remove: [] }]),
  },
  {
    name: 'an assignee who goes, and one who never was',
    kind: 'release',
    given: () =>
      issueWith((issue) => [{ type: 'assign', ...issue, add: ['mika-sample'], remove: ['kai-sample', 'rio-sample'] }]),
  },
  {
    name: 'labels',
    kind: 'label',
    given: () =>
      issueWith((issue) => [
        { type: 'label', ...issue, add: ['bug', 'reactive'], remove: ['team/integrations', 'no'] },
      ]),
  },
  {
    name: 'a closed issue',
    kind: 'close',
    given: () => issueWith((issue) => [{ type: 'closeIssue', ...issue, reason: 'completed' }]),
  },
  {
    name: 'an issue that was opened again',
    kind: 'undo',
    given: async () => {
      const given = await issueWith((issue) => [{ type: 'reopenIssue', ...issue }]);
      const [step] = given.steps;
      assert.ok(step?.type === 'reopenIssue');
      await team.github.closeIssue(APP, step.number);
      return given;
    },
  },
  {
    name: 'a place on the board, with its fields',
    kind: 'convert',
    given: () =>
      issueWith((issue) => [
        { type: 'planIssue', ...issue, labels: ['reactive', 'bug'], assignees: ['noor-sample'] },
        { type: 'addToBoard', ...BOARD, priority: PRIORITY, timebox: { field: 'timebox hours', hours: 4 } },
      ]),
  },
  {
    name: 'the priority of what is on the board already',
    kind: 'prioritise',
    given: async () => {
      const given = await issueWith((issue) => [prioritise(issue, 'critical')]);
      return { ...given, first: given.steps.map((step) => ({ ...step, option: 'low' }) as Write) };
    },
  },
  {
    name: 'the priority of what is on the board without one',
    kind: 'prioritise',
    given: async () => {
      let first: readonly Write[] = [];
      const given = await issueWith((issue) => {
        const plan = { type: 'planIssue', ...issue, labels: [], assignees: [] } as const;
        first = [
          plan,
          { type: 'addToBoard', ...BOARD, priority: undefined, timebox: { field: 'timebox hours', hours: 2 } },
        ];
        return [prioritise(issue, 'critical')];
      });
      return { ...given, first };
    },
  },
  {
    name: 'the priority of what was on no board',
    kind: 'prioritise',
    given: () => issueWith((issue) => [prioritise(issue, 'critical')]),
  },
  {
    name: 'a comment',
    kind: 'reply',
    given: () => issueWith((issue) => [comment(issue)]),
  },
  {
    name: 'a word in a thread and on an issue, and the issue closed',
    kind: 'close',
    given: async () => {
      const thread = await threadWith(({ channel, ts }) => [reply(channel, ts)]);
      const issue = await issueWith((place) => [
        comment(place),
        { type: 'closeIssue', ...place, reason: 'notPlanned' },
      ]);
      return {
        steps: [...thread.steps, ...issue.steps],
        see: async () => [await thread.see(), await issue.see()],
      };
    },
  },
  {
    name: 'a reaction',
    kind: 'claim',
    given: () => threadWith((message) => [{ type: 'react', ...message, name: 'eyes', remove: false }]),
  },
  {
    name: 'a reaction that goes',
    kind: 'release',
    given: async () => {
      const given = await threadWith((message) => [{ type: 'react', ...message, name: 'eyes', remove: true }]);
      const [step] = given.steps;
      if (step?.type === 'react') await team.slack.react(step, 'Noor');
      return given;
    },
  },
  {
    name: 'a reply in a thread',
    kind: 'reply',
    given: () => threadWith(({ channel, ts }) => [reply(channel, ts)]),
  },
  {
    name: 'a message in a channel',
    kind: 'askOwner',
    given: () => messageWith('integrations', 'Whose is it?'),
  },
  {
    name: 'notes of several messages',
    kind: 'postHandoff',
    given: () => {
      const lines = Array.from({ length: 900 }, (_, line) => `- line ${String(line)} of the notes`);
      return messageWith('integrations-internal', lines.join('\n'));
    },
  },
  {
    name: 'a silence',
    kind: 'silence',
    given: async (_, url) => {
      count += 1;
      const marker = writeMarker('silence', `undo:${String(count)}`);
      const matchers = [{ name: 'alertname', value: 'TakenBack', isRegex: false, isEqual: true }];
      const comment = `Known.\n\n${marker}`;
      return {
        steps: [{ type: 'silence', url, matchers, endsAt: Date.now() + 3_600_000, createdBy: 'Noor', comment, marker }],
        see: async () => (await seenSilences(team)).filter((each) => each.includes(marker)),
      };
    },
  },
];

function comment(issue: { readonly repository: string; readonly number: number }): Write {
  const marker = writeMarker('reply', `undo:${String(issue.number)}`);
  return { type: 'commentOnIssue', ...issue, body: `We look into it.\n\n${marker}`, marker, since: team.now() };
}

function reply(channel: string, threadTs: string): Write {
  return {
    type: 'replyInThread',
    channel,
    threadTs,
    markdown: 'On it.',
    marker: writeMarker('reply', `undo:${threadTs}`),
  };
}

function prioritise(issue: { readonly repository: string; readonly number: number }, option: string): Write {
  return { type: 'setBoardPriority', ...issue, board: BOARD, field: 'Priority', option };
}

async function done(run: Promise<StoredProposal>): Promise<StoredProposal> {
  const stored = await run;
  const results = stored.states.map((state) => (state.status === 'done' ? state.outcome.warnings : state));
  assert.deepEqual(
    results,
    results.map(() => []),
  );
  return stored;
}

async function isTakenBack(t: TestContext, { name, kind, given }: Case, isReplyLost: boolean): Promise<void> {
  const { open, alertmanagerUrl, proxy } = await startWriting(t, team);
  const { outbox, store } = open('w1');
  const { first = [], steps, see } = await given(team, alertmanagerUrl);
  if (first.length > 0) await done(outbox.submit(proposalOf('first', 'prioritise', first)));
  const before = await see();
  if (isReplyLost) {
    proxy.fail(CHANGES, FAULT.dropAfter, 1);
    const stopped = await outbox.submit(proposalOf(name, kind, steps));
    assert.equal(stopped.states[0]?.status, 'failed');
  }
  const stored = await done(isReplyLost ? outbox.approve(name) : outbox.submit(proposalOf(name, kind, steps)));
  assert.notDeepEqual(await see(), before, 'it was written');

  const back = undo(stored, { id: 'back', now: Date.now() });
  assert.ok(back !== undefined);
  await done(outbox.submit(back));
  assert.deepEqual(await see(), before);
  const undone = store.journal().filter(({ event }) => event.type === 'undone');
  assert.ok(undone.length > 0, 'the journal says so');

  if (isReplyLost) return;
  // Once more: what is as before stays so.
  await done(outbox.submit({ ...back, id: 'again' }));
  assert.deepEqual(await see(), before);
}

describe('what was written is taken back exactly', { concurrency: 4 }, () => {
  for (const each of CASES) {
    test(each.name, (t) => isTakenBack(t, each, false));
    test(`${each.name}, of which a reply was lost`, (t) => isTakenBack(t, each, true));
  }

  test('a created issue is closed as not planned, with a word', async (t) => {
    const { open } = await startWriting(t, team);
    const { outbox } = open('w1');
    const marker = writeMarker('item', 'undo:created');
    const create: Write = {
      type: 'createIssue',
      repository: APP,
      title: 'A mistake',
      body: marker,
      labels: ['reactive'],
      assignees: ['noor-sample'],
      marker,
      since: team.now(),
    };
    const board: Write = { type: 'addToBoard', ...BOARD, priority: PRIORITY, timebox: undefined };
    const { channel, ts } = await team.slack.post('dev-infra', 'Ines', 'It is broken.');
    const before = await seenMessages(team, channel, ts);
    const notice: Write = { ...reply(channel, ts), markdown: 'Planned as {{issue}}' } as Write;
    const stored = await done(outbox.submit(proposalOf('created', 'convert', [create, board, notice])));
    const [made] = stored.states;
    assert.ok(made?.status === 'done' && made.outcome.issue !== undefined);
    const { number } = made.outcome.issue;
    assert.equal((await seenIssue(team, APP, number)).onBoard, true);

    const back = undo(stored, { id: 'back:created', now: Date.now() });
    assert.ok(back !== undefined);
    await done(outbox.submit(back));
    const { state, comments, onBoard } = await seenIssue(team, APP, number);
    assert.deepEqual([state, onBoard, comments.length], ['closed', false, 1]);
    assert.match(comments[0] ?? '', /^This issue has been taken back\./u);
    const issue = (await team.github.issues(APP)).find((each) => each.number === number);
    assert.equal(issue?.['state_reason'], 'not_planned');
    assert.deepEqual(await seenMessages(team, channel, ts), before);
  });
});

test('of what PagerDuty was told only the note is taken back', async (t) => {
  const { open } = await startWriting(t, team);
  const { outbox } = open('w1');
  const { id: incident } = team.pagerDuty.trigger({ title: 'Sync is down' });
  const note: Write = { type: 'addNote', incident, text: 'Rolled back.', marker: '(Responder Duty undo)' };
  const steps: Write[] = [{ type: 'acknowledge', incident }, note, { type: 'resolve', incident }];
  const stored = await done(outbox.submit(proposalOf('incident', 'incident', steps)));
  const back = undo(stored, { id: 'back:incident', now: Date.now() });
  assert.ok(back !== undefined);
  assert.deepEqual(
    back.steps.map(({ type }) => type),
    ['deleteNote'],
  );
  await done(outbox.submit(back));
  const { status, notes } = team.pagerDuty.incident(incident);
  assert.deepEqual([status, notes], ['resolved', []]);
});
