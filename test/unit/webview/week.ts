import type { HandoffDraft } from '../../../src/core/handoff.ts';
import { draft, entry } from '../core/handoffSamples.ts';

/** A believable end of a week. */
export function week(): HandoffDraft {
  return draft(
    {
      startHere: [
        entry({
          id: 'alertmanager:1',
          title: 'SyncQueueBacklog: 1,240 jobs waiting',
          url: 'https://alerts.example/1',
          detail: 'Alertmanager · 12 times · firing since Thu 16:40',
          note: 'Started with the 4.2 rollout. Kai has the graphs; rollback is prepared.',
        }),
        entry({
          id: 'slack:2',
          title: 'Webhooks are delivered twice after a retry',
          url: 'https://github.example/acme/app/issues/481',
          detail: 'acme/app#481 · 🔴 High · timebox 4 h · from #integrations',
        }),
      ],
      open: [
        entry({
          id: 'github:3',
          title: 'Sync stops after a rename',
          url: 'https://github.example/acme/app/issues/477',
          detail: 'acme/app · 3 replies · since Wed 14:52',
        }),
        entry({
          id: 'slack:4',
          title:
            'Can somebody look at the import of very large calendars? It has been failing since the weekend for two of our biggest customers',
          url: 'https://slack.example/4',
          detail: '#feedback-dogfood · 6 replies · since Mon 10:12',
        }),
      ],
      inProgress: [
        entry({
          id: 'github:5',
          title: 'Review: retry with back-off in the poller',
          url: 'https://github.example/acme/app/pull/480',
          detail: 'acme/app · with Mika · since Tue 11:05',
          note: 'Mika waits for one more review.',
        }),
      ],
      converted: [
        entry({
          id: 'slack:6',
          title: 'Document the rate limits of the export',
          url: 'https://github.example/acme/docs/issues/92',
          detail: 'acme/docs#92 · 🟢 Low · timebox 2 h · from #integrations',
        }),
      ],
      keepInMind: [
        entry({ id: 'note:1', title: 'Certificate of the test system ends on Friday', url: undefined, detail: '' }),
      ],
    },
    { revision: 7 },
  );
}
