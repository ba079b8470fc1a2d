// `npm run strings`: collects every string that a person reads into l10n/bundle.l10n.json, for translators. `--check` fails
// when the file is not what the code says.
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { TEAM_PROBLEMS } from '../src/team/teamProblem.ts';
import { repository } from '../test/support/paths.ts';

const bundle = path.join(repository, 'l10n/bundle.l10n.json');
const wanted = await collect();

if (process.argv.includes('--check')) {
  const found = await readFile(bundle, 'utf8').catch(() => '');
  if (found !== wanted) {
    console.error('l10n/bundle.l10n.json is not what the code says: run `npm run strings`.');
    process.exitCode = 1;
  }
} else {
  await mkdir(path.dirname(bundle), { recursive: true });
  await writeFile(bundle, wanted);
  console.log(`${Object.keys(JSON.parse(wanted)).length} strings in ${path.relative(repository, bundle)}`);
}

async function collect(): Promise<string> {
  const contents: string[] = [];
  for await (const file of glob('src/**/*.ts', { cwd: repository }))
    contents.push(await readFile(path.join(repository, file), 'utf8'));
  const found = await getL10nJson(contents.map((text) => ({ extension: '.ts', contents: text })));
  // The team file's mistakes are data in a pure folder; the host translates them by their template.
  const templates = Object.values(TEAM_PROBLEMS).map((template) => [template, template] as const);
  const all = Object.fromEntries([...Object.entries(found), ...templates]);
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(sorted, null, 2)}\n`;
}
