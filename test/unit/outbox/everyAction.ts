import { claim, release } from '../../../src/actions/claim.ts';
import { convert } from '../../../src/actions/convert.ts';
import { resolveIncident } from '../../../src/actions/incident.ts';
import { close, label, prioritise } from '../../../src/actions/issueChanges.ts';
import { postHandoff } from '../../../src/actions/postHandoff.ts';
import { silence } from '../../../src/actions/silence.ts';
import { speak, speakInChannel } from '../../../src/actions/speak.ts';
import type { Item } from '../../../src/core/item.ts';
import { writeMarker } from '../../../src/core/marker.ts';
import type { Proposal, ProposalKind } from '../../../src/core/proposal.ts';
import { signal, team } from '../../support/build.ts';
import { draft, entry } from '../core/handoffSamples.ts';
import type { Outside } from './outside.ts';

const ISSUE = signal({ id: 'github:acme/app#12' });
const OTHER = signal({ id: 'github:acme/app#13' });
const THREAD = signal({ id: 'slack:C01:1763370000.000100', service: 'slack', source: 'slack', kind: 'thread' });
const ALERTS = ['a', 'b'].map((name) =>
  signal({
    id: `alertmanager:${name}`,
    service: 'alertmanager',
    source: 'alertmanager:http://127.0.0.1:9093',
    kind: 'alert',
    labels: [`alertname:${name}`],
  }),
);
const INCIDENT = signal({ id: 'pagerduty:Q1', service: 'pagerduty', source: 'pagerduty', kind: 'alert' });
const NOOR = { name: 'Noor', github: 'noor-sample', slack: 'U02NOO', timeZone: 'Europe/Berlin' };
const ITEM: Item = { id: THREAD.id, signals: [THREAD, ISSUE, INCIDENT] };
const ISSUES: Item = { id: ISSUE.id, signals: [ISSUE, OTHER] };
const TEAM = team({
  issues: {
    repository: 'acme/app',
    labels: ['reactive'],
    project: { owner: 'acme', number: 213, priorityField: 'Priority', timeboxField: 'Hours' },
  },
  handoff: { slackChannel: 'internal', issue: undefined, remindWorkingDays: 1 },
});

/** What is there before: some of it as a write would leave it. */
export function furnish(outside: Outside): void {
  outside.issue(12, { labels: new Set(['bug']), assignees: new Set(['kai-sample']) });
  outside.issue(13, { labels: new Set(['bug', 'wontfix']), fields: new Map([['priority', '🟢 Low']]) });
  outside.incidents.set('Q1', { status: 'triggered', notes: [] });
  outside.reactions.add('C01 1763370000.000100 wave');
}

/** A proposal of each kind, with the steps that people get; `undo` takes back another and is made of that. */
export function everyAction(now: number, id = 'p1'): Record<Exclude<ProposalKind, 'undo'>, Proposal> {
  const say = (kind: 'reply' | 'decline' | 'statusUpdate' | 'closeLoop', item = ITEM) =>
    made(speak({ item, kind, text: 'We look into it.', id, now }));
  const change = { item: ISSUES, converted: undefined, id, now };
  const claimed = { item: ITEM, me: NOOR, now, id };
  return {
    convert: convert({
      item: { id: THREAD.id, signals: [THREAD] },
      conversations: new Map(),
      unreadable: new Map(),
      choice: {
        timeboxMinutes: 240,
        priority: 'high',
        repository: 'acme/app',
        title: 'Sync stops',
        labels: ['reactive'],
        assignee: 'noor-sample',
        body: undefined,
      },
      team: TEAM,
      by: 'Noor',
      now,
      id,
    }),
    postHandoff: made(postHandoff({ draft: draft({ open: [entry()] }), team: TEAM, where: 'slack', now })),
    claim: claim(claimed, 'On it.'),
    release: release(claimed),
    reply: say('reply'),
    decline: say('decline'),
    askOwner: speakInChannel(
      { item: ITEM, kind: 'askOwner', text: 'Is it yours?', id, now },
      'dev-infra',
      writeMarker('reply', id),
    ),
    statusUpdate: say('statusUpdate'),
    label: made(label(change, { add: ['reactive', 'bug'], remove: ['wontfix'] })),
    prioritise: made(prioritise(change, TEAM, 'critical')),
    close: made(close(change, { reason: 'completed', words: 'Fixed.' })),
    silence: made(
      silence({
        item: { id: 'alertmanager:a', signals: [ALERTS[0] ?? ISSUE, ...ALERTS.slice(1)] },
        endsAt: now + 3_600_000,
        createdBy: 'Noor',
        comment: 'Known.',
        id,
        now,
      }),
    ),
    closeLoop: say('closeLoop', ISSUES),
    incident: resolveIncident({ item: ITEM, now, id }, 'Rolled back.'),
  };
}

function made(proposal: Proposal | undefined): Proposal {
  if (proposal === undefined) throw new Error('there is nothing to write');
  return proposal;
}
