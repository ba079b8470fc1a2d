import type { JournalEntry, JournalEvent } from '../core/journal.ts';
import { readMarkers } from '../core/marker.ts';
import type { Outcome, Proposal, Write } from '../core/proposal.ts';

/** What the journal says of a step that is done; undefined for the steps that it does not tell of. */
export function eventOf(proposal: Proposal, write: Write, outcome: Outcome): JournalEvent | undefined {
  switch (proposal.kind) {
    case 'convert':
      return converted(proposal, write, outcome);
    case 'postHandoff':
      return handoffPosted(proposal, write, outcome);
    // Told of before it is written: the row changes at once.
    case 'claim':
    case 'release':
    // The source tells of what became of the incident.
    case 'incident':
      return undefined;
  }
}

/** Whether the journal tells of it already: a step of this proposal that is found again after a crash is told of once. */
export function isRecorded(journal: readonly JournalEntry[], event: JournalEvent, proposal: Proposal): boolean {
  return journal.some(
    (entry) =>
      entry.at >= proposal.createdAt &&
      entry.event.type === event.type &&
      'url' in entry.event &&
      'url' in event &&
      entry.event.url === event.url &&
      proposal.signalIds.every((id) => entry.signalIds.includes(id)),
  );
}

function converted({ decision, title }: Proposal, write: Write, { issue }: Outcome): JournalEvent | undefined {
  if (write.type !== 'createIssue' && write.type !== 'planIssue') return undefined;
  if (issue === undefined || decision === undefined) return undefined;
  const { repository, number, url } = issue;
  return {
    type: 'converted',
    repository,
    number,
    url,
    title: write.type === 'createIssue' ? write.title : title,
    ...decision,
  };
}

function handoffPosted(proposal: Proposal, write: Write, { url }: Outcome): JournalEvent | undefined {
  if (write.type !== 'createIssue' && write.type !== 'postMessage') return undefined;
  const [handoffId = proposal.id] = readMarkers('handoff', write.marker);
  return { type: 'handoffPosted', handoffId, where: write.type === 'createIssue' ? 'issue' : 'slack', url };
}
