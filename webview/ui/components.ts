import {
  type Panels,
  type PanelTab,
  type PanelView,
  provideVSCodeDesignSystem,
  type TextArea,
  type TextField,
  type Button as ToolkitButton,
  vsCodeButton,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { type IconName, icon } from './icons.ts';

// The one place that knows the component library: everything else asks for what it needs by these verbs.
declare global {
  interface HTMLElementTagNameMap {
    'vscode-button': ToolkitButton;
    'vscode-panels': Panels;
    'vscode-panel-tab': PanelTab;
    'vscode-panel-view': PanelView;
    'vscode-text-area': TextArea;
    'vscode-text-field': TextField;
  }
}

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodePanels(),
  vsCodePanelTab(),
  vsCodePanelView(),
  vsCodeTextArea(),
  vsCodeTextField(),
);

export interface Button {
  readonly element: HTMLElement;
  setLabel(label: string): void;
  setDisabled(disabled: boolean): void;
  isDisabled(): boolean;
  /** Focuses it as soon as what was set before is shown: the toolkit renders with the next frame. */
  focus(): void;
}

export interface ButtonOptions {
  readonly label: string;
  readonly kind: 'primary' | 'secondary';
  readonly icon?: IconName;
  readonly onPress: () => void;
}

/** A button with words. */
export function button({ label, kind, icon: name, onPress }: ButtonOptions): Button {
  const made = document.createElement('vscode-button');
  made.appearance = kind;
  // A bare text node: the toolkit takes a `span` for an icon and makes it one's size.
  const text = document.createTextNode(label);
  if (name !== undefined) {
    const start = icon(name);
    start.setAttribute('slot', 'start');
    made.append(start);
  }
  made.append(text);
  made.addEventListener('click', onPress);
  return {
    element: made,
    setLabel: (next) => {
      text.data = next;
    },
    ...pressable(made),
  };
}

export interface IconButtonOptions {
  readonly label: string;
  readonly icon: IconName;
  readonly onPress: () => void;
}

/** A button of one sign; its label is its name and its tooltip. */
export function iconButton({ label, icon: name, onPress }: IconButtonOptions): Button {
  const made = document.createElement('vscode-button');
  made.appearance = 'icon';
  const setLabel = (next: string): void => {
    made.setAttribute('aria-label', next);
    made.title = next;
  };
  setLabel(label);
  made.append(icon(name));
  made.addEventListener('click', onPress);
  return {
    element: made,
    setLabel,
    ...pressable(made),
  };
}

function pressable(made: ToolkitButton): Pick<Button, 'setDisabled' | 'isDisabled' | 'focus'> {
  return {
    setDisabled: (disabled) => {
      made.disabled = disabled;
    },
    isDisabled: () => made.disabled,
    focus: () => void requestAnimationFrame(() => made.focus()),
  };
}

export interface TextInput {
  readonly element: HTMLElement;
  /** Shows a value that did not come from typing. */
  setValue(value: string): void;
  setLabel(label: string): void;
}

export interface TextInputOptions {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** Several lines; as tall as what is in it (by style). */
export function textArea(options: TextInputOptions): TextInput {
  const made = document.createElement('vscode-text-area');
  made.rows = 1;
  return textInput(made, options);
}

/** One line. */
export function textField(options: TextInputOptions): TextInput {
  return textInput(document.createElement('vscode-text-field'), options);
}

function textInput(made: TextArea | TextField, { label, placeholder, value, onInput }: TextInputOptions): TextInput {
  // The toolkit names a field by its text, whenever it is put somewhere; the style hides that text.
  const setLabel = (next: string): void => {
    made.textContent = next;
    made.setAttribute('aria-label', next);
  };
  setLabel(label);
  made.placeholder = placeholder;
  made.value = value;
  made.addEventListener('input', () => onInput(made.value));
  return {
    element: made,
    setValue: (next) => {
      if (made.value !== next) made.value = next;
    },
    setLabel,
  };
}

export interface Tab {
  readonly label: string;
  readonly content: HTMLElement;
}

/** One of several views of the same thing; the first is shown. */
export function tabs(list: readonly Tab[]): HTMLElement {
  const made = document.createElement('vscode-panels');
  for (const { label } of list) {
    const tab = document.createElement('vscode-panel-tab');
    tab.textContent = label;
    made.append(tab);
  }
  for (const { content } of list) {
    const view = document.createElement('vscode-panel-view');
    view.append(content);
    made.append(view);
  }
  return made;
}
