import type { SampleTeam } from '../team/sampleTeam.ts';

/** The environment of an extension host that is signed in to the sample team. */
export function teamEnvironment(team: SampleTeam): Readonly<Record<string, string>> {
  return {
    RESPONDER_GITHUB_TOKEN: team.githubToken,
    RESPONDER_SLACK_TOKEN: team.slackToken,
    RESPONDER_PAGERDUTY_TOKEN: team.pagerDutyToken,
  };
}

/** The settings of machine scope that point the extension at the sample team's services. */
export function teamSettings(team: SampleTeam): Readonly<Record<string, string>> {
  return {
    'responder.github.apiUrl': team.githubUrl,
    'responder.slack.apiUrl': team.slackUrl,
    'responder.pagerduty.apiUrl': team.pagerDutyUrl,
  };
}
