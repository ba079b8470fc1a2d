import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { convert } from '../../../src/actions/convert.ts';
import { undo } from '../../../src/actions/undo.ts';
import type { StoredProposal } from '../../../src/core/proposal.ts';
import type { TeamSession } from '../../../src/session/teamSession.ts';
import { type SampleTeam, startSampleTeam } from '../../team/sampleTeam.ts';
import { startMachine } from './machine.ts';

let team: SampleTeam;
before(async () => {
  team = await startSampleTeam();
});
after(() => team.stop());

/** The group of the Queue in which an item stands, read anew. */
async function groupOf(session: TeamSession, id: string): Promise<string | undefined> {
  await session.refresh();
  const itemId = session.itemOf(id)?.id;
  return session.view().queue.groups.find(({ items }) => items.some((item) => item.id === itemId))?.id;
}

async function converted(session: TeamSession, id: string, proposalId: string): Promise<StoredProposal> {
  const item = session.itemOf(id);
  assert.ok(item !== undefined);
  const plan = { timeboxMinutes: 120, priority: 'low', repository: 'acme/app', title: 'Reuse' } as const;
  const stored = await session.outbox.submit(
    convert({
      item,
      conversations: new Map(),
      unreadable: new Map(),
      choice: { ...plan, labels: ['team/integrations'], assignee: undefined, body: undefined },
      team: session.team,
      by: 'Noor',
      now: team.now(),
      id: proposalId,
    }),
  );
  assert.ok(stored.states.every(({ status }) => status === 'done'));
  return stored;
}

async function takenBack(session: TeamSession, stored: StoredProposal): Promise<void> {
  const back = undo(stored, { id: `back:${stored.proposal.id}`, now: team.now() });
  assert.ok(back !== undefined);
  const { states } = await session.outbox.submit(back);
  assert.ok(states.every(({ status }) => status === 'done'));
}

const PLACES: readonly (readonly [string, () => Promise<string>])[] = [
  [
    'thread',
    async () => {
      const { channel, ts } = await team.slack.post('integrations', 'Ines', 'One receiver answers 421.');
      return `slack:${channel}:${ts}`;
    },
  ],
  [
    'issue',
    async () => {
      const labels = ['team/integrations'];
      const { number } = await team.github.openIssue('acme/docs', { title: 'Say what 421 means', by: 'Ines', labels });
      return `github:acme/docs#${String(number)}`;
    },
  ],
];

for (const [name, report] of PLACES)
  test(`of which a conversion is taken back, a ${name} waits on us again, also where nobody knows of it`, async (t) => {
    const { session: noor } = await startMachine(t, team);
    const { session: kai } = await startMachine(t, team);
    const id = await report();
    const groups = async () => [await groupOf(noor, id), await groupOf(kai, id)];
    assert.deepEqual(await groups(), ['turn:us', 'turn:us']);
    const first = await converted(noor, id, `first-${name}`);
    assert.deepEqual(await groups(), ['converted', 'converted']);
    await takenBack(noor, first);
    assert.deepEqual(await groups(), ['turn:us', 'turn:us']);
    await converted(noor, id, `second-${name}`);
    assert.deepEqual(await groups(), ['converted', 'converted']);
  });
