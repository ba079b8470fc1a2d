/**
 * Text for a notification, which makes a link of every `[text](address)` and runs the command that a `command:` address
 * names. A title that somebody else wrote must bring neither.
 */
export function linkless(text: string): string {
  return text.replaceAll('](', '] (');
}
