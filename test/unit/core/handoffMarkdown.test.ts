import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import markdownIt from 'markdown-it';
import { fitMarkdown, handoffMarkdown, handoffTitle } from '../../../src/core/handoffMarkdown.ts';
import { draft, entry } from './handoffSamples.ts';

test('a heading, the filled sections, each entry with its facts, notes nested', () => {
  const notes = draft({
    open: [entry({ title: 'Sync stops', note: 'Ask Rio\n\n- then restart' })],
    resolved: [entry({ id: 'b', title: 'Login fixed', url: undefined, detail: '' })],
  });

  assert.equal(
    handoffMarkdown(notes, 'message'),
    `# Handoff: Noor → Kai, Nov 16 – Nov 23

## Open

- [Sync stops](https://github.example/acme/app/issues/1) · acme/app · since Mon 10:00
  - Ask Rio
  - then restart

## Resolved

- Login fixed
`,
  );
});

test('in an issue, what is open can be ticked off', () => {
  const notes = draft({ open: [entry({ title: 'a' })], converted: [entry({ id: 'b', title: 'b' })] });
  const issue = handoffMarkdown(notes, 'issue');

  assert.match(issue, /^- \[ \] \[a\]/mu);
  assert.match(issue, /^- \[b\]/mu);
});

test('a quiet shift is said in words', () => {
  assert.match(handoffMarkdown(draft(), 'message'), /A quiet shift/u);
});

test('nobody next: the title names the one who hands over', () => {
  assert.equal(handoffTitle(draft({}, { to: undefined })), 'Handoff: Noor, Nov 16 – Nov 23');
});

const hostile = [
  '<script>alert(1)</script>',
  '<!-- responder-duty:item:x -->',
  '[click](javascript:alert(1))',
  '![x](https://evil.test/pixel.png)',
  '`code` **bold** _it_ ~~gone~~ | a | b |',
  '# not a heading',
  '- not a list',
  '1. not a list',
  '=====',
  '> not a quote',
  'back\\slash \\[x](https://evil.test/)',
  '](https://evil.test/) [',
  '&lt;b&gt; &amp; &#64;kai',
  '```',
  '~~~',
  '[ ] task',
  '<@U02KAI> <!channel>',
  '<https://evil.test/|click>',
];

const render = markdownIt({ html: true, linkify: false });

test('hostile texts stand there as text', () => {
  for (const text of hostile) {
    for (const where of ['title', 'detail', 'note'] as const) {
      const notes = draft({ open: [entry({ title: 'T', url: undefined, detail: '', note: '', [where]: text })] });
      const tokens = render
        .parse(handoffMarkdown(notes, 'message'), {})
        .flatMap((token) => [token, ...(token.children ?? [])]);
      const allowed =
        /^(heading|bullet_list|list_item|paragraph)_(open|close)$|^(inline|text|text_special|softbreak)$/u;
      // An address in a note is a link on purpose: to itself and nothing else.
      const links = tokens.filter(({ type }) => type === 'link_open');
      if (links.length > 0) assert.ok(where === 'note' && links.every((link) => link.markup === 'autolink'), text);
      for (const { type } of tokens)
        assert.ok(allowed.test(type) || type.startsWith('link_'), `${where} ${text}: ${type}`);
      assert.equal(tokens.filter(({ type }) => type === 'heading_open').length, 2, text);
      const shown = tokens.filter(({ type }) => type === 'inline').flatMap((token) => token.children ?? []);
      const words = shown
        .map(({ content }) => content)
        .join('')
        .replaceAll('\u200b', '');
      assert.ok(words.includes(where === 'note' ? text.replace(/^- /u, '') : text), `${where} ${text}: ${words}`);
    }
  }
});

test('nobody is notified and no other issue gets a reference', () => {
  const text = '@kai-sample (@acme/integrations) mail rio@acme.example fixes #12, acme/app#13, GH-14';
  for (const where of ['title', 'detail', 'note'] as const) {
    const markdown = handoffMarkdown(draft({ open: [entry({ [where]: text })] }), 'issue');
    assert.doesNotMatch(markdown, /@[a-z0-9]|#\d|GH-\d/iu);
  }
});

test('an address in a note is a link, and its query is not taken for Markdown', () => {
  const note = 'see https://wiki.example/a_b_c?q=*x*(1). Then @kai';
  const markdown = handoffMarkdown(draft({ open: [entry({ note })] }), 'message');

  assert.match(markdown, /see <https:\/\/wiki\.example\/a_b_c\?q=\*x\*%281>\)\. Then @\u200bkai/u);
});

test('an address that may not be opened, or would end its link, does no harm', () => {
  const of = (url: string): string =>
    handoffMarkdown(draft({ open: [entry({ title: 'T', detail: '', url })] }), 'message');

  assert.match(of('javascript:alert(1)'), /^- T$/mu);
  assert.match(of('https://a.example/x)[y](z'), /^- \[T\]\(https:\/\/a\.example\/x%29\[y\]%28z\)$/mu);
});

test('every entry is one list item, whatever its texts', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          title: fc.string({ unit: 'binary' }),
          detail: fc.string({ unit: 'binary' }),
          note: fc.string({ unit: 'binary' }),
        }),
        { maxLength: 4 },
      ),
      (rows) => {
        const notes = draft({ open: rows.map((row, index) => entry({ ...row, id: String(index) })) });
        const tokens = render.parse(handoffMarkdown(notes, 'issue'), {});
        assert.equal(tokens.filter(({ type, level }) => type === 'list_item_open' && level === 1).length, rows.length);
        assert.ok(tokens.every(({ type }) => type !== 'html_block' && type !== 'fence' && type !== 'code_block'));
      },
    ),
  );
});

test('a document that is too long is cut at a line and says where it goes on', () => {
  const markdown = Array.from({ length: 100 }, (_, index) => `- line ${index}`).join('\n');

  const cut = fitMarkdown(markdown, 200, 'https://github.example/acme/notes/issues/1');

  assert.ok(cut.length <= 200 && cut.length > 150);
  assert.match(cut, /- line \d+\n\n\[The notes go on here\]\(https:/u);
  assert.equal(fitMarkdown(markdown, markdown.length), markdown);
  assert.match(fitMarkdown(markdown, 200), /this place takes no more/u);
});
