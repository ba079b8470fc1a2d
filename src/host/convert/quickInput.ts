import * as vscode from 'vscode';
import type { Position } from './wizard.ts';

/** How a question ended: an answer, or the way out that the person took. */
export type Reply<T> = { readonly go: 'next'; readonly value: T } | { readonly go: 'back' | 'cancel' };

export interface Question {
  readonly title: string;
  readonly placeholder: string;
  /** Undefined for a question within a step: it shows no number but always leads back. */
  readonly position: Position | undefined;
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** One of several; `active` is where the selection starts, `onButton` hears of a choice's own buttons. */
export async function pickOne<T>(
  question: Question,
  choices: readonly Choice<T>[],
  active?: (value: T) => boolean,
  onButton?: (value: T) => void,
): Promise<Reply<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  prepare(pick, question);
  pick.placeholder = question.placeholder;
  pick.matchOnDescription = true;
  pick.items = choices;
  const start = choices.filter(({ value }) => active?.(value) === true).slice(0, 1);
  // None set leaves the first one active; an empty list would leave none, and Enter without effect.
  if (start.length > 0) pick.activeItems = start;
  return settled<T>(pick, (settle) => [
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) settle({ go: 'next', value: chosen.value });
    }),
    pick.onDidTriggerItemButton(({ item }) => onButton?.(item.value)),
  ]);
}

/** Any of several that are given; `problem` says what is missing, and keeps the question open. */
export async function pickSeveral(
  question: Question,
  options: readonly Pickable[],
  problem: (labels: readonly string[]) => string | undefined,
): Promise<{ readonly go: 'next' | 'back' | 'cancel'; readonly value: readonly string[] }> {
  const pick = vscode.window.createQuickPick();
  prepare(pick, question);
  pick.placeholder = question.placeholder;
  pick.canSelectMany = true;
  pick.items = options.map(({ label }) => ({ label }));
  pick.selectedItems = pick.items.filter((_, index) => options[index]?.picked === true);
  const chosen = (): readonly string[] => pick.selectedItems.map(({ label }) => label);
  const reply = await settled<undefined>(pick, (settle) => [
    pick.onDidAccept(() => {
      const missing = problem(chosen());
      if (missing === undefined) settle({ go: 'next', value: undefined });
      else pick.placeholder = missing;
    }),
  ]);
  return { go: reply.go, value: chosen() };
}

export interface Pickable {
  readonly label: string;
  readonly picked: boolean;
}

/** Any of several, and what the person adds by typing. `addWord` says beside a typed one that it is new. */
export async function pickMany(
  question: Question,
  options: readonly Pickable[],
  addWord: string,
): Promise<{ readonly go: 'next' | 'back' | 'cancel'; readonly value: readonly string[] }> {
  const pick = vscode.window.createQuickPick();
  prepare(pick, question);
  pick.placeholder = question.placeholder;
  pick.canSelectMany = true;
  let items: readonly vscode.QuickPickItem[] = options.map(({ label }) => ({ label }));
  pick.items = items;
  pick.selectedItems = items.filter((_, index) => options[index]?.picked === true);
  const showTyped = (text: string) => {
    // What was added and is selected stays in the list; a text still being typed is only offered.
    const kept = items.filter((item) => item.description === undefined || pick.selectedItems.includes(item));
    const known = kept.some(({ label }) => label.toLowerCase() === text.toLowerCase());
    items = text === '' || known ? kept : [...kept, { label: text, description: addWord, alwaysShow: true }];
    const selected = pick.selectedItems;
    pick.items = items;
    pick.selectedItems = selected;
  };
  const reply = await settled<undefined>(pick, (settle) => [
    pick.onDidChangeValue((value) => {
      showTyped(value.trim());
    }),
    pick.onDidAccept(() => {
      // Enter on a typed word adds it; Enter on none goes on.
      const typed = pick.value.trim();
      if (typed === '') return settle({ go: 'next', value: undefined });
      const item = items.find(({ label }) => label.toLowerCase() === typed.toLowerCase());
      if (item !== undefined && !pick.selectedItems.includes(item)) pick.selectedItems = [...pick.selectedItems, item];
      pick.value = '';
      showTyped('');
    }),
  ]);
  return { go: reply.go, value: pick.selectedItems.map(({ label }) => label) };
}

export interface TextQuestion extends Question {
  readonly value: string;
  /** Shown where nothing is typed yet. */
  readonly hint?: string;
  /** What is wrong with a text, or undefined. */
  readonly problem: (text: string) => string | undefined;
  /** Texts that are wrong but may be entered all the same, since what comes next says what to do instead. */
  readonly acceptAnyway?: (text: string) => boolean;
}

/** One line of text, checked as it is typed; `value` is what was typed, whichever way the person left. */
export async function askText(
  question: TextQuestion,
): Promise<{ readonly go: 'next' | 'back' | 'cancel'; readonly value: string }> {
  const input = vscode.window.createInputBox();
  prepare(input, question);
  input.prompt = question.placeholder;
  input.placeholder = question.hint;
  input.value = question.value;
  const check = (): boolean => {
    const problem = question.problem(input.value);
    input.validationMessage = problem;
    return problem === undefined || question.acceptAnyway?.(input.value) === true;
  };
  if (input.value !== '') check();
  const reply = await settled<undefined>(input, (settle) => [
    input.onDidChangeValue(() => {
      check();
    }),
    input.onDidAccept(() => {
      if (check()) settle({ go: 'next', value: undefined });
    }),
  ]);
  return { go: reply.go, value: input.value };
}

function prepare(input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] }, question: Question): void {
  const { position } = question;
  input.title = question.title;
  input.step = position?.step;
  input.totalSteps = position?.of;
  input.buttons = position?.step === 1 ? [] : [vscode.QuickInputButtons.Back];
  // Looking something up in an editor must not lose the answers.
  input.ignoreFocusOut = true;
}

type AnyInput = vscode.QuickInput & { readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton> };

/** Shows the input until it is settled; Escape cancels. */
async function settled<T>(
  input: AnyInput,
  listen: (settle: (reply: Reply<T>) => void) => readonly vscode.Disposable[],
): Promise<Reply<T>> {
  const { promise, resolve } = Promise.withResolvers<Reply<T>>();
  const listeners = [
    ...listen(resolve),
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) resolve({ go: 'back' });
    }),
    input.onDidHide(() => {
      resolve({ go: 'cancel' });
    }),
  ];
  try {
    input.show();
    return await promise;
  } finally {
    for (const listener of listeners) listener.dispose();
    input.dispose();
  }
}
