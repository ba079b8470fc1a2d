import { appendedTo } from '../actions/convert.ts';
import type { PlaceOf } from '../core/place.ts';
import {
  type BackWrite,
  type ChangeWrite,
  type IncidentWrite,
  isBack,
  isChange,
  type Proposal,
  type SilenceMatcher,
  type Write,
} from '../core/proposal.ts';

/** The preview's words in the editor's language; the glue fills them in (see `preview.ts`). */
export interface PreviewWords {
  readonly nothingWritten: string;
  readonly title: string;
  readonly labels: string;
  readonly assignee: string;
  readonly nobody: string;
  readonly none: string;
  readonly priority: string;
  readonly timebox: string;
  readonly body: string;
  readonly newIssue: (repository: string) => string;
  readonly plannedIssue: (issue: string) => string;
  readonly appendedIssue: (issue: string, reopens: boolean) => string;
  readonly board: (owner: string, number: number) => string;
  readonly reply: (place: string) => string;
  readonly comment: (issue: string) => string;
  readonly message: (channel: string) => string;
  readonly assignees: (issue: string) => string;
  readonly reaction: (place: string) => string;
  readonly hours: (hours: number) => string;
  readonly labelsOf: (issue: string) => string;
  readonly close: (issue: string) => string;
  readonly closeReason: (reason: 'completed' | 'notPlanned') => string;
  readonly reopen: (issue: string) => string;
  readonly deleteComment: (repository: string) => string;
  readonly deleteMessage: (place: string) => string;
  readonly deleteNote: (incident: string) => string;
  readonly restoreBoard: string;
  readonly removeFromBoard: string;
  readonly silence: (matchers: string) => string;
  /** `endsAt` is epoch ms. */
  readonly silenceUntil: (endsAt: number, comment: string) => string;
  readonly silenceCovers: (count: number) => string;
  readonly expireSilence: string;
  readonly acknowledge: (incident: string) => string;
  readonly acknowledged: string;
  readonly resolve: (incident: string) => string;
  readonly resolved: string;
  readonly note: (incident: string) => string;
}

export interface PreviewInput {
  readonly heading: string;
  readonly proposals: readonly Proposal[];
  /** The name of a Slack channel by its id, as people say it: `#integrations`. */
  readonly placeOf: PlaceOf;
  /** How many firing alerts a silence would hold, as far as that is known. */
  readonly coveredBy?: ((silence: SilenceWrite) => number) | undefined;
  /** Instead of that nothing is written yet. */
  readonly intro?: string | undefined;
  /** What is said below the heading of a proposal, before its writes: why it is there, and where it stands. */
  readonly leadOf?: ((proposal: Proposal) => readonly string[]) | undefined;
  /** What is said of a write: what it changes, who will see it, how it is taken back. */
  readonly notesOf?: ((write: Write, proposal: Proposal) => readonly string[]) | undefined;
}

type SilenceWrite = Extract<Write, { readonly type: 'silence' }>;

/** What is known beside the proposal itself. */
type Known = Pick<PreviewInput, 'placeOf' | 'coveredBy' | 'notesOf'>;

/** Everything that the proposals will write, in order, word for word; a body stands after the steps that are short. */
export function previewMarkdown(input: PreviewInput, words: PreviewWords): string {
  const { heading, proposals, intro = words.nothingWritten } = input;
  const several = proposals.length > 1;
  const parts = proposals.map((proposal, index) => {
    const own = several ? [`# ${index + 1}. ${proposal.title}`] : [];
    const lead = input.leadOf?.(proposal) ?? [];
    return [...own, ...lead, ...steps(proposal, input, words), ...bodies(proposal, words)].join('\n\n');
  });
  return `${[`# ${heading}`, `_${intro}_`, ...parts].join('\n\n')}\n`;
}

function steps(proposal: Proposal, known: Known, words: PreviewWords): readonly string[] {
  const issue = issueName(proposal);
  const appended = appendedTo(proposal);
  return proposal.steps.map((step, index) => {
    if (appended !== undefined && step.type === 'planIssue')
      return `## ${index + 1}. ${words.appendedIssue(issue, appended.reopens)}`;
    const { heading, text, speaksOfIssue } = stepText(step, known, words);
    const shown = speaksOfIssue ? text.replaceAll('{{issue}}', () => issue).replaceAll('{{issueUrl}}', '…') : text;
    const notes = known.notesOf?.(step, proposal).map((note) => `- ${note}`) ?? [];
    return [`## ${index + 1}. ${heading}`, notes.join('\n'), shown].filter((part) => part !== '').join('\n\n');
  });
}

/** How the text of later steps will name the issue: a new one has no number yet. */
function issueName({ steps }: Proposal): string {
  const first = steps.find(({ type }) => type !== 'reopenIssue');
  if (first?.type === 'planIssue') return `${first.repository}#${first.number}`;
  return first?.type === 'createIssue' ? `${first.repository}#…` : '…';
}

interface StepText {
  readonly heading: string;
  readonly text: string;
  readonly speaksOfIssue?: boolean;
}

function stepText(step: Write, known: Known, words: PreviewWords): StepText {
  if (isChange(step)) return changeText(step, known, words);
  if (isBack(step)) return backText(step, known, words);
  if ('incident' in step) return incidentText(step, words);
  switch (step.type) {
    case 'createIssue':
    case 'planIssue':
    case 'addToBoard':
      return planText(step, words);
    case 'replyInThread':
    case 'commentOnIssue':
    case 'postMessage':
      return wordText(step, known, words);
    case 'assign':
      return { heading: words.assignees(issueOf(step)), text: changes(step.add, step.remove) };
    case 'react':
      return { heading: words.reaction(channelOf(step, known)), text: reaction(step) };
  }
}

function planText(
  step: Extract<Write, { readonly type: 'createIssue' | 'planIssue' | 'addToBoard' }>,
  words: PreviewWords,
): StepText {
  switch (step.type) {
    case 'createIssue':
      return {
        heading: words.newIssue(step.repository),
        text: list([[words.title, step.title], ...labelsAndAssignee(step, words)]),
      };
    case 'planIssue':
      return { heading: words.plannedIssue(issueOf(step)), text: list(labelsAndAssignee(step, words)) };
    case 'addToBoard':
      return { heading: words.board(step.owner, step.number), text: boardFields(step, words) };
  }
}

function wordText(
  step: Extract<Write, { readonly type: 'replyInThread' | 'commentOnIssue' | 'postMessage' }>,
  known: Known,
  words: PreviewWords,
): StepText {
  switch (step.type) {
    case 'replyInThread':
      return { heading: words.reply(channelOf(step, known)), text: step.markdown, speaksOfIssue: true };
    case 'commentOnIssue':
      return { heading: words.comment(issueOf(step)), text: step.body, speaksOfIssue: true };
    case 'postMessage':
      return { heading: words.message(`#${step.channel}`), text: step.markdown };
  }
}

function changeText(step: ChangeWrite, { coveredBy }: Known, words: PreviewWords): StepText {
  switch (step.type) {
    case 'label':
      return { heading: words.labelsOf(issueOf(step)), text: changes(step.add, step.remove) };
    case 'closeIssue':
      return { heading: words.close(issueOf(step)), text: words.closeReason(step.reason) };
    case 'reopenIssue':
      return { heading: words.reopen(issueOf(step)), text: '' };
    case 'setBoardPriority':
      return {
        heading: words.board(step.board.owner, step.board.number),
        text: list([[words.priority, `${step.option} (${step.field})`]]),
      };
    case 'silence':
      return {
        heading: words.silence(matchersText(step.matchers)),
        text: [
          words.silenceUntil(step.endsAt, step.comment),
          ...(coveredBy === undefined ? [] : [words.silenceCovers(coveredBy(step))]),
        ].join('\n\n'),
      };
  }
}

function backText(step: BackWrite, known: Known, words: PreviewWords): StepText {
  switch (step.type) {
    case 'deleteComment':
      return { heading: words.deleteComment(step.repository), text: '' };
    case 'deleteMessage':
      return { heading: words.deleteMessage(channelOf(step, known)), text: '' };
    case 'deleteNote':
      return { heading: words.deleteNote(step.incident), text: '' };
    case 'restoreBoardFields':
      return { heading: words.restoreBoard, text: '' };
    case 'removeFromBoard':
      return { heading: words.removeFromBoard, text: '' };
    case 'expireSilence':
      return { heading: words.expireSilence, text: '' };
  }
}

function boardFields({ priority, timebox }: Extract<Write, { type: 'addToBoard' }>, words: PreviewWords): string {
  return list([
    [words.priority, priority === undefined ? words.none : `${priority.option} (${priority.field})`],
    [words.timebox, timebox === undefined ? words.none : `${words.hours(timebox.hours)} (${timebox.field})`],
  ]);
}

function incidentText(step: IncidentWrite, words: PreviewWords): { readonly heading: string; readonly text: string } {
  switch (step.type) {
    case 'acknowledge':
      return { heading: words.acknowledge(step.incident), text: words.acknowledged };
    case 'resolve':
      return { heading: words.resolve(step.incident), text: words.resolved };
    case 'addNote':
      return { heading: words.note(step.incident), text: verbatim(`${step.text}\n\n${step.marker}`) };
  }
}

function channelOf({ channel }: { readonly channel: string }, { placeOf }: Known): string {
  return placeOf(channel) ?? channel;
}

function issueOf({ repository, number }: { readonly repository: string; readonly number: number }): string {
  return `${repository}#${number}`;
}

/** As Alertmanager writes them: `alertname="QueueLag", team=~"int.*"`. */
export function matchersText(matchers: readonly SilenceMatcher[]): string {
  const signs = { true: { true: '=~', false: '=' }, false: { true: '!~', false: '!=' } } as const;
  const sign = ({ isEqual, isRegex }: SilenceMatcher): string => signs[`${isEqual}`][`${isRegex}`];
  return matchers.map((matcher) => `${matcher.name}${sign(matcher)}"${matcher.value}"`).join(', ');
}

function reaction({ name, remove }: Extract<Write, { type: 'react' }>): string {
  const emoji = [`:${name}:`];
  return remove ? changes([], emoji) : changes(emoji, []);
}

/** Plain text as it is, whatever it would be as Markdown. */
function verbatim(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

function changes(added: readonly string[], removed: readonly string[]): string {
  return [...added.map((one) => `+ ${one}`), ...removed.map((one) => `− ${one}`)].join(', ');
}

function bodies(proposal: Proposal, words: PreviewWords): readonly string[] {
  return proposal.steps.flatMap((step) =>
    step.type === 'createIssue' ? [`---\n\n# ${words.body}\n\n${step.body}`] : [],
  );
}

function labelsAndAssignee(
  step: { readonly labels: readonly string[]; readonly assignees: readonly string[] },
  words: PreviewWords,
): readonly (readonly [string, string])[] {
  const labels = step.labels.length === 0 ? words.none : step.labels.join(', ');
  const assignees = step.assignees.length === 0 ? words.nobody : step.assignees.join(', ');
  return [
    [words.labels, labels],
    [words.assignee, assignees],
  ];
}

function list(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([name, value]) => `- ${name}: ${value}`).join('\n');
}
