import { button } from '../ui/components.ts';
import { element } from '../ui/element.ts';

/** What is shown instead of the notes while the host cannot give them. */
export function unavailable(message: string, retry: string, onRetry: () => void): HTMLElement {
  const again = button({ label: retry, kind: 'primary', onPress: onRetry });
  return element('main', { class: 'page unavailable' }, element('h1', {}, message), again.element);
}
