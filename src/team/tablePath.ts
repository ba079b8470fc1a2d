/** What `rotation.table` points to. */
export interface TablePath {
  /** Relative to the folder or repository that holds the team file; `/` between its parts, never out of it. */
  readonly file: string;
  /** The anchor of the heading above the table. */
  readonly heading: string | undefined;
}

// No scheme or drive, no escapes that a later reader could undo, nothing that a file name cannot hold everywhere.
const SEGMENT = /^[^\\%?*:"<>|\p{Cc}]+$/u;

/** Splits `docs/rotation.md#current-schedule`; undefined for absolute paths, addresses and ways out of the repository. */
export function readTablePath(text: string): TablePath | undefined {
  const mark = text.indexOf('#');
  const path = mark === -1 ? text : text.slice(0, mark);
  const heading = mark === -1 ? '' : text.slice(mark + 1);
  const segments = path.split('/');
  if (segments[0] === '.') segments.shift();
  const isInside = segments.every((segment) => segment !== '.' && segment !== '..' && SEGMENT.test(segment));
  return isInside && segments.length > 0 ? { file: segments.join('/'), heading: heading || undefined } : undefined;
}
