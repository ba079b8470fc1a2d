import * as vscode from 'vscode';
import { inlineText } from '../../actions/remoteText.ts';
import { speak, talksOf } from '../../actions/speak.ts';
import type { Item } from '../../core/item.ts';
import { parseIssueId } from '../../core/nativeIds.ts';
import { oneLine } from '../../core/plainText.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { Author, ServiceName, Signal } from '../../core/signal.ts';
import { fillSnippet, type Snippet, type SnippetValues } from '../../core/snippet.ts';
import { keepDrafts } from '../gate/drafts.ts';
import { put } from '../gate/gate.ts';
import { openNamesText } from '../gate/openNames.ts';
import { inertTitle, linkless } from '../inert.ts';
import { subjectOf } from '../working/act.ts';
import { askTalk, firstTalks, type Spoken } from './places.ts';
import type { SpeakPorts } from './speakPorts.ts';
import { writeWords } from './writeWords.ts';

const DETAIL_LENGTH = 120;

/** Answers in the conversations of items: a snippet of the team, or what the person writes. It is shown before it is sent. */
export async function replyItems(items: readonly Item[], ports: SpeakPorts): Promise<void> {
  const spoken = await whereToReply(items, ports);
  if (spoken.length === 0) return;
  const title = vscode.l10n.t('Reply: {0}', subjectOf(spoken.map(({ item }) => item)));
  const answers = spoken.map((one) => ({ ...one, id: ports.newId(), values: valuesOf(one, ports) }));
  const snippet = await askSnippet(title, ports.team.snippets, answers);
  if (snippet === undefined) return;
  const propose = (text: string): readonly Proposal[] =>
    answers.flatMap(({ item, talks, id, values }) =>
      text === ''
        ? []
        : (speak({ item, kind: 'reply', text: fillSnippet(text, values), id, now: ports.now() }, talks) ?? []),
    );
  const problem = (text: string): string | undefined =>
    openNamesText(answers.map(({ values }) => fillSnippet(text, values)));
  const isWhole = snippet.text !== '' && problem(snippet.text) === undefined;
  const proposals = isWhole
    ? keepDrafts(propose(snippet.text), ports.gate)
    : await writeWords(
        {
          content: startOf(snippet.text, answers),
          hint: vscode.l10n.t('Write the reply, then apply. It is shown once more before it is sent.'),
          propose,
          problem,
        },
        ports.gate,
      );
  if (proposals !== undefined) await put(title, proposals, ports.gate, vscode.l10n.t('Reply'));
}

interface Answer extends Spoken {
  readonly id: string;
  readonly values: SnippetValues;
}

async function whereToReply(items: readonly Item[], ports: SpeakPorts): Promise<readonly Spoken[]> {
  const first = firstTalks(items, ports);
  const [only, ...others] = first;
  if (only === undefined || others.length > 0) return first;
  const title = vscode.l10n.t('Reply: {0}', subjectOf([only.item]));
  const talks = await askTalk(title, talksOf(only.item, ports.convertedOf(only.item)));
  return talks === undefined ? [] : [{ item: only.item, talks }];
}

/** What stands for `${author}` and the others where one answers. */
function valuesOf({ item, talks: [talk] }: Spoken, { holderOf, convertedOf }: SpeakPorts): SnippetValues {
  const signal = item.signals.find(({ id }) => id === talk?.id) ?? item.signals[0];
  const author = signal.author?.isBot === true ? undefined : signal.author;
  const converted = convertedOf(item);
  const issue = converted && `${converted.repository}#${String(converted.number)}`;
  return {
    author: author && nameOf(author, signal.service),
    owner: holderOf(item),
    issue: issue ?? item.signals.flatMap(issueName)[0],
  };
}

function issueName({ id, place }: Signal): readonly string[] {
  const issue = parseIssueId(id);
  return issue === undefined ? [] : [`${place}#${String(issue.number)}`];
}

/** On GitHub a login calls them; elsewhere it would be a word. */
function nameOf({ id, name }: Author, service: ServiceName): string {
  return service === 'github' && /^[\w-]+$/u.test(id) ? `@${id}` : inlineText(name, DETAIL_LENGTH);
}

/** A snippet, or an empty one to write oneself; undefined when the person turned away. */
async function askSnippet(
  title: string,
  snippets: readonly Snippet[],
  answers: readonly Answer[],
): Promise<Snippet | undefined> {
  const free: Snippet = { name: '', text: '' };
  if (snippets.length === 0) return free;
  const rows = snippets.map((snippet) => ({
    label: inertTitle(snippet.name, DETAIL_LENGTH),
    detail: inertTitle(oneLine(startOf(snippet.text, answers), DETAIL_LENGTH), DETAIL_LENGTH),
    snippet,
  }));
  const write = { label: `$(edit) ${vscode.l10n.t('Write…')}`, snippet: free };
  const chosen = await vscode.window.showQuickPick([...rows, write], {
    title: linkless(title),
    placeHolder: vscode.l10n.t('A snippet of the team, or your own words'),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.snippet;
}

/** What one begins with: of several items each has its own names, so they are filled in at the end. */
function startOf(text: string, answers: readonly Answer[]): string {
  const [only, ...others] = answers;
  return only === undefined || others.length > 0 ? text : fillSnippet(text, only.values);
}
