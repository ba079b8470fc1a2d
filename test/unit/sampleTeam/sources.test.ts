import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Signal } from '../../../src/core/signal.ts';
import type { Team } from '../../../src/core/team.ts';
import { createAlertmanagerSource } from '../../../src/services/alertmanager/source.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { createFeedSource } from '../../../src/services/feed/source.ts';
import { createGitHubSource } from '../../../src/services/github/source.ts';
import { createGitHubWriter } from '../../../src/services/github/writes.ts';
import type { Memory, PollResult, Source } from '../../../src/services/service.ts';
import { createSlackSource } from '../../../src/services/slack/source.ts';
import { createSlackWriter } from '../../../src/services/slack/writes.ts';
import { parseTeamFile } from '../../../src/team/teamFile.ts';
import { type SampleTeam, startSampleTeam } from '../../team/sampleTeam.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const DAYS = 86_400_000;

describe('the sources read the sample team', () => {
  let sample: SampleTeam;
  let team: Team;

  before(async () => {
    sample = await startSampleTeam();
    const read = (path: string): Promise<string> => readFile(join(sample.folder, path), 'utf8');
    const files = new Map([['docs/rotation.md', await read('docs/rotation.md')]]);
    const parsed = parseTeamFile(await read('responder.yml'), { files, now: sample.now() });
    assert.deepEqual(parsed.problems, []);
    assert.ok(parsed.team);
    team = parsed.team;
  });
  after(() => sample.stop());

  const ports = (token: string, apiUrl: string) => ({
    token: () => Promise.resolve(token),
    now: () => sample.now(),
    log: silent,
    apiUrl,
  });
  const poll = (source: Source, memory: Memory = memoryOf(), known = new Map<string, Signal>()): Promise<PollResult> =>
    source.poll({
      watch: team.watch.filter((watch) => watch.service === source.service),
      since: sample.now() - 14 * DAYS,
      known,
      memory,
      abort: AbortSignal.timeout(30_000),
    });

  test('Noor is on duty now, then Kai, then Mika', () => {
    assert.ok(team.rotation.type === 'shifts');
    const { shifts } = team.rotation;
    const now = shifts.findIndex((shift) => shift.from <= sample.now() && sample.now() < shift.to);
    assert.deepEqual(
      shifts.slice(now, now + 3).map((shift) => shift.name),
      ['Noor', 'Kai', 'Mika'],
    );
  });

  test('GitHub: what is watched, and nothing else', async () => {
    const { changed, skipped, failedPlaces } = await poll(
      createGitHubSource(ports(sample.githubToken, sample.githubUrl)),
    );
    assert.deepEqual([skipped, failedPlaces], [[], []]);
    const ids = new Set(changed.map((signal) => signal.id));
    const idOf = (key: string): string => {
      const issue = sample.issues.get(key);
      return `github:${issue?.repository ?? ''}#${issue?.number ?? 0}`;
    };
    for (const key of [
      'rename',
      'emoji',
      'docsEvents',
      'reviewRetry',
      'reviewNoor',
      'mentionBody',
      'mentionComment',
      'mentionNoor',
    ]) {
      assert.ok(ids.has(idOf(key)), key);
    }
    for (const key of ['otherTeam', 'subscribed', 'reviewMerged', 'lastHandoff']) assert.ok(!ids.has(idOf(key)), key);
  });

  test('GitHub: who spoke', async () => {
    const known = new Map<string, Signal>();
    const memory = memoryOf();
    const source = createGitHubSource(ports(sample.githubToken, sample.githubUrl));
    for (let cycle = 0; cycle < 2; cycle += 1) {
      for (const signal of (await poll(source, memory, known)).changed) known.set(signal.id, signal);
    }
    const voicesOf = (key: string): readonly string[] | undefined => {
      const issue = sample.issues.get(key);
      return known.get(`github:${issue?.repository ?? ''}#${issue?.number ?? 0}`)?.voices.map(({ id }) => id);
    };
    assert.deepEqual(voicesOf('rename'), ['ines-sample', 'kai-sample']);
    assert.deepEqual(voicesOf('docsEvents'), ['ines-sample', 'mika-sample']);
    assert.deepEqual(voicesOf('emoji'), ['bo-sample']);
    assert.deepEqual(voicesOf('reviewScopes'), ['ines-sample', 'bo-sample']);
  });

  test('the feed of failing checks; a second look is a 304', async () => {
    const source = createFeedSource({
      name: 'Checks',
      authorization: async () => undefined,
      now: () => sample.now(),
      log: silent,
    });
    const memory = memoryOf();
    const { changed, skipped } = await poll(source, memory);
    assert.deepEqual(skipped, []);
    assert.deepEqual(
      changed.map(({ id, state, place, assignees }) => [id, state, place, assignees]),
      [
        ['feed:Checks/contract-tests', 'open', 'Checks', []],
        ['feed:Checks/docs-links', 'open', 'Checks', ['Mika']],
      ],
    );
    await poll(source, memory);
    assert.equal(sample.proxy.requests({ service: 'checks' }).at(-1)?.status, 304);
  });

  test('Slack: channels, and mentions elsewhere; a second look finds nothing new', async () => {
    const source = createSlackSource(ports(sample.slackToken, sample.slackUrl));
    const memory = memoryOf();
    const { changed, skipped, failedPlaces } = await poll(source, memory);
    assert.deepEqual([skipped, failedPlaces], [[], []]);
    const ids = new Set(changed.map((signal) => signal.id));
    for (const key of ['replay', 'limit', 'settings', 'queueLag', 'mentionTeam', 'mentionEng', 'mentionBlocks']) {
      const message = sample.messages.get(key);
      assert.ok(ids.has(`slack:${message?.channel ?? ''}:${message?.ts ?? ''}`), key);
    }
    assert.ok(!changed.some((signal) => signal.title.includes('certificate') || signal.place.includes('internal')));
    const signalOf = (key: string): Signal | undefined => {
      const message = sample.messages.get(key);
      return changed.find(({ id }) => id === `slack:${message?.channel ?? ''}:${message?.ts ?? ''}`);
    };
    assert.deepEqual(
      signalOf('replay')?.voices.map(({ name }) => name),
      ['Ines', 'Kai', 'Rio'],
    );
    assert.deepEqual(
      signalOf('queueLag')?.voices.map(({ name }) => name),
      ['Kai'],
    );
    for (const key of ['archived', 'workspaces']) assert.deepEqual(signalOf(key)?.takenBy, ['U02KAI'], key);
    const alerts = changed.filter(({ kind, place }) => kind === 'alert' && place === '#alerts-integrations');
    assert.deepEqual(
      alerts.filter(({ title }) => title.includes('SyncErrorRate')).map(({ state, names }) => [state, names.length]),
      [['closed', 2]],
    );
    assert.equal(signalOf('syncErrors')?.state, 'closed');
    const again = await poll(source, memory, new Map(changed.map((signal) => [signal.id, signal])));
    assert.deepEqual([again.changed, again.gone], [[], []]);
  });

  test('Slack: a reaction is written once, seen by the next look, and taken back', async () => {
    const { channel = '', ts = '' } = sample.messages.get('proxy') ?? {};
    const slack = ports(sample.slackToken, sample.slackUrl);
    const writer = createSlackWriter({ ...slack, clock: systemClock });
    const source = createSlackSource(slack);
    const context = { issue: undefined, abort: AbortSignal.timeout(30_000) };
    const takenBy = async () => {
      const { changed } = await poll(source);
      return changed.find(({ id }) => id === `slack:${channel}:${ts}`)?.takenBy;
    };
    const write = { type: 'react', channel, ts, name: 'eyes', remove: false } as const;
    await writer.apply(write, context);
    await writer.apply(write, context);
    assert.deepEqual(await takenBy(), ['U02NOO']);
    await writer.apply({ ...write, remove: true }, context);
    await writer.apply({ ...write, remove: true }, context);
    assert.deepEqual(await takenBy(), []);
  });

  test('GitHub: an issue is assigned, and the assignment taken back', async () => {
    const { repository = '', number = 0 } = sample.issues.get('emoji') ?? {};
    const writer = createGitHubWriter(ports(sample.githubToken, sample.githubUrl));
    const context = { issue: undefined, abort: AbortSignal.timeout(30_000) };
    const assignees = async () => {
      const issue = (await sample.github.issues(repository)).find((each) => each.number === number);
      return issue?.assignees.map(({ login }) => login);
    };
    const write = { type: 'assign', repository, number, add: ['noor-sample'], remove: [] } as const;
    assert.deepEqual((await writer.apply(write, context)).warnings, []);
    assert.deepEqual((await writer.apply(write, context)).warnings, []);
    assert.deepEqual(await assignees(), ['noor-sample']);
    const back = { ...write, add: [], remove: ['noor-sample'] };
    assert.deepEqual((await writer.apply(back, context)).warnings, []);
    assert.deepEqual(await assignees(), []);
  });

  test('Alertmanager: the team’s alerts, the silenced one quiet', async () => {
    const { changed } = await poll(createAlertmanagerSource({ ...ports('', ''), url: sample.alertmanagerUrl }));
    const states = changed.map((signal) => signal.state).sort();
    assert.deepEqual(states, ['open', 'open', 'open', 'quiet']);
    assert.ok(changed.some((signal) => signal.links.some((link) => link.kind === 'runbook')));
    const quiet = changed.find((signal) => signal.state === 'quiet');
    assert.deepEqual(quiet?.takenBy, ['noor-sample']);
    assert.ok((quiet?.quietUntil ?? 0) > Date.now() + 7 * 3_600_000);
  });
});

function memoryOf(): Memory {
  const values = new Map<string, unknown>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      values.set(key, value);
    },
    delete: (key) => {
      values.delete(key);
    },
  };
}
