/** The parts of a new issue that a person may rewrite before it is created. */
export interface EditableIssue {
  readonly title: string;
  readonly labels: readonly string[];
  readonly body: string;
}

export type EditProblem = 'noHead' | 'noTitle';

const FENCE = '---';

/** The issue as a Markdown document: title and labels as its head between two lines of dashes, then the body. */
export function writeEditable({ title, labels, body }: EditableIssue): string {
  const head = [`title: ${title}`, 'labels:', ...labels.map((label) => `- ${label}`)];
  return `${[FENCE, ...head, FENCE, '', body].join('\n')}\n`;
}

/** What a person made of that document, or what is wrong with its head. */
export function parseEditable(text: string): EditableIssue | EditProblem {
  const lines = text.split(/\r\n?|\n/u);
  const start = lines.findIndex((line) => line.trim() !== '');
  const end = lines.findIndex((line, index) => index > start && line.trim() === FENCE);
  if (lines[start]?.trim() !== FENCE || end === -1) return 'noHead';
  const head = lines.slice(start + 1, end);
  const title = head
    .find((line) => /^\s*title\s*:/iu.test(line))
    ?.replace(/^\s*title\s*:/iu, '')
    .trim();
  if (title === undefined || title === '') return 'noTitle';
  const labels = head.flatMap((line) => {
    const trimmed = line.trim();
    return trimmed.startsWith('- ') && trimmed.length > 2 ? [trimmed.slice(2).trim()] : [];
  });
  const body = lines.slice(end + 1);
  const firstWord = body.findIndex((line) => line.trim() !== '');
  return { title, labels, body: firstWord === -1 ? '' : body.slice(firstWord).join('\n').trimEnd() };
}
