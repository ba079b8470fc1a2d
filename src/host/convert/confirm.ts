import * as vscode from 'vscode';
import { authorOf } from '../../actions/author.ts';
import { type AppendedTo, appendedTo, convert, defaultTitle, issueToPlan } from '../../actions/convert.ts';
import { issueWordsOf, withWords } from '../../actions/words.ts';
import type { IssueTemplate } from '../../core/issueTemplate.ts';
import type { Item } from '../../core/item.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { Signal } from '../../core/signal.ts';
import { type EditedIssue, editIssue } from '../gate/editIssue.ts';
import { rewrittenBy, wordSections } from '../gate/wordSections.ts';
import { isAtOnce, isDryRun } from '../gate/writeSettings.ts';
import { type Answers, repliesOf, toChoice, withReplies } from './answers.ts';
import type { ConvertPorts } from './convertPorts.ts';
import type { Looks } from './questions.ts';
import { type Choice, pickOne, type Question, type Reply } from './quickInput.ts';
import { type ReadConversations, readConversations } from './reading.ts';
import { type ItemWithSimilar, showSimilarForMany, similarForMany, similarForManyRow } from './similarForMany.ts';
import type { Move, Position, Step } from './wizard.ts';

export interface Confirmation {
  /** The last step: shows what will be written, and asks. */
  readonly step: Step<Answers>;
  /** What was on the screen when the person chose *Create* or *Keep as Proposal*. */
  readonly approved: () => readonly Proposal[];
  /** Whether it is to wait among the proposals. */
  readonly isKept: () => boolean;
}

/** The preview of some items; their conversations are read when it is first reached. */
export function confirmation(
  items: readonly [Item, ...Item[]],
  name: string,
  ports: ConvertPorts,
  looks: Looks | undefined,
): Confirmation {
  let read: ReadConversations = { conversations: new Map(), unreadable: new Map() };
  let worked: ReadonlyMap<string, readonly string[]> | undefined;
  let approved: readonly Proposal[] = [];
  let isKept = false;

  const ask = async (start: Answers, position: Position): Promise<Move<Answers>> => {
    let answers = start;
    const more = await readMissing(items, answers, read, ports);
    if (more === undefined) return { go: 'back', answers };
    read = more;
    worked ??= new Map(await Promise.all(items.map(async (item) => [item.id, await ports.worked(item)] as const)));
    for (;;) {
      const proposals = propose(items, answers, { ...read, worked, templates: looks?.templates.found() ?? [] }, ports);
      isKept = isDryRun();
      if (isKept || isAtOnce('convert')) {
        approved = proposals;
        return { go: 'next', answers };
      }
      await ports.preview.show(name, { heading: name, proposals, placeOf: ports.placeOf });
      const warning = warnings(read.unreadable.size, answers, looks);
      const similar = similarForMany(items, answers, read.conversations, ports);
      const reply = await askLast(
        { title: name, position, placeholder: vscode.l10n.t('The editor shows exactly what will be sent') },
        confirmChoices(proposals, warning, similar),
        async () => showSimilarForMany(similar, name, ports),
      );
      if (reply.go !== 'next') return { go: reply.go, answers };
      if (reply.value === 'cancel') return { go: 'cancel', answers };
      if (reply.value === 'create' || reply.value === 'keep') {
        isKept = reply.value === 'keep';
        approved = proposals;
        return { go: 'next', answers };
      }
      const keep = (typed: Answers): void => ports.answers.set(items[0].id, typed);
      answers = await edit(answers, proposals[0], { placeOf: ports.placeOf, keep });
      keep(answers);
    }
  };
  return { step: { applies: () => true, ask }, approved: () => approved, isKept: () => isKept };
}

/** Reads what the bodies need and was not read before: another repository may need more. Undefined when cancelled. */
async function readMissing(
  items: readonly Item[],
  answers: Answers,
  read: ReadConversations,
  ports: ConvertPorts,
): Promise<ReadConversations | undefined> {
  const isRead = ({ id }: Signal) => read.conversations.has(id) || read.unreadable.has(id);
  const missing = items.filter((item) => needsText(item, answers) && !item.signals.every(isRead));
  if (missing.length === 0) return read;
  const more = await readConversations(missing, ports);
  if (more === undefined) return undefined;
  return {
    conversations: new Map([...read.conversations, ...more.conversations]),
    unreadable: new Map([...read.unreadable, ...more.unreadable]),
  };
}

/** An issue that is planned itself gets no new body, so nothing needs to be read for it. */
function needsText(item: Item, { repository }: Answers): boolean {
  return repository === undefined || issueToPlan(item, repository) === undefined;
}

interface Known {
  readonly worked: ReadonlyMap<string, readonly string[]>;
  /** Of the chosen repository. */
  readonly templates: readonly IssueTemplate[];
}

function propose(
  items: readonly Item[],
  answers: Answers,
  { worked, templates, ...read }: ReadConversations & Known,
  { team, me, now, newId }: ConvertPorts,
): readonly Proposal[] {
  return items.flatMap((item) => {
    const own =
      items.length === 1 ? answers : { ...answers, title: defaultTitle(item), body: undefined, replies: undefined };
    const choice = toChoice(own, item, team, templates);
    if (choice === undefined) return [];
    const by = authorOf(me);
    const tried = worked.get(item.id) ?? [];
    const drafted = convert({ item, ...read, tried, choice, team, by, now: now(), id: newId() });
    return [withWords(drafted, repliesOf(own))];
  });
}

type Confirmed = 'create' | 'edit' | 'keep' | 'cancel';

/** Asks until something is decided: what is similar is only shown. */
async function askLast(
  question: Question,
  choices: readonly Choice<Confirmed | 'similar'>[],
  showSimilar: () => Promise<'back' | 'cancel'>,
): Promise<Reply<Confirmed>> {
  for (;;) {
    const reply = await pickOne(question, choices);
    if (reply.go !== 'next') return reply;
    if (reply.value !== 'similar') return { go: 'next', value: reply.value };
    if ((await showSimilar()) === 'cancel') return { go: 'cancel' };
  }
}

/** What the person should know before they say yes, in one line; empty when all is well. */
function warnings(unreadable: number, { repository }: Answers, looks: Looks | undefined): string {
  const lines = [
    unreadable === 0
      ? undefined
      : vscode.l10n.t('Conversations that could not be read: {0}. The issue says so.', unreadable),
    repository === undefined ? undefined : looks?.similar.notice(),
    looks?.templates.notice(),
  ].filter((line) => line !== undefined);
  return lines.join(' ');
}

function confirmChoices(
  proposals: readonly Proposal[],
  warning: string,
  similar: readonly ItemWithSimilar[],
): readonly Choice<Confirmed | 'similar'>[] {
  const [only, ...others] = proposals;
  const editable = others.length === 0 && only?.steps[0]?.type === 'createIssue';
  const appended = only === undefined || others.length > 0 ? undefined : appendedTo(only);
  const create = {
    label: `$(check) ${appended === undefined ? vscode.l10n.t('Create') : appendText(appended)}`,
    description: others.length === 0 ? createHint(only) : manyHint(proposals),
  };
  const detail = [warning === '' ? '' : `$(warning) ${warning}`, manyNote(proposals)].join(' ').trim();
  const choices: Choice<Confirmed | 'similar'>[] = [
    { ...create, ...(detail === '' ? {} : { detail }), value: 'create' },
  ];
  if (similar.length > 0) choices.push({ ...similarForManyRow(similar, proposals.length), value: 'similar' });
  if (editable) {
    const description = vscode.l10n.t('Title, labels, body and replies, as a document');
    choices.push({ label: `$(edit) ${vscode.l10n.t('Edit…')}`, description, value: 'edit' });
  }
  const waits = vscode.l10n.t('Saves it to Proposals, sends nothing');
  choices.push({ label: `$(inbox) ${vscode.l10n.t('Keep as Proposal')}`, description: waits, value: 'keep' });
  const kept = vscode.l10n.t('Sends nothing and keeps your choices');
  choices.push({ label: `$(close) ${vscode.l10n.t('Cancel')}`, description: kept, value: 'cancel' });
  return choices;
}

function appendText({ reopens }: AppendedTo): string {
  return reopens ? vscode.l10n.t('Add Comment and Reopen') : vscode.l10n.t('Add Comment');
}

/** The questions cover the first lines of the preview, which say where. */
function createHint(proposal: Proposal | undefined): string {
  const step = proposal?.steps.find(({ type }) => type === 'createIssue' || type === 'planIssue');
  if (step?.type === 'createIssue') return `${step.repository} · ${step.title}`;
  return step?.type === 'planIssue' ? `${step.repository}#${step.number}` : '';
}

/** No template is offered for several items: they share their answers, and what a form asks is of one of them. */
function manyHint(proposals: readonly Proposal[]): string {
  return proposals.some(createsIssue)
    ? vscode.l10n.t('{0} issues, with the default template', proposals.length)
    : vscode.l10n.t('{0} issues', proposals.length);
}

function manyNote(proposals: readonly Proposal[]): string {
  if (proposals.length < 2 || !proposals.some(createsIssue)) return '';
  return `$(info) ${vscode.l10n.t('Issues about the same were looked for only among those known here, not on GitHub.')}`;
}

function createsIssue({ steps: [first] }: Proposal): boolean {
  return first?.type === 'createIssue';
}

interface EditPorts extends Pick<ConvertPorts, 'placeOf'> {
  /** Keeps what is typed, so that a crash loses none of it. */
  readonly keep: (answers: Answers) => void;
}

async function edit(answers: Answers, proposal: Proposal | undefined, ports: EditPorts): Promise<Answers> {
  if (proposal === undefined) return answers;
  const issue = issueWordsOf(proposal);
  if (issue === undefined) return answers;
  const edited = ({ replies, title, labels, body }: EditedIssue): Answers =>
    withReplies({ ...answers, title, labels: [...labels], body }, rewrittenBy(proposal, replies));
  const last = await editIssue(issue, wordSections(proposal, ports.placeOf), (typed) => ports.keep(edited(typed)));
  return last === undefined ? answers : edited(last);
}
