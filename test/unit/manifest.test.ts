import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { AT_ONCE_BY_DEFAULT } from '../../src/core/approval.ts';
import { PROPOSAL_KINDS } from '../../src/core/proposal.ts';

const root = path.resolve(import.meta.dirname, '../..');
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText);
const nls: Record<string, string> = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
const source = globSync('src/**/*.ts', { cwd: root })
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  .join('\n');
const { contributes } = manifest;
const commandIds: string[] = contributes.commands.map((command: { command: string }) => command.command);
const menuEntries: { command: string; when?: string; group?: string }[] = Object.values<
  { command: string; when?: string }[]
>(contributes.menus).flat();

const keybindings: { command: string; key: string; when: string; args?: unknown }[] = contributes.keybindings;

/** What our own clauses may speak of, beside VS Code's own keys. */
const VSCODE_KEYS = new Set([
  'view',
  'viewItem',
  'false',
  'focusedView',
  'listFocus',
  'inputFocus',
  'listMultiSelection',
  'editorTextFocus',
  'resource',
]);

function matches(pattern: RegExp, text = source): Set<string> {
  return new Set(Array.from(text.matchAll(pattern), ([, found = '']) => found));
}

test('every command of the manifest is in the command table, and none more', () => {
  const table = /const COMMAND_IDS[^=]*= \{([^}]*)\}/u.exec(source)?.[1] ?? '';

  assert.deepEqual([...matches(/'(responder\.\w+)': true/gu, table)].sort(), commandIds.toSorted());
});

test('every command has a title, our category, and is reachable from the palette or a menu', () => {
  for (const command of contributes.commands) {
    assert.match(command.title, /^%command\.\w+%$/u);
    assert.equal(command.category, 'Responder');
    const hidden = contributes.menus.commandPalette.some(
      (entry: { command: string; when: string }) => entry.command === command.command && entry.when === 'false',
    );
    const used = menuEntries.some((entry) => entry.command === command.command && entry.when !== 'false');
    assert.ok(!hidden || used || source.includes(`command: '${command.command}'`), `${command.command} is unreachable`);
  }
});

test('every menu entry names a command that exists', () => {
  for (const { command } of menuEntries) assert.ok(commandIds.includes(command), command);
});

test('a row has three inline icons at most', () => {
  const ofItems = menuEntries.filter(
    ({ command, group }) =>
      group?.startsWith('inline') && ['openItem', 'convertItem', 'done'].includes(command.slice(10)),
  );
  const all = contributes.menus['view/item/context'].filter(
    (entry: { group: string; when: string }) =>
      entry.group.startsWith('inline') && /can(?:Open|Convert|Done)\\b/u.test(entry.when),
  );
  assert.equal(ofItems.length, 3);
  assert.equal(all.length, 3);
});

/** Each view of ours that has keys, and what its keys pass: that they are about the row with the focus. */
const FOCUSED_ROW: Readonly<Record<string, string>> = { queue: 'focused', proposals: 'focusedProposal' };

function viewOfKey({ when }: { readonly when: string }): string {
  return /^focusedView == responder\.(\w+) && listFocus && !inputFocus$/u.exec(when)?.[1] ?? '';
}

test('a key works only while a view or a document of ours has the keyboard, in a view while no text is typed, and means one thing there', () => {
  const [ofEditor, ofViews] = [true, false].map((isEditor) =>
    keybindings.filter(({ when }) => when.includes('editorTextFocus') === isEditor),
  );
  assert.deepEqual(
    ofEditor?.map(({ command, when }) => [command, when]),
    [['responder.applyEdit', 'resource in responder.editing && editorTextFocus']],
  );
  const byView = Map.groupBy(ofViews ?? [], viewOfKey);
  assert.deepEqual([...byView.keys()].sort(), Object.keys(FOCUSED_ROW).sort());
  for (const [view, bindings] of byView) {
    for (const { command, args } of bindings) {
      assert.ok(commandIds.includes(command), command);
      // Undo is about what was done last, a filter about all rows; all others are about the row that has the focus.
      assert.deepEqual(args, /undo|filter/u.test(command) ? undefined : { row: FOCUSED_ROW[view] }, command);
    }
    const keys = bindings.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length, view);
  }
});

test('the lists of keys say what the manifest binds, view by view', () => {
  const listed = Array.from(source.matchAll(/\{ key: '([^']+)', command: '([^']+)', text:/gu), ([, key, command]) => ({
    key,
    command,
  }));
  const bound = Object.keys(FOCUSED_ROW).flatMap((view) =>
    keybindings.filter((binding) => viewOfKey(binding) === view).map(({ key, command }) => ({ key, command })),
  );
  assert.deepEqual(listed, bound);
});

test('the README names every key of a single letter beside its command', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const letters = keybindings.filter(({ key }) => /^\w$/u.test(key));
  const named = letters.filter(({ command, key }) => {
    const title = nls[command.replace('responder.', 'command.')];
    return readme.includes(`${title} \`${key}\``) || readme.includes(`${title} \`?\` or \`${key}\``);
  });
  assert.deepEqual(named, letters);
});

test('what takes one item or proposal alone is in no menu of several', () => {
  const single = menuEntries.filter(({ when }) => when?.includes('!listMultiSelection'));
  assert.deepEqual(
    single.map(({ command }) => command.slice('responder.'.length)),
    ['askOwner', 'postStatusUpdate', 'editProposal'],
  );
});

test('every command link in the welcome texts exists', () => {
  for (const [, command = ''] of JSON.stringify(nls).matchAll(/command:(responder\.\w+)/gu))
    assert.ok(commandIds.includes(command), command);
});

test('every %key% has its text, and every text is used', () => {
  const used = matches(/%([\w.]+)%/gu, manifestText);

  assert.deepEqual([...used].sort(), Object.keys(nls).sort());
});

test('every context key in a clause is one that the code sets or VS Code has', () => {
  const clauses = [
    ...menuEntries.map((entry) => entry.when ?? ''),
    ...contributes.viewsWelcome.map((w: { when?: string }) => w.when ?? ''),
    ...keybindings.map(({ when }) => when),
  ];
  const declared = matches(/'(responder\.\w+)': (?:QueueState|boolean|readonly string\[\]);/gu);
  for (const clause of clauses) {
    const keys = clause.replaceAll(/'[^']*'|\/[^/]*\/|== ?[\w.]+| in /gu, ' ').match(/[A-Za-z][\w.]*/gu) ?? [];
    for (const key of keys) assert.ok(VSCODE_KEYS.has(key) || declared.has(key), `${key} in “${clause}”`);
  }
});

test('every state that a welcome text waits for is one that the Queue can be in', () => {
  const states = matches(/'(\w+)'/gu, /export type QueueState =\s*([^;]*);/u.exec(source)?.[1] ?? '');
  for (const [, state = ''] of JSON.stringify(contributes.viewsWelcome).matchAll(/responder\.state == '(\w+)'/gu))
    assert.ok(states.has(state), state);
});

test('every viewItem word that a menu matches is written by a row', () => {
  const words = matches(/'([a-zA-Z ]+)'/gu);
  const written = new Set([...words].flatMap((text) => text.split(' ')));
  for (const word of matches(/viewItem =~ \/\\b(\w+)\\b\//gu, menuEntries.map((entry) => entry.when ?? '').join('\n')))
    assert.ok(written.has(word), word);
});

test('every view is created in code and has its own icon file', () => {
  for (const view of contributes.views.responder) {
    assert.ok(source.includes(`'${view.id}'`), view.id);
    assert.ok(existsSync(path.join(root, view.icon)), view.icon);
  }
});

test('every setting has a description, a scope, an order, and is read by the code', () => {
  for (const section of contributes.configuration)
    for (const [id, property] of Object.entries<Record<string, unknown>>(section.properties)) {
      assert.match(String(property['markdownDescription']), /^%config\.[\w.]+%$/u, id);
      assert.ok(typeof property['order'] === 'number' && typeof property['scope'] === 'string', id);
      const [, service] = /^responder\.(\w+)\.apiUrl$/u.exec(id) ?? [];
      const read = service === undefined ? `'${id.replace('responder.', '')}'` : `apiUrl('${service}')`;
      assert.ok(source.includes(read), `${id} is not read`);
    }
});

test('every choice of a setting says what it means, and each kind of write that can be applied at once is asked for as such', () => {
  const properties = contributes.configuration.flatMap((section: { properties: object }) =>
    Object.entries(section.properties),
  );
  for (const [id, property] of properties) {
    const { enum: choices, enumDescriptions } = property.items ?? property;
    if (choices !== undefined) assert.equal(enumDescriptions?.length, choices.length, id);
  }
  const { items, default: atOnce } = Object.fromEntries(properties)['responder.applyAtOnce'];
  assert.deepEqual(atOnce, [...AT_ONCE_BY_DEFAULT]);
  // Nobody asks for what tells of a closing: it is only ever proposed.
  assert.deepEqual(
    items.enum,
    PROPOSAL_KINDS.filter((kind) => kind !== 'closeLoop'),
  );
});

test('an address that a token goes to can only be set by the person, never by a workspace', () => {
  for (const section of contributes.configuration)
    for (const [id, property] of Object.entries<Record<string, unknown>>(section.properties))
      if (/url$/iu.test(id)) assert.equal(property['scope'], 'machine', id);
});

test('every file that the manifest names is there', () => {
  const files = [
    manifest.icon,
    ...contributes.viewsContainers.activitybar.map((c: { icon: string }) => c.icon),
    contributes.yamlValidation[0].url,
  ];
  for (const file of files) assert.ok(existsSync(path.join(root, file)), file);
});
