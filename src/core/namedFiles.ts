/** A file of a repository that a text speaks of. */
export interface NamedFile {
  /** `owner/name`; undefined where the text does not say. */
  readonly repository: string | undefined;
  /** Relative to the repository's root, as far as that can be told. */
  readonly path: string;
}

const MAX_TEXT_LENGTH = 60_000;
const MAX_PATH_LENGTH = 300;
const LIMIT = 10;

/** The page of a file on GitHub; the name of a branch holds no slash here. */
const PAGE =
  /https?:\/\/[^\s/<>"'`]{1,200}\/([\w.-]{1,100}\/[\w.-]{1,100})\/(?:blob|blame|edit|raw)\/[^\s/]{1,200}\/([^\s#?<>"'`|\])]{1,300})/gu;
const ADDRESS = /[a-z][a-z\d+.-]{1,20}:\/\/[^\s<>"'`]{1,2048}/giu;
/** Folders and a file with an ending, as traces and people write them. */
const PATH =
  /(?<![\w@./\\-])(?:\.{0,2}\/)?(?:[\w@.+-]{1,100}\/){1,20}[\w@+-][\w@.+-]{0,99}\.[A-Za-z]\w{0,7}(?![\w/])/gu;
/** Where programs are put on the machines that they run on: what comes after is as in the repository. */
const INSTALLED =
  /^\/(?:usr\/src\/app|github\/workspace|var\/task|home\/runner\/work\/[^/]+\/[^/]+|(?:home|Users)\/[^/]+\/(?:[^/]+\/)??(?=(?:src|lib|app|packages|services|apps|cmd|internal|pkg|test)\/)|workspaces?\/[^/]+|(?:srv|opt)\/[^/]+|app|build|code|workspace)\/?/u;

/**
 * The files that a text names, those of links first, then those of traces, each in order; what lies in a dependency is
 * left out. Each once, at most ten.
 */
export function namedFiles(text: string): readonly NamedFile[] {
  const head = text.slice(0, MAX_TEXT_LENGTH);
  const found = new Map<string, NamedFile>();
  const add = (repository: string | undefined, raw: string): void => {
    const path = inRepository(raw);
    if (path !== undefined && !found.has(path) && found.size < LIMIT) found.set(path, { repository, path });
  };
  for (const [, repository, path = ''] of head.matchAll(PAGE)) add(repository, decoded(path.replace(/[.,;:]+$/u, '')));
  for (const [path] of head.replace(ADDRESS, ' ').matchAll(PATH)) add(undefined, path);
  return [...found.values()];
}

function inRepository(raw: string): string | undefined {
  const path = raw.replace(INSTALLED, '').replace(/^(?:\.{0,2}\/)+/u, '');
  const segments = path.split('/');
  const isElsewhere = segments.some((segment) => /^(?:node_modules|site-packages|vendor|\.{1,2}|)$/u.test(segment));
  return isElsewhere || path.length > MAX_PATH_LENGTH || /[\p{Cc}\\]/u.test(path) ? undefined : path;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
