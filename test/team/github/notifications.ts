import { type Call, json, type Reply } from '../proxy/call.ts';
import { type GitHubUpstream, indexIssues, pageOf } from './upstream.ts';

export type NotificationReason =
  | 'team_mention'
  | 'review_requested'
  | 'mention'
  | 'assign'
  | 'subscribed'
  | 'author'
  | 'comment';

/** Noor's notifications; the emulator has none. */
export class Notifications {
  #threads: {
    id: string;
    repository: string;
    number: number;
    reason: NotificationReason;
    at: number;
    unread: boolean;
  }[] = [];
  readonly #upstream: GitHubUpstream;

  constructor(upstream: GitHubUpstream) {
    this.#upstream = upstream;
  }

  /** Tells her of an issue or pull request; `at` in epoch milliseconds. A later one of the same thread replaces it. */
  add(about: { repository: string; number: number; reason: NotificationReason; at: number }): void {
    this.#threads = this.#threads.filter(
      (each) => each.repository !== about.repository || each.number !== about.number,
    );
    this.#threads.push({ ...about, id: `${7_000_000 + this.#threads.length + 1}`, unread: true });
  }

  /** `GET /notifications`: all or unread, since/before, `Last-Modified`, `X-Poll-Interval`. */
  async list(call: Call): Promise<Reply> {
    const { query } = call;
    const newest = Math.max(0, ...this.#threads.map((thread) => thread.at));
    const lastModified = new Date(Math.floor(newest / 1000) * 1000).toUTCString();
    const headers = { 'last-modified': lastModified, 'x-poll-interval': '60' };
    const known = Date.parse(call.headers['if-modified-since'] ?? '');
    if (known >= Date.parse(lastModified)) return json(304, undefined, headers);
    const since = Date.parse(query.get('since') ?? '') || 0;
    const before = Date.parse(query.get('before') ?? '') || Number.POSITIVE_INFINITY;
    const wanted = this.#threads
      .filter((thread) => query.get('all') === 'true' || thread.unread)
      .filter((thread) => query.get('participating') !== 'true' || thread.reason !== 'subscribed')
      .filter((thread) => thread.at >= since && thread.at < before)
      .sort((a, b) => b.at - a.at);
    const page = pageOf(call, wanted, this.#upstream.apiUrl());
    const indexed = await indexIssues(this.#upstream);
    const shown = page.items.flatMap((thread) => {
      const found = indexed.find(
        (each) => each.repository === thread.repository && each.issue.number === thread.number,
      );
      return found === undefined ? [] : [{ thread, found }];
    });
    const api = this.#upstream.apiUrl();
    return json(
      200,
      shown.map(({ thread, found }) => {
        const isPull = found.issue.pull_request !== undefined;
        const repositoryUrl = `${api}/repos/${thread.repository}`;
        const [owner = '', name = ''] = thread.repository.split('/');
        const comment = found.comments.at(-1);
        return {
          id: thread.id,
          unread: thread.unread,
          reason: thread.reason,
          updated_at: new Date(thread.at).toISOString().replace(/\.\d+Z$/u, 'Z'),
          last_read_at: null,
          subject: {
            title: found.issue.title,
            url: `${repositoryUrl}/${isPull ? 'pulls' : 'issues'}/${thread.number}`,
            latest_comment_url:
              comment === undefined ? found.issue.url : `${repositoryUrl}/issues/comments/${comment.id}`,
            type: isPull ? 'PullRequest' : 'Issue',
          },
          repository: {
            id: 1,
            name,
            full_name: thread.repository,
            owner: { login: owner },
            private: false,
            html_url: `https://github.example/${thread.repository}`,
            url: repositoryUrl,
          },
          url: `${api}/notifications/threads/${thread.id}`,
          subscription_url: `${api}/notifications/threads/${thread.id}/subscription`,
        };
      }),
      { ...headers, ...page.headers },
    );
  }

  /** `PATCH /notifications/threads/{id}`: read. */
  markRead(id: string): Reply {
    const thread = this.#threads.find((each) => each.id === id);
    if (thread === undefined) return json(404, { message: 'Not Found' });
    thread.unread = false;
    return json(205, undefined);
  }
}
