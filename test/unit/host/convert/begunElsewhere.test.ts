import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreatedIssueRef } from '../../../../src/core/conversion.ts';
import type { Item } from '../../../../src/core/item.ts';
import type { StoredProposal } from '../../../../src/core/proposal.ts';
import { watchOthers } from '../../../../src/host/convert/begunElsewhere.ts';
import { signal } from '../../../support/build.ts';

const ITEMS = ['a', 'b', 'c'].map((id): Item => ({ id, signals: [signal({ id })] }));

function issue(number: number): CreatedIssueRef {
  return { repository: 'acme/app', number, url: `https://github.example/acme/app/issues/${number}` };
}

function begun(signalId: string): StoredProposal {
  return {
    proposal: {
      id: 'p',
      createdAt: 0,
      kind: 'convert',
      signalIds: [signalId],
      title: '',
      steps: [{ type: 'addToBoard', owner: 'acme', number: 1, priority: undefined, timebox: undefined }],
      undoes: undefined,
      decision: undefined,
    },
    approvedAt: 1,
    states: [{ status: 'sending' }],
  };
}

test('items that got an issue, or whose conversion was begun, since the preview was shown', () => {
  const issues = new Map([['a', issue(1)]]);
  const stored: StoredProposal[] = [];
  const others = watchOthers(ITEMS, {
    outbox: { stored: () => stored },
    conversionOf: ({ id }) => issues.get(id),
  });
  const ids = (): readonly string[] => others().map(({ id }) => id);

  assert.deepEqual(ids(), [], 'an issue that was known before was asked about already');
  issues.set('b', issue(2));
  assert.deepEqual(ids(), ['b']);
  stored.push(begun('c'));
  assert.deepEqual(ids(), ['b', 'c']);
  issues.set('a', issue(3));
  assert.deepEqual(ids(), ['a', 'b', 'c']);
});
