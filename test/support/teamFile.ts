/** The team file of the design, as far as it is read today. */
export const SAMPLE = `team: Integrations
timezone: Europe/Berlin
workingHours: { days: [mon, tue, wed, thu, fri], start: "09:00", end: "17:00" }

people:
  - { name: Noor, github: noor-sample, slack: U02NOO }
  - { name: Kai,  github: kai-sample,  slack: U02KAI, pagerduty: P02KAI, timezone: Europe/Vienna }
  - { name: Mika, github: mika-sample, slack: U02MIK, timezone: Europe/London }

rotation:
  table: docs/rotation.md#current-schedule
  handover: "09:00"
  overrides: [{ from: 2026-11-24T09:00, to: 2026-11-25T09:00, name: Mika }]

watch:
  - { github: label, name: team/integrations, in: [acme/app, acme/docs], respondWithin: 1d }
  - { github: team,  name: acme/integrations }
  - { github: notifications }
  - { slack: channel, name: integrations, respondWithin: 4h }
  - { slack: channel, name: feedback-dogfood, respondWithin: 2d }
  - { slack: mention, name: "@integrations-team", respondWithin: 2h }
  - { slack: channel, name: alerts-integrations, alerts: true }
  - { alertmanager: "http://127.0.0.1:9093/", matchers: ['team="integrations"'], respondWithin: 15m }
  - { pagerduty: service, id: PSVC123 }

timebox: { limit: 2h, budget: 10% }

issues:
  repository: acme/app
  labels: [team/integrations, reactive]
  project: { owner: acme, number: 213, priority: Priority }

handoff:
  slack: integrations-internal
  issue: { repository: acme/team-notes, label: handoff }
  remind: 1 working day
`;

export const ROTATION = `# Rotation

| Time frame | Engineer |
|---|---|
| Sept 1–Sept 8 | Rio |

## Current schedule

| Time frame | Engineer | Shadow |
| --- | :-: | --- |
| Nov 9–16 | Noor | |
| Nov 16–Nov 23 | **[Kai](https://people.example/kai)** 🎉 | @mika-sample |
| Nov 23 - 30 | Mika (@mika-sample) | Noor |
`;
