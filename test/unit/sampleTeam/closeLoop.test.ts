import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { convert } from '../../../src/actions/convert.ts';
import { withWords, wordsOf } from '../../../src/actions/words.ts';
import type { StoredProposal } from '../../../src/core/proposal.ts';
import { signal } from '../../support/build.ts';
import { type SampleTeam, startSampleTeam } from '../../team/sampleTeam.ts';
import { type Machine, startMachine } from './machine.ts';

let team: SampleTeam;
before(async () => {
  team = await startSampleTeam();
});
after(() => team.stop());

/** Asks again, and waits until what came of it was looked at; by the test's own limit that fails. */
async function drafts({ session, changed }: Machine, wanted: number): Promise<readonly StoredProposal[]> {
  await session.refresh();
  const found = (): readonly StoredProposal[] =>
    session.outbox
      .stored()
      .filter(({ proposal, approvedAt }) => proposal.kind === 'closeLoop' && approvedAt === undefined);
  const tellsOf = (): boolean => session.store.journal().some(({ event }) => event.type === 'issueClosed');
  while (found().length !== wanted || !tellsOf()) await changed();
  return found();
}

const LIMIT = { timeout: 60_000 };

test(
  'from a thread to the word that it is fixed: drafted alike on two machines, said once, with the words that were edited',
  LIMIT,
  async (t) => {
    const [noor, kai] = [await startMachine(t, team), await startMachine(t, team)];
    const [mine, other] = [noor.session, kai.session];
    const posted = await team.slack.post('integrations', 'Ines', 'One receiver answers 421, all others are fine.');
    await mine.refresh();
    const id = `slack:${posted.channel}:${posted.ts}`;
    const item = mine.itemOf(id);
    assert.ok(item !== undefined);
    const plan = { timeboxMinutes: 120, priority: 'low', repository: 'acme/app', title: 'Reuse', labels: [] } as const;
    const converted = await mine.outbox.submit(
      convert({
        item,
        conversations: new Map(),
        unreadable: new Map(),
        choice: { ...plan, assignee: undefined, body: undefined },
        team: mine.team,
        by: 'Noor',
        now: team.now(),
        id: 'c1',
      }),
    );
    const [created] = converted.states;
    assert.ok(created?.status === 'done' && created.outcome.issue !== undefined);
    const { number } = created.outcome.issue;
    const words = async (): Promise<readonly string[]> =>
      (await team.slack.thread(posted.channel, posted.ts)).slice(2).map((message) => JSON.stringify(message));

    const fix = await team.github.openPullRequest('acme/app', {
      title: 'Reuse it',
      body: `Fixes #${String(number)}`,
      by: 'Kai',
    });
    await team.github.mergePullRequest('acme/app', fix.number, { by: 'Kai' });
    const [draft, ...more] = await drafts(noor, 1);
    const [theirs] = await drafts(kai, 1);
    assert.ok(draft !== undefined && theirs !== undefined);
    assert.deepEqual(more, []);
    assert.deepEqual({ ...draft.proposal, createdAt: 0 }, { ...theirs.proposal, createdAt: 0 }, 'by the marker alone');
    assert.deepEqual(await words(), []);

    const [said] = wordsOf(draft.proposal);
    assert.match(said?.text ?? '', new RegExp(`^Fixed in \\[acme/app#${String(fix.number)}\\]`, 'u'));
    assert.ok(
      said !== undefined &&
        mine.outbox.revise(withWords(draft.proposal, new Map([[said.text, `Hi Ines. ${said.text}`]]))),
    );
    await mine.outbox.approve(draft.proposal.id);
    assert.equal((await words()).length, 1);
    assert.match((await words())[0] ?? '', /Hi Ines\. Fixed in /u);

    const found = await other.outbox.approve(theirs.proposal.id);
    assert.equal(found.states[0]?.status, 'done');
    assert.equal((await words()).length, 1, 'the other machine finds it');
    assert.deepEqual(await drafts(noor, 0), []);

    // Somebody who comes to it later.
    const third = await startMachine(t, team);
    assert.deepEqual(await drafts(third, 0), []);
    assert.equal((await words()).length, 1);
  },
);

test('an issue elsewhere hears that its plan was given up, and why; opened again, the draft goes', LIMIT, async (t) => {
  const noor = await startMachine(t, team);
  const origin = await team.github.openIssue('acme/docs', { title: 'Say what 421 means', by: 'Ines' });
  const body = `Planned.\n\n<!-- responder-duty:item:${encodeURIComponent(`github:acme/docs#${String(origin.number)}`)} -->`;
  const { number } = await team.github.openIssue('acme/app', { title: 'Explain 421', body, by: 'Kai' });
  await team.github.comment('acme/app', number, 'The page goes away in March.', { by: 'Mika' });
  await team.github.closeIssue('acme/app', number, { by: 'Mika', reason: 'not_planned' });
  const [draft] = await drafts(noor, 1);
  assert.equal(
    draft && wordsOf(draft.proposal)[0]?.text,
    `This will not be worked on: acme/app#${String(number)} was closed as not planned. “The page goes away in March.”`,
  );

  await team.github.reopenIssue('acme/app', number, { by: 'Mika' });
  assert.deepEqual(await drafts(noor, 0), []);
});

for (const [name, duplicate] of [
  ['planned itself', undefined],
  ['added to', { how: 'append', title: 'Say how often we ask' }],
] as const)
  test(
    `the thread for which an issue was ${name} hears back by a machine that knows nothing of it`,
    LIMIT,
    async (t) => {
      const noor = await startMachine(t, team);
      const kai = await startMachine(t, team);
      const { number, html_url: url } = await team.github.openIssue('acme/app', {
        title: 'How often do we ask?',
        by: 'Mika',
      });
      const text = duplicate === undefined ? `Would help us a lot: ${url}` : 'How often do you ask?';
      const posted = await team.slack.post('integrations', 'Ines', text);
      await noor.session.refresh();
      const thread = noor.session.itemOf(`slack:${posted.channel}:${posted.ts}`);
      assert.ok(thread !== undefined);
      const issue = signal({ id: `github:acme/app#${String(number)}`, url });
      const [first, ...others] = thread.signals;
      const item = { ...thread, signals: [first, ...others, ...(duplicate === undefined ? [issue] : [])] } as const;
      const about = duplicate && { ...duplicate, repository: 'acme/app', number };
      const plan = { timeboxMinutes: 120, priority: 'low', repository: 'acme/app', title: '', labels: [] } as const;
      const { states } = await noor.session.outbox.submit(
        convert({
          item,
          conversations: new Map(),
          unreadable: new Map(),
          choice: { ...plan, assignee: undefined, body: undefined, duplicate: about },
          team: noor.session.team,
          by: 'Noor',
          now: team.now(),
          id: `plan-${name}`,
        }),
      );
      assert.ok(states.every(({ status }) => status === 'done'));
      await team.github.closeIssue('acme/app', number, { by: 'Kai' });

      const [draft, ...more] = await drafts(kai, 1);
      assert.deepEqual([draft?.proposal.signalIds[0], more], [`slack:${posted.channel}:${posted.ts}`, []]);
      await kai.session.outbox.approve(draft?.proposal.id ?? '');
      const said = (await team.slack.thread(posted.channel, posted.ts)).map((message) => JSON.stringify(message));
      assert.match(said.at(-1) ?? '', /Closed as completed/u);
    },
  );
