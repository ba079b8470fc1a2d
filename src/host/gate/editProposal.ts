import { issueWordsOf, withIssueWords } from '../../actions/words.ts';
import type { Proposal } from '../../core/proposal.ts';
import { editIssue } from '../convert/editIssue.ts';
import { editWords } from './editWords.ts';

/**
 * Lets the person rewrite the issue that a proposal creates, or else what it says; undefined when they discard it, or
 * when there is nothing to rewrite.
 */
export async function editProposal(proposal: Proposal): Promise<Proposal | undefined> {
  const issue = issueWordsOf(proposal);
  if (issue === undefined) return editWords(proposal);
  const edited = await editIssue(issue);
  return edited && withIssueWords(proposal, edited);
}
