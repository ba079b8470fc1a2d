import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { CommandWiring } from '../../../src/commands/commandWiring.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { signInCommands } = await import('../../../src/commands/signInCommands.ts');

const feeds = [
  { service: 'feed', name: 'Sentry', url: 'https://sentry.example/issues' },
  { service: 'feed', name: 'Checks', url: 'https://checks.example/failing' },
];
const { 'responder.signIn': signIn } = signInCommands({
  signIn: { credentials: {} },
  session: () => ({ team: { watch: feeds } }),
} as unknown as CommandWiring);

/** What is asked first, of the row of a failure of this source. */
async function askedOf(source: string): Promise<string | undefined> {
  await signIn(`failure:source:${source}`);
  return person.said[0];
}

beforeEach(() => {
  person.said.length = 0;
  person.answers.length = 0;
});

test('a failure’s row asks for the sign-in of its own source', async () => {
  assert.match((await askedOf('feed:Checks')) ?? '', /https:\/\/checks\.example/u);
});

for (const [source, asked] of [
  ['slack', /^Sign In to Slack$/u],
  ['pagerduty:schedule:P1', /^Sign In to PagerDuty$/u],
  ['alertmanager:http://127.0.0.1:9093', /^Sign In: GitHub \| /u],
] as const)
  test(`the row of ${source} asks ${asked.source}`, async () => {
    assert.match((await askedOf(source)) ?? '', asked);
  });
