import type { Week } from '../rotation.ts';
import type { ScriptedIssue } from './script.ts';

const LABEL = 'team/integrations';

/** What the week brought on GitHub. */
export function githubWeek({ day, ago }: Week): readonly ScriptedIssue[] {
  return [
    ...labelled({ day, ago }),
    ...docs({ day, ago }),
    ...reviews({ day, ago }),
    ...mentions({ day, ago }),
    ...notes({ day }),
  ];
}

type Times = Pick<Week, 'day' | 'ago'>;

function labelled({ day, ago }: Times): readonly ScriptedIssue[] {
  return [
    {
      key: 'rename',
      repository: 'acme/app',
      by: 'Ines',
      at: day(6, '15:12'),
      title: 'Sync stops after a repository is renamed',
      body: 'A customer renamed `shop` to `storefront`. Since then nothing arrives: the sync job asks for the old name, is redirected, and drops the body of the POST.\n\nSteps:\n1. Connect a repository\n2. Rename it\n3. Push\n\nExpected: the push appears. Seen: `sync.job.failed reason=redirected_post`.',
      labels: [LABEL, 'bug'],
      assignees: ['kai-sample'],
      priority: 'High',
      comments: [
        {
          by: 'Kai',
          at: day(5, '11:40'),
          text: 'Reproduced. The client follows the 301 with a GET. I have a fix that keeps the method.',
        },
        {
          by: 'Ines',
          at: day(4, '09:05'),
          text: 'Thank you! The customer asks whether the lost pushes can be replayed.',
        },
      ],
    },
    {
      key: 'duplicates',
      repository: 'acme/app',
      by: 'Bo',
      at: day(4, '14:31'),
      title: 'Webhook deliveries arrive twice when the receiver is slow',
      body: 'When a receiver needs more than 10 s, we time out and send again, although it answered 200 in the end. Two tickets this week.\n\nSecond delivery has a new `delivery_id`, so receivers cannot tell.',
      labels: [LABEL, 'bug', 'webhooks'],
      priority: 'Critical',
      comments: [
        { by: 'Ines', at: day(2, '16:20'), text: 'A third customer, this one bills by delivery. Is somebody on it?' },
      ],
    },
    {
      key: 'oauthScope',
      repository: 'acme/app',
      by: 'Ines',
      at: day(3, '09:50'),
      title: 'OAuth consent page asks for `repo` where `public_repo` would do',
      body: 'Security review of a prospect. They only have public repositories and will not grant `repo`.',
      labels: [LABEL, 'oauth'],
    },
    {
      key: 'rateLimit',
      repository: 'acme/app',
      by: 'Bo',
      at: day(3, '15:02'),
      title: 'Import of large workspaces runs into the secondary rate limit',
      body: 'Importing 4,000 issues stops at about 900 with `403 secondary rate limit`. We retry at once and make it worse; the reply has `retry-after: 60`.',
      labels: [LABEL, 'rate limits'],
      assignees: ['noor-sample'],
      notify: { reason: 'assign', at: day(2, '09:20') },
      comments: [
        { by: 'Noor', at: day(2, '09:30'), text: 'Taking this. We should read `retry-after` and go one by one.' },
      ],
    },
    {
      key: 'slackLink',
      repository: 'acme/app',
      by: 'Ines',
      at: day(2, '11:15'),
      title: 'Link previews show the name of a private channel',
      body: 'Paste a permalink of a private channel into a public issue: the preview says `#pricing-2027`. It should say *private channel*.',
      labels: [LABEL, 'privacy'],
    },
    {
      key: 'timezone',
      repository: 'acme/app',
      by: 'Bo',
      at: day(2, '13:44'),
      title: 'Scheduled sync runs an hour late since the clocks changed',
      body: 'Jobs planned for 06:00 Europe/Oslo run at 07:00. The schedule is stored as an offset, not as a zone.',
      labels: [LABEL, 'bug'],
    },
    {
      key: 'token',
      repository: 'acme/app',
      by: 'Ines',
      at: day(1, '10:05'),
      title: 'Expired refresh token shows “Something went wrong”',
      body: 'The person has to sign in again, but the page does not say so. Support gets about five of these a day.',
      labels: [LABEL, 'ux'],
    },
    {
      key: 'emoji',
      repository: 'acme/app',
      by: 'Bo',
      at: ago(95),
      title: 'Emoji in a label 🏷️ breaks the import — “invalid byte sequence”',
      body: 'Label `needs 👀` (and right-to-left `تصنيف`): the import ends with `invalid byte sequence for encoding "UTF8"`.',
      labels: [LABEL, 'bug'],
    },
    {
      key: 'fixed',
      repository: 'acme/app',
      by: 'Ines',
      at: day(5, '09:10'),
      title: 'Signature check fails for bodies with a byte order mark',
      body: 'Our HMAC is over the text without the BOM.',
      labels: [LABEL, 'bug'],
      closedAt: day(3, '12:30'),
      comments: [{ by: 'Kai', at: day(3, '12:25'), text: 'Fixed and deployed.' }],
    },
    {
      key: 'otherTeam',
      repository: 'acme/app',
      by: 'Bo',
      at: day(2, '10:00'),
      title: 'Invoice PDF has no page numbers',
      body: 'For the billing team.',
      labels: ['team/billing'],
    },
  ];
}

function docs({ day, ago }: Times): readonly ScriptedIssue[] {
  return [
    {
      key: 'docsEvents',
      repository: 'acme/docs',
      by: 'Ines',
      at: day(4, '10:30'),
      title: 'The table of webhook events lacks `issue.transferred`',
      body: 'It has been sent since spring.',
      labels: [LABEL],
      comments: [{ by: 'Mika', at: day(3, '10:10'), text: 'Does `issue.untransferred` belong there too?' }],
    },
    {
      key: 'docsRetry',
      repository: 'acme/docs',
      by: 'Bo',
      at: day(2, '15:10'),
      title: 'Say how often a failed delivery is tried again',
      body: 'Customers ask: how often, how long, and is the order kept?',
      labels: [LABEL, 'webhooks'],
    },
    {
      key: 'docsScopes',
      repository: 'acme/docs',
      by: 'Ines',
      at: ago(240),
      title: 'Explain each OAuth scope in one sentence',
      body: 'See also {issue:oauthScope}.',
      labels: [LABEL, 'oauth'],
    },
  ];
}

function reviews({ day, ago }: Times): readonly ScriptedIssue[] {
  return [
    {
      key: 'reviewRetry',
      repository: 'acme/app',
      by: 'Bo',
      at: day(2, '12:00'),
      title: 'Honour retry-after in the importer',
      body: 'For {issue:rateLimit}. One request at a time, and the wait that the service asks for.',
      pull: { team: true },
      notify: { reason: 'review_requested', at: day(2, '12:00') },
    },
    {
      key: 'reviewScopes',
      repository: 'acme/docs',
      by: 'Ines',
      at: day(1, '11:20'),
      title: 'Document the scopes of the Slack app',
      body: 'One line for each scope, with the reason.',
      pull: { team: true },
      comments: [{ by: 'Bo', at: day(1, '14:00'), text: 'Reads well. Waiting for the integrations team.' }],
    },
    {
      key: 'reviewNoor',
      repository: 'acme/app',
      by: 'Bo',
      at: ago(130),
      title: 'Keep the method when a redirect is followed',
      body: 'Fixes {issue:rename}.',
      pull: { reviewers: ['noor-sample'] },
      labels: [LABEL],
      notify: { reason: 'review_requested', at: ago(130) },
    },
    {
      key: 'reviewMerged',
      repository: 'acme/app',
      by: 'Bo',
      at: day(4, '09:30'),
      title: 'Log the delivery id',
      body: 'Small one.',
      pull: { team: true },
      closedAt: day(3, '10:00'),
    },
  ];
}

function mentions({ day, ago }: Times): readonly ScriptedIssue[] {
  return [
    {
      key: 'mentionBody',
      repository: 'acme/app',
      by: 'Bo',
      at: day(3, '13:05'),
      title: 'Nightly export takes four hours',
      body: 'Most of the time is spent waiting for the sync lock. @acme/integrations, can the lock be taken per workspace?',
      labels: ['performance'],
      notify: { reason: 'team_mention', at: day(3, '13:05') },
    },
    {
      key: 'mentionComment',
      repository: 'acme/docs',
      by: 'Ines',
      at: day(2, '09:15'),
      title: 'Glossary: connection, installation, integration',
      body: 'We use three words for one thing.',
      comments: [{ by: 'Bo', at: day(1, '15:30'), text: '@acme/integrations which word do you use in the product?' }],
    },
    {
      key: 'mentionNoor',
      repository: 'acme/app',
      by: 'Ines',
      at: day(2, '14:10'),
      title: 'Audit log lacks the app that made a change',
      body: 'We see the person, not the app.',
      comments: [
        { by: 'Ines', at: ago(170), text: '@noor-sample you built this page, I think: is the app id in the event?' },
      ],
      notify: { reason: 'mention', at: ago(170) },
    },
    {
      key: 'subscribed',
      repository: 'acme/app',
      by: 'Bo',
      at: day(1, '16:00'),
      title: 'Dark mode for the settings page',
      body: 'Please.',
      notify: { reason: 'subscribed', at: day(1, '16:10') },
    },
  ];
}

function notes({ day }: Pick<Week, 'day'>): readonly ScriptedIssue[] {
  return [
    {
      key: 'lastHandoff',
      repository: 'acme/team-notes',
      by: 'Rio',
      at: day(6, '16:45'),
      title: 'Handoff: Rio → Noor',
      body: '## Start here\n\nThe rename problem is new and grows.\n\n## Keep in mind\n\nThe provider deploys on Thursdays.',
      labels: ['handoff'],
    },
  ];
}
