import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noUndoOf, undo } from '../../../src/actions/undo.ts';
import { type JournalRow, projectJournal } from '../../../src/core/journalView.ts';
import { writeMarker } from '../../../src/core/marker.ts';
import type { Outbox } from '../../../src/outbox/outbox.ts';
import type { Store } from '../../../src/store/store.ts';
import { type SampleTeam, startSampleTeam } from '../../team/sampleTeam.ts';
import { proposalOf, seenMessages, startWriting } from './writing.ts';

let team: SampleTeam;
before(async () => {
  team = await startSampleTeam();
});
after(() => team.stop());

function rowsOf({ store, outbox }: { readonly store: Store; readonly outbox: Outbox }): readonly JournalRow[] {
  const all = outbox.stored();
  const undoable = new Set(
    all.filter((one) => noUndoOf(one, { all, now: Date.now() }) === undefined).map(({ proposal }) => proposal.id),
  );
  return projectJournal({
    journal: store.journal(),
    signals: store.signals(),
    canTakeBack: (id) => undoable.has(id),
    undoSince: 0,
  });
}

test('a reply is one row with its tries, taken back by it once, and the journal says so', async (t) => {
  const { channel, ts } = await team.slack.post('dev-infra', 'Ines', 'Is it down?');
  const writing = await startWriting(t, team);
  const window = writing.open('noor');
  const marker = writeMarker('reply', 'journal');
  const step = { type: 'replyInThread', channel, threadTs: ts, markdown: 'It was, for a minute.', marker } as const;
  const reply = proposalOf('reply', 'reply', [step]);

  const heal = writing.proxy.fail(
    { service: 'slack', path: '/api/chat.postMessage' },
    { type: 'drop', when: 'before' },
  );
  await window.outbox.submit(reply);
  heal();
  await window.outbox.approve(reply.id);
  const [row, ...others] = rowsOf(window);
  assert.deepEqual(others, []);
  assert.deepEqual(row?.told, { type: 'wrote', kind: 'reply', result: 'written' });
  assert.deepEqual(
    row.attempts.map(({ result, reason }) => [result, reason]),
    [
      ['failed', 'offline'],
      ['done', undefined],
    ],
  );
  assert.match(row.url ?? '', /\/archives\//u);
  assert.deepEqual(row.undo, { type: 'write', proposalId: 'reply' });
  assert.equal((await seenMessages(team, channel, ts)).length, 2);

  const [stored] = window.outbox.stored();
  const back = stored && undo(stored, { id: 'back', now: Date.now() });
  assert.ok(back !== undefined);
  await window.outbox.submit(back);
  assert.equal((await seenMessages(team, channel, ts)).length, 1);
  const [undone, taken, ...more] = rowsOf(window).toSorted((a, b) => a.attempts.length - b.attempts.length);
  assert.deepEqual(more, []);
  assert.deepEqual(undone?.told, { type: 'undone', of: row.told });
  assert.deepEqual(
    undone.attempts.map(({ write, result }) => [write, result]),
    [['deleteMessage', 'done']],
  );
  assert.equal(taken?.id, row.id);
  assert.notEqual(taken.undoneAt, undefined);
  for (const each of [undone, taken]) assert.equal(each.undo, undefined);
});
