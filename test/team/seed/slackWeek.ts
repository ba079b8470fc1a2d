import { USER_GROUPS } from '../people.ts';
import type { Week } from '../rotation.ts';
import type { ScriptedThread } from './script.ts';

/** What the week brought in Slack. */
export function slackWeek(week: Week): readonly ScriptedThread[] {
  return [...integrations(week), ...feedback(week), ...alerts(week), ...elsewhere(week)];
}

function integrations({ day, ago }: Week): readonly ScriptedThread[] {
  return [
    {
      key: 'replay',
      channel: 'integrations',
      by: 'Ines',
      at: day(4, '09:12'),
      text: 'Can pushes be replayed that were lost after a rename? The customer of {issue:rename} asks.',
      replies: [
        {
          by: 'Kai',
          at: day(4, '09:40'),
          text: 'Not with a button. For the last seven days we can from the delivery log.',
        },
        { by: 'Ines', at: day(4, '09:44'), text: 'Seven days is enough. Who would do it?' },
        { by: 'Rio', at: day(4, '10:02'), text: 'The responder. @Noor, the script is in the runbook.' },
      ],
    },
    {
      key: 'scopes',
      channel: 'integrations',
      by: 'Bo',
      at: day(3, '11:03'),
      text: 'Which OAuth scopes do we need if a customer only wants to *read* issues? I found `repo`, and that seems a lot.',
      replies: [
        {
          by: 'Mika',
          at: day(3, '11:20'),
          text: '`public_repo` for public ones. For private ones GitHub has nothing smaller, except a GitHub App.',
        },
        { by: 'Bo', at: day(3, '11:25'), text: 'Understood, thanks. I will point them to the app.' },
      ],
    },
    {
      key: 'limit',
      channel: 'integrations',
      by: 'Ines',
      at: day(2, '10:22'),
      text: 'An import stands at 23 % since yesterday evening, workspace `w-20417`. Stuck, or slow?',
      replies: [
        {
          by: 'Noor',
          at: day(2, '10:35'),
          text: 'It waits for the rate limit, see {issue:rateLimit}. It will go on by itself.',
        },
        { by: 'Ines', at: day(1, '09:08'), text: 'Still 23 % this morning. Can you look again?' },
      ],
    },
    {
      channel: 'integrations',
      by: 'Bo',
      at: day(2, '16:48'),
      text: 'Is there a way to pause a webhook without deleting it? A receiver is down for the weekend.',
      replies: [{ by: 'Bo', at: day(1, '09:15'), text: 'Nobody? :slightly_smiling_face:' }],
    },
    {
      key: 'proxy',
      channel: 'integrations',
      by: 'Ines',
      at: day(1, '13:31'),
      text: 'Customer behind a proxy: our webhook calls come from 203.0.113.7 today, their allow list has 203.0.113.0/29 only. Did the range change?\n```\nPOST /hooks/acme 403\nx-forwarded-for: 203.0.113.7\n```',
    },
    {
      key: 'archived',
      channel: 'integrations',
      by: 'Bo',
      at: ago(75),
      text: 'Does the sync honour `archived` repositories? A customer sees 40 calls an hour for one that was archived in 2024.',
      eyes: [{ by: 'Kai', at: ago(60) }],
    },
    {
      channel: 'integrations',
      by: 'Kai',
      at: day(3, '16:30'),
      text: 'Deployed: signatures with a byte order mark verify again ({issue:fixed}).',
    },
  ];
}

function feedback({ day, ago }: Week): readonly ScriptedThread[] {
  return [
    {
      key: 'settings',
      channel: 'feedback-dogfood',
      by: 'Bo',
      at: day(5, '14:20'),
      text: 'The new settings page for connections is great. Small thing: *Disconnect* stands right beside *Test*.',
      replies: [{ by: 'Mika', at: day(5, '14:50'), text: 'Ouch, yes. Noted.' }],
    },
    {
      channel: 'feedback-dogfood',
      by: 'Ines',
      at: day(3, '10:11'),
      text: 'Search in the list of events only finds whole words. “issue.trans” finds nothing.',
    },
    {
      channel: 'feedback-dogfood',
      by: 'Bo',
      at: day(2, '09:33'),
      text: 'Delivery log: could the time be in my zone, with the zone written beside it?',
      replies: [
        { by: 'Rio', at: day(2, '10:10'), text: 'Good idea. UTC on hover then?' },
        { by: 'Bo', at: day(2, '10:12'), text: 'Perfect.' },
      ],
    },
    {
      key: 'workspaces',
      channel: 'feedback-dogfood',
      by: 'Ines',
      at: ago(200),
      text: 'Connecting Slack took me three tries: after consent it goes back to the wrong workspace when I am signed in to two.',
      eyes: [{ by: 'Kai', at: ago(180) }],
    },
  ];
}

function alerts({ day, ago }: Week): readonly ScriptedThread[] {
  const alert = (title: string, text: string, color: string) => ({
    channel: 'alerts-integrations' as const,
    by: 'alertbot',
    text: title,
    attachments: [{ color, title, text, fallback: title, footer: 'Alertmanager', mrkdwn_in: ['text'] }],
  });
  return [
    {
      ...alert('[FIRING:1] WebhookQueueLag', 'Oldest delivery waits 11 min (limit 5 min)', '#d00000'),
      key: 'queueLag',
      at: ago(52),
      replies: [
        {
          by: 'Kai',
          at: ago(40),
          text: 'The new region is slow to start. Noor, tell me when you look and I will join.',
        },
      ],
    },
    {
      key: 'syncErrors',
      ...alert('[FIRING:2] SyncErrorRate', '4.2 % of sync jobs failed in the last 15 min', '#d00000'),
      at: day(2, '03:14'),
    },
    { ...alert('[RESOLVED] SyncErrorRate', 'Back to 0.3 %', '#2eb886'), at: day(2, '03:41') },
    { ...alert('[FIRING:1] TokenRefreshFailures', '37 refreshes failed in 10 min', '#daa038'), at: day(1, '11:48') },
    { ...alert('[FIRING:1] ImportStalled', 'Import `w-20417` made no progress for 12 h', '#daa038'), at: ago(300) },
  ];
}

function elsewhere({ day, ago }: Week): readonly ScriptedThread[] {
  const [team] = USER_GROUPS;
  return [
    {
      key: 'mentionTeam',
      channel: 'dev-infra',
      by: 'Bo',
      at: day(1, '15:12'),
      text: '@integrations-team the message broker is updated on Thursday, 14:00–14:20. Deliveries will wait for that long. Is that all right?',
      replies: [{ by: 'Ines', at: day(1, '15:20'), text: 'For support it is.' }],
    },
    {
      key: 'mentionEng',
      channel: 'dev-infra',
      by: 'Ines',
      at: ago(110),
      text: 'Whom do I ask about `duplicate delivery_id`? Perhaps @integrations-eng — it is {issue:duplicates} again, with logs: https://logs.acme.example/q/8841',
    },
    {
      // Posted by a form: only its blocks hold the mention.
      key: 'mentionBlocks',
      channel: 'feedback-dogfood',
      by: 'alertbot',
      at: ago(35),
      text: 'New answer in “How was the migration?”',
      blocks: [
        {
          type: 'rich_text',
          block_id: 'form',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'For ' },
                { type: 'usergroup', usergroup_id: team.id },
                { type: 'text', text: ': ' },
                {
                  type: 'text',
                  text: 'We lost the mapping of users when we moved workspaces. Can it be restored?',
                  style: { italic: true },
                },
              ],
            },
          ],
        },
      ],
    },
    {
      channel: 'dev-infra',
      by: 'Kai',
      at: day(3, '09:00'),
      text: 'The build cache is cleared tonight; first builds tomorrow are slow.',
    },
    {
      channel: 'dev-infra',
      by: 'Bo',
      at: day(2, '12:40'),
      text: 'Does somebody know why the staging certificate is renewed every day?',
      replies: [{ by: 'Ines', at: day(2, '12:52'), text: '@Noor do you? I saw your name on the job.' }],
    },
    {
      channel: 'integrations-internal',
      by: 'Rio',
      at: day(5, '09:05'),
      text: '*Handoff Rio → Noor*\nStart here: {issue:rename}. Quiet week otherwise.',
      replies: [{ by: 'Noor', at: day(5, '09:15'), text: 'Taken over, thank you.' }],
    },
  ];
}
