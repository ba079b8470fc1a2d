import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { test } from 'node:test';
import { startSampleTeam } from '../../team/sampleTeam.ts';

for (const now of ['2026-11-16T07:30:00Z', '2025-01-01T00:05:00Z', '2027-03-28T01:30:00Z', '2026-11-18T23:59:00Z']) {
  test(`the week can end at ${now}`, async () => {
    const end = Date.parse(now);
    const team = await startSampleTeam({ now: end });
    try {
      const issues = await team.github.issues('acme/app');
      assert.equal(issues.length, 16);
      assert.ok(issues.every((issue) => Date.parse(issue.created_at) <= end && Date.parse(issue.updated_at) <= end));
      const messages = await team.slack.messages('integrations');
      assert.equal(messages.length, 7);
      assert.ok(messages.every((message) => Number(message.ts) * 1000 <= end + 1000));
      // The emulator tells whole seconds and a counter.
      const second = (): number => Math.floor(team.now() / 1000);
      const before = second();
      const { ts } = await team.slack.post('integrations', 'Bo', 'Now');
      assert.ok(before <= Number(ts) && Math.floor(Number(ts)) <= second(), 'the emulators live by the moved clock');
    } finally {
      await team.stop();
    }
  });
}

test('stop ends every listener and removes the folder', async () => {
  const team = await startSampleTeam();
  await team.stop();
  for (const url of [team.githubUrl, team.slackUrl, team.alertmanagerUrl]) await assert.rejects(fetch(url));
  await assert.rejects(access(team.folder), { code: 'ENOENT' });
  await team.stop();
});
