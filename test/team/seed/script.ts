import type { AlertActions } from '../alerts.ts';
import type { GitHubActions } from '../github/actions.ts';
import type { Board } from '../github/board.ts';
import type { NotificationReason } from '../github/notifications.ts';
import type { ChannelName } from '../people.ts';
import type { Posted, SlackActions } from '../slack/actions.ts';

/** Where the seed is written to. */
export interface World {
  readonly github: GitHubActions;
  readonly slack: SlackActions;
  readonly alerts: AlertActions;
  readonly board: Board;
  /** By the key that the script gave them. */
  readonly issues: Map<string, { readonly repository: string; readonly number: number; readonly url: string }>;
  readonly messages: Map<string, Posted>;
}

/** Something that happened in the week; epoch ms. Carried out in the order of time. */
export interface Event {
  readonly at: number;
  readonly run: (world: World) => Promise<void>;
}

export interface Said {
  readonly by: string;
  readonly at: number;
  readonly text: string;
}

export interface ScriptedIssue {
  readonly key: string;
  readonly repository: string;
  readonly by: string;
  readonly at: number;
  readonly title: string;
  readonly body: string;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  /** A pull request: whose review is asked for. */
  readonly pull?: { readonly team?: boolean; readonly reviewers?: readonly string[] };
  readonly comments?: readonly Said[];
  readonly closedAt?: number;
  readonly notify?: { readonly reason: NotificationReason; readonly at: number };
  /** Already on the board, with this priority. */
  readonly priority?: string;
}

export interface ScriptedThread {
  readonly key?: string;
  readonly channel: ChannelName;
  readonly by: string;
  readonly at: number;
  /** `{issue:key}` and `{message:key}` become addresses. */
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly replies?: readonly Said[];
  /** Who put 👀 on it. */
  readonly eyes?: readonly Omit<Said, 'text'>[];
}

export function issueEvents(issue: ScriptedIssue): readonly Event[] {
  const { key, repository, by, at, pull, comments = [], closedAt, notify } = issue;
  const number = (world: World): number => found(world.issues, key).number;
  return [
    {
      at,
      run: async (world) => {
        const { title, labels = [], assignees = [] } = issue;
        const fresh = { title, body: filled(issue.body, world), labels, assignees, by, at };
        const opened =
          pull === undefined
            ? await world.github.openIssue(repository, fresh)
            : await world.github.openPullRequest(repository, { ...fresh, ...pull });
        world.issues.set(key, { repository, number: opened.number, url: opened.html_url });
        if (issue.priority !== undefined) putOnBoard(world.board, opened.node_id, issue.priority);
      },
    },
    ...comments.map((comment) => ({
      at: comment.at,
      run: async (world: World) => {
        const { text, ...deed } = comment;
        await world.github.comment(repository, number(world), filled(text, world), deed);
      },
    })),
    ...(closedAt === undefined
      ? []
      : [
          {
            at: closedAt,
            run: (world: World) => world.github.closeIssue(repository, number(world), { by: 'Kai', at: closedAt }),
          },
        ]),
    ...(notify === undefined
      ? []
      : [
          {
            at: notify.at,
            run: (world: World) => {
              world.github.notify(repository, number(world), notify.reason, notify.at);
              return Promise.resolve();
            },
          },
        ]),
  ];
}

export function threadEvents(thread: ScriptedThread, index: number): readonly Event[] {
  const key = thread.key ?? `thread ${index}`;
  const { channel, by, at, blocks, attachments, replies = [], eyes = [] } = thread;
  return [
    {
      at,
      run: async (world) => {
        const options = {
          at,
          ...(blocks === undefined ? {} : { blocks }),
          ...(attachments === undefined ? {} : { attachments }),
        };
        world.messages.set(key, await world.slack.post(channel, by, filled(thread.text, world), options));
      },
    },
    ...eyes.map((one) => ({
      at: one.at,
      run: (world: World) => world.slack.react(found(world.messages, key), one.by),
    })),
    ...replies.map((reply) => ({
      at: reply.at,
      run: async (world: World) => {
        await world.slack.reply(found(world.messages, key), reply.by, filled(reply.text, world), { at: reply.at });
      },
    })),
  ];
}

/** Carries the script out. Nothing happens after `now`. */
export async function play(world: World, events: readonly Event[], now: number): Promise<void> {
  for (const event of [...events].sort((a, b) => a.at - b.at)) {
    if (event.at <= now) await event.run(world);
  }
}

function filled(text: string, world: World): string {
  return text
    .replaceAll(/\{issue:(\w+)\}/gu, (_, key: string) => found(world.issues, key).url)
    .replaceAll(/\{message:(\w+)\}/gu, (_, key: string) => found(world.messages, key).permalink);
}

function found<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`the seed speaks of ${key} before it happened`);
  return value;
}

function putOnBoard(board: Board, contentId: string, priority: string): void {
  const field = board.fields.find((each) => each.name === 'Priority');
  const option = field?.options?.find((each) => each.name.endsWith(priority));
  if (field === undefined || option === undefined) throw new Error(`no priority ${priority}`);
  board.set(board.add(contentId), field.id, option.id);
}
