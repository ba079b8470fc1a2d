import * as vscode from 'vscode';
import { anew } from '../../actions/words.ts';
import type { Proposal } from '../../core/proposal.ts';
import { editDocument } from '../editDocument.ts';
import { keepDraft } from '../gate/drafts.ts';
import type { GatePorts } from '../gate/gate.ts';
import { keep } from '../gate/keep.ts';

export interface Writing {
  /** Markdown to begin with. */
  readonly content: string;
  /** Where the person begins to type in its first line. */
  readonly column?: number;
  /** What to do, in a message beside the document. */
  readonly hint: string;
  /** The proposals that say a text, of the same ids each time; none when it says nothing. */
  readonly propose: (text: string) => readonly Proposal[];
  /** Why a text cannot be sent, in words. */
  readonly problem?: (text: string) => string | undefined;
}

/**
 * Lets the person write in an editor. What they type waits among the proposals from the first pause on, so that nothing
 * is lost when the window goes, or when they turn away; only *Discard* forgets it. Undefined when it is not to be sent now.
 * What is written after that was approved there is stored apart from it, under another id.
 */
export async function writeWords(writing: Writing, gate: GatePorts): Promise<readonly Proposal[] | undefined> {
  let kept: readonly Proposal[] = [];
  const ids = new Map<string, string>();
  const store = (proposals: readonly Proposal[]): readonly Proposal[] =>
    proposals.map((written) => {
      const draft = keepDraft(anew(written, ids.get(written.id) ?? written.id), gate);
      ids.set(written.id, draft.id);
      return draft;
    });
  const save = (text: string): void => {
    const proposals = writing.propose(text.trim());
    if (proposals.length > 0) kept = store(proposals);
  };
  const written = await editDocument({
    content: writing.content,
    column: writing.column,
    hint: writing.hint,
    read: (text) => {
      const problem = writing.problem?.(text.trim());
      const proposals = problem === undefined ? writing.propose(text.trim()) : [];
      if (proposals.length > 0) return { value: proposals };
      return { problem: problem ?? vscode.l10n.t('The text is empty. Write something, or discard it.') };
    },
    typed: save,
    discarded: () => {
      // What of it was sent meanwhile stays known, so that it can be undone.
      for (const draft of kept) if (gate.outbox.revise(draft)) gate.outbox.drop(draft.id);
      kept = [];
    },
  });
  if (written !== undefined) return store(written);
  if (kept.length > 0) keep(kept, gate);
  return undefined;
}
