// Bundles what ships: `node scripts/run.mjs scripts/build.ts [--watch] [--analyze] [--development] [--host-tests]`.
import { existsSync } from 'node:fs';
import { glob, rm } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { repository } from '../test/support/paths.ts';
import { bundleHostTests } from '../test/support/vscode/hostBundle.ts';

export interface BuildOptions {
  /** Readable, with source maps, instead of small. */
  readonly development?: boolean;
  /** Prints what takes the most room in each bundle. */
  readonly analyze?: boolean;
}

/** Size of one file that ships, in bytes. */
export interface BuiltFile {
  readonly path: string;
  readonly bytes: number;
}

const dist = path.join(repository, 'dist');

const markdownItNeeds = path.join(repository, 'webview/ui/markdownItNeeds.ts');
/** What a webview's packages get instead of what they import: 35 kB less to read when it opens. */
export const WEBVIEW_ALIAS: Readonly<Record<string, string>> = {
  'linkify-it': markdownItNeeds,
  entities: markdownItNeeds,
};

/** Builds everything into `dist/`. @throws when a bundle has an error; esbuild has printed it */
export async function build(options: BuildOptions = {}): Promise<readonly BuiltFile[]> {
  await rm(dist, { recursive: true, force: true });
  const built: BuiltFile[] = [];
  for (const bundle of await bundles(options)) {
    const { metafile } = await esbuild.build({ ...bundle, metafile: true });
    for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
      if (!file.endsWith('.map')) built.push({ path: file, bytes });
    }
    if (options.analyze === true) console.log(await esbuild.analyzeMetafile(metafile));
  }
  return built;
}

async function watch(): Promise<void> {
  for (const bundle of await bundles({ development: true })) {
    const context = await esbuild.context({ ...bundle, logLevel: 'info' });
    await context.watch();
  }
}

async function bundles(options: BuildOptions): Promise<readonly esbuild.BuildOptions[]> {
  return [...nodeBundles(options), ...(await webviewBundles(options))];
}

function nodeBundles(options: BuildOptions): readonly esbuild.BuildOptions[] {
  return ['extension', 'engine'].map((name) => ({
    ...common(options),
    entryPoints: [{ in: path.join('src', `${name}.ts`), out: name }],
    outdir: dist,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode'],
    plugins: [engineApart],
    // import() of a CommonJS file costs a pass through the ES module loader: a plain require() does not.
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    // Its build for Node is CommonJS, of which nothing can be left out.
    alias: { yaml: path.join(repository, 'node_modules/yaml/browser/dist/index.js') },
  }));
}

/** Keeps the engine out of the extension's bundle: `import('./engine.ts')` becomes `require('./engine.js')`. */
const engineApart: esbuild.Plugin = {
  name: 'engine-apart',
  setup(build) {
    build.onResolve({ filter: /(^|\/)engine\.ts$/ }, (found) =>
      found.kind === 'dynamic-import' ? { path: './engine.js', external: true } : undefined,
    );
  },
};

/** One script a folder of `webview/` that has a main.ts, and the style sheet beside it that bears the folder's name. */
async function webviewBundles(options: BuildOptions): Promise<readonly esbuild.BuildOptions[]> {
  const found: esbuild.BuildOptions[] = [];
  for await (const file of glob('webview/*/main.ts', { cwd: repository })) {
    const folder = path.dirname(file);
    const name = path.basename(folder);
    const style = path.join(folder, `${name}.css`);
    const sources = existsSync(path.join(repository, style)) ? [file, style] : [file];
    found.push({
      ...common(options),
      entryPoints: sources.map((source) => ({ in: source, out: name })),
      outdir: path.join(dist, 'webview'),
      platform: 'browser',
      target: 'chrome132',
      format: 'iife',
      alias: WEBVIEW_ALIAS,
    });
  }
  return found;
}

function common(options: BuildOptions): esbuild.BuildOptions {
  const development = options.development === true;
  return {
    absWorkingDir: repository,
    bundle: true,
    minify: !development,
    sourcemap: development,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': development ? '"development"' : '"production"' },
    logLevel: 'warning',
  };
}

/** Sizes in kB, one a line, and together. */
export function sizeReport(files: readonly BuiltFile[]): string {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const lines = [...files, { path: 'together', bytes: total }];
  return lines.map((file) => `${(file.bytes / 1000).toFixed(1).padStart(8)} kB  ${file.path}`).join('\n');
}

if (import.meta.main) {
  const flags = new Set(process.argv.slice(2));
  if (flags.has('--watch')) await watch();
  else
    console.log(sizeReport(await build({ development: flags.has('--development'), analyze: flags.has('--analyze') })));
  if (flags.has('--host-tests')) await bundleHostTests();
}
