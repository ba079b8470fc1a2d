import markdownIt from 'markdown-it';
import { type HandoffDraft } from '../../src/core/handoff.ts';
import { handoffMarkdown } from '../../src/core/handoffMarkdown.ts';
import type { HandoffStrings } from '../../src/shared/handoffMessages.ts';
import { tabs } from '../ui/components.ts';
import { element } from '../ui/element.ts';

export interface Preview {
  readonly element: HTMLElement;
  show(draft: HandoffDraft): void;
}

/** The document as it will be read, rendered and as Markdown. */
export function createPreview(strings: HandoffStrings): Preview {
  // No HTML, no images: what remote texts say is text.
  const renderer = markdownIt({ html: false, linkify: false }).disable('image');
  renderer.core.ruler.push('lowerHeadings', ({ tokens }) => {
    // The page has one first heading, its own; the document's begin below the preview's.
    for (const token of tokens) if (token.type.startsWith('heading_')) token.tag = `h${Number(token.tag.slice(1)) + 2}`;
  });
  const rendered = element('div', { class: 'rendered' });
  const source = element('pre', { class: 'source', tabindex: '0' });
  const views = tabs([
    { label: strings.previewTab, content: rendered },
    { label: strings.sourceTab, content: source },
  ]);
  return {
    element: element(
      'aside',
      { class: 'preview', 'aria-labelledby': 'preview' },
      element('h2', { id: 'preview', class: 'unseen' }, strings.preview),
      views,
    ),
    show(draft) {
      const markdown = handoffMarkdown(draft, 'message');
      source.textContent = markdown;
      const parsed = new DOMParser().parseFromString(renderer.render(markdown), 'text/html');
      rendered.replaceChildren(...parsed.body.childNodes);
    },
  };
}
