/** What a test lets a person answer, in order, and what was said to them. */
export const person = {
  /** Labels of choices, or texts that are typed; undefined is a way out. */
  answers: [] as (string | undefined)[],
  said: [] as string[],
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

export const env = { language: 'en', clipboard: { writeText: async (text: string) => void person.copied.push(text) } };

export const ProgressLocation = { Notification: 15 };

export const commands = { executeCommand: async (id: string) => void person.ran.push(id) };

export const window = {
  showInformationMessage: say,
  showWarningMessage: say,
  showErrorMessage: say,
  withProgress: async (_: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) =>
    task({ report: () => undefined }, { onCancellationRequested: () => undefined }),
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
