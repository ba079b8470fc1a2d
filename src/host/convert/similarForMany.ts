import * as vscode from 'vscode';
import { defaultTitle, issueToPlan } from '../../actions/convert.ts';
import type { Conversation } from '../../core/conversation.ts';
import type { Item } from '../../core/item.ts';
import { matterOf } from '../../core/knownIssues.ts';
import { mostSimilar, type SimilarIssue } from '../../core/similar.ts';
import { inertTitle } from '../inert.ts';
import type { Answers } from './answers.ts';
import type { ConvertPorts } from './convertPorts.ts';
import { type Choice, pickOne } from './quickInput.ts';
import { openButton, rowOf } from './similar.ts';

/** An item, and the issues here that may be about the same. */
export interface ItemWithSimilar {
  readonly item: Item;
  readonly found: readonly [SimilarIssue, ...SimilarIssue[]];
}

const TITLE_LENGTH = 60;
const NAMED = 2;

/**
 * For which of several items the store knows issues about the same; a single one is looked for before. It asks nobody:
 * two searches for each item would take longer than anybody waits, and more than GitHub allows in a minute.
 */
export function similarForMany(
  items: readonly Item[],
  { repository = '' }: Answers,
  conversations: ReadonlyMap<string, Conversation>,
  ports: Pick<ConvertPorts, 'knownIssues'>,
): readonly ItemWithSimilar[] {
  if (items.length < 2) return [];
  const known = ports.knownIssues(repository);
  return items.flatMap((item) => {
    // An issue that is planned itself makes no second one.
    if (issueToPlan(item, repository) !== undefined) return [];
    const said = item.signals.flatMap(({ id }) => conversations.get(id) ?? []);
    const [first, ...others] = mostSimilar(matterOf(item, defaultTitle(item), said), known);
    return first === undefined ? [] : [{ item, found: [first, ...others] as const }];
  });
}

/** The choice of the last question that names the items and leads to what was found. */
export function similarForManyRow(similar: readonly ItemWithSimilar[], count: number): vscode.QuickPickItem {
  const titles = similar.slice(0, NAMED).map(({ item }) => `“${inertTitle(defaultTitle(item), TITLE_LENGTH)}”`);
  const more = similar.length - titles.length;
  return {
    label: `$(issues) ${vscode.l10n.t('Show Issues About the Same')}`,
    description: vscode.l10n.t('There may be one already for {0} of {1}', similar.length, count),
    detail: [...titles, ...(more > 0 ? [vscode.l10n.t('{0} more', more)] : [])].join(' · '),
  };
}

/** Shows what was found, item by item, until the person goes back (`back`) or leaves; a choice opens the issue. */
export async function showSimilarForMany(
  similar: readonly ItemWithSimilar[],
  name: string,
  { openUrl }: Pick<ConvertPorts, 'openUrl'>,
): Promise<'back' | 'cancel'> {
  const choices = similar.flatMap(({ item, found }): readonly Choice<SimilarIssue | undefined>[] => [
    {
      label: inertTitle(defaultTitle(item), TITLE_LENGTH),
      kind: vscode.QuickPickItemKind.Separator,
      value: undefined,
    },
    ...found.map((each) => ({ ...rowOf(each), buttons: [openButton()], value: each })),
  ]);
  let last: SimilarIssue | undefined;
  const open = (each: SimilarIssue | undefined): void => {
    if (each !== undefined) void openUrl(each.candidate.url);
  };
  for (;;) {
    const placeholder = vscode.l10n.t('Choose an issue to open it in the browser; go back to decide');
    const question = { title: name, position: undefined, placeholder };
    const reply = await pickOne(question, choices, (each) => each !== undefined && each === last, open);
    if (reply.go !== 'next') return reply.go;
    last = reply.value;
    open(last);
  }
}
