import * as vscode from 'vscode';
import { type Talk, talksOf } from '../../actions/speak.ts';
import type { Item } from '../../core/item.ts';
import { parseIssueId, parseThreadId } from '../../core/nativeIds.ts';
import { inertTitle, linkless } from '../inert.ts';
import { say } from '../say.ts';
import type { SpeakPorts } from './speakPorts.ts';

const PLACE_LENGTH = 80;

/** An item and where it is spoken about. */
export interface Spoken {
  readonly item: Item;
  readonly talks: readonly Talk[];
}

/** Each item with its first conversation; those that have none are left out, and that is said when none is left. */
export function firstTalks(
  items: readonly Item[],
  { convertedOf }: Pick<SpeakPorts, 'convertedOf'>,
): readonly Spoken[] {
  const spoken = items.flatMap((item) => {
    const [first] = talksOf(item, convertedOf(item));
    return first === undefined ? [] : [{ item, talks: [first] }];
  });
  if (spoken.length === 0) sayNoTalk();
  return spoken;
}

export function sayNoTalk(): void {
  say(vscode.l10n.t('Nobody can be answered there: it has no thread, issue or open incident.'));
}

/** In which of several conversations; undefined when the person turned away. A single one is not asked about. */
export async function askTalk(title: string, talks: readonly Talk[]): Promise<readonly Talk[] | undefined> {
  if (talks.length < 2) return talks;
  const chosen = await vscode.window.showQuickPick(talks.map(choice), {
    title: linkless(title),
    placeHolder: vscode.l10n.t('Where do you answer?'),
    ignoreFocusOut: true,
  });
  return chosen && [chosen.talk];
}

/** The same of any number of them; all are chosen at first. */
export async function askTalks(title: string, talks: readonly Talk[]): Promise<readonly Talk[] | undefined> {
  if (talks.length < 2) return talks;
  const rows = talks.map((talk) => ({ ...choice(talk), picked: true }));
  const chosen = await vscode.window.showQuickPick(rows, {
    title: linkless(title),
    placeHolder: vscode.l10n.t('Where is it said?'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ talk }) => talk);
}

function choice(talk: Talk): vscode.QuickPickItem & { readonly talk: Talk } {
  const place = inertTitle(talk.place, PLACE_LENGTH);
  const issue = parseIssueId(talk.id);
  if (issue !== undefined) return { label: `$(github) ${place}#${String(issue.number)}`, talk };
  if (parseThreadId(talk.id) !== undefined)
    return { label: `$(comment-discussion) ${vscode.l10n.t('Thread in {0}', place)}`, talk };
  return { label: `$(bell-dot) ${vscode.l10n.t('Note on the PagerDuty incident')}`, talk };
}
