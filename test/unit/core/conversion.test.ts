import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversionOf, conversionsOf } from '../../../src/core/conversion.ts';
import { signal } from '../../support/build.ts';

test('an issue that an item became is known as that when the item’s own signals are gone', () => {
  const url = 'https://github.example/acme/app/issues/7';
  const converted = {
    type: 'converted',
    repository: 'acme/app',
    number: 7,
    url,
    title: 'Sync',
    timeboxMinutes: 240,
    priority: 'high',
  } as const;
  const conversions = conversionsOf([{ id: 'a', at: 1, signalIds: ['slack:C01:1'], event: converted }]);
  const issueOf = (id: string) => conversionOf({ id, signals: [signal({ id })] }, conversions)?.url;
  assert.equal(issueOf('slack:C01:1'), url);
  assert.equal(issueOf('github:acme/app#7'), url);
  assert.equal(issueOf('github:acme/app#8'), undefined);
});
