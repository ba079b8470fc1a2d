import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Team } from '../../core/team.ts';
import type { Log } from '../../services/service.ts';
import { type Calendars, referencedCalendars } from '../../team/holidaysSection.ts';
import {
  type TeamFile as ParsedTeam,
  parseTeamFile,
  referencedFiles,
  type TeamFileContext,
} from '../../team/teamFile.ts';
import type { TeamProblem } from '../../team/teamProblem.ts';
import { LAST_GOOD_KEY } from '../storage.ts';
import { locateTeamFile, type TeamFileLocation } from './locate.ts';
import { TeamDiagnostics, type TypedText } from './teamDiagnostics.ts';

/** What is known of the team; after a mistake the last good team stays in force. */
export type TeamState =
  | { readonly type: 'none' | 'untrusted' }
  /** It has mistakes, or it cannot be had at all, and there is no earlier version. */
  | { readonly type: 'bad' | 'unreadable' }
  | { readonly type: 'team'; readonly team: Team };

export interface TeamFilePorts {
  /** Reads a file on GitHub, and files beside it. @throws {ServiceError} */
  readonly readRemote: (url: string, beside: string | undefined) => Promise<string>;
  /** What is known of the calendars of holidays, and from now on is to be known. */
  readonly calendars: { readonly known: Calendars; want(addresses: readonly string[]): void };
  /** The last good texts survive a restart. */
  readonly memento: vscode.Memento;
  readonly now: () => number;
  readonly log: Log;
}

interface TeamTexts {
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Editors write a file in several steps. */
const SETTLE_MS = 150;

/** The team file: found, read, watched, checked. Fires when the team in force may have changed. */
export class TeamFile implements vscode.Disposable {
  readonly #ports: TeamFilePorts;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changes.event;
  readonly #diagnostics: TeamDiagnostics;
  readonly #disposables: vscode.Disposable[];
  #location: TeamFileLocation = { type: 'none' };
  #watchers: vscode.Disposable[] = [];
  #state: TeamState = { type: 'none' };
  #timer: NodeJS.Timeout | undefined;
  #loading: Promise<void> = Promise.resolve();
  /** The files that the team file refers to, as last read. */
  #files: ReadonlyMap<string, string> = new Map();
  /** The files that the saved team file refers to, whether or not they could be read. */
  #references: ReadonlySet<string> = new Set();
  /** The text on GitHub whose mistakes were said: it is read every few minutes. */
  #saidOf: string | undefined;

  constructor(ports: TeamFilePorts) {
    this.#ports = ports;
    this.#diagnostics = new TeamDiagnostics((typed) => this.#check(typed));
    const again = (): void => this.#soon();
    this.#disposables = [
      this.#changes,
      this.#diagnostics,
      vscode.workspace.onDidChangeWorkspaceFolders(again),
      vscode.workspace.onDidGrantWorkspaceTrust(again),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('responder.teamFile')) again();
      }),
      // Watched for creation even while there is none.
      ...watch('**/responder.yml', again),
    ];
  }

  get state(): TeamState {
    return this.#state;
  }

  get location(): TeamFileLocation {
    return this.#location;
  }

  /** The folder or address that the team file belongs to: of two clones each has its own. */
  get home(): string {
    return this.#location.type === 'file' ? baseFolder(this.#location.uri).toString() : placeOf(this.#location);
  }

  /** Finds and reads it again, one time after the other; fires only when something differs. */
  load(): Promise<void> {
    const loaded = this.#loading.then(() => this.#load());
    this.#loading = loaded.catch(() => undefined);
    return loaded;
  }

  async #load(): Promise<void> {
    const now = (): string => JSON.stringify([this.home, this.#state]);
    const before = now();
    const location = await locateTeamFile();
    const state = await this.#read(location);
    this.#location = location;
    this.#state = state;
    if (now() !== before) this.#changes.fire();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of [...this.#watchers, ...this.#disposables]) each.dispose();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.load().catch((error: unknown) => this.#ports.log.error(String(error))),
      SETTLE_MS,
    );
  }

  async #read(location: TeamFileLocation): Promise<TeamState> {
    if (location.type !== 'file') this.#diagnostics.clear();
    if (location.type === 'none' || location.type === 'untrusted') return { type: location.type };
    try {
      const texts = await this.#texts(location);
      this.#ports.calendars.want(referencedCalendars(texts.text));
      const parsed = this.#parse(texts);
      this.#files = new Map(Object.entries(texts.files));
      if (location.type === 'file') this.#diagnostics.show(location.uri, baseFolder(location.uri), parsed.problems);
      for (const { code, start } of parsed.problems) this.#ports.log.warn(`team file, line ${start.line + 1}: ${code}`);
      if (parsed.team !== undefined) {
        await this.#ports.memento.update(LAST_GOOD_KEY, { place: placeOf(location), texts });
        return { type: 'team', team: parsed.team };
      }
      this.#sayMistakes(location, texts.text);
    } catch (error) {
      this.#ports.log.error(`the team file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return this.#lastGood(location) ?? { type: 'unreadable' };
    }
    return this.#lastGood(location) ?? { type: 'bad' };
  }

  /** On disk they are marked on their lines; a text on GitHub has none here. Said once, as long as it stays so. */
  #sayMistakes(location: TeamFileLocation, text: string): void {
    if (location.type !== 'remote' || text === this.#saidOf || this.#lastGood(location) === undefined) return;
    this.#saidOf = text;
    const log = { title: vscode.l10n.t('Show Log'), command: 'responder.showLog' };
    const open = { title: vscode.l10n.t('Open Team File'), command: 'responder.openTeamFile' };
    const said = vscode.l10n.t('The team file on GitHub has mistakes. Its last valid version still applies.');
    void vscode.window.showWarningMessage(said, log, open).then((choice) => {
      if (choice !== undefined) void vscode.commands.executeCommand(choice.command);
    });
  }

  #lastGood(location: TeamFileLocation): TeamState | undefined {
    const texts = readLastGood(this.#ports.memento.get<unknown>(LAST_GOOD_KEY), placeOf(location));
    const team = texts === undefined ? undefined : this.#parse(texts).team;
    return team && { type: 'team', team };
  }

  async #texts(location: Extract<TeamFileLocation, { type: 'file' | 'remote' }>): Promise<TeamTexts> {
    if (location.type === 'remote') {
      const text = await this.#ports.readRemote(location.url, undefined);
      const read = (beside: string): Promise<string> => this.#ports.readRemote(location.url, beside);
      return { text, files: await readAll(referencedFiles(text), read) };
    }
    const text = await readText(location.uri);
    const base = baseFolder(location.uri);
    const references = referencedFiles(text);
    this.#watch(location.uri, references);
    this.#references = new Set(references);
    return { text, files: await readAll(references, (file) => readText(vscode.Uri.joinPath(base, file))) };
  }

  #watch(uri: vscode.Uri, references: readonly string[]): void {
    for (const each of this.#watchers) each.dispose();
    const base = baseFolder(uri);
    const again = (): void => this.#soon();
    const files = [uri, ...references.map((file) => vscode.Uri.joinPath(base, file))];
    this.#watchers = files.flatMap((file) =>
      watch(new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), file.path.split('/').at(-1) ?? ''), again),
    );
  }

  #parse({ text, files }: TeamTexts): ParsedTeam {
    return parseTeamFile(text, this.#context(new Map(Object.entries(files))));
  }

  #context(files: ReadonlyMap<string, string>): TeamFileContext {
    return { files, now: this.#ports.now(), calendars: this.#ports.calendars.known };
  }

  /** Checks text that is being typed; nothing of it is in force before it is saved. */
  #check({ uri, text }: TypedText): void {
    if (this.#location.type !== 'file' || this.#location.uri.toString() !== uri.toString()) return;
    const { problems } = parseTeamFile(text, this.#context(this.#files));
    // Another file that is being typed has not been looked for: nobody knows yet that it is not there.
    const isKnown = ({ code, args: [file = ''] }: TeamProblem): boolean =>
      code !== 'tableNotFound' || this.#references.has(file);
    this.#diagnostics.show(uri, baseFolder(uri), problems.filter(isKnown));
  }
}

/** References are relative to the repository, also from `.github/responder.yml`. */
function baseFolder(uri: vscode.Uri): vscode.Uri {
  const folder = vscode.Uri.joinPath(uri, '..');
  return folder.path.endsWith('/.github') ? vscode.Uri.joinPath(folder, '..') : folder;
}

function watch(pattern: vscode.GlobPattern, changed: () => void): vscode.Disposable[] {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return [watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed)];
}

async function readText(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** What cannot be read is left out: the parser says so on its line. */
async function readAll(
  files: readonly string[],
  read: (file: string) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  const texts = await Promise.all(
    files.map(async (file) => {
      try {
        return [[file, await read(file)] as const];
      } catch {
        return [];
      }
    }),
  );
  return Object.fromEntries(texts.flat());
}

function placeOf(location: TeamFileLocation): string {
  if (location.type === 'file') return location.uri.toString();
  return location.type === 'remote' ? location.url : '';
}

const lastGoodSchema = z.object({
  place: z.string(),
  texts: z.object({ text: z.string(), files: z.record(z.string(), z.string()) }),
});

function readLastGood(raw: unknown, place: string): TeamTexts | undefined {
  const parsed = lastGoodSchema.safeParse(raw);
  return parsed.success && parsed.data.place === place ? parsed.data.texts : undefined;
}
