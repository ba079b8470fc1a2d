import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { moveClockFor } from '../support/movedClock.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import { answerQuestions, isTold } from './conversion.ts';
import { openDayFor, refresh, standsIn } from './day.ts';
import { askReviews, showCoverage, workTheDay } from './dayStates.ts';

/** A row as it is drawn. */
interface DrawnRow {
  readonly view: string;
  /** What is read aloud. */
  readonly label: string;
  readonly description: string;
  /** The codicon's name; empty when the row has none. */
  readonly icon: string;
  /** The theme colour of the icon; empty when it has none of its own. */
  readonly color: string;
  readonly box: { readonly isChecked: boolean; readonly label: string } | undefined;
}

const TROUBLE =
  /cannot be reached|refused the request|invalid response|server error|does not allow|rate limit reached|is not read/u;

const SIGNALS = {
  issues: /^Issue, /u,
  'git-pull-request': /^Pull request, /u,
  'git-pull-request-go-to-changes': /^(?:Review request|\d+ reviews?), /u,
  mention: /^Mention, /u,
  comment: /^Thread, /u,
  flame: /^Alert, (?!.*silenced)/u,
  'bell-slash': /^Alert, .*silenced/u,
} as const;

/** What each icon has to be called; one that is not here has no words yet. */
const WORDS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  Queue: {
    ...SIGNALS,
    inbox: /^Waiting on us, \d+ items?/u,
    'play-circle': /^In progress, \d+ items?/u,
    reply: /^Waiting on them, \d+ items?/u,
    clock: /^Snoozed, \d+ items?/u,
    organization: /^Owned by others, \d+ items?/u,
    check: /^Done today, \d+ items?/u,
    pass: /^Converted, \d+ items?/u,
    plug: /^Sources with something wrong$/u,
    warning: TROUBLE,
    ellipsis: /^Show \d+ more$/u,
  },
  Coverage: {
    ...SIGNALS,
    tag: /, Issues and pull requests with this label, /u,
    organization: /, Mentions of this GitHub team and reviews asked of it, /u,
    inbox: /, Your own notifications, /u,
    'comment-discussion': /, Slack channel, /u,
    mention: /^Mention, |, Mentions in Slack, /u,
    bell: /, Alerts, /u,
    warning: TROUBLE,
    ellipsis: /^\d+ more in the place itself$/u,
  },
  Rotation: {
    person: /^Now: /u,
    'arrow-right': /^Next: /u,
    calendar: /^Your next shift/u,
    pass: /^No gaps /u,
    warning: /^Nobody on duty, |^Now: Nobody|, nearly used up$/u,
    dashboard: /^Budget: /u,
    error: /, used up$/u,
    history: /, (?:\d+ h)? ?(?:\d+ min)?$/u,
  },
  Handoffs: { notebook: /^Handoff /u },
};

/** What each colour has to be called. */
const COLORS: Readonly<Record<string, RegExp>> = {
  'responder-warningForeground': new RegExp(` late, | left, |Nobody|nearly used up|${TROUBLE.source}`, 'u'),
  'responder-errorForeground': /used up/u,
  disabledForeground: /silenced/u,
};

/** Rows that must be among those that are read, or the test has looked at nothing. */
const STATES: readonly (readonly [view: string, RegExp])[] = [
  ['Queue', /^Issue, .*, \d+ [\w ]+ late, /u],
  ['Queue', /^Issue, Link previews.*High, /u],
  ['Queue', /, Snoozed until \d\d:\d\d$/u],
  ['Queue', /^Thread, Customer behind a proxy.*, timebox runs, .*, Claimed by you /u],
  ['Queue', /, Converted to acme\/app#\d+, /u],
  ['Queue', /^Alert, .*, silenced, .*, Silenced until /u],
  ['Queue', /, Mika has it, /u],
  ['Queue', /^\d reviews, Kai is on these, Take brings them back/u],
  ['Queue', /, came back, .*It was done and came back: Bo wrote /u],
  ['Queue', /, Done$/u],
  ['Queue', TROUBLE],
  ['Rotation', /^Now: Noor, you · until /u],
  ['Rotation', /^Nobody on duty, /u],
  ['Rotation', /^Budget: 1 h 10 min of .* · \d+\s?%$/u],
  ['Coverage', /^#feedback-dogfood, Slack channel, checked \d\d:\d\d, /u],
  ['Coverage', /^team\/integrations, .*, not checked today, \d+ new$/u],
];

test('every row says in words what its icon, its colour and its box say', async (t) => {
  const clock = await moveClockFor(t);
  const day = await openDayFor(t, {
    clock,
    changesTheme: true,
    viewport: { width: 1280, height: 2200 },
    before: askReviews,
  });
  const { team, vscode, window, queue } = day;
  await workTheDay(day);
  await convert(window);
  const thread = team.messages.get('scopes');
  assert.ok(thread !== undefined);
  await team.slack.reply(thread, 'Bo', 'One more thing: may the app write?');
  await refresh(day);
  await standsIn(day, 'Waiting on us', 'Which OAuth scopes');
  team.proxy.fail({ service: 'checks' }, { type: 'answer', status: 503, body: 'no' });
  await window.command('Responder: Refresh');
  await queue.row('Sources').waitFor();
  for (const group of [/^Snoozed/u, /^Owned by others/u, /^Done today/u, /^Converted/u]) await queue.expand(group);
  await queue.treeItem(/Converted to acme/u).waitFor();
  const rows = [...(await drawnRows(window))];

  await t.test('axe finds nothing in the Queue and the Rotation, in any theme', () => isSound(day));
  await showCoverage(day);
  rows.push(...(await drawnRows(window)));
  await t.test('nor in the Coverage', () => isSound(day));
  await vscode.setTheme('dark');

  await t.test('each state is there', () => {
    for (const [view, words] of STATES)
      assert.ok(
        rows.some((row) => row.view === view && words.test(row.label)),
        `No row of ${view} says ${words.source}\n${rows.map((row) => row.label).join('\n')}`,
      );
  });

  await t.test('what an icon means is said', () => {
    for (const { view, icon, label } of rows) {
      const words = WORDS[view]?.[icon];
      assert.ok(words !== undefined, `The icon “${icon}” of “${label}” (${view}) has no words`);
      assert.match(label, words, `${view}, ${icon}`);
    }
  });

  await t.test('what a colour means is said', () => {
    const coloured = rows.filter(({ color }) => color !== '');
    assert.ok(new Set(coloured.map(({ color }) => color)).size > 1);
    for (const { color, label } of coloured) {
      const words = COLORS[color];
      assert.ok(words !== undefined, `The colour ${color} of “${label}” has no words`);
      assert.match(label, words, color);
    }
  });

  await t.test('what stands beside a title is said', () => {
    for (const { label, description } of rows)
      for (const fact of description.split(/ · | \/ /u))
        assert.ok(label.toLowerCase().includes(fact.toLowerCase()), `“${fact}” is not in “${label}”`);
  });

  await t.test('a box has the name of its place, and the row says how it stands', () => {
    const boxes = rows.flatMap(({ label, box }) => (box === undefined ? [] : [{ label, box }]));
    assert.ok(boxes.some(({ box }) => box.isChecked) && boxes.some(({ box }) => !box.isChecked));
    for (const { label, box } of boxes) {
      assert.equal(box.label.split(', ')[0], label.split(', ')[0]);
      assert.match(box.label, box.isChecked ? /, Checked today$/u : /, Tick when you have checked it$/u);
      assert.match(label, box.isChecked ? /, checked \d\d:\d\d/u : /, not checked today/u);
    }
  });

  await t.test('the status bar says what its icons and its colour say', async () => {
    await window
      .statusBar('responder.timebox')
      .getByLabel(/^Timebox: \d+ min left, Customer behind/u)
      .waitFor();
    await window
      .statusBar('responder.duty')
      .getByLabel(/^Responder on duty: Noor.* \d+ late$/u)
      .waitFor();
  });
});

async function convert(window: Workbench): Promise<void> {
  await window.view('Queue').menu('Is there a way to pause', 'Convert to Issue…');
  await answerQuestions(window, { title: 'Pause a webhook' });
  await window.quickInput().pick('Create');
  await isTold(window, /acme\/app#\d+ is created\./u);
  await window.command('Notifications: Clear All Notifications');
}

/** All rows of our views that are drawn. */
async function drawnRows({ page }: Workbench): Promise<readonly DrawnRow[]> {
  return page.evaluate<readonly DrawnRow[]>(`(${rowsInPage})(${JSON.stringify(Object.keys(COLORS))})`);
}

/** Runs in the page. */
const rowsInPage = `(names) => {
  const colors = names.map((name) => {
    const probe = document.querySelector('.monaco-workbench').appendChild(document.createElement('i'));
    probe.style.color = 'var(--vscode-' + name + ')';
    const { color } = getComputedStyle(probe);
    probe.remove();
    return [name, color];
  });
  // A selected row has the colour of the selection.
  const colorOf = (row, icon) => {
    if (row.classList.contains('selected') || !icon?.style.color) return '';
    const { color } = getComputedStyle(icon);
    return colors.find(([, each]) => each === color)?.[0] ?? color;
  };
  return [...document.querySelectorAll('.sidebar .pane')].flatMap((pane) => {
    const view = /^[A-Za-z]+/.exec(pane.querySelector('.pane-header')?.ariaLabel ?? '')?.[0] ?? '';
    return [...pane.querySelectorAll('.monaco-list-row')].map((row) => {
      const icon = row.querySelector('.custom-view-tree-node-item-icon');
      const box = row.querySelector('.custom-view-tree-node-item-checkbox');
      return {
        view,
        label: row.ariaLabel ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
        icon: [...(icon?.classList ?? [])].find((name) => /^codicon-(?!modifier)/.test(name))?.slice('codicon-'.length) ?? '',
        color: colorOf(row, icon),
        box: box ? { isChecked: box.ariaChecked === 'true', label: box.ariaLabel ?? '' } : undefined,
      };
    });
  });
}`;

/** @throws with what axe has against our rows */
async function isSound({
  vscode,
  window: { page },
}: Pick<Awaited<ReturnType<typeof openDayFor>>, 'vscode' | 'window'>) {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  for (const theme of ['light', 'dark', 'highContrast', 'highContrastLight'] as const) {
    await vscode.setTheme(theme);
    const found = await page.evaluate<readonly string[]>(axeInPage);
    assert.deepEqual(found, [], theme);
  }
}

/**
 * Runs in the page. What is shown is cut short and what is said is not: that it is all said is checked above. The order
 * in which VS Code's boxes take the focus is its own.
 */
const axeInPage = `(async () => {
  const rules = { 'label-content-name-mismatch': { enabled: false }, tabindex: { enabled: false } };
  const { violations } = await axe.run({ include: ['.sidebar .pane .monaco-list-row'] }, { rules });
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => id + ': ' + html.slice(0, 300) + ' ' + failureSummary),
  );
})()`;
