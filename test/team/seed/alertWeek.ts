import type { AlertActions, NewAlert } from '../alerts.ts';
import { GITHUB_WEB } from '../people.ts';
import type { Week } from '../rotation.ts';

const runbook = (page: string): string => `${GITHUB_WEB}/acme/docs/blob/main/runbooks/${page}.md`;
const graph = (expression: string): string =>
  `https://prometheus.acme.example/graph?g0.expr=${encodeURIComponent(expression)}`;

/** Firing, silenced and resolved alerts of the team, and one of another team. */
export async function seedAlerts(alerts: AlertActions, { ago }: Week): Promise<void> {
  await alerts.fire(...firing(ago));
  await alerts.fire(SILENCED(ago), RESOLVED(ago), OTHER_TEAM(ago));
  await alerts.resolve(RESOLVED(ago));
  await alerts.silence('ImportStalled', { by: 'noor-sample', comment: 'Waits for the rate limit, see the thread' });
}

function firing(ago: Week['ago']): readonly NewAlert[] {
  return [
    {
      alertname: 'WebhookQueueLag',
      severity: 'critical',
      labels: { queue: 'deliveries', region: 'eu-north' },
      annotations: {
        summary: 'Webhook deliveries wait 11 minutes',
        description: 'The oldest delivery in eu-north has waited for more than 5 minutes.',
        runbook_url: runbook('webhook-queue-lag'),
      },
      generatorURL: graph('max(queue_oldest_seconds{queue="deliveries"}) > 300'),
      startsAt: ago(55),
    },
    {
      alertname: 'TokenRefreshFailures',
      severity: 'warning',
      labels: { provider: 'github' },
      annotations: { summary: 'OAuth token refreshes fail for github' },
      generatorURL: graph('rate(token_refresh_failed_total[10m]) > 0.05'),
      startsAt: ago(150),
    },
    {
      alertname: 'SlackRateLimited',
      severity: 'info',
      labels: { method: 'conversations.history' },
      annotations: { summary: 'Slack answers 429 to more than 1 % of calls' },
      generatorURL: graph('slack_429_ratio > 0.01'),
      startsAt: ago(20),
    },
  ];
}

const SILENCED = (ago: Week['ago']): NewAlert => ({
  alertname: 'ImportStalled',
  severity: 'warning',
  labels: { workspace: 'w-20417' },
  annotations: { summary: 'Import w-20417 made no progress for 12 h', runbook_url: runbook('import-stalled') },
  generatorURL: graph('time() - import_progress_timestamp > 43200'),
  startsAt: ago(310),
});

const RESOLVED = (ago: Week['ago']): NewAlert => ({
  alertname: 'SyncErrorRate',
  severity: 'critical',
  labels: { service: 'sync' },
  annotations: { summary: 'Sync jobs fail' },
  generatorURL: graph('sync_errors_ratio > 0.02'),
  startsAt: ago(400),
});

const OTHER_TEAM = (ago: Week['ago']): NewAlert => ({
  alertname: 'InvoiceBacklog',
  severity: 'critical',
  team: 'billing',
  annotations: { summary: 'Invoices wait' },
  generatorURL: graph('invoice_backlog > 100'),
  startsAt: ago(30),
});
