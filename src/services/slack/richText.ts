/** What a message says, however it was written: mrkdwn, rich_text, blocks or attachments all become this. */
export type RichText = readonly Block[];

export type Block =
  | { readonly type: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly type: 'quote'; readonly inlines: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  | {
      readonly type: 'list';
      readonly ordered: boolean;
      readonly indent: number;
      readonly items: readonly (readonly Inline[])[];
    };

export type Inline =
  | { readonly type: 'text'; readonly text: string; readonly style: Style }
  | { readonly type: 'link'; readonly url: string; readonly text: string; readonly style: Style }
  /** `label` is the name that the message itself brought along. */
  | { readonly type: 'mention'; readonly of: MentionKind; readonly id: string; readonly label: string | undefined };

type MentionKind = 'user' | 'group' | 'channel' | 'broadcast';

export interface Style {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strike: boolean;
  readonly code: boolean;
}

export const UNSTYLED: Style = { bold: false, italic: false, strike: false, code: false };

/** What ids are called; falls back to the id. */
export interface Names {
  user(id: string): string;
  group(id: string): string;
  channel(id: string): string;
}

/** The ids of users and groups that a text mentions, for their names to be learnt. */
export function mentionsIn(rich: RichText): readonly { readonly of: MentionKind; readonly id: string }[] {
  const inlines = rich.flatMap((block) => inlinesOf(block));
  return inlines.filter((inline) => inline.type === 'mention');
}

/** Without any marks, mentions as `@name` and `#name`. */
export function toPlain(rich: RichText, names: Names): string {
  return rich.map((block) => plainBlock(block, names)).join('\n');
}

function plainBlock(block: Block, names: Names): string {
  switch (block.type) {
    case 'code':
      return block.text;
    case 'list':
      return block.items.map((item) => `• ${plainInlines(item, names)}`).join('\n');
    case 'paragraph':
    case 'quote':
      return plainInlines(block.inlines, names);
  }
}

function plainInlines(inlines: readonly Inline[], names: Names): string {
  return inlines.map((inline) => (inline.type === 'mention' ? mentionName(inline, names) : inline.text)).join('');
}

/** `@Kai`, `@integrations-team`, `#feedback`, `@here`. */
export function mentionName(mention: Extract<Inline, { type: 'mention' }>, names: Names): string {
  const { of, id, label } = mention;
  switch (of) {
    case 'user': {
      const name = names.user(id);
      return `@${name === id ? (label ?? id) : name}`;
    }
    case 'group': {
      const name = names.group(id);
      return `@${name === id ? (label?.replace(/^@/u, '') ?? id) : name}`;
    }
    case 'channel':
      return `#${label ?? names.channel(id)}`;
    case 'broadcast':
      return `@${id}`;
  }
}

function inlinesOf(block: Block): readonly Inline[] {
  switch (block.type) {
    case 'code':
      return [];
    case 'list':
      return block.items.flat();
    case 'paragraph':
    case 'quote':
      return block.inlines;
  }
}
