import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusTemplate, statusText } from '../../../src/core/statusUpdate.ts';

const TEMPLATE = statusTemplate(['Conditions', 'Actions', 'Needs']);

test('parts that are left empty are left out; nothing written is nothing to say', () => {
  assert.equal(statusText(TEMPLATE), undefined);
  assert.equal(statusText(''), undefined);
  const written = TEMPLATE.replace('**Actions:** ', '**Actions:** restarted the queue\nand wait');
  assert.equal(statusText(written), '**Actions:** restarted the queue\nand wait');
});

test('what is written without a heading stays, before and between', () => {
  assert.equal(
    statusText('Update 2\n\n**Conditions:** slow\r\n\r\n- **bold** text\n**Needs:**\n'),
    'Update 2\n\n**Conditions:** slow\n\n- **bold** text',
  );
});
