import { Temporal } from 'temporal-polyfill';
import { TEAM_MEMBERS } from './people.ts';

export const TEAM_ZONE = 'Europe/Berlin';

/** `Sept` as handbooks write it. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

/** The Monday, 09:00 in Berlin, at which the shift that `now` (epoch ms) lies in began. */
export function shiftStart(now: number): Temporal.PlainDate {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(TEAM_ZONE);
  // Until 09:00 on Monday it is still last week's responder.
  const date = local.subtract({ hours: 9 }).toPlainDate();
  return date.subtract({ days: date.dayOfWeek - 1 });
}

/** The page `docs/rotation.md`: `past` and `future` weeks around the current one, which is Noor's. */
export function rotationPage(now: number, { past, future }: { past: number; future: number }): string {
  const monday = shiftStart(now);
  const rows = Array.from({ length: past + 1 + future }, (_, index) => {
    const week = index - past;
    const from = monday.add({ weeks: week });
    const person = TEAM_MEMBERS[((week % TEAM_MEMBERS.length) + TEAM_MEMBERS.length) % TEAM_MEMBERS.length];
    return `| ${day(from)}–${day(from.add({ weeks: 1 }))} | ${person?.name ?? ''} |`;
  });
  return `# Who is on duty

One of us answers first, for a week at a time. The hand-over is on Monday at 09:00, Berlin time: read the last
handoff, ask what is unclear, then take over.

Swap with somebody? Agree on it and change the table below.

## Current schedule

| Time frame | Engineer |
| --- | --- |
${rows.join('\n')}

## What the responder does

- Looks at every place of \`responder.yml\` once a working day.
- Answers mentions within two hours, also when the answer is "I will look tomorrow".
- What takes more than two hours becomes an issue.
`;
}

function day(date: Temporal.PlainDate): string {
  return `${MONTHS[date.month - 1] ?? ''} ${date.day}`;
}

/** Times of a believable week, counted back from `now` (epoch ms). */
export interface Week {
  readonly now: number;
  /** `HH:MM` in Berlin on the working day that lies `back` (1 or more) before today. */
  readonly day: (back: number, time: string) => number;
  /** Minutes ago. */
  readonly ago: (minutes: number) => number;
}

export function weekBefore(now: number): Week {
  return {
    now,
    ago: (minutes) => now - minutes * 60_000,
    day: (back, time) => {
      let date = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(TEAM_ZONE).toPlainDate();
      for (let left = back; left > 0; ) {
        date = date.subtract({ days: 1 });
        if (date.dayOfWeek <= 5) left -= 1;
      }
      return date.toZonedDateTime({ timeZone: TEAM_ZONE, plainTime: time }).epochMilliseconds;
    },
  };
}
