import { issueWordsOf, withIssueWords, withWords } from '../../actions/words.ts';
import type { PlaceOf } from '../../core/place.ts';
import type { Proposal } from '../../core/proposal.ts';
import { type EditedIssue, editIssue } from './editIssue.ts';
import { editWords } from './editWords.ts';
import { rewrittenBy, wordSections } from './wordSections.ts';

/**
 * Lets the person rewrite all that a proposal says: the issue that it creates with the replies that go with it, or else
 * its words; undefined when they discard it, or when there is nothing to rewrite. `typed` is told of the proposal as it
 * stands whenever they pause.
 */
export async function editProposal(
  proposal: Proposal,
  placeOf: PlaceOf,
  typed: (proposal: Proposal) => void,
): Promise<Proposal | undefined> {
  const issue = issueWordsOf(proposal);
  if (issue === undefined) return editWords(proposal, placeOf, typed);
  const rewritten = ({ replies, ...now }: EditedIssue): Proposal =>
    withWords(withIssueWords(proposal, now), rewrittenBy(proposal, replies));
  const edited = await editIssue(issue, wordSections(proposal, placeOf), (now) => typed(rewritten(now)));
  return edited && rewritten(edited);
}
