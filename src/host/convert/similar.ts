import * as vscode from 'vscode';
import { type Duplicate, defaultTitle } from '../../actions/convert.ts';
import type { Conversation } from '../../core/conversation.ts';
import type { Item } from '../../core/item.ts';
import { matterOf } from '../../core/knownIssues.ts';
import { type IssueCandidate, mostSimilar, type SimilarIssue, type SimilarReason } from '../../core/similar.ts';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import { abortable } from '../../services/abortable.ts';
import { inertTitle } from '../inert.ts';
import { abortedText, looking } from '../looking.ts';
import { failureText } from '../words.ts';
import { type Answers, duplicateOf, withDuplicate } from './answers.ts';
import type { ConvertPorts } from './convertPorts.ts';
import type { Look } from './look.ts';
import { type Choice, pickOne } from './quickInput.ts';
import type { Move, Position } from './wizard.ts';

type Ports = Pick<
  ConvertPorts,
  'knownIssues' | 'similarIssues' | 'readConversation' | 'transferTo' | 'openUrl' | 'log'
>;

/** The searches wait so long for what was said, which names the error and the links. */
const WAIT_MS = 1500;
const TITLE_LENGTH = 100;
const REASON_LENGTH = 80;

/** Looks for issues that are about the same as an item, and asks what to do about them when there are any. */
export function similarLook(item: Item, name: string, ports: Ports): Look {
  let looked: { readonly key: string; readonly found: readonly SimilarIssue[] } | undefined;
  let notice: string | undefined;

  const prepare = async (answers: Answers): Promise<Answers> => {
    const key = keyOf(answers, item);
    // What failed is tried again when the person comes by once more.
    if (looked?.key !== key || notice !== undefined) {
      const { found, failure } = await find(answers, item, ports);
      notice = failure;
      looked = { key, found };
    }
    const { duplicate } = answers;
    const again = looked.found.find(({ candidate }) => candidate.number === duplicate?.number);
    const holds = duplicate !== undefined && again !== undefined && (duplicate.how !== 'append' || mayAppend(ports));
    return withDuplicate(answers, holds ? duplicateFor(duplicate.how, again) : undefined);
  };
  const foundFor = (answers: Answers): readonly SimilarIssue[] =>
    looked?.key === keyOf(answers, item) ? looked.found : [];
  return {
    prepare,
    steps: [
      {
        applies: (answers) => foundFor(answers).length > 0,
        ask: (answers, position) => ask(answers, { name, position, found: foundFor(answers) }, ports),
      },
    ],
    notice: () => notice,
  };
}

function keyOf({ repository, title }: Answers, item: Item): string {
  return `${repository?.toLowerCase() ?? ''}\n${title ?? defaultTitle(item)}`;
}

async function find(
  { repository = '', title = '' }: Answers,
  item: Item,
  ports: Ports,
): Promise<{ readonly found: readonly SimilarIssue[]; readonly failure: string | undefined }> {
  const wanted = title === '' ? defaultTitle(item) : title;
  return looking(vscode.l10n.t('Looking for issues about the same'), async (abort) => {
    const said = new Map<string, Conversation>();
    const matter = () =>
      matterOf(
        item,
        wanted,
        item.signals.flatMap(({ id }) => said.get(id) ?? []),
      );
    const reading = readAll(item, ports, { abort, said });
    const briefly = AbortSignal.any([abort, AbortSignal.timeout(WAIT_MS)]);
    await abortable(reading, briefly).catch(() => undefined);
    const [{ candidates, failure }] = await Promise.all([
      ports.similarIssues(repository, matter(), abort).catch((error: unknown) => {
        ports.log.warn(`convert: similar issues: ${error instanceof Error ? error.message : 'failed'}`);
        return { candidates: [], failure: 'badResponse' as const };
      }),
      reading,
    ]);
    const found = mostSimilar(matter(), [...candidates, ...ports.knownIssues(repository)]);
    return { found, failure: failure === undefined ? undefined : notLooked(failure, abort) };
  });
}

interface Reading {
  readonly abort: AbortSignal;
  /** Gets each conversation as soon as it is read, by its signal's id. */
  readonly said: Map<string, Conversation>;
}

/** What was said, as far as it can be read in time; whatever is missing is read again for the preview, and told there. */
async function readAll(item: Item, ports: Ports, { abort, said }: Reading): Promise<void> {
  await Promise.allSettled(
    item.signals.map(async (signal) => {
      said.set(signal.id, await abortable(ports.readConversation(signal, abort), abort));
    }),
  );
}

function notLooked(failure: SourceFailure | 'aborted', abort: AbortSignal): string {
  const why = failure === 'aborted' ? abortedText(abort) : failureText(failure, 'GitHub');
  return vscode.l10n.t('Not all issues about the same could be looked for: {0}.', why);
}

interface Asked {
  readonly name: string;
  readonly position: Position;
  readonly found: readonly SimilarIssue[];
}

async function ask(answers: Answers, { name, position, found }: Asked, ports: Ports): Promise<Move<Answers>> {
  const choices: readonly Choice<SimilarIssue | undefined>[] = [
    ...found.map((similar) => ({ ...rowOf(similar), buttons: [openButton()], value: similar })),
    {
      label: `$(add) ${vscode.l10n.t('Create Anyway')}`,
      description: vscode.l10n.t('None of these is the same'),
      value: undefined,
    },
  ];
  for (;;) {
    const kept = duplicateOf(answers);
    const reply = await pickOne(
      { title: name, position, placeholder: vscode.l10n.t('These issues may be about the same. Is it one of them?') },
      choices,
      (value) => kept !== undefined && value?.candidate.number === kept.number,
      (value) => {
        if (value !== undefined) void ports.openUrl(value.candidate.url);
      },
    );
    if (reply.go !== 'next') return { go: reply.go, answers };
    if (reply.value === undefined) return { go: 'next', answers: withDuplicate(answers, undefined) };
    const move = await askHow(answers, reply.value, { name, mayAppend: mayAppend(ports) });
    if (move.go !== 'back') return move;
  }
}

/** What is handed to a person becomes an issue of theirs; a comment would be nobody's. */
function mayAppend({ transferTo }: Ports): boolean {
  return transferTo === undefined;
}

async function askHow(
  answers: Answers,
  similar: SimilarIssue,
  { name, mayAppend: isOffered }: { readonly name: string; readonly mayAppend: boolean },
): Promise<Move<Answers>> {
  const { repository, number } = similar.candidate;
  const issue = `${repository}#${String(number)}`;
  const kept = duplicateOf(answers);
  const reply = await pickOne<'append' | 'relate' | undefined>(
    { title: name, position: undefined, placeholder: vscode.l10n.t('How does it relate to {0}?', issue) },
    [
      ...(isOffered ? [appendChoice(similar.candidate, issue)] : []),
      {
        label: `$(link) ${vscode.l10n.t('Link as Related')}`,
        description: vscode.l10n.t('A new issue that names {0}', issue),
        value: 'relate',
      },
      { label: `$(add) ${vscode.l10n.t('Create Anyway')}`, value: undefined },
    ],
    kept?.number === number ? (value) => value === kept.how : undefined,
  );
  if (reply.go !== 'next') return { go: reply.go, answers };
  const duplicate = reply.value === undefined ? undefined : duplicateFor(reply.value, similar);
  return { go: 'next', answers: withDuplicate(answers, duplicate) };
}

/** Nobody follows a closed issue, so what is added to it opens it again. */
function appendChoice({ state }: IssueCandidate, issue: string): Choice<'append'> {
  const isOpen = state === 'open';
  const where = vscode.l10n.t('No new issue; the conversation is added to {0}', issue);
  const reopened =
    state === 'closed'
      ? vscode.l10n.t('No new issue; {0} is reopened and the conversation is added to it', issue)
      : vscode.l10n.t('No new issue; the conversation is added to {0}, which is reopened if it is closed', issue);
  const label = isOpen ? vscode.l10n.t('Append as a Comment Instead') : vscode.l10n.t('Append as a Comment and Reopen');
  return { label: `$(comment) ${label}`, description: isOpen ? where : reopened, value: 'append' };
}

function duplicateFor(how: Duplicate['how'], { candidate }: SimilarIssue): Duplicate {
  const { repository, number, title, state } = candidate;
  const duplicate = { how, repository, number, title };
  return how === 'append' && state !== 'open' ? { ...duplicate, reopens: true } : duplicate;
}

/** Of a row that `rowOf` makes. */
export function openButton(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('link-external'), tooltip: vscode.l10n.t('Open in Browser') };
}

/** An issue with its state and why it is offered. */
export function rowOf({ candidate, reasons }: SimilarIssue): vscode.QuickPickItem {
  const { number, title, state } = candidate;
  const isClosed = state === 'closed';
  return {
    label: `$(${isClosed ? 'issue-closed' : 'issues'}) #${String(number)} ${inertTitle(title, TITLE_LENGTH)}`,
    ...(state === undefined ? {} : { description: isClosed ? vscode.l10n.t('closed') : vscode.l10n.t('open') }),
    detail: reasons.map(reasonText).join(' · '),
    alwaysShow: true,
  };
}

function reasonText(reason: SimilarReason): string {
  switch (reason.type) {
    case 'sameTitle':
      return vscode.l10n.t('Same title');
    case 'link':
      return vscode.l10n.t('Same link: {0}', inertTitle(reason.url.replace(/^https?:\/\//u, ''), REASON_LENGTH));
    case 'errorLine':
      return vscode.l10n.t('Same error: {0}', inertTitle(reason.line, REASON_LENGTH));
    case 'alert':
      return vscode.l10n.t('Same alert: {0}', inertTitle(reason.name, REASON_LENGTH));
    case 'title':
      return vscode.l10n.t('Titles are {0} % alike', Math.round(reason.share * 100));
  }
}
