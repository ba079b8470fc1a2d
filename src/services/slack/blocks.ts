import * as z from 'zod/mini';
import { MAX_TEXT, parseMrkdwn } from './mrkdwn.ts';
import { type Block, type Inline, type RichText, type Style, UNSTYLED } from './richText.ts';

const MAX_BLOCKS = 100;
const MAX_ELEMENTS = 2000;

const text = z.catch(z.string(), '');
const list = z.catch(z.array(z.unknown()), []);
const flag = z.catch(z.boolean(), false);
const typed = z.looseObject({ type: z.string() });
const textObject = z.object({ type: z.enum(['mrkdwn', 'plain_text']), text: z.string() });

/** Reads Block Kit blocks as far as they hold words; what it does not know it passes over. */
export function parseBlocks(blocks: unknown): RichText {
  return list.parse(blocks).slice(0, MAX_BLOCKS).flatMap(parseBlock);
}

const attachment = z.object({
  pretext: text,
  title: text,
  title_link: text,
  text,
  fields: list,
  fallback: text,
  blocks: z.catch(z.unknown(), undefined),
  from_url: text,
});

/** Reads the older attachments, which alert bots still use; a link's preview is no part of the message. */
export function parseAttachments(attachments: unknown): RichText {
  return list.parse(attachments).slice(0, MAX_BLOCKS).flatMap(parseAttachment);
}

function parseAttachment(raw: unknown): RichText {
  const parsed = attachment.safeParse(raw);
  if (!parsed.success || parsed.data.from_url !== '') return [];
  const { pretext, title, title_link: link, fallback } = parsed.data;
  const words = [
    ...parseMrkdwn(pretext),
    ...(link === '' ? parseMrkdwn(title) : [paragraph([{ type: 'link', url: link, text: title, style: UNSTYLED }])]),
    ...parseMrkdwn(parsed.data.text),
    ...parsed.data.fields.slice(0, MAX_BLOCKS).flatMap(parseField),
    ...parseBlocks(parsed.data.blocks),
  ];
  return words.length > 0 ? words : parseMrkdwn(fallback);
}

const field = z.object({ title: text, value: text });

function parseField(raw: unknown): RichText {
  const parsed = field.safeParse(raw);
  if (!parsed.success) return [];
  const { title, value } = parsed.data;
  return parseMrkdwn(title === '' ? value : `*${title}*: ${value}`);
}

const section = z.object({ text: z.catch(z.unknown(), undefined), fields: list });
const elements = z.object({ elements: list });
const markdownBlock = z.object({ text });

function parseBlock(raw: unknown): RichText {
  const parsed = typed.safeParse(raw);
  if (!parsed.success) return [];
  switch (parsed.data.type) {
    case 'rich_text':
      return elements.parse(raw).elements.slice(0, MAX_ELEMENTS).flatMap(parseRichElement);
    case 'section':
    case 'header': {
      const { text: main, fields } = section.parse(raw);
      return [main, ...fields.slice(0, MAX_BLOCKS)].flatMap(parseTextObject);
    }
    case 'context':
      return elements.parse(raw).elements.slice(0, MAX_BLOCKS).flatMap(parseTextObject);
    case 'markdown':
      return [plainParagraph(markdownBlock.parse(raw).text)];
    default:
      return [];
  }
}

function parseTextObject(raw: unknown): RichText {
  const parsed = textObject.safeParse(raw);
  if (!parsed.success) return [];
  return parsed.data.type === 'mrkdwn' ? parseMrkdwn(parsed.data.text) : [plainParagraph(parsed.data.text)];
}

const richList = z.object({
  elements: list,
  style: text,
  indent: z.catch(z.int().check(z.minimum(0), z.maximum(8)), 0),
});

/** Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block. */
function parseRichElement(raw: unknown): readonly Block[] {
  const parsed = typed.safeParse(raw);
  if (!parsed.success) return [];
  const inner = richList.parse(raw);
  switch (parsed.data.type) {
    case 'rich_text_section':
      return [paragraph(parseRichInlines(inner.elements))];
    case 'rich_text_quote':
      return [{ type: 'quote', inlines: parseRichInlines(inner.elements) }];
    case 'rich_text_preformatted':
      return [{ type: 'code', text: parseRichInlines(inner.elements).map(wordsOf).join('') }];
    case 'rich_text_list': {
      const items = inner.elements.slice(0, MAX_ELEMENTS).map((item) => parseRichInlines(itemElements(item)));
      return [{ type: 'list', ordered: inner.style === 'ordered', indent: inner.indent, items }];
    }
    default:
      return [];
  }
}

function itemElements(raw: unknown): readonly unknown[] {
  const parsed = elements.safeParse(raw);
  return parsed.success ? parsed.data.elements : [];
}

const style = z.object({ bold: flag, italic: flag, strike: flag, code: flag });

const inlineShape = z.looseObject({
  type: z.string(),
  text,
  url: text,
  name: text,
  unicode: text,
  user_id: text,
  usergroup_id: text,
  channel_id: text,
  range: text,
  fallback: text,
  style: z.catch(style, UNSTYLED),
});

function parseRichInlines(raw: readonly unknown[]): readonly Inline[] {
  return raw.slice(0, MAX_ELEMENTS).flatMap((element): readonly Inline[] => {
    const parsed = inlineShape.safeParse(element);
    return parsed.success ? toInline(parsed.data) : [];
  });
}

function toInline(element: z.infer<typeof inlineShape>): readonly Inline[] {
  switch (element.type) {
    case 'text':
      return [plain(element.text, element.style)];
    case 'link': {
      const url = element.url.slice(0, MAX_TEXT);
      return [{ type: 'link', url, text: element.text.slice(0, MAX_TEXT) || url, style: element.style }];
    }
    case 'user':
      return mention('user', element.user_id);
    case 'usergroup':
      return mention('group', element.usergroup_id);
    case 'channel':
      return mention('channel', element.channel_id);
    case 'broadcast':
      return mention('broadcast', element.range);
    case 'emoji':
      return [plain(emoji(element.unicode) ?? `:${element.name}:`, UNSTYLED)];
    case 'date':
      return [plain(element.fallback, UNSTYLED)];
    default:
      return [];
  }
}

function mention(of: Extract<Inline, { type: 'mention' }>['of'], id: string): readonly Inline[] {
  return id === '' || id.length > 32 ? [] : [{ type: 'mention', of, id, label: undefined }];
}

/** `1f468-200d-1f692`: code points in hexadecimal. */
function emoji(unicode: string): string | undefined {
  if (!/^[0-9a-f]{2,5}(?:-[0-9a-f]{2,5}){0,15}$/iu.test(unicode)) return undefined;
  return String.fromCodePoint(...unicode.split('-').map((point) => Number.parseInt(point, 16)));
}

function wordsOf(inline: Inline): string {
  return inline.type === 'mention' ? inline.id : inline.text;
}

function paragraph(inlines: readonly Inline[]): Block {
  return { type: 'paragraph', inlines };
}

function plainParagraph(words: string): Block {
  return paragraph([plain(words, UNSTYLED)]);
}

function plain(words: string, style: Style): Inline {
  return { type: 'text', text: words.slice(0, MAX_TEXT), style };
}
