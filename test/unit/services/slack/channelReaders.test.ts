import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../../../../src/services/service.ts';
import { channelReaders } from '../../../../src/services/slack/channelReaders.ts';
import { type Answer, startFakeSlack } from './fakeSlack.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function look(answer: Answer) {
  await using slack = await startFakeSlack({ 'conversations.info': () => answer });
  const ports = { token: async () => 'xoxb-sample', apiUrl: slack.apiUrl, now: () => 0, log };
  return await channelReaders('C1', ports, new AbortController().signal);
}

test('Slack says whether a channel is private and how many are in it; what it does not say is not known', async () => {
  const cases: readonly (readonly [unknown, unknown])[] = [
    [
      { is_private: true, num_members: 7 },
      { isPrivate: true, members: 7 },
    ],
    [{ is_private: false }, { isPrivate: false, members: undefined }],
    [{ is_private: 'yes' }, undefined],
    [{ is_private: true, num_members: -1 }, undefined],
    [undefined, undefined],
  ];
  for (const [channel, expected] of cases)
    assert.deepEqual(await look({ ok: true, channel }), expected, JSON.stringify(channel));
});

test('a channel that Slack does not show is a failure that the caller outlives', async () => {
  await assert.rejects(look({ ok: false, error: 'channel_not_found' }), ServiceError);
});
