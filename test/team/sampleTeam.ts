import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAlertmanager } from './alertmanager.ts';
import { AlertActions } from './alerts.ts';
import { Checks, seedChecks } from './checks.ts';
import { startEmulators } from './emulator.ts';
import { GitHubActions } from './github/actions.ts';
import { answerGitHub } from './github/answer.ts';
import { Board } from './github/board.ts';
import { boardRoot } from './github/boardGraphql.ts';
import { graphqlEndpoint } from './github/graphql.ts';
import { Notifications } from './github/notifications.ts';
import { connectGitHub } from './github/upstream.ts';
import { PAGERDUTY_TOKEN, PagerDutyActions, seedIncidents } from './pagerduty/actions.ts';
import { answerPagerDuty } from './pagerduty/answer.ts';
import { ALERT_BOT, NOOR, PEOPLE, RESPONDER_BOT } from './people.ts';
import { forward } from './proxy/call.ts';
import { RecordingProxy } from './proxy/proxy.ts';
import { weekBefore } from './rotation.ts';
import type { World } from './seed/script.ts';
import { seedWeek } from './seed/seed.ts';
import { SlackActions } from './slack/actions.ts';
import { answerSlack } from './slack/answer.ts';
import { connectSlack } from './slack/upstream.ts';
import { teamFiles, writeWorkspace } from './workspace.ts';

export interface SampleTeamOptions {
  /** Epoch ms: when the week ends. The emulators' clock runs on from here; Alertmanager's is the machine's. */
  readonly now?: number;
  /** Ports of 127.0.0.1; free ones when not given. */
  readonly ports?: {
    readonly github?: number;
    readonly slack?: number;
    readonly alertmanager?: number;
    readonly pagerduty?: number;
  };
  /** Where `responder.yml` and `docs/` are written; kept by `stop`. A temporary folder when not given, removed by it. */
  readonly folder?: string;
}

export interface SampleTeam {
  /** GitHub's REST API; GraphQL is at `/graphql`. */
  readonly githubUrl: string;
  /** Slack's Web API, with `/api/`. */
  readonly slackUrl: string;
  readonly alertmanagerUrl: string;
  readonly pagerDutyUrl: string;
  /** Origin of the team's own list of failing checks, which is watched as a feed. */
  readonly checksUrl: string;
  readonly folder: string;
  /** Noor's. */
  readonly githubToken: string;
  readonly slackToken: string;
  readonly pagerDutyToken: string;
  /** Of the team's own Slack app: not in every channel, and without search. */
  readonly slackBotToken: string;
  readonly proxy: RecordingProxy;
  /** Accepted tokens; take one out and the service no longer knows it. */
  readonly tokens: {
    readonly github: Map<string, string>;
    readonly slack: Set<string>;
    readonly pagerduty: Map<string, string | undefined>;
  };
  readonly github: GitHubActions;
  readonly slack: SlackActions;
  readonly alerts: AlertActions;
  readonly pagerDuty: PagerDutyActions;
  readonly checks: Checks;
  readonly board: BoardView;
  /** What the script of the week calls its issues and messages, with their addresses. */
  readonly issues: World['issues'];
  readonly messages: World['messages'];
  /** The emulators' clock, epoch ms. */
  now(): number;
  stop(): Promise<void>;
}

export interface BoardView {
  /** The board's items, with field and option names: `{ Priority: '🔴 High', 'Timebox (hours)': 4 }`. */
  items(): Promise<
    readonly {
      readonly repository: string;
      readonly number: number;
      readonly fields: Readonly<Record<string, string | number>>;
    }[]
  >;
}

/** Starts the sample team: GitHub, Slack and Alertmanager on loopback, filled with a week. `stop` ends all of it. */
export async function startSampleTeam(options: SampleTeamOptions = {}): Promise<SampleTeam> {
  const stack = new AsyncDisposableStack();
  try {
    const team = await start(options, stack);
    const held = stack.move();
    return { ...team, stop: () => held.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function start(options: SampleTeamOptions, stack: AsyncDisposableStack): Promise<Omit<SampleTeam, 'stop'>> {
  const { ports = {}, now = Date.now() } = options;
  const emulators = await startEmulators(now);
  stack.defer(() => emulators.stop());
  const alertmanager = await startAlertmanager();
  stack.defer(() => alertmanager.stop());
  const proxy = new RecordingProxy();
  stack.defer(() => proxy.stop());

  const tokens = {
    github: new Map(PEOPLE.map((person) => [person.githubToken, person.github])),
    slack: new Set([...PEOPLE.map((person) => person.slackToken), ALERT_BOT.token, RESPONDER_BOT.token]),
  };
  let githubUrl = '';
  const upstream = connectGitHub(emulators.github, () => githubUrl);
  const notifications = new Notifications(upstream);
  const board = new Board();
  const graphql = graphqlEndpoint(boardRoot(board, upstream));
  githubUrl = await proxy.listen(
    'github',
    answerGitHub({ upstream, notifications, graphql, tokens: tokens.github, now: () => emulators.clock.now() }),
    ports.github,
  );
  const slackUpstream = await connectSlack(emulators.slack);
  const slackOrigin = await proxy.listen('slack', answerSlack(slackUpstream, tokens.slack), ports.slack);
  const alertmanagerUrl = await proxy.listen(
    'alertmanager',
    (call) => forward(alertmanager.origin, call),
    ports.alertmanager,
  );

  const { clock } = emulators;
  const pagerDuty = new PagerDutyActions(() => clock.now());
  const pagerDutyUrl = await proxy.listen('pagerduty', answerPagerDuty(pagerDuty.account), ports.pagerduty);
  const checks = new Checks();
  seedChecks(checks, now);
  const checksUrl = await proxy.listen('checks', checks.answer);
  const world: World = {
    github: new GitHubActions(upstream, clock, notifications),
    slack: new SlackActions(slackUpstream, clock),
    alerts: new AlertActions(alertmanager.origin),
    board,
    issues: new Map(),
    messages: new Map(),
  };
  await seedWeek(world, upstream, now);
  seedIncidents(pagerDuty, weekBefore(now));
  const folder = await workspaceFolder(options.folder, stack);
  const files = teamFiles(now, { alertmanagerUrl, checksUrl });
  await writeWorkspace(folder, files);
  // The same file on GitHub, for who has no folder open.
  for (const [path, text] of files) await world.github.putFile('acme/team-notes', path, text);
  return {
    ...world,
    githubUrl,
    slackUrl: `${slackOrigin}/api/`,
    alertmanagerUrl,
    pagerDutyUrl,
    checksUrl,
    folder,
    githubToken: NOOR.githubToken,
    slackToken: NOOR.slackToken,
    pagerDutyToken: PAGERDUTY_TOKEN,
    slackBotToken: RESPONDER_BOT.token,
    proxy,
    tokens: { ...tokens, pagerduty: pagerDuty.account.tokens },
    pagerDuty,
    checks,
    board: { items: () => boardItems(board, world.github) },
    now: () => clock.now(),
  };
}

async function workspaceFolder(given: string | undefined, stack: AsyncDisposableStack): Promise<string> {
  if (given !== undefined) return given;
  const folder = await mkdtemp(join(tmpdir(), 'responder-team-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function boardItems(board: Board, github: GitHubActions): ReturnType<BoardView['items']> {
  const repositories = ['acme/app', 'acme/docs', 'acme/team-notes'];
  const all = await Promise.all(
    repositories.map(async (repository) => (await github.issues(repository)).map((issue) => ({ repository, issue }))),
  );
  return board.items.flatMap((item) => {
    const found = all.flat().find(({ issue }) => issue.node_id === item.contentId);
    if (found === undefined) return [];
    const fields = board.fields.flatMap((field) => {
      const value = item.values.get(field.id);
      if (value === undefined) return [];
      return [[field.name, field.options?.find((option) => option.id === value)?.name ?? value]];
    });
    return [{ repository: found.repository, number: found.issue.number, fields: Object.fromEntries(fields) }];
  });
}
