import type { HandoffStrings, HandoffTarget, HandoffWhere } from '../../src/shared/handoffMessages.ts';
import { type Button, button } from '../ui/components.ts';
import { element } from '../ui/element.ts';

export interface ToolbarEvents {
  readonly post: (where: HandoffWhere) => void;
  readonly copy: () => void;
  readonly refresh: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  /** Which posts can be pressed; why not is said under the buttons. */
  show(targets: readonly HandoffTarget[], posting: ReadonlySet<HandoffWhere>): void;
}

export function createToolbar(strings: HandoffStrings, events: ToolbarEvents): Toolbar {
  const posts: Readonly<Record<HandoffWhere, Button>> = {
    slack: button({ label: strings.postSlack, kind: 'primary', icon: 'message', onPress: () => events.post('slack') }),
    issue: button({ label: strings.postIssue, kind: 'secondary', icon: 'issue', onPress: () => events.post('issue') }),
  };
  const copy = button({ label: strings.copy, kind: 'secondary', icon: 'copy', onPress: events.copy });
  const refresh = button({ label: strings.refresh, kind: 'secondary', icon: 'refresh', onPress: events.refresh });
  const reasons = element('ul', { class: 'reasons', id: 'reasons' });
  const buttons = [posts.slack, posts.issue, copy, refresh].map((each) => each.element);
  return {
    element: element(
      'div',
      { class: 'toolbar', role: 'group', 'aria-label': strings.toolbar },
      element('div', { class: 'buttons' }, ...buttons),
      reasons,
    ),
    show(targets, posting) {
      for (const target of targets) {
        const unavailable = 'unavailable' in target;
        posts[target.where].setDisabled(unavailable || posting.has(target.where));
        posts[target.where].element.title = unavailable ? target.unavailable : target.place;
      }
      const why = targets.flatMap((target) => ('unavailable' in target ? [target.unavailable] : []));
      reasons.replaceChildren(...why.map((reason) => element('li', {}, reason)));
      reasons.hidden = why.length === 0;
    },
  };
}
