import assert from 'node:assert/strict';
import { test } from 'node:test';
import { itemWords } from '../../../../src/host/tree/itemWords.ts';

const open = {
  isConverted: false,
  isMine: false,
  isDone: false,
  isSnoozed: false,
  isJoined: false,
  isIncident: false,
  isIssue: false,
  isAlert: false,
  isThread: false,
};

for (const [what, facts, offered] of [
  ['an open item', {}, 'canClaim canConvert canDone canKeepInMind canOpen canSnooze item'],
  ['mine', { isMine: true }, 'canConvert canDone canKeepInMind canOpen canRelease canSnooze item'],
  ['a snoozed one', { isSnoozed: true }, 'canClaim canConvert canDone canKeepInMind canOpen canWake item'],
  ['a done one', { isDone: true }, 'canConvert canKeepInMind canOpen canReopen item'],
  [
    'one of several signals',
    { isJoined: true },
    'canClaim canConvert canDone canKeepApart canKeepInMind canOpen canSnooze item',
  ],
  [
    'an issue',
    { isIssue: true },
    'canChange canClaim canConvert canDone canKeepInMind canOpen canReply canSnooze item',
  ],
  ['a thread', { isThread: true }, 'canClaim canConvert canDone canKeepInMind canOpen canReply canSnooze item'],
  ['a firing alert', { isAlert: true }, 'canClaim canConvert canDone canKeepInMind canOpen canSilence canSnooze item'],
  ['a converted one', { isConverted: true }, 'canClaim canDone canKeepInMind canOpen canSnooze item'],
] as const) {
  test(`the words of ${what} are sorted and say what can be done with it`, () => {
    assert.equal(itemWords({ ...open, ...facts }), offered);
  });
}
