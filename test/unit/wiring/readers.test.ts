import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Write } from '../../../src/core/proposal.ts';
import { Readers } from '../../../src/wiring/readers.ts';
import { proposal } from '../../support/build.ts';

function label(repository: string): Write {
  return { type: 'label', repository, number: 1, add: ['bug'], remove: [] };
}

const writing = (...steps: readonly Write[]) => proposal({ steps });

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

test('each repository is asked about once, and what nobody knows is not said', async () => {
  const asked: string[] = [];
  const isPublic = async (repository: string) => {
    asked.push(repository);
    return { 'acme/app': true, 'acme/secret': false }[repository];
  };
  const readers = new Readers({ isPublic, channelReaders: () => assert.fail(), log });
  const proposals = [writing(label('acme/app'), label('acme/secret')), writing(label('acme/app'))];
  assert.equal(readers.isPublic('acme/app'), undefined);
  assert.equal(await readers.learn(proposals), true);
  assert.deepEqual([readers.isPublic('acme/app'), readers.isPublic('acme/secret')], [true, false]);
  assert.equal(await readers.learn(proposals), false, 'nothing is new');
  assert.deepEqual(asked, ['acme/app', 'acme/secret']);
});

test('what cannot be found out now is asked about again, and disturbs nobody', async () => {
  let tries = 0;
  const isPublic = async () => {
    tries += 1;
    if (tries === 1) throw new Error('offline');
    return true;
  };
  const readers = new Readers({ isPublic, channelReaders: () => assert.fail(), log });
  assert.equal(await readers.learn([writing(label('acme/app'))]), false);
  assert.equal(await readers.learn([writing(label('acme/app'))]), true);
});

test('of a write to a channel the channel is asked about', async () => {
  const readers = new Readers({
    isPublic: () => assert.fail(),
    channelReaders: async () => ({ isPrivate: true, members: 7 }),
    log,
  });
  const said: Write = { type: 'replyInThread', channel: 'C01', threadTs: '1.2', markdown: 'Hi', marker: 'm' };
  assert.equal(await readers.learn([writing(said)]), true);
  assert.deepEqual(readers.ofChannel('C01'), { isPrivate: true, members: 7 });
  assert.equal(readers.ofChannel('C02'), undefined);
});
