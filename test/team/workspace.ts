import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TEAM_MEMBERS } from './people.ts';
import { rotationPage, TEAM_ZONE } from './rotation.ts';

/** Addresses that the team file names. */
export interface FileUrls {
  readonly alertmanagerUrl: string;
  readonly checksUrl: string;
}

/** The team's files by path: the team file and the rotation's page. */
export function teamFiles(now: number, urls: FileUrls): ReadonlyMap<string, string> {
  return new Map([
    ['responder.yml', teamFile(urls)],
    ['docs/rotation.md', rotationPage(now, { past: 6, future: 6 })],
  ]);
}

/** Writes them into the folder that a person would open. */
export async function writeWorkspace(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function teamFile({ alertmanagerUrl, checksUrl }: FileUrls): string {
  const people = TEAM_MEMBERS.map(
    ({ name, github, slack, pagerduty, timezone }) =>
      `  - { name: ${name}, github: ${github}, slack: ${slack}, pagerduty: ${pagerduty}${timezone === TEAM_ZONE ? '' : `, timezone: ${timezone}`} }`,
  );
  return `team: Integrations
timezone: ${TEAM_ZONE}
workingHours: { days: [mon, tue, wed, thu, fri], start: "09:00", end: "17:00" }

people:
${people.join('\n')}

rotation:
  table: docs/rotation.md#current-schedule
  handover: "09:00"

watch:
  - { github: label, name: team/integrations, in: [acme/app, acme/docs], respondWithin: 1d }
  - { github: team, name: acme/integrations }
  - { github: notifications }
  - { slack: channel, name: integrations, respondWithin: 4h }
  - { slack: channel, name: feedback-dogfood, respondWithin: 2d }
  - { slack: mention, name: "@integrations-team", respondWithin: 2h }
  - { slack: mention, name: "@integrations-eng", respondWithin: 2h }
  - { slack: channel, name: alerts-integrations, alerts: true }
  - { alertmanager: "${alertmanagerUrl}", matchers: ['team="integrations"'], respondWithin: 15m }
  - { pagerduty: service, id: PSVC123, name: Integrations hub, respondWithin: 15m }
  - feed: ${checksUrl}/api/failing
    name: Checks
    items: failing
    fields: { id: key, title: summary, text: details, url: href, state: state, startedAt: since, assignee: owner }
    quiet: [muted]
    respondWithin: 4h

timebox: { limit: 2h, budget: 10% }

issues:
  repository: acme/app
  labels: [team/integrations, reactive]
  project: { owner: acme, number: 213, priority: Priority, timebox: "Timebox (hours)" }

handoff:
  slack: integrations-internal
  issue: { repository: acme/team-notes, label: handoff }
  remind: 1 working day

snippets:
  - { name: On it, text: "Thanks, \${author}. We look into it." }
  - { name: Planned, text: "We planned it as \${issue}." }

owners:
  - { label: performance, slack: dev-infra }
  - { github: bo-sample, slack: dev-infra, person: Bo }
`;
}
