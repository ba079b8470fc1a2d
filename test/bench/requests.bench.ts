// What GitHub is asked for in an hour, and while it says no.
import type { Answer, FakeGitHub } from '../unit/services/github/fakeGitHub.ts';
import type { BenchRow } from './benchRow.ts';
import { GitHubMachine, REPOSITORIES } from './gitHubMachine.ts';
import { countRow } from './measure.ts';
import { randomNumbers } from './samples.ts';

const HOURLY_QUOTA = 5000;
const CHANGES_A_MINUTE = 10;
/** The five repositories, and three places that are not on GitHub. */
const PLACES = 8;

export async function rows(): Promise<readonly BenchRow[]> {
  const one = await hour(1);
  const three = await hour(3);
  return [
    countRow('an hour, 3 windows, 10 changes a minute in 8 places: GitHub quota', three, HOURLY_QUOTA * 0.05),
    countRow('an hour: quota of 3 windows more than of one', three - one, 0),
    ...(await failing()),
  ];
}

/** Answers that count against the quota: all but 304. */
async function hour(windows: number): Promise<number> {
  using machine = new GitHubMachine(windows);
  const random = randomNumbers(7);
  await machine.advance(1);
  for (let second = 0; second < 3600; second += 60 / CHANGES_A_MINUTE) {
    const repository = REPOSITORIES[Math.floor(random() * PLACES)];
    if (repository !== undefined) machine.touch(repository, Math.floor(random() * 20));
    await machine.advance(60 / CHANGES_A_MINUTE);
  }
  return machine.github.sent.filter(({ status }) => status !== 304).length;
}

const RETRY_AFTER_S = 150;
const FAULTS: readonly { readonly name: string; readonly answer: Answer; readonly isPenalty: boolean }[] = [
  { name: '429', answer: limit(429), isPenalty: true },
  { name: '403 with retry-after', answer: limit(403), isPenalty: true },
  { name: '503', answer: { status: 503, body: 'Unicorn!' }, isPenalty: false },
  { name: 'dropped socket', answer: { status: 0 }, isPenalty: false },
];

async function failing(): Promise<readonly BenchRow[]> {
  const found: BenchRow[] = [];
  for (const { name, answer, isPenalty } of FAULTS) {
    using machine = new GitHubMachine(1);
    const { early, lost, rows, retryInSeconds } = await outage(machine, answer, isPenalty);
    found.push(countRow(`${name}: requests inside the penalty`, early, 0, `of ${retryInSeconds} s`));
    found.push(countRow(`${name}: rows lost`, lost, 0, `of ${rows}`));
  }
  return found;
}

/** GitHub fails at every address for a while, then answers again. */
async function outage(
  machine: GitHubMachine,
  answer: Answer,
  isPenalty: boolean,
): Promise<{ readonly early: number; readonly lost: number; readonly rows: number; readonly retryInSeconds: number }> {
  const { github, clock, windows } = machine;
  const [window] = windows;
  if (window === undefined) throw new RangeError('no window');
  await machine.advance(1);
  const rows = window.store.signals().size;
  const heal = failAll(github, answer);
  const failure = (): { readonly retryAt: number } | undefined => [...window.store.statuses().values()][0]?.failure;
  for (let second = 0; second < 90 && failure() === undefined; second += 1) await machine.advance(1);
  github.take();
  const retryInSeconds = Math.floor(((failure()?.retryAt ?? 0) - clock.now()) / 1000);
  for (let second = 1; second < retryInSeconds; second += 1) {
    await machine.advance(1);
    // A person who asks again and again does not shorten what GitHub said.
    if (isPenalty && second % 30 === 0) await window.sync.refresh();
  }
  const early = github.take().length;
  heal();
  await machine.advance(90);
  const lost = rows - window.store.signals().size;
  return { early: failure() === undefined ? early : Number.NaN, lost, rows, retryInSeconds };
}

function failAll(github: FakeGitHub, answer: Answer): () => void {
  const good = new Map(github.routes);
  for (const route of good.keys()) github.on(route, answer);
  return () => {
    for (const [route, respond] of good) github.on(route, respond);
  };
}

function limit(status: number): Answer {
  const message = 'You have exceeded a secondary rate limit';
  return { status, headers: { 'retry-after': String(RETRY_AFTER_S) }, body: { message } };
}
