import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { writeMarker } from '../../../src/core/marker.ts';
import type { Write } from '../../../src/core/proposal.ts';
import type { SourceFailure } from '../../../src/core/sourceStatus.ts';
import { FAULT, type Fault } from '../../team/proxy/faults.ts';
import { type SampleTeam, startSampleTeam } from '../../team/sampleTeam.ts';
import { CHANGES, proposalOf, seenIssue, seenMessages, seenSilences, startWriting } from './writing.ts';

let team: SampleTeam;
before(async () => {
  team = await startSampleTeam();
});
after(() => team.stop());

/** Something that each service writes and that would be seen twice. */
interface Said {
  readonly step: Write;
  readonly times: () => Promise<number>;
}

let count = 0;
const SERVICES: Readonly<Record<string, (url: string) => Promise<Said>>> = {
  GitHub: async () => {
    const { number } = await team.github.openIssue('acme/app', { title: 'It is refused' });
    const marker = markerOf('comment');
    const place = { repository: 'acme/app', number };
    const step: Write = { type: 'commentOnIssue', ...place, body: marker, marker, since: team.now() };
    return { step, times: async () => (await seenIssue(team, 'acme/app', number)).comments.length };
  },
  Slack: async () => {
    const { channel, ts } = await team.slack.post('dev-infra', 'Ines', 'Is it refused?');
    const step: Write = { type: 'replyInThread', channel, threadTs: ts, markdown: 'Yes.', marker: markerOf('reply') };
    return { step, times: async () => (await seenMessages(team, channel, ts)).length - 1 };
  },
  Alertmanager: async (url) => {
    const marker = markerOf('silence');
    const matchers = [{ name: 'alertname', value: 'Refused', isRegex: false, isEqual: true }];
    const more = { endsAt: Date.now() + 3_600_000, createdBy: 'Noor', comment: marker, marker };
    const step: Write = { type: 'silence', url, matchers, ...more };
    return { step, times: async () => (await seenSilences(team)).filter((comment) => comment === marker).length };
  },
  PagerDuty: async () => {
    const incident = team.pagerDuty.trigger({ title: 'It is refused' });
    const marker = markerOf('note');
    const step: Write = { type: 'addNote', incident: incident.id, text: 'Yes.', marker };
    return { step, times: async () => incident.notes.length };
  },
};

function markerOf(kind: string): string {
  count += 1;
  return writeMarker(kind, `refused:${String(count)}`);
}

function answer(status: number, body: unknown = { message: 'No' }): Fault {
  return { type: 'answer', status, body };
}

const DROPS: readonly (readonly [string, Fault, SourceFailure])[] = [
  ['a socket that was cut before', FAULT.dropBefore, 'offline'],
  ['a socket that was cut after', FAULT.dropAfter, 'offline'],
];
const ANSWERS: Readonly<Record<string, readonly (readonly [string, Fault, SourceFailure])[]>> = {
  GitHub: [
    ...DROPS,
    ['a secondary limit', FAULT.secondaryLimit(2), 'rateLimited'],
    ['429', { type: 'answer', status: 429, headers: { 'retry-after': '2' }, body: {} }, 'rateLimited'],
    ['401', FAULT.badCredentials, 'unauthenticated'],
    ['403', answer(403), 'forbidden'],
    ['404', answer(404), 'notFound'],
    ['410', answer(410), 'refused'],
    ['422', answer(422), 'refused'],
    ['500', FAULT.serverError(500), 'serverError'],
    ['503', FAULT.serverError(503), 'serverError'],
  ],
  Slack: [
    ...DROPS,
    ['429', FAULT.tooManyRequests(2), 'rateLimited'],
    ['a revoked token', FAULT.slackError('token_revoked'), 'unauthenticated'],
    ['a closed channel', FAULT.slackError('restricted_action'), 'forbidden'],
    ['no such channel', FAULT.slackError('channel_not_found'), 'notFound'],
    ['an archived channel', FAULT.slackError('is_archived'), 'refused'],
    ['500', FAULT.serverError(500), 'serverError'],
    ['503', FAULT.serverError(503), 'serverError'],
  ],
  Alertmanager: [
    ...DROPS,
    ['429', { type: 'answer', status: 429, headers: { 'retry-after': '2' }, body: {} }, 'rateLimited'],
    ['403', answer(403), 'forbidden'],
    ['404', answer(404), 'notFound'],
    ['410', answer(410), 'refused'],
    ['422', answer(422), 'refused'],
    ['500', FAULT.serverError(500), 'serverError'],
    ['503', FAULT.serverError(503), 'serverError'],
  ],
  PagerDuty: [
    ...DROPS,
    ['429', { type: 'answer', status: 429, headers: { 'retry-after': '2' }, body: {} }, 'rateLimited'],
    ['401', answer(401), 'unauthenticated'],
    ['403', answer(403), 'forbidden'],
    ['404', answer(404), 'notFound'],
    ['410', answer(410), 'refused'],
    ['422', answer(422), 'refused'],
    ['500', FAULT.serverError(500), 'serverError'],
    ['503', FAULT.serverError(503), 'serverError'],
  ],
};

async function endsOnce(t: TestContext, said: (url: string) => Promise<Said>, fault: Fault, reason: SourceFailure) {
  const { proxy, open, alertmanagerUrl } = await startWriting(t, team);
  const { step, times } = await said(alertmanagerUrl);
  const { outbox, store } = open('w1');
  proxy.fail(CHANGES, fault, 1);
  const [state] = (await outbox.submit(proposalOf('p', 'reply', [step]))).states;
  assert.ok(state?.status === 'failed');
  assert.equal(state.reason, reason);
  assert.equal(state.permanent, ['forbidden', 'notFound', 'refused'].includes(reason));
  const isThere = fault.type === 'drop' && fault.when === 'after';
  assert.equal(await times(), isThere ? 1 : 0);
  assert.deepEqual(store.proposals().get('p')?.proposal.steps, [step], 'its text is kept');

  assert.deepEqual(
    (await outbox.approve('p')).states.map(({ status }) => status),
    ['done'],
  );
  assert.equal(await times(), 1);
  assert.equal(proxy.requests(CHANGES).length, isThere ? 1 : 2);
  assert.deepEqual(
    store.journal().map(({ event }) => event.type === 'attempted' && event.result),
    ['failed', isThere ? 'found' : 'done'],
  );
}

describe('what a service refuses says why, and is there once in the end', { concurrency: 4 }, () => {
  for (const [service, said] of Object.entries(SERVICES)) {
    for (const [name, fault, reason] of ANSWERS[service] ?? []) {
      test(`${service}: ${name}`, (t) => endsOnce(t, said, fault, reason));
    }
  }
});
