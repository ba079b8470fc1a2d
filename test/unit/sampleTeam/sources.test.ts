import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Signal } from '../../../src/core/signal.ts';
import type { Team } from '../../../src/core/team.ts';
import { createAlertmanagerSource } from '../../../src/services/alertmanager/source.ts';
import { createGitHubSource } from '../../../src/services/github/source.ts';
import type { Memory, PollResult, Source } from '../../../src/services/service.ts';
import { createSlackSource } from '../../../src/services/slack/source.ts';
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
    const again = await poll(source, memory, new Map(changed.map((signal) => [signal.id, signal])));
    assert.deepEqual([again.changed, again.gone], [[], []]);
  });

  test('Alertmanager: the team’s alerts, the silenced one quiet', async () => {
    const { changed } = await poll(createAlertmanagerSource({ ...ports('', ''), url: sample.alertmanagerUrl }));
    const states = changed.map((signal) => signal.state).sort();
    assert.deepEqual(states, ['open', 'open', 'open', 'quiet']);
    assert.ok(changed.some((signal) => signal.links.some((link) => link.kind === 'runbook')));
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
