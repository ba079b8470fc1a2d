import * as vscode from 'vscode';
import { type IssueChangeInput, issuesOf } from '../../actions/issueChanges.ts';
import type { Item } from '../../core/item.ts';
import { say } from '../say.ts';
import type { ChangePorts } from './changePorts.ts';

/** An item, and the issue that it became. */
export type ItemWithIssue = Pick<IssueChangeInput, 'item' | 'converted'>;

/** The items that are issues or became one; says so when none is. */
export function withIssues(
  items: readonly Item[],
  { convertedOf }: Pick<ChangePorts, 'convertedOf'>,
): readonly ItemWithIssue[] {
  const open = items.map((item) => ({ item, converted: convertedOf(item) })).filter((one) => issuesOf(one).length > 0);
  if (open.length === 0) say(vscode.l10n.t('There is no open issue among the selected items.'));
  return open;
}
