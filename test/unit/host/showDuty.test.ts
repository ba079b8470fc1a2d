import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { showDuty } = await import('../../../src/host/showDuty.ts');

const duty = {
  team: 'Integrations',
  timeZone: 'Europe/Berlin',
  me: undefined,
  shifts: [],
  working: [],
  channel: 'integrations',
};

beforeEach(() => {
  person.answers.length = 0;
  person.said.length = 0;
});

for (const [what, url, opened] of [
  ['a web address', 'https://acme.example/archives/C01', ['open https://acme.example/archives/C01']],
  ['no web address', 'command:workbench.action.quit', []],
] as const)
  test(`the team's channel is ${opened.length > 0 ? 'opened' : 'not opened'} where its source told ${what}`, async () => {
    person.answers.push('Open #integrations');
    await showDuty({ duty: () => duty, now: () => 0, channelUrl: () => url });
    assert.deepEqual(
      person.said.filter((text) => text.startsWith('open ')),
      opened,
    );
  });
