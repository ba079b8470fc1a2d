import type { TestContext } from 'node:test';
import type { Proposal, ProposalKind, Write } from '../../../src/core/proposal.ts';
import { createOutbox, type Outbox } from '../../../src/outbox/outbox.ts';
import { createAlertmanagerWriter } from '../../../src/services/alertmanager/writes.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { createGitHubWriter } from '../../../src/services/github/writes.ts';
import { createPagerDutyWriter } from '../../../src/services/pagerduty/writes.ts';
import { createSlackWriter } from '../../../src/services/slack/writes.ts';
import type { SqliteStore } from '../../../src/store/sqliteStore.ts';
import { openWindow, tempFolder } from '../../support/tempStore.ts';
import { answerPagerDuty } from '../../team/pagerduty/answer.ts';
import { forward, isRecord } from '../../team/proxy/call.ts';
import { RecordingProxy } from '../../team/proxy/proxy.ts';
import type { RequestFilter } from '../../team/proxy/record.ts';
import type { SampleTeam } from '../../team/sampleTeam.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

/** A machine whose windows write to the sample team, through a proxy of its own. */
export interface Writing {
  readonly proxy: RecordingProxy;
  /** Of the Alertmanager, as the writes name it. */
  readonly alertmanagerUrl: string;
  /** A new window of the same machine. `wrap` may break its store. */
  readonly open: (
    holder: string,
    wrap?: (store: SqliteStore) => void,
  ) => { readonly store: SqliteStore; readonly outbox: Outbox };
}

/** Addresses of its own keep what paces the real clients from making one test wait for another. */
export async function startWriting(t: TestContext, team: SampleTeam): Promise<Writing> {
  const proxy = new RecordingProxy();
  t.after(() => proxy.stop());
  const githubUrl = await proxy.listen('github', (call) => forward(team.githubUrl, call));
  const slackOrigin = await proxy.listen('slack', (call) => forward(new URL(team.slackUrl).origin, call));
  const alertmanagerUrl = await proxy.listen('alertmanager', (call) => forward(team.alertmanagerUrl, call));
  const pagerDutyUrl = await proxy.listen('pagerduty', answerPagerDuty(team.pagerDuty.account));
  const now = (): number => team.now();
  const folder = tempFolder(t);
  return {
    proxy,
    alertmanagerUrl,
    open: (holder, wrap = () => undefined) => {
      const store = openWindow(t, folder, Date.now);
      wrap(store);
      const writers = [
        createGitHubWriter({ token: async () => team.githubToken, now, log, apiUrl: githubUrl }),
        createSlackWriter({
          token: async () => team.slackToken,
          now,
          log,
          apiUrl: `${slackOrigin}/api/`,
          clock: systemClock,
        }),
        createAlertmanagerWriter({ now: Date.now, log, urls: () => [alertmanagerUrl] }),
        createPagerDutyWriter({
          token: async () => team.pagerDutyToken,
          now,
          log,
          apiUrl: pagerDutyUrl,
          email: undefined,
        }),
      ];
      const outbox = createOutbox({ store, writers, clock: systemClock, log, holder, dryRun: () => false });
      return { store, outbox };
    },
  };
}

/** The requests that change something. */
export const CHANGES: RequestFilter = {
  where: ({ service, method, path, body }) => {
    if (service === 'slack') return /\/(?:chat|reactions)\./u.test(path);
    // GraphQL asks by POST as well.
    if (path === '/graphql') return isRecord(body) && String(body['query']).startsWith('mutation');
    return method !== 'GET';
  },
};

export function proposalOf(id: string, kind: ProposalKind, steps: readonly Write[]): Proposal {
  return {
    id,
    createdAt: Date.now(),
    kind,
    signalIds: ['signal'],
    title: id,
    steps,
    decision: kind === 'convert' ? { timeboxMinutes: 240, priority: 'high' } : undefined,
    undoes: undefined,
  };
}

/** What people see of an issue. */
export async function seenIssue(team: SampleTeam, repository: string, number: number) {
  const issue = (await team.github.issues(repository)).find((each) => each.number === number);
  const comments = await team.github.issueComments(repository, number);
  const item = (await team.board.items()).find((each) => each.repository === repository && each.number === number);
  return {
    state: issue?.state,
    labels: issue?.labels.map(({ name }) => name).toSorted(),
    assignees: issue?.assignees.map(({ login }) => login).toSorted(),
    comments: comments.map(({ body }) => body),
    onBoard: item !== undefined,
    fields: item?.fields,
  };
}

/** What people see of a thread, or of a whole channel. */
export async function seenMessages(team: SampleTeam, channel: string, thread?: string) {
  const messages = thread === undefined ? await team.slack.messages(channel) : await team.slack.thread(channel, thread);
  return messages.map(({ ts, text, reactions }) => ({ ts, text, reactions: reactions ?? [] }));
}

/** The comments of the silences that hold now. */
export async function seenSilences({ alertmanagerUrl }: SampleTeam): Promise<readonly string[]> {
  const reply = await fetch(`${alertmanagerUrl}/api/v2/silences`);
  const all = (await reply.json()) as { comment: string; status: { state: string } }[];
  return all.filter(({ status }) => status.state !== 'expired').map(({ comment }) => comment);
}
