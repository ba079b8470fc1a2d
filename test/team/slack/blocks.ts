import { isRecord, textOf } from '../proxy/call.ts';

/** Why Slack refuses these blocks (`invalid_blocks`, `msg_blocks_too_long`), or undefined. */
export function blocksProblem(blocks: readonly Record<string, unknown>[]): string | undefined {
  if (blocks.length > 50) return 'invalid_blocks';
  const markdown = blocks.filter((block) => block['type'] === 'markdown').map((block) => textOf(block['text']));
  // docs.slack.dev/reference/block-kit/blocks/markdown-block: 12 000 characters over all markdown blocks of a payload.
  if (markdown.join('').length > 12_000 || markdown.some((text) => text === '')) return 'invalid_blocks';
  if (blocks.some((block) => !BLOCK_TYPES.has(String(block['type'])))) return 'invalid_blocks';
  if (blocks.some((block) => block['type'] === 'section' && sectionText(block).length > 3000)) return 'invalid_blocks';
  // Undocumented: see slackapi/bolt-js#2509.
  return JSON.stringify(blocks).length > 13_200 + 2000 ? 'msg_blocks_too_long' : undefined;
}

const BLOCK_TYPES = new Set([
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'markdown',
  'rich_text',
  'section',
  'table',
  'video',
]);

function sectionText(block: Record<string, unknown>): string {
  const text = block['text'];
  return isRecord(text) ? textOf(text['text']) : '';
}

const TOKEN =
  /<@(?<user>[A-Z0-9]+)(?:\|[^>]*)?>|<!subteam\^(?<group>[A-Z0-9]+)(?:\|[^>]*)?>|<!(?<range>here|channel|everyone)>|<#(?<channel>[A-Z0-9]+)(?:\|[^>]*)?>|<(?<url>https?:[^>|]+)(?:\|(?<label>[^>]*))?>/gu;

/** The `rich_text` block that Slack's own editor makes of a text that a person types. */
export function richText(text: string): Record<string, unknown> {
  const elements: Record<string, unknown>[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > from) elements.push(plain(text.slice(from, match.index)));
    elements.push(element(match.groups ?? {}));
    from = match.index + match[0].length;
  }
  if (from < text.length) elements.push(plain(text.slice(from)));
  return { type: 'rich_text', block_id: 'b1', elements: [{ type: 'rich_text_section', elements }] };
}

function element(found: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  if (found['user'] !== undefined) return { type: 'user', user_id: found['user'] };
  if (found['group'] !== undefined) return { type: 'usergroup', usergroup_id: found['group'] };
  if (found['range'] !== undefined) return { type: 'broadcast', range: found['range'] };
  if (found['channel'] !== undefined) return { type: 'channel', channel_id: found['channel'] };
  const label = found['label'];
  return { type: 'link', url: found['url'], ...(label === undefined ? {} : { text: label }) };
}

function plain(text: string): Record<string, unknown> {
  return { type: 'text', text: text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') };
}
