import type { GitHubUpstream } from '../github/upstream.ts';
import { ORGANIZATION, REPOSITORIES, TEAM_MEMBERS, TEAM_SLUG } from '../people.ts';
import { weekBefore } from '../rotation.ts';
import { seedAlerts } from './alertWeek.ts';
import { githubWeek } from './githubWeek.ts';
import { issueEvents, play, threadEvents, type World } from './script.ts';
import { slackWeek } from './slackWeek.ts';

/** Fills the services with the week that ends at `now` (epoch ms). */
export async function seedWeek(world: World, upstream: GitHubUpstream, now: number): Promise<void> {
  const week = weekBefore(now);
  await createTeam(upstream);
  await world.slack.inviteBots();
  const events = [...githubWeek(week).flatMap(issueEvents), ...slackWeek(week).flatMap(threadEvents)];
  await play(world, events, now);
  await seedAlerts(world.alerts, week);
}

async function createTeam(upstream: GitHubUpstream): Promise<void> {
  await upstream.call('POST', `/orgs/${ORGANIZATION}/teams`, { body: { name: 'Integrations', privacy: 'closed' } });
  const team = `/orgs/${ORGANIZATION}/teams/${TEAM_SLUG}`;
  for (const person of TEAM_MEMBERS) {
    await upstream.call('PUT', `${team}/memberships/${person.github}`, { body: { role: 'member' } });
  }
  for (const repository of REPOSITORIES) {
    await upstream.call('PUT', `${team}/repos/${repository}`, { body: { permission: 'push' } });
  }
}
