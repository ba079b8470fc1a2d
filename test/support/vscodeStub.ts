/** What a test lets a person answer, in order, and what was said to them. */
export const person = {
  /** Labels of choices, or texts that are typed; undefined is a way out. */
  answers: [] as (string | undefined)[],
  said: [] as string[],
  /** The quick picks that were shown. */
  picks: [] as FakeQuickPick[],
  copied: [] as string[],
  /** The commands that ran. */
  ran: [] as string[],
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

export const Uri = { parse: (text: string): string => text };

export const ProgressLocation = { Notification: 15 };

export const commands = { executeCommand: async (id: string) => void person.ran.push(id) };

/** A quick pick, and what a person does with it. */
export class FakeQuickPick {
  value = '';
  title = '';
  placeholder = '';
  prompt: string | undefined;
  ignoreFocusOut = false;
  items: readonly { readonly label: string; readonly description?: string }[] = [];
  activeItems: readonly object[] = [];
  readonly #listeners = new Map<string, (value: string) => void>();
  readonly onDidChangeValue = this.#event('value');
  readonly onDidAccept = this.#event('accept');
  readonly onDidHide = this.#event('hide');

  show(): void {
    person.picks.push(this);
  }

  dispose(): void {
    this.#listeners.clear();
  }

  type(value: string): void {
    this.value = value;
    this.#listeners.get('value')?.(value);
  }

  /** Enter, on the choice of that number. */
  enter(index = 0): void {
    this.activeItems = this.items.slice(index, index + 1);
    this.#listeners.get('accept')?.('');
  }

  escape(): void {
    this.#listeners.get('hide')?.('');
  }

  #event(name: string) {
    return (listener: (value: string) => void): { readonly dispose: () => void } => {
      this.#listeners.set(name, listener);
      return { dispose: () => void this.#listeners.delete(name) };
    };
  }
}

/** Settings as an object; what is updated is written to it. */
export const settings = new Map<string, unknown>();

export const ConfigurationTarget = { Global: 1, Workspace: 2 };

export const workspace = {
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
  createQuickPick: () => new FakeQuickPick(),
  showInformationMessage: say,
  showWarningMessage: say,
  showErrorMessage: say,
  withProgress: async (_: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) =>
    task({ report: () => undefined }, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
  setStatusBarMessage: (text: string) => void person.said.push(text),
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
