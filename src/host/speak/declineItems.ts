import * as vscode from 'vscode';
import { speak } from '../../actions/speak.ts';
import type { Item } from '../../core/item.ts';
import { parseIssueId } from '../../core/nativeIds.ts';
import { pointerText } from '../../core/pointer.ts';
import type { Team } from '../../core/team.ts';
import { declinedId } from '../../core/undo.ts';
import { keepDrafts } from '../gate/drafts.ts';
import { put } from '../gate/gate.ts';
import { inertTitle, linkless } from '../inert.ts';
import { subjectOf } from '../working/act.ts';
import { firstTalks } from './places.ts';
import type { SpeakPorts } from './speakPorts.ts';

const LABEL_LENGTH = 80;

/** Says of items that they are not ours, and where they belong. Once that is said they are done here. */
export async function declineItems(items: readonly Item[], ports: SpeakPorts): Promise<void> {
  const spoken = firstTalks(items, ports);
  if (spoken.length === 0) return;
  const subjects = spoken.map(({ item }) => item);
  const title = vscode.l10n.t('Decline: {0}', subjectOf(subjects));
  const pointer = await askPointer(title, pointersOf(ports.team, subjects));
  if (pointer === undefined) return;
  // In English, as all that the team and its reporters read; it can be edited before it is sent.
  const text = `Thanks for telling us. This is not ours to look after: ${pointer} is the right place for it, so please ask there. If it turns out to be ours after all, say so here.`;
  const proposals = spoken.flatMap(
    ({ item, talks }) => speak({ item, kind: 'decline', text, id: ports.newId(), now: ports.now() }, talks) ?? [],
  );
  keepDrafts(proposals, ports.gate);
  const sent = await put(title, proposals, ports.gate, vscode.l10n.t('Decline'));
  for (const { proposal } of sent) ports.acted(declinedId(proposal.id));
}

interface Pointer {
  readonly text: string;
  readonly about: string;
}

/** What the team file knows of others, and the repositories that are not the item's own. */
function pointersOf({ owners, watch, issues }: Team, items: readonly Item[]): readonly Pointer[] {
  const own = new Set(
    items.flatMap(({ signals }) => signals.flatMap(({ id }) => parseIssueId(id)?.repository.toLowerCase() ?? [])),
  );
  const watched = watch.flatMap((entry) =>
    entry.service === 'github' && entry.what === 'label' ? entry.repositories : [],
  );
  const repositories = [...watched, ...(issues === undefined ? [] : [issues.repository])];
  const all = [
    ...owners.map(({ slackChannel, person, label, github }) => ({
      text: `#${slackChannel}`,
      about: [person, github && `@${github}`, label].filter((one) => one !== undefined).join(' · '),
    })),
    ...repositories
      .filter((name) => !own.has(name.toLowerCase()))
      .map((text) => ({ text, about: vscode.l10n.t('Repository') })),
  ];
  return [...new Map(all.map((pointer) => [pointer.text, pointer])).values()];
}

/** Undefined when the person turned away. */
async function askPointer(title: string, known: readonly Pointer[]): Promise<string | undefined> {
  const other = { label: `$(edit) ${vscode.l10n.t('Another Place…')}`, text: undefined };
  const rows = known.map(({ text, about }) => ({
    label: inertTitle(text, LABEL_LENGTH),
    description: inertTitle(about, LABEL_LENGTH),
    text,
  }));
  if (rows.length > 0) {
    const chosen = await vscode.window.showQuickPick([...rows, other], {
      title: linkless(title),
      placeHolder: vscode.l10n.t('Where does it belong?'),
      matchOnDescription: true,
      ignoreFocusOut: true,
    });
    if (chosen === undefined || chosen.text !== undefined) return chosen?.text;
  }
  const typed = await vscode.window.showInputBox({
    title: linkless(title),
    prompt: vscode.l10n.t('Where does it belong? A repository, a #channel, an @owner or an address'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      pointerText(text) === undefined
        ? vscode.l10n.t('Write one line that people can follow, or a web address.')
        : undefined,
  });
  return typed === undefined ? undefined : pointerText(typed);
}
