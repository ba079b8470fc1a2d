import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ALERT_BOT, CHANNELS, ORGANIZATION, PEOPLE, REPOSITORIES, RESPONDER_BOT } from './people.ts';

/** The emulators' clock; it runs on from wherever it is set. */
export interface TeamClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `action` while the emulators believe it is `at`; one after the other. */
  at<T>(at: number, action: () => Promise<T>): Promise<T>;
}

export interface Emulators {
  /** Where they say they are (`http://localhost:1234`): the prefix of addresses in their replies. */
  readonly github: string;
  readonly slack: string;
  readonly clock: TeamClock;
  stop(): Promise<void>;
}

const GITHUB_SCOPES = ['repo', 'notifications', 'read:org', 'project'];

/** Starts GitHub and Slack by `emulate` on free ports of 127.0.0.1. `now` in epoch milliseconds. */
export async function startEmulators(now: number): Promise<Emulators> {
  const offset = new SharedArrayBuffer(8);
  const clock = createClock(new BigInt64Array(offset), now - Date.now());
  const worker = new Worker(new URL('./emulatorWorker.ts', import.meta.url), {
    workerData: { offset, github: githubSeed(), slack: slackSeed() },
  });
  const [urls] = (await once(worker, 'message')) as [{ github: string; slack: string }];
  return {
    ...urls,
    clock,
    stop: async () => {
      await worker.terminate();
    },
  };
}

function createClock(cell: BigInt64Array, offset: number): TeamClock {
  const set = (milliseconds: number): void => {
    Atomics.store(cell, 0, BigInt(Math.round(milliseconds)));
  };
  set(offset);
  let turn: Promise<unknown> = Promise.resolve();
  return {
    now: () => Date.now() + offset,
    at: async (at, action) => {
      const run = turn.then(async () => {
        set(at - Date.now());
        try {
          return await action();
        } finally {
          set(offset);
        }
      });
      turn = run.catch(() => undefined);
      return await run;
    },
  };
}

function githubSeed() {
  return {
    tokens: Object.fromEntries(
      PEOPLE.map((person) => [person.githubToken, { login: person.github, scopes: GITHUB_SCOPES }]),
    ),
    github: {
      users: PEOPLE.map((person) => ({ login: person.github, name: person.name })),
      orgs: [
        {
          login: ORGANIZATION,
          name: 'Acme',
          members: PEOPLE.map((person) => ({ login: person.github, role: 'admin' })),
        },
      ],
      repos: REPOSITORIES.map((name) => ({ owner: ORGANIZATION, name: name.slice(ORGANIZATION.length + 1) })),
    },
  };
}

function slackSeed() {
  const bots = [ALERT_BOT, RESPONDER_BOT];
  return {
    slack: {
      team: { name: 'Integrations Sample', domain: 'integrations-sample' },
      users: PEOPLE.map((person) => ({
        name: person.name.toLowerCase(),
        real_name: person.name,
        email: `${person.github}@acme.example`,
        profile: { display_name: person.name },
      })),
      channels: Object.keys(CHANNELS).map((name) => ({ name, is_private: name === 'integrations-internal' })),
      oauth_apps: bots.map((bot) => ({
        client_id: bot.botId,
        client_secret: 'sample',
        app_id: bot.botId.replace('B', 'A'),
        name: bot.name,
        bot_name: bot.name,
        bot_id: bot.botId,
        bot_user_id: bot.userId,
        redirect_uris: [],
        scopes: [],
      })),
      tokens: [
        ...PEOPLE.map((person) => ({ token: person.slackToken, user: person.name.toLowerCase(), type: 'user' })),
        ...bots.map((bot) => ({ token: bot.token, user: bot.userId, type: 'bot' })),
      ],
    },
  };
}
