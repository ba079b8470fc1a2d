/** What a test lets a person answer, in order, and what was said to them. */
export const person = {
  /** Labels of choices, or texts that are typed; undefined is a way out. */
  answers: [] as (string | undefined)[],
  said: [] as string[],
  /** The quick picks that were shown. */
  picks: [] as FakeQuickPick[],
  /** Those that only hold the place of a question. */
  waits: [] as FakeQuickPick[],
  /** The items of the status bar. */
  bar: [] as FakeStatusItem[],
  copied: [] as string[],
  /** The paths and texts of the files that were written. */
  written: [] as (readonly [string, string])[],
  /** The commands that ran. */
  ran: [] as string[],
  /** What the clauses of the manifest see. */
  contexts: new Map<unknown, unknown>(),
};

interface Labelled {
  readonly label: string;
}

function answer(question: string): string | undefined {
  person.said.push(question);
  return person.answers.shift();
}

async function say(text: string, ...rest: readonly unknown[]): Promise<unknown> {
  const buttons = rest.filter((each) => typeof each === 'string');
  const chosen =
    buttons.length === 0 ? (person.said.push(text), undefined) : answer(`${text} [${buttons.join(' | ')}]`);
  return chosen;
}

export const l10n = {
  t: (text: string | { readonly message: string }, ...args: readonly unknown[]): string =>
    (typeof text === 'string' ? text : text.message).replaceAll(/\{(\d+)\}/gu, (_, index) =>
      String(args[Number(index)]),
    ),
};

export const env = {
  language: 'en',
  /** Whether it is opened is answered like any question. */
  openExternal: async (uri: unknown) => answer(`open ${String(uri)}`) !== 'Cancel',
  clipboard: { writeText: async (text: string) => void person.copied.push(text) },
};

export class EventEmitter<T> {
  readonly #listeners: ((value: T) => void)[] = [];
  readonly event = (listener: (value: T) => void): void => void this.#listeners.push(listener);

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.length = 0;
  }
}

export class TreeItem {
  readonly label: string;

  constructor(label: string) {
    this.label = label;
  }
}

export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export const TreeItemCheckboxState = { Unchecked: 0, Checked: 1 };

export const Uri = {
  parse: (text: string): string => text,
  joinPath: (base: unknown, ...rest: readonly string[]): string => [String(base), ...rest].join('/'),
};

export const QuickInputButtons = { Back: {} };

export const ProgressLocation = { Window: 10, Notification: 15 };

const registered = new Map<string, () => void>();

export const commands = {
  executeCommand: async (id: string, ...args: readonly unknown[]) => {
    if (id === 'workbench.action.revertAndCloseActiveEditor') shown?.close();
    else if (id === 'setContext') person.contexts.set(args[0], args[1]);
    else person.ran.push(id);
  },
  getCommands: async () => [...registered.keys()],
  registerCommand: (id: string, run: () => void) => {
    registered.set(id, run);
    return { dispose: () => void registered.delete(id) };
  },
};

export class CancellationError extends Error {}

export class Range {}

export class CodeLens {}

export const languages = { registerCodeLensProvider: () => ({ dispose: () => undefined }) };

type DocumentListener = (event: never) => void;
const documentListeners = { change: new Set<DocumentListener>(), close: new Set<DocumentListener>() };

function onDocument(what: keyof typeof documentListeners) {
  return (listener: DocumentListener): { readonly dispose: () => void } => {
    documentListeners[what].add(listener);
    return { dispose: () => void documentListeners[what].delete(listener) };
  };
}

/** What the active editor shows. */
let shown: FakeDocument | undefined;

/** The untitled documents that were opened; the last one is what a person writes in. */
export const documents: FakeDocument[] = [];

/** An untitled document, and what a person does with it. */
export class FakeDocument {
  readonly uri = `untitled:${String(documents.length)}`;
  isClosed = false;
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  getText(): string {
    return this.#text;
  }

  type(text: string): void {
    this.#text = text;
    for (const listener of documentListeners.change) listener({ document: this } as never);
  }

  /** The lens above the first line. */
  press(what: 'apply' | 'discard'): void {
    registered.get(`responder.${what}Edit:${this.uri}`)?.();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const listener of documentListeners.close) listener(this as never);
  }
}

interface FakeButton {
  readonly tooltip?: string;
}

interface FakeItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly kind?: number;
  readonly buttons?: readonly FakeButton[];
}

export const QuickPickItemKind = { Separator: -1, Default: 0 };

/** A quick pick, and what a person does with it. */
export class FakeStatusItem {
  text = '';
  isShown = false;
  isGone = false;

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    this.isShown = false;
  }

  dispose(): void {
    this.isGone = true;
  }
}

export const StatusBarAlignment = { Left: 1, Right: 2 };

export class FakeQuickPick {
  value = '';
  title = '';
  placeholder = '';
  prompt: string | undefined;
  ignoreFocusOut = false;
  busy = false;
  isGone = false;
  keepScrollPosition = false;
  items: readonly FakeItem[] = [];
  activeItems: readonly object[] = [];
  selectedItems: readonly object[] = [];
  buttons: readonly FakeButton[] = [];
  readonly #listeners = new Map<string, (value: never) => void>();
  readonly onDidChangeValue = this.#event('value');
  readonly onDidAccept = this.#event('accept');
  readonly onDidHide = this.#event('hide');
  readonly onDidTriggerButton = this.#event<FakeButton>('button');
  readonly onDidTriggerItemButton = this.#event<{ readonly button: FakeButton; readonly item: FakeItem }>('itemButton');

  show(): void {
    (this.busy ? person.waits : person.picks).push(this);
  }

  dispose(): void {
    this.isGone = true;
    this.#listeners.clear();
  }

  type(value: string): void {
    this.value = value;
    this.#tell('value', value);
  }

  /** Enter, on the choice of that number. */
  enter(index = 0): void {
    this.activeItems = this.items.slice(index, index + 1);
    this.selectedItems = this.activeItems;
    this.#tell('accept', '');
  }

  escape(): void {
    this.hide();
  }

  hide(): void {
    this.#tell('hide', '');
  }

  back(): void {
    this.#tell('button', QuickInputButtons.Back);
  }

  /** Presses a button of the title by its name. */
  press(tooltip: string): void {
    const button = this.buttons.find((each) => each.tooltip === tooltip);
    if (button !== undefined) this.#tell('button', button);
  }

  /** Presses a button of the choice of that number by its name. */
  pressOn(index: number, tooltip: string): void {
    const item = this.items[index];
    const button = item?.buttons?.find((each) => each.tooltip === tooltip);
    if (button !== undefined) this.#tell('itemButton', { button, item });
  }

  #event<T = string>(name: string) {
    return (listener: (value: T) => void): { readonly dispose: () => void } => {
      this.#listeners.set(name, listener);
      return { dispose: () => void this.#listeners.delete(name) };
    };
  }

  #tell(name: string, value: unknown): void {
    this.#listeners.get(name)?.(value as never);
  }
}

export const Disposable = {
  from: (...all: readonly { readonly dispose: () => void }[]) => ({
    dispose: () => {
      for (const one of all) one.dispose();
    },
  }),
};

/** Settings as an object; what is updated is written to it. */
export const settings = new Map<string, unknown>();

export const ConfigurationTarget = { Global: 1, Workspace: 2 };

export const workspace = {
  workspaceFolders: undefined,
  fs: {
    writeFile: async (target: { readonly path: string }, bytes: Uint8Array) =>
      void person.written.push([target.path, new TextDecoder().decode(bytes)]),
  },
  openTextDocument: async ({ content }: { readonly content: string }) => {
    const document = new FakeDocument(content);
    documents.push(document);
    return document;
  },
  onDidChangeTextDocument: onDocument('change'),
  onDidCloseTextDocument: onDocument('close'),
  getConfiguration: () => ({
    get: (name: string) => settings.get(name),
    inspect: (name: string) => ({ globalValue: settings.get(name) }),
    update: async (name: string, value: unknown) => {
      if (value === undefined) settings.delete(name);
      else settings.set(name, value);
    },
  }),
};

export const window = {
  showTextDocument: async (document: unknown) => {
    if (document instanceof FakeDocument) shown = document;
  },
  createQuickPick: () => new FakeQuickPick(),
  createStatusBarItem: () => {
    const item = new FakeStatusItem();
    person.bar.push(item);
    return item;
  },
  showInformationMessage: say,
  showWarningMessage: say,
  showErrorMessage: say,
  withProgress: async (_: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) =>
    task({ report: () => undefined }, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
  setStatusBarMessage: (text: string) => void person.said.push(text),
  /** The answer is the path of the file. */
  showSaveDialog: async ({ title = '' }: { readonly title?: string }) => {
    const path = answer(title);
    return path === undefined ? undefined : { path };
  },
  showQuickPick: async (
    choices: readonly Labelled[],
    options: { readonly title?: string; readonly canPickMany?: boolean },
  ) => {
    const chosen = answer(`${options.title}: ${choices.map(({ label }) => label).join(' | ')}`);
    const picked = choices.filter(({ label }) => chosen !== undefined && label.includes(chosen));
    return options.canPickMany === true && chosen !== undefined ? picked : picked[0];
  },
  showInputBox: async (options: { readonly title?: string; readonly validateInput?: (text: string) => unknown }) => {
    const typed = answer(options.title ?? '');
    const problem = typed === undefined ? undefined : options.validateInput?.(typed);
    if (typeof problem !== 'string') return typed;
    person.said.push(problem);
    return undefined;
  },
};
