import { issueWordsOf, withIssueWords } from '../../actions/words.ts';
import type { Proposal } from '../../core/proposal.ts';
import { editIssue } from '../convert/editIssue.ts';
import { editWords } from './editWords.ts';

/**
 * Lets the person rewrite the issue that a proposal creates, or else what it says; undefined when they discard it, or
 * when there is nothing to rewrite. `typed` is told of the proposal as it stands whenever they pause.
 */
export async function editProposal(
  proposal: Proposal,
  typed: (proposal: Proposal) => void,
): Promise<Proposal | undefined> {
  const issue = issueWordsOf(proposal);
  if (issue === undefined) return editWords(proposal, typed);
  const edited = await editIssue(issue, (now) => typed(withIssueWords(proposal, now)));
  return edited && withIssueWords(proposal, edited);
}
