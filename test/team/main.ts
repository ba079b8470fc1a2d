import { once } from 'node:events';
import { startSampleTeam } from './sampleTeam.ts';

/** `node test/team/main.ts [folder]`: the sample team until Ctrl+C. */
const [folder] = process.argv.slice(2);
const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const team = await startSampleTeam(folder === undefined ? {} : { folder });
console.log(`GitHub        ${team.githubUrl}   token ${team.githubToken}
Slack         ${team.slackUrl}   token ${team.slackToken}
Alertmanager  ${team.alertmanagerUrl}
PagerDuty     ${team.pagerDutyUrl}   token ${team.pagerDutyToken}
Folder        ${team.folder}
Ctrl+C ends all of it.`);
await interrupted;
await team.stop();
