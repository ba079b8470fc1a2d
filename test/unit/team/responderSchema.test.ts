import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as schemas from '../../../src/team/schema.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly description?: string;
}

const root = JSON.parse(
  readFileSync(new URL('../../../media/responder.schema.json', import.meta.url), 'utf8'),
) as Schema;

function at(...keys: readonly string[]): Schema | undefined {
  return keys.reduce<Schema | undefined>((schema, key) => schema?.properties?.[key], root);
}

test('the schema for completion knows exactly the keys that the parser knows', () => {
  const watch = at('watch')?.items?.oneOf ?? [];
  const begins = (key: string): Schema | undefined =>
    watch.find((entry) => Object.keys(entry.properties ?? {})[0] === key);
  const pairs: readonly [string, Schema | undefined, { readonly shape: object }][] = [
    ['team', root, schemas.teamSchema],
    ['workingHours', at('workingHours'), schemas.workingHoursSchema],
    ['people', at('people')?.items, schemas.personSchema],
    ['rotation', at('rotation'), schemas.rotationSchema],
    ['shift', root.definitions?.['shift'], schemas.shiftSchema],
    ['timebox', at('timebox'), schemas.timeboxSchema],
    ['issues', at('issues'), schemas.issuesSchema],
    ['project', at('issues', 'project'), schemas.projectSchema],
    ['handoff', at('handoff'), schemas.handoffSchema],
    ['handoff issue', at('handoff', 'issue'), schemas.handoffIssueSchema],
    ['snippet', at('snippets')?.items, schemas.snippetSchema],
    ['owner', at('owners')?.items, schemas.ownerSchema],
    ['label', watch[0], schemas.labelWatchSchema],
    ['github team', watch[1], schemas.teamWatchSchema],
    ['notifications', watch[2], schemas.notificationsWatchSchema],
    ['channel', watch[3], schemas.channelWatchSchema],
    ['mention', watch[4], schemas.mentionWatchSchema],
    ['alertmanager', watch[5], schemas.alertmanagerWatchSchema],
    ['pagerduty', watch.at(-1), schemas.pagerdutyWatchSchema],
    ['feed', begins('feed'), schemas.feedWatchSchema],
    ['fields of a feed', begins('feed')?.properties?.['fields'], schemas.feedFieldsSchema],
    ['source', begins('source'), schemas.extensionWatchSchema],
  ];
  for (const [name, json, { shape }] of pairs) {
    assert.deepEqual(Object.keys(json?.properties ?? {}).toSorted(), Object.keys(shape).toSorted(), name);
  }
});

test('every key is described', () => {
  const visit = (schema: Schema, path: string): void => {
    for (const [key, inner] of Object.entries(schema.properties ?? {})) {
      assert.notEqual(inner.description ?? ('$ref' in inner ? 'by its definition' : ''), '', `${path}.${key}`);
      visit(inner, `${path}.${key}`);
    }
    if (schema.items !== undefined) visit(schema.items, `${path}[]`);
    for (const one of schema.oneOf ?? []) visit(one, path);
  };
  visit(root, '');
});
