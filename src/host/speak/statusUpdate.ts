import * as vscode from 'vscode';
import { speak, talksOf } from '../../actions/speak.ts';
import type { Item } from '../../core/item.ts';
import { statusTemplate, statusText } from '../../core/statusUpdate.ts';
import { put } from '../gate/gate.ts';
import { subjectOf } from '../working/act.ts';
import { askTalks, sayNoTalk } from './places.ts';
import type { SpeakPorts } from './speakPorts.ts';
import { writeWords } from './writeWords.ts';

/** In English, as all that the team reads. */
const HEADINGS = ['Conditions', 'Actions', 'Needs'];

/** Says how an item stands (conditions, actions, needs) in all its conversations at once. */
export async function postStatusUpdate(item: Item, ports: SpeakPorts): Promise<void> {
  const all = talksOf(item, ports.convertedOf(item));
  if (all.length === 0) return sayNoTalk();
  const title = vscode.l10n.t('Status update: {0}', subjectOf([item]));
  const talks = await askTalks(title, all);
  if (talks === undefined) return;
  const id = ports.newId();
  const content = statusTemplate(HEADINGS);
  const proposals = await writeWords(
    {
      content,
      column: content.indexOf('\n'),
      hint: vscode.l10n.t('Fill in the sections, then apply. Empty ones are left out.'),
      propose: (written) => {
        const text = statusText(written);
        return text === undefined
          ? []
          : [speak({ item, kind: 'statusUpdate', text, id, now: ports.now() }, talks)].filter(
              (one) => one !== undefined,
            );
      },
    },
    ports.gate,
  );
  if (proposals !== undefined) await put(title, proposals, ports.gate, vscode.l10n.t('Post'));
}
