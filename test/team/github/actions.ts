import type { TeamClock } from '../emulator.ts';
import { PEOPLE, TEAM_SLUG } from '../people.ts';
import type { NotificationReason, Notifications } from './notifications.ts';
import { closedBy } from './timelineGraphql.ts';
import type { CommentRecord, GitHubUpstream, IssueRecord, PullRecord } from './upstream.ts';
import { indexIssues } from './upstream.ts';

/** Who does it (a person's name) and when (epoch ms); Ines, now, when not given. */
export interface Deed {
  readonly by?: string;
  readonly at?: number;
}

export interface NewIssue extends Deed {
  readonly title: string;
  readonly body?: string;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
}

/** What people do on GitHub, past the proxy: nothing of it is recorded or breaks by a fault. */
export class GitHubActions {
  readonly #upstream: GitHubUpstream;
  readonly #clock: TeamClock;
  readonly #notifications: Notifications;

  constructor(upstream: GitHubUpstream, clock: TeamClock, notifications: Notifications) {
    this.#upstream = upstream;
    this.#clock = clock;
    this.#notifications = notifications;
  }

  async openIssue(
    repository: string,
    { title, body = '', labels = [], assignees = [], ...deed }: NewIssue,
  ): Promise<IssueRecord> {
    return (await this.#do(deed, 'POST', `/repos/${repository}/issues`, {
      title,
      body,
      labels,
      assignees,
    })) as IssueRecord;
  }

  /** A pull request; `team` asks the whole team for a review, `reviewers` (logins) single people. */
  async openPullRequest(
    repository: string,
    {
      title,
      body = '',
      team = false,
      reviewers = [],
      labels = [],
      ...deed
    }: NewIssue & { team?: boolean; reviewers?: readonly string[] },
  ): Promise<PullRecord> {
    const head = title.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');
    const pull = (await this.#do(deed, 'POST', `/repos/${repository}/pulls`, {
      title,
      body,
      head,
      base: 'main',
    })) as PullRecord;
    const path = `/repos/${repository}/pulls/${pull.number}`;
    if (labels.length > 0)
      await this.#do(deed, 'POST', `/repos/${repository}/issues/${pull.number}/labels`, { labels });
    if (team || reviewers.length > 0) {
      await this.#do(deed, 'POST', `${path}/requested_reviewers`, {
        reviewers,
        team_reviewers: team ? [TEAM_SLUG] : [],
      });
    }
    return (await this.#upstream.call('GET', path)) as PullRecord;
  }

  async comment(repository: string, number: number, body: string, deed: Deed = {}): Promise<CommentRecord> {
    return (await this.#do(deed, 'POST', `/repos/${repository}/issues/${number}/comments`, { body })) as CommentRecord;
  }

  /** Closes an issue, or a pull request unmerged; an issue as completed when not said otherwise. */
  async closeIssue(
    repository: string,
    number: number,
    { reason = 'completed', ...deed }: Deed & { readonly reason?: 'completed' | 'not_planned' } = {},
  ): Promise<void> {
    const isPull = (await this.issues(repository)).some(
      (each) => each.number === number && each.pull_request !== undefined,
    );
    const path = `/repos/${repository}/${isPull ? 'pulls' : 'issues'}/${number}`;
    await this.#do(deed, 'PATCH', path, { state: 'closed', ...(isPull ? {} : { state_reason: reason }) });
  }

  async reopenIssue(repository: string, number: number, deed: Deed = {}): Promise<void> {
    await this.#do(deed, 'PATCH', `/repos/${repository}/issues/${number}`, { state: 'open' });
  }

  /** Merges a pull request, which closes the issues that it says it fixes. */
  async mergePullRequest(repository: string, number: number, deed: Deed = {}): Promise<void> {
    await this.#do(deed, 'PUT', `/repos/${repository}/pulls/${number}/merge`, {});
    const pull = (await this.issues(repository)).find((each) => each.number === number);
    for (const issue of closedBy(pull?.body ?? null)) await this.closeIssue(repository, issue, deed);
  }

  async addLabel(repository: string, number: number, label: string, deed: Deed = {}): Promise<void> {
    await this.#do(deed, 'POST', `/repos/${repository}/issues/${number}/labels`, { labels: [label] });
  }

  async removeLabel(repository: string, number: number, label: string, deed: Deed = {}): Promise<void> {
    await this.#do(deed, 'DELETE', `/repos/${repository}/issues/${number}/labels/${encodeURIComponent(label)}`);
  }

  /** Writes a new file to a repository's default branch. */
  async putFile(repository: string, path: string, text: string, deed: Deed = { by: 'Kai' }): Promise<void> {
    const content = Buffer.from(text).toString('base64');
    await this.#do(deed, 'PUT', `/repos/${repository}/contents/${path}`, { message: `Add ${path}`, content });
  }

  /** Puts a notification into Noor's inbox. */
  notify(repository: string, number: number, reason: NotificationReason, at = this.#clock.now()): void {
    this.#notifications.add({ repository, number, reason, at });
  }

  /** All issues and pull requests of a repository, newest first. */
  async issues(repository: string): Promise<readonly IssueRecord[]> {
    return (await indexIssues(this.#upstream, [repository])).map(({ issue }) => issue);
  }

  async issueComments(repository: string, number: number): Promise<readonly CommentRecord[]> {
    const indexed = await indexIssues(this.#upstream, [repository]);
    return indexed.find(({ issue }) => issue.number === number)?.comments ?? [];
  }

  async #do({ by = 'Ines', at }: Deed, method: string, path: string, body?: unknown): Promise<unknown> {
    const token = PEOPLE.find((person) => person.name === by)?.githubToken;
    if (token === undefined) throw new Error(`nobody here is called ${by}`);
    const act = (): Promise<unknown> => this.#upstream.call(method, path, { body, token });
    return at === undefined ? await act() : await this.#clock.at(at, act);
  }
}
