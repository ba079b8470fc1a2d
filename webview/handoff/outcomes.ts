import type { HandoffPost, HandoffStrings, HandoffTarget, HandoffWhere } from '../../src/shared/handoffMessages.ts';
import { button } from '../ui/components.ts';
import { element } from '../ui/element.ts';
import { icon } from '../ui/icons.ts';
import { fill } from './words.ts';

export interface Outcomes {
  readonly element: HTMLElement;
  show(posts: readonly HandoffPost[], targets: readonly HandoffTarget[]): void;
}

/** How posting went, in the page: where it is now, or what went wrong and the button that tries again. */
export function createOutcomes(strings: HandoffStrings, onRetry: (where: HandoffWhere) => void): Outcomes {
  const box = element('div', { class: 'outcomes', role: 'status' });
  const row = (post: HandoffPost, place: string): HTMLElement => {
    const { where } = post;
    switch (post.status) {
      case 'posting':
        return element('div', { class: 'outcome' }, element('p', {}, fill(strings.posting, place)));
      case 'posted': {
        const said = fill(where === 'slack' ? strings.postedSlack : strings.postedIssue, place);
        const warnings = post.warnings.map((warning) => element('li', {}, warning));
        const link = element('a', { href: post.url }, strings.openPosted);
        const text = element('p', {}, `${said} `, link);
        return element('div', { class: 'outcome posted' }, icon('done'), text, element('ul', {}, ...warnings));
      }
      case 'failed': {
        const said = fill(where === 'slack' ? strings.postFailedSlack : strings.postFailedIssue, post.message);
        const retry = button({ label: strings.retry, kind: 'primary', onPress: () => onRetry(where) });
        return element('div', { class: 'outcome failed' }, icon('failed'), element('p', {}, said), retry.element);
      }
    }
  };
  return {
    element: box,
    show(posts, targets) {
      const rows = posts.map((post) => {
        const target = targets.find(({ where }) => where === post.where);
        return row(
          post,
          target !== undefined && 'place' in target
            ? target.place
            : new URL('url' in post ? post.url : 'https://-').host,
        );
      });
      box.replaceChildren(...rows);
    },
  };
}
