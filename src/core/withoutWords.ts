import type { StoredProposal, Write } from './proposal.ts';

/**
 * A finished proposal without what it said, which may quote what was read; what takes it back stays. One that is not
 * finished is left as it is: a person may have typed it. So are notes of a handoff, which stay with the handoff.
 */
export function withoutWords(stored: StoredProposal): StoredProposal {
  const { proposal, states } = stored;
  if (proposal.kind === 'postHandoff' || !states.every(({ status }) => status === 'done')) return stored;
  return { ...stored, proposal: { ...proposal, steps: proposal.steps.map(wordless) } };
}

function wordless(write: Write): Write {
  if ('body' in write) return { ...write, body: '' };
  if ('markdown' in write) return { ...write, markdown: '' };
  if ('comment' in write) return { ...write, comment: '' };
  return 'text' in write ? { ...write, text: '' } : write;
}
