import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { openSampleTeamFor } from '../support/openSampleTeam.ts';

const DAY = 86_400_000;
const ALWAYS = '{ days: [mon, tue, wed, thu, fri, sat, sun], start: "00:00", end: "24:00" }';

interface Schedule {
  readonly shifts: readonly { readonly from: number; readonly to: number; readonly name: string }[];
  /** Of the team file; all week round when left out. */
  readonly workingHours?: string;
}

/** A team file in UTC, so that the times in it are those of the window. */
function teamFile({ shifts, workingHours = ALWAYS }: Schedule): string {
  const wallTime = (at: number): string => new Date(at).toISOString().slice(0, 19);
  const rows = shifts.map(({ from, to, name }) => `{ from: ${wallTime(from)}, to: ${wallTime(to)}, name: ${name} }`);
  return `team: Integrations
timezone: UTC
workingHours: ${workingHours}
people: [{ name: Noor, github: noor-sample, slack: U02NOO }, { name: Kai }]
rotation: { shifts: [${rows.join(', ')}] }
watch: [{ slack: channel, name: integrations }]
`;
}

/** `Tue`, in UTC. */
function weekday(at: number): string {
  return new Date(at).toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' });
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

test('the status bar says who is on duty and until when, and turns over by itself', async (t) => {
  // Shifts begin and end at minutes of the machine's clock.
  const { team, vscode } = await openSampleTeamFor(t, { clock: 'machine' });
  const { window } = vscode;
  const duty = window.statusBar('responder.duty');
  const write = (schedule: Schedule): Promise<void> =>
    writeFile(path.join(team.folder, 'responder.yml'), teamFile(schedule));
  await duty.waitFor();

  await t.test('a shift that ends in some seconds: the next person, without a touch', async () => {
    const now = Date.now();
    const boundary = now + 12_000;
    await write({
      shifts: [
        { from: now - DAY, to: boundary, name: 'Noor' },
        { from: boundary, to: now + 3 * DAY, name: 'Kai' },
      ],
    });
    await duty.getByText(/Noor \(you\) · until (?:\w{3} )?\d\d:\d\d/).waitFor();
    await duty.getByText(`Kai · until ${weekday(now + 3 * DAY)} ${clock(now + 3 * DAY)}`).waitFor();
    assert.ok(Date.now() >= Math.floor(boundary / 1000) * 1000, 'not before the hand-over');
  });

  await t.test('off hours are said in words', async () => {
    const now = Date.now();
    const day = weekday(now + 2 * DAY);
    await write({
      shifts: [{ from: now - DAY, to: now + 5 * DAY, name: 'Noor' }],
      workingHours: `{ days: [${day.toLowerCase()}], start: "09:00", end: "17:00" }`,
    });
    await duty.getByText(`Noor (you) · off hours, resumes ${day} 09:00`).waitFor();
  });

  await t.test('a gap in the schedule is said in words', async () => {
    const from = Date.now() + 2 * DAY;
    await write({ shifts: [{ from, to: from + DAY, name: 'Kai' }] });
    await duty.getByText(`Nobody on duty · Kai from ${weekday(from)} ${clock(from)}`).waitFor();
    await window.page
      .getByRole('button', { name: `Responder on duty: Nobody on duty · Kai from ${weekday(from)} ${clock(from)}` })
      .waitFor();
  });

  await t.test('a click shows the schedule and copies who to ask', async () => {
    const now = Date.now();
    const to = now + 3 * DAY;
    await write({
      shifts: [
        { from: now - DAY, to, name: 'Kai' },
        { from: to, to: to + DAY, name: 'Noor' },
      ],
    });
    const until = `${weekday(to)} ${clock(to)}`;
    await duty.getByText(`Kai · until ${until}`).click();
    const pick = window.quickInput();
    await pick.title.getByText(`Integrations: Kai · until ${until}`).waitFor();
    await pick.option(/^Kai.*on duty now/s).waitFor();
    await pick.option(/^Noor/).waitFor();
    const copied = await window.copiedBy(() => pick.pick('Copy Who to Ask'));
    assert.equal(copied, `Integrations: Kai is on duty until ${until}. Ask in #integrations.`);

    await duty.click();
    await pick.pick('Open #integrations');
    assert.equal(await window.openWebsite(), 'https://integrations-sample.slack.example/archives/C01INTEG');
  });
});
