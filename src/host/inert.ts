import { truncate } from '../core/plainText.ts';

/** The status bar has room for so much of a title. */
const TITLE_LENGTH = 32;

/** Text for a label or the status bar, which make an icon of every `$(name)`: what somebody else wrote must bring none. */
export function iconless(text: string): string {
  return text.replaceAll('$(', '$ (');
}

/**
 * Text for a notification, which makes a link of every `[text](address)` and runs the command that a `command:` address
 * names. A title that somebody else wrote must bring neither.
 */
export function linkless(text: string): string {
  return text.replaceAll('](', '] (');
}

/** A title from outside, cut to `length`: as it is shown, nothing in it is an icon or a link. */
export function inertTitle(title: string, length = TITLE_LENGTH): string {
  return linkless(iconless(truncate(title, length)));
}
