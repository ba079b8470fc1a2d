import { type FromHandoff, parsePageState, parseToHandoff } from '../../src/shared/handoffMessages.ts';
import { Page } from './page.ts';
import { unavailable } from './unavailable.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromHandoff): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const host = acquireVsCodeApi();
let page: Page | undefined;

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = parseToHandoff(data);
  if (message === undefined) return;
  if (message.type === 'unavailable' && page === undefined) {
    const ask = (): void => host.postMessage({ type: 'ready' });
    document.body.replaceChildren(unavailable(message.message, message.retry, ask));
  } else if (message.type !== 'init') page?.receive(message);
  else
    page ??= new Page(message, parsePageState(host.getState()), {
      send: (reply) => host.postMessage(reply),
      keep: (state) => host.setState(state),
    });
});

// Whatever may come after one of these, the last edit is on its way first.
window.addEventListener('blur', () => page?.flush());
window.addEventListener('pagehide', () => page?.flush());
document.addEventListener('focusout', () => page?.flush());
document.addEventListener('visibilitychange', () => page?.flush());

// Every link asks the host, which checks where it leads; VS Code's own handler does not get to see the click.
for (const kind of ['click', 'auxclick'] as const)
  document.addEventListener(
    kind,
    (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.button < 2) host.postMessage({ type: 'open', url: link.href });
    },
    { capture: true },
  );

host.postMessage({ type: 'ready' });
