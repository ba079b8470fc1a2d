import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import { parseAttachments, parseBlocks } from './blocks.ts';
import { escapeMarkdown, markdownLink, toMarkdown } from './markdown.ts';
import { parseMrkdwn } from './mrkdwn.ts';
import { type Names, type RichText, toPlain } from './richText.ts';
import type { SlackMessage } from './wire.ts';

/** What a message says: its blocks, or its text where it has none, and its attachments. */
export function contentOf(message: SlackMessage): RichText {
  const blocks = parseBlocks(message.blocks);
  return [...(blocks.length > 0 ? blocks : parseMrkdwn(message.text)), ...parseAttachments(message.attachments)];
}

/** A message as GitHub Markdown, with its files as links. */
export function messageMarkdown(message: SlackMessage, names: Names): string {
  const files = parseFiles(message.files).map(
    ({ name, url }) =>
      `📎 ${url === undefined ? escapeMarkdown(name) : markdownLink(name, url)} (needs access to Slack)`,
  );
  return [toMarkdown(contentOf(message), names), ...files].filter((part) => part !== '').join('\n\n');
}

/** A message without marks; the names of its files when it has no words. */
export function messagePlain(message: SlackMessage, names: Names): string {
  const words = toPlain(contentOf(message), names).trim();
  return words === ''
    ? parseFiles(message.files)
        .map(({ name }) => name)
        .join(', ')
    : words;
}

const fileShape = z.object({
  title: z.catch(z.string(), ''),
  name: z.catch(z.string(), ''),
  permalink: z.catch(z.optional(z.string()), undefined),
});

function parseFiles(files: unknown): readonly { readonly name: string; readonly url: string | undefined }[] {
  const list: readonly unknown[] = Array.isArray(files) ? files : [];
  return list.slice(0, 50).flatMap((raw) => {
    const parsed = fileShape.safeParse(raw);
    if (!parsed.success) return [];
    const { name, title, permalink } = parsed.data;
    return [{ name: oneLine(title || name, 120) || 'file', url: permalink }];
  });
}
