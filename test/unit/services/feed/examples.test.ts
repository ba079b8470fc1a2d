import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { FeedWatch } from '../../../../src/core/team.ts';
import { parseFeed } from '../../../../src/services/feed/wire.ts';
import type { ReportedRecord } from '../../../../src/services/reported.ts';
import { parseTeamFile } from '../../../../src/team/teamFile.ts';

const README = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');

/** An entry of the README by its name, read as a team file. */
function watchOf(name: string): FeedWatch {
  const [, entry = ''] =
    new RegExp(`\\n( {2}- feed: [^\\n]*\\n {4}name: ${name}\\n(?: {4}[^\\n]*\\n)*)`, 'u').exec(README) ?? [];
  assert.notEqual(entry, '', `${name} is not in the README`);
  const { team, problems } = parseTeamFile(`team: A\ntimezone: UTC\nwatch:\n${entry}`, { files: new Map(), now: 0 });
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  const [watch] = team?.watch ?? [];
  assert.ok(watch?.service === 'feed');
  return watch;
}

const EXAMPLES: readonly {
  readonly name: string;
  readonly reply: unknown;
  readonly records: readonly Partial<ReportedRecord>[];
}[] = [
  {
    // https://docs.sentry.io/api/events/list-an-organizations-issues/
    name: 'Sentry',
    reply: [
      {
        id: '4509',
        shortId: 'APP-7',
        title: 'TypeError: id is undefined',
        culprit: 'sync/rename in follow',
        permalink: 'https://acme.sentry.example/issues/4509/',
        level: 'error',
        status: 'unresolved',
        count: '128',
        userCount: 9,
        firstSeen: '2026-11-16T08:00:00.000000Z',
        lastSeen: '2026-11-16T09:30:00.000000Z',
        project: { id: '2', name: 'App', slug: 'app' },
        assignedTo: { type: 'user', id: '7', name: 'Kai', email: 'kai@acme.example' },
      },
      {
        id: '4510',
        title: 'Timeout',
        culprit: '',
        permalink: 'https://acme.sentry.example/issues/4510/',
        level: 'warning',
        status: 'ignored',
        count: '1',
        firstSeen: '2026-11-16T08:00:00Z',
        lastSeen: '2026-11-16T08:00:00Z',
        project: { slug: 'app' },
        assignedTo: null,
      },
    ],
    records: [
      {
        id: '4509',
        title: 'TypeError: id is undefined',
        url: 'https://acme.sentry.example/issues/4509/',
        text: 'sync/rename in follow',
        state: 'open',
        startedAt: Date.UTC(2026, 10, 16, 8),
        updatedAt: Date.UTC(2026, 10, 16, 9, 30),
        count: 128,
        assignees: ['Kai'],
        labels: ['error', 'app'],
      },
      { id: '4510', state: 'quiet', assignees: [], count: 1 },
    ],
  },
  {
    // Grafana's own Alertmanager: https://grafana.com/docs/grafana/latest/developers/http_api/alerting/
    name: 'Grafana',
    reply: [
      {
        annotations: { description: 'Queue is 4 h behind', summary: 'Webhook queue grows' },
        endsAt: '2026-11-16T09:10:00.000Z',
        fingerprint: '8ff1b1d4a2c0e6aa',
        receivers: [{ name: 'grafana-default-email' }],
        startsAt: '2026-11-16T09:00:00.000Z',
        status: { inhibitedBy: [], silencedBy: [], state: 'active' },
        updatedAt: '2026-11-16T09:06:00.000Z',
        generatorURL: 'https://grafana.example/alerting/grafana/ab12/view',
        labels: { alertname: 'QueueGrows', severity: 'critical' },
      },
      {
        annotations: {},
        fingerprint: '8ff1b1d4a2c0e6ab',
        startsAt: '2026-11-16T09:00:00.000Z',
        status: { inhibitedBy: [], silencedBy: ['x'], state: 'suppressed' },
        generatorURL: 'https://grafana.example/alerting/grafana/ab13/view',
        labels: { alertname: 'DiskFull' },
      },
    ],
    records: [
      {
        id: '8ff1b1d4a2c0e6aa',
        title: 'Webhook queue grows',
        text: 'Queue is 4 h behind',
        state: 'open',
        startedAt: Date.UTC(2026, 10, 16, 9),
        labels: ['alertname:QueueGrows', 'severity:critical'],
      },
      { title: 'DiskFull', state: 'quiet' },
    ],
  },
  {
    // https://docs.opsgenie.com/docs/alert-api#list-alerts
    name: 'Opsgenie',
    reply: {
      data: [
        {
          id: '70413a06-38d6-4c85-92b8-5ebc900d42e2',
          tinyId: '1791',
          alias: 'event_573',
          message: 'Our servers are in danger',
          status: 'open',
          acknowledged: false,
          isSeen: true,
          tags: ['OverwriteQuietHours', 'Critical'],
          snoozed: false,
          count: 79,
          createdAt: '2026-11-16T08:34:08.269Z',
          updatedAt: '2026-11-16T09:34:08.329Z',
          source: 'Prometheus',
          owner: 'Noor',
          priority: 'P4',
        },
      ],
      took: 0.3,
      requestId: '9ae63dd7',
    },
    records: [
      {
        id: '70413a06-38d6-4c85-92b8-5ebc900d42e2',
        title: 'Our servers are in danger',
        url: 'https://acme.app.opsgenie.com/alert/detail/70413a06-38d6-4c85-92b8-5ebc900d42e2/details',
        state: 'open',
        count: 79,
        assignees: ['Noor'],
        labels: ['P4', 'OverwriteQuietHours', 'Critical'],
      },
    ],
  },
  {
    // https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/
    name: 'Zendesk',
    reply: {
      results: [
        {
          url: 'https://acme.zendesk.com/api/v2/tickets/35436.json',
          id: 35436,
          subject: 'Export never ends',
          description: 'Since yesterday the export hangs.',
          status: 'open',
          priority: 'high',
          created_at: '2026-11-16T08:00:00Z',
          updated_at: '2026-11-16T09:00:00Z',
          tags: ['integrations'],
          assignee_id: null,
          requester_id: 1,
          result_type: 'ticket',
        },
        { id: 35437, subject: '', description: 'x', status: 'new', created_at: '2026-11-16T08:00:00Z', tags: [] },
        { id: 35438, subject: 'Hello', status: 'pending', created_at: '2026-11-16T08:00:00Z', tags: [] },
      ],
      next_page: null,
      previous_page: null,
      count: 3,
    },
    records: [
      {
        id: '35436',
        title: 'Export never ends',
        url: 'https://acme.zendesk.com/agent/tickets/35436',
        state: 'open',
        labels: ['high', 'integrations'],
      },
      { id: '35437', title: 'Ticket 35437' },
      { id: '35438', state: 'quiet' },
    ],
  },
  {
    name: 'Checks',
    reply: {
      failing: [{ key: 'backup', summary: 'No backup since Friday', href: '/checks/backup', since: 1_794_819_600 }],
    },
    records: [
      {
        id: 'backup',
        title: 'No backup since Friday',
        url: 'https://checks.example/checks/backup',
        state: 'open',
        startedAt: 1_794_819_600_000,
      },
    ],
  },
];

for (const { name, reply, records } of EXAMPLES)
  test(`the README's mapping reads a list of ${name}`, () => {
    const read = parseFeed(reply, watchOf(name));

    assert.deepEqual(read.skipped, []);
    assert.equal(read.records.length, records.length);
    read.records.forEach((record, index) => {
      for (const [key, value] of Object.entries(records[index] ?? {}))
        assert.deepEqual(record[key as keyof ReportedRecord], value, `${name} ${record.id} ${key}`);
    });
  });
