import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { readMarkers } from '../../../../src/core/marker.ts';
import { parseAttachments, parseBlocks } from '../../../../src/services/slack/blocks.ts';
import { escapeMarkdown, toMarkdown } from '../../../../src/services/slack/markdown.ts';
import { parseMrkdwn } from '../../../../src/services/slack/mrkdwn.ts';
import { toPlain } from '../../../../src/services/slack/richText.ts';
import { assertGrowsEvenly } from '../../../support/growth.ts';

const names = {
  user: (id: string) => (id === 'U1' ? 'Kai' : id),
  group: (id: string) => (id === 'S1' ? 'integrations-team' : id),
  channel: (id: string) => (id === 'C1' ? 'integrations' : id),
};

// What Slack sends, how it reads without marks, and as GitHub Markdown.
const MRKDWN: readonly [string, string, string][] = [
  ['plain', 'plain', 'plain'],
  ['*bold* _it_ ~gone~ `x*y`', 'bold it gone x*y', '**bold** _it_ ~~gone~~ `x*y`'],
  ['*bold _both_*', 'bold both', '**bold** **_both_**'],
  ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name', '2 \\* 3 \\* 4 and snake_case_name'],
  ['ask <@U1>', 'ask @Kai', 'ask @&#8203;Kai'],
  ['ask <@U9|mika>', 'ask @mika', 'ask @&#8203;mika'],
  ['ask <@U9>', 'ask @U9', 'ask @&#8203;U9'],
  ['<!subteam^S1> <!subteam^S2|@eng>', '@integrations-team @eng', '@&#8203;integrations-team @&#8203;eng'],
  ['<!here> <!channel> <!everyone>', '@here @channel @everyone', '@&#8203;here @&#8203;channel @&#8203;everyone'],
  ['in <#C1> and <#C2|docs>', 'in #integrations and #docs', 'in #integrations and #docs'],
  ['<https://a.example/x_y_z|the page>', 'the page', '[the page](https://a.example/x_y_z)'],
  ['<https://a.example/(x)|p>', 'p', '[p](https://a.example/%28x%29)'],
  ['<https://a.example/?a=1&amp;b=2>', 'https://a.example/?a=1&b=2', '<https://a.example/?a=1&b=2>'],
  ['<javascript:alert(1)|click>', 'click', 'click'],
  ['<mailto:a@b.example|a@b.example>', 'a@b.example', 'a@b.example'],
  ['<!date^1700000000^{date}|14 Nov>', '14 Nov', '14 Nov'],
  ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c', 'a &lt;b> &amp;amp; c'],
  ['&gt; quoted\nnot', 'quoted\nnot', '> quoted\n\nnot'],
  ['```a &lt; b\n<https://x.example>```', 'a < b\nhttps://x.example', '```\na < b\nhttps://x.example\n```'],
  ['open ```fence', 'open ```fence', 'open \\`\\`\\`fence'],
  ['see [x](javascript:alert(1))', 'see [x](javascript:alert(1))', 'see \\[x\\](javascript:alert(1))'],
  ['# title', '# title', '\\# title'],
  ['raw @kai-sample and a@b.example', 'raw @kai-sample and a@b.example', 'raw @&#8203;kai-sample and a@b.example'],
  ['raw https://a.example/x_y_z.', 'raw https://a.example/x_y_z.', 'raw <https://a.example/x_y_z>.'],
];

for (const [mrkdwn, plain, markdown] of MRKDWN) {
  test(`mrkdwn ${JSON.stringify(mrkdwn)}`, () => {
    const rich = parseMrkdwn(mrkdwn);

    assert.equal(toPlain(rich, names), plain);
    assert.equal(toMarkdown(rich, names), markdown);
  });
}

test('rich text keeps lists, quotes, code, emoji and mentions', () => {
  const section = (...elements: object[]): object => ({ type: 'rich_text_section', elements });
  const rich = parseBlocks([
    {
      type: 'rich_text',
      elements: [
        section(
          { type: 'text', text: 'Hi ', style: { bold: true } },
          { type: 'user', user_id: 'U1' },
          { type: 'usergroup', usergroup_id: 'S1' },
          { type: 'broadcast', range: 'here' },
          { type: 'emoji', name: 'firefighter', unicode: '1f9d1-200d-1f692' },
          { type: 'emoji', name: 'own' },
        ),
        { type: 'rich_text_list', style: 'ordered', indent: 1, elements: [section({ type: 'text', text: 'one' })] },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'said' }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a\n```\nb' }] },
      ],
    },
  ]);

  assert.equal(toPlain(rich, names), 'Hi @Kai@integrations-team@here🧑‍🚒:own:\n• one\nsaid\na\n```\nb');
  assert.equal(
    toMarkdown(rich, names),
    '**Hi** @&#8203;Kai@integrations-team@here🧑‍🚒:own:\n\n   1. one\n\n> said\n\n````\na\n```\nb\n````'.replace(
      'Kai@integrations-team@here',
      'Kai@&#8203;integrations-team@&#8203;here',
    ),
  );
});

test("a bot's blocks and attachments are read, a link's preview is not", () => {
  const blocks = parseBlocks([
    { type: 'header', text: { type: 'plain_text', text: 'Down' } },
    { type: 'section', text: { type: 'mrkdwn', text: '*db1*' }, fields: [{ type: 'mrkdwn', text: 'f' }] },
    {
      type: 'context',
      elements: [
        { type: 'mrkdwn', text: 'ctx' },
        { type: 'image', image_url: 'x' },
      ],
    },
    { type: 'unknown_block' },
  ]);
  const attachments = parseAttachments([
    { title: 'Alert', title_link: 'https://a.example/1', text: 'disk', fields: [{ title: 'env', value: 'prod' }] },
    { fallback: 'only this' },
    { from_url: 'https://x.example', text: 'preview' },
  ]);

  assert.equal(toPlain(blocks, names), 'Down\ndb1\nf\nctx');
  assert.equal(toPlain(attachments, names), 'Alert\ndisk\nenv: prod\nonly this');
});

test('no blocks or attachments whatsoever make the readers fail', () => {
  const nested = fc.object({ key: fc.constantFrom('type', 'elements', 'text', 'style', 'fields', 'user_id', 'url') });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.array(nested)), (raw) => {
      toMarkdown([...parseBlocks(raw), ...parseAttachments(raw)], names);
    }),
  );
});

test('no text becomes a mention, a hidden marker or an HTML tag', () => {
  const piece = fc.constantFrom(
    '@kai',
    '<!-- responder-duty:item:x -->',
    '&lt;!-- responder-duty:item:x --&gt;',
    '`',
    '```',
    '*',
    '_',
    '~',
    '&lt;img src=x&gt;',
    ' ',
    '\n',
    'a',
    '<https://a.example|@kai>',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const markdown = toMarkdown(parseMrkdwn(pieces.join('')), names);

      assert.deepEqual(readMarkers('item', markdown), []);
      const tokens = new MarkdownIt({ html: true }).parse(markdown, {});
      for (const token of tokens.flatMap((one) => [one, ...(one.children ?? [])])) {
        assert.ok(!token.type.startsWith('html'), markdown);
        if (token.type === 'text') assert.doesNotMatch(token.content, /(?<![A-Za-z0-9])@kai/u, markdown);
      }
    }),
  );
});

test('a text of 10 MB is cut, not chewed', () => {
  for (const part of ['*', '<', '*a ', '`a']) {
    assertGrowsEvenly((length) => {
      toMarkdown(parseMrkdwn(part.repeat(length / part.length)), names);
    }, 10_000_000);
  }
});

test('escaping leaves nothing that begins a heading, a rule or a quote', () => {
  assert.equal(escapeMarkdown('# a\n> b\n---\n====='), '\\# a\n\\> b\n\\---\n\\=====');
});
