import * as vscode from 'vscode';
import type { Proposal } from '../../core/proposal.ts';
import { editDocument } from '../editDocument.ts';
import type { GatePorts } from '../gate/gate.ts';
import { keep } from '../gate/keep.ts';

export interface Writing {
  /** Markdown to begin with. */
  readonly content: string;
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
 */
export async function writeWords(writing: Writing, { outbox }: GatePorts): Promise<readonly Proposal[] | undefined> {
  let kept: readonly Proposal[] = [];
  const save = (text: string): void => {
    const proposals = writing.propose(text.trim());
    if (proposals.length > 0) kept = keepDrafts(proposals, outbox);
  };
  const written = await editDocument({
    content: writing.content,
    hint: writing.hint,
    read: (text) => {
      const problem = writing.problem?.(text.trim());
      const proposals = problem === undefined ? writing.propose(text.trim()) : [];
      if (proposals.length > 0) return { value: proposals };
      return { problem: problem ?? vscode.l10n.t('The text is empty. Write something, or discard it.') };
    },
    typed: save,
    discarded: () => {
      for (const { id } of kept) outbox.drop(id);
      kept = [];
    },
  });
  if (written !== undefined) return keepDrafts(written, outbox);
  if (kept.length > 0) keep(kept, { outbox });
  return undefined;
}

/** Stores proposals that nobody has approved, or what became of them. */
export function keepDrafts(
  proposals: readonly Proposal[],
  outbox: Pick<GatePorts['outbox'], 'revise' | 'propose'>,
): readonly Proposal[] {
  for (const proposal of proposals) if (!outbox.revise(proposal)) outbox.propose(proposal);
  return proposals;
}
