/** Somebody of the sample company; nobody real. */
export interface SamplePerson {
  readonly name: string;
  readonly github: string;
  readonly slack: string;
  readonly pagerduty: string;
  readonly timezone: string;
  readonly githubToken: string;
  readonly slackToken: string;
}

function person(name: string, slack: string, timezone: string): SamplePerson {
  const key = name.toLowerCase();
  return {
    name,
    github: `${key}-sample`,
    slack,
    pagerduty: `P02${slack.slice(3)}`,
    timezone,
    githubToken: `ghp_${key}_sample`,
    slackToken: `xoxp-${key}-sample`,
  };
}

/** On duty this week; the tokens that the extension is given are hers. */
export const NOOR = person('Noor', 'U02NOO', 'Europe/Berlin');
const KAI = person('Kai', 'U02KAI', 'Europe/Vienna');
const MIKA = person('Mika', 'U02MIK', 'Europe/London');
const RIO = person('Rio', 'U02RIO', 'Europe/Berlin');
/** Colleagues of other teams: they ask. */
const INES = person('Ines', 'U02INE', 'Europe/Lisbon');
const BO = person('Bo', 'U02BOO', 'Europe/Oslo');

/** The team, in the order of its rotation. */
export const TEAM_MEMBERS: readonly SamplePerson[] = [NOOR, KAI, MIKA, RIO];
export const PEOPLE: readonly SamplePerson[] = [...TEAM_MEMBERS, INES, BO];

/** A bot of Slack that posts alerts, and the app that a team would install for this extension. */
export const ALERT_BOT = { name: 'alertbot', userId: 'U02ALERT', botId: 'B02ALERT', token: 'xoxb-alertbot-sample' };
export const RESPONDER_BOT = {
  name: 'responder-app',
  userId: 'U02RESP',
  botId: 'B02RESP',
  token: 'xoxb-responder-sample',
};

export const ORGANIZATION = 'acme';
export const TEAM_SLUG = 'integrations';
export const REPOSITORIES = ['acme/app', 'acme/docs', 'acme/team-notes'] as const;

export const CHANNELS = {
  integrations: 'C01INTEG',
  'feedback-dogfood': 'C01FEEDB',
  'alerts-integrations': 'C01ALERT',
  'integrations-internal': 'C01INTER',
  'dev-infra': 'C01INFRA',
} as const;

export type ChannelName = keyof typeof CHANNELS;

export const USER_GROUPS = [
  {
    id: 'S0TEAM',
    handle: 'integrations-team',
    name: 'Integrations team',
    users: ['U02NOO', 'U02KAI', 'U02MIK', 'U02RIO'],
  },
  { id: 'S0ENG', handle: 'integrations-eng', name: 'Integrations engineers', users: ['U02NOO', 'U02KAI'] },
] as const;

export const GITHUB_WEB = 'https://github.example';
export const SLACK_WEB = 'https://integrations-sample.slack.example';
