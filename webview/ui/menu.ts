import { element } from './element.ts';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
}

/**
 * Opens a menu under `anchor`: arrows, Home, End and the first letter move, Enter chooses, Esc and a click elsewhere
 * close. The focus goes back to the anchor unless the choice moves it.
 */
export function openMenu(anchor: HTMLElement, label: string, items: readonly MenuItem[]): void {
  const menu = element('div', { role: 'menu', class: 'menu', popover: 'auto', 'aria-label': label });
  const rows = items.map(({ label: words, run }) => {
    const row = element('button', { role: 'menuitem', type: 'button', tabindex: '-1' }, words);
    row.addEventListener('click', () => {
      menu.hidePopover();
      run();
    });
    return row;
  });
  menu.append(...rows);
  menu.addEventListener('keydown', (event) => {
    const at = rows.findIndex((row) => row === document.activeElement);
    const next = nextIndex(event.key, at, items);
    if (event.key === 'Tab') menu.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    rows[next]?.focus();
  });
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') menu.remove();
  });
  (anchor.closest('main') ?? document.body).append(menu);
  menu.showPopover();
  place(menu, anchor);
  rows[0]?.focus();
}

function nextIndex(key: string, at: number, items: readonly MenuItem[]): number | undefined {
  const last = items.length - 1;
  if (key === 'ArrowDown') return at >= last ? 0 : at + 1;
  if (key === 'ArrowUp') return at <= 0 ? last : at - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key.length !== 1 || key === ' ') return undefined;
  const letter = key.toLowerCase();
  const order = [...items.keys()].map((index) => (at + 1 + index) % items.length);
  return order.find((index) => items[index]?.label.toLowerCase().startsWith(letter));
}

/** Under the anchor, its right edges aligned, and inside the window. */
function place(menu: HTMLElement, anchor: HTMLElement): void {
  const around = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = around.bottom + size.height <= window.innerHeight;
  menu.style.top = `${Math.max(0, below ? around.bottom : around.top - size.height)}px`;
  menu.style.left = `${Math.max(0, Math.min(around.right - size.width, window.innerWidth - size.width))}px`;
}
