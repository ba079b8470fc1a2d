import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { repository } from '../support/paths.ts';

/** Files by their path from the root. */
type Sources = ReadonlyMap<string, string>;

/** What reaches the outside with a change, and where it may stand beside a service's writes. */
const WRITING: readonly { readonly what: RegExp; readonly alsoIn: readonly string[] }[] = [
  { what: /\bcreateGitHubWriteClient\b|\bGitHubWriteClient\b/u, alsoIn: ['src/services/github/client.ts'] },
  { what: /\bSlackWriteApi\b/u, alsoIn: ['src/services/slack/client.ts', 'src/services/slack/session.ts'] },
  { what: /\b(?:chat\.\w+|reactions\.(?:add|remove))\b/u, alsoIn: ['src/services/slack/client.ts'] },
  { what: /\.(?:send|mutate)\(/u, alsoIn: [] },
  { what: /\bmutation \w/u, alsoIn: ['src/services/github/boardWire.ts'] },
  { what: /\b(?:ADD_ITEM|SET_FIELD|CLEAR_FIELD|REMOVE_ITEM)\b/u, alsoIn: ['src/services/github/boardWire.ts'] },
  { what: /\bsendJson\b/u, alsoIn: ['src/services/plainHttp.ts'] },
  {
    what: /'(?:POST|PUT|PATCH|DELETE)'/u,
    alsoIn: ['src/services/github/client.ts', 'src/services/pagerduty/client.ts', 'src/services/plainHttp.ts'],
  },
];
/** Who asks the network itself. */
const NETWORK = /^src\/services\/(?:plainHttp|calendarFetch|\w+\/(?:client|fetch))\.ts$/u;
const WRITES = /^src\/services\/\w+\/\w*[wW]rites\.ts$/u;
/** Where services and the outbox are put together. */
const COMPOSITION = 'src/session/teamSession.ts';

/** Everything that would write past the gate, as `file: why`. */
function waysAround(sources: Sources): readonly string[] {
  return [...sources].flatMap(([file, text]) => {
    const code = withoutComments(text);
    const isWrites = WRITES.test(file);
    const words = WRITING.filter(({ what, alsoIn }) => !isWrites && !alsoIn.includes(file) && what.test(code))
      // Panels send to webviews and documents to editors: what matters is who can reach a service's client.
      .filter(({ what }) => file.startsWith('src/services/') || !what.test('.send('));
    const asksNetwork = /\bfetch\(|from 'node:(?:https?|net|tls)'/u.test(code) && !NETWORK.test(file);
    const imports = importsOf(file, code).filter((target) => WRITES.test(target));
    const strangers = imports.filter((target) => file !== COMPOSITION && !(isWrites && isNeighbour(file, target)));
    const knowsWriter =
      /\bWriter\b/u.test(code) && !isWrites && !/^src\/(?:outbox\/|services\/service\.ts)/u.test(file);
    const appliesItself = file === COMPOSITION && /[wW]riters?\b[^;]*\.(?:apply|find)\(/u.test(code);
    return [
      ...words.map(({ what }) => `${file}: ${String(what)}`),
      ...(asksNetwork ? [`${file}: asks the network`] : []),
      ...strangers.map((target) => `${file}: imports ${target}`),
      ...(knowsWriter || appliesItself ? [`${file}: has a writer`] : []),
    ];
  });
}

function importsOf(file: string, code: string): readonly string[] {
  const found = code.matchAll(/(?:from|import\()\s*'(\.[^']+)'/gu);
  return Array.from(found, ([, target = '']) => posix.normalize(posix.join(posix.dirname(file), target)));
}

function isNeighbour(file: string, target: string): boolean {
  return posix.dirname(file) === posix.dirname(target);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/^\s*\/\/.*$/gmu, '');
}

function readSources(): Sources {
  const files = globSync('src/**/*.ts', { cwd: repository }).map((file) => file.replaceAll('\\', '/'));
  return new Map(files.map((file) => [file, readFileSync(join(repository, file), 'utf8')]));
}

test('only the writes of a service call what writes, and only the outbox calls them', () => {
  const sources = readSources();
  assert.ok([...sources.keys()].filter((file) => WRITES.test(file)).length >= 10);
  assert.deepEqual(waysAround(sources), []);
});

const DETOURS: readonly (readonly [file: string, text: string])[] = [
  ['src/services/github/source.ts', 'const client = await createGitHubWriteClient(ports, abort);'],
  ['src/services/github/labels.ts', "await client.send('POST', path, { labels });"],
  ['src/services/github/boards.ts', 'await client.mutate(ADD_ITEM, ids);'],
  ['src/services/github/boards.ts', 'await client.query(`mutation AddItem { a }`);'],
  ['src/services/slack/poll.ts', "await api.send('chat.postMessage', message);"],
  ['src/services/slack/poll.ts', "await session.call('reactions.add', message);"],
  ['src/services/pagerduty/source.ts', "await api.send('PUT', path, { body, from });"],
  ['src/services/alertmanager/source.ts', "await sendJson('POST', address, { body, abort });"],
  ['src/host/convert/quick.ts', "await fetch(url, { method: 'POST', body });"],
  ['src/sync/asker.ts', "import { request } from 'node:https';"],
  ['src/host/gate/gate.ts', "import { createSlackWriter } from '../../services/slack/writes.ts';"],
  ['src/engine.ts', "const { label } = await import('./services/github/labelWrites.ts');"],
  ['src/services/pagerduty/source.ts', "import { createGitHubWriter } from '../github/writes.ts';"],
  ['src/services/github/writes.ts', "import { createSlackWriter } from '../slack/writes.ts';"],
  ['src/host/gate/gate.ts', "import type { Writer } from '../../services/service.ts';"],
  ['src/session/teamSession.ts', 'await this.#writers[0]?.apply(write, context);'],
];
for (const [file, text] of DETOURS) {
  test(`a way around the gate is found: ${text}`, () => {
    const before = waysAround(new Map([[file, '']]));
    assert.deepEqual(before, []);
    assert.ok(waysAround(new Map([[file, text]])).length > 0);
  });
}

test('what only speaks of writing is none', () => {
  const comment = "/** As `createGitHubWriteClient`. */\n// await api.send('chat.postMessage')\nexport const x = 1;";
  assert.deepEqual(waysAround(new Map([['src/services/slack/poll.ts', comment]])), []);
});
