import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Item } from '../../../../src/core/item.ts';
import {
  appends,
  assigneeOptions,
  duplicateOf,
  labelOptions,
  parseAnswers,
  repositories,
  toChoice,
  withDuplicate,
  withTemplate,
} from '../../../../src/host/convert/answers.ts';
import { signal, team } from '../../../support/build.ts';

const one = signal({ title: 'Sync stops', labels: ['bug', 'Reactive'] });
const item: Item = { id: one.id, signals: [one] };
const ours = team({
  issues: { repository: 'acme/app', labels: ['reactive', 'team/x'], project: undefined },
  watch: [
    {
      id: 'github:label:x',
      service: 'github',
      what: 'label',
      label: 'x',
      repositories: ['acme/docs', 'Acme/App'],
      respondWithinMinutes: undefined,
    },
    {
      id: 'github:team:x',
      service: 'github',
      what: 'team',
      organization: 'acme',
      team: 'x',
      respondWithinMinutes: undefined,
    },
  ],
});

test('answers are kept as JSON and come back the same', () => {
  const answers = {
    timeboxMinutes: 240,
    priority: 'high',
    repository: 'acme/app',
    labels: ['a'],
    assignee: null,
  } as const;
  assert.deepEqual(parseAnswers(JSON.parse(JSON.stringify(answers))), answers);
});

test('answers that cannot be read are no answers', () => {
  for (const raw of [
    undefined,
    null,
    'x',
    7,
    [],
    { priority: 'huge' },
    { timeboxMinutes: -1 },
    { repository: '../x' },
  ]) {
    assert.deepEqual(parseAnswers(raw), {});
  }
  fc.assert(
    fc.property(fc.jsonValue(), (raw) => {
      parseAnswers(raw);
    }),
  );
});

test('a decision needs a timebox, a priority and a repository; the rest has its default', () => {
  const answers = { timeboxMinutes: 120, priority: 'low', repository: 'acme/app' } as const;

  assert.deepEqual(toChoice(answers, item, ours), {
    ...answers,
    title: 'Sync stops',
    labels: ['reactive', 'team/x'],
    assignee: undefined,
    body: undefined,
    duplicate: undefined,
    template: undefined,
  });
  assert.equal(toChoice({ ...answers, priority: undefined }, item, ours), undefined);
  assert.equal(toChoice({}, item, ours), undefined);
});

test('no decision has a timebox below the limit of the team, whatever was kept', () => {
  const strict = { ...ours, timebox: { limitMinutes: 240, budgetShare: 0.1 } };
  const answers = { timeboxMinutes: 239, priority: 'low', repository: 'acme/app' } as const;

  assert.equal(toChoice(answers, item, strict), undefined);
  assert.notEqual(toChoice({ ...answers, timeboxMinutes: 240 }, item, strict), undefined);
});

test('what is transferred is an issue whatever its size: then there is no limit', () => {
  const anyLength = { ...ours, timebox: { ...ours.timebox, limitMinutes: 0 } };
  const answers = { timeboxMinutes: 15, priority: 'low', repository: 'acme/app', assignee: 'kai-sample' } as const;

  assert.equal(toChoice(answers, item, anyLength)?.assignee, 'kai-sample');
});

test('the repository of the team comes first, then what is watched, then what was typed before', () => {
  assert.deepEqual(repositories(ours, 'acme/else'), ['acme/app', 'acme/docs', 'acme/else']);
  assert.deepEqual(repositories(team(), undefined), []);
});

test('labels of the team are picked, those of the item are offered, and a choice made before wins', () => {
  assert.deepEqual(labelOptions(ours, [item], undefined), [
    { label: 'reactive', picked: true },
    { label: 'team/x', picked: true },
    { label: 'bug', picked: false },
  ]);
  assert.deepEqual(labelOptions(ours, [item], ['new', 'BUG']), [
    { label: 'reactive', picked: false },
    { label: 'team/x', picked: false },
    { label: 'new', picked: true },
    { label: 'BUG', picked: true },
  ]);
});

test('I am the first to assign, people without a GitHub login cannot be', () => {
  const people = [...ours.people, { name: 'Rio', github: undefined, slack: 'U9', timeZone: 'UTC' }];
  assert.deepEqual(
    assigneeOptions(people, { name: 'Kai', github: 'Kai-sample' }).map(({ login }) => login),
    ['Kai-sample', 'noor-sample', 'mika-sample'],
  );
  assert.deepEqual(
    assigneeOptions(people, undefined).map(({ login }) => login),
    ['noor-sample', 'kai-sample', 'mika-sample'],
  );
});

const duplicate = { how: 'append', repository: 'acme/app', number: 7, title: 'T' } as const;
const template = {
  kind: 'markdown',
  path: 'bug.md',
  name: 'Bug',
  about: '',
  title: '',
  labels: ['bug'],
  assignees: [],
  text: '',
} as const;

test('what was chosen of duplicates and typed into a template comes back the same', () => {
  const answers = { duplicate, template: { path: 'bug.md', values: { version: '1', browser: ['a', 'b'] } } };
  assert.deepEqual(parseAnswers(JSON.parse(JSON.stringify(answers))), answers);
  const reopened = { duplicate: { ...duplicate, reopens: true } };
  assert.deepEqual(parseAnswers(JSON.parse(JSON.stringify(reopened))), reopened);
  assert.deepEqual(parseAnswers({ duplicate: { ...duplicate, repository: '../..' } }), {});
});

test('a duplicate counts in its own repository alone', () => {
  assert.equal(duplicateOf({ repository: 'acme/docs', duplicate }), undefined);
  assert.equal(appends({ repository: 'ACME/App', duplicate }), true);
  assert.equal(appends({ repository: 'acme/app', duplicate: { ...duplicate, how: 'relate' } }), false);
  assert.equal(appends({}), false);
});

test('a body that was edited ends with another template and another duplicate, and stays with the same', () => {
  const edited = { body: 'edited', repository: 'acme/app', labels: ['x'] };
  const chosen = withTemplate(edited, template);
  assert.deepEqual(chosen, { repository: 'acme/app', labels: ['x', 'bug'], template: { path: 'bug.md', values: {} } });
  const again = { ...chosen, body: 'again' };
  assert.equal(withTemplate(again, template), again);
  assert.deepEqual(withTemplate(again, undefined), { repository: 'acme/app', labels: ['x', 'bug'] });
  assert.equal(withDuplicate(edited, undefined), edited);
  const related = withDuplicate(edited, duplicate);
  assert.equal(related.body, undefined);
  const kept = { ...related, body: 'more' };
  assert.equal(withDuplicate(kept, duplicate), kept);
  assert.deepEqual(withDuplicate(kept, undefined), { repository: 'acme/app', labels: ['x'] });
});

test('a template that is no longer there is not used', () => {
  const answers = {
    timeboxMinutes: 240,
    priority: 'low',
    repository: 'acme/app',
    template: { path: 'bug.md', values: {} },
  } as const;
  assert.equal(toChoice(answers, item, ours)?.template, undefined);
  assert.equal(toChoice(answers, item, ours, [template])?.template?.template, template);
});
