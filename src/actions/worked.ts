import { formatMinutes } from '../core/duration.ts';

/** What was done about an item on this machine before it is planned. */
export interface Worked {
  readonly spentMs: number;
  /** In order of time. */
  readonly notes: readonly string[];
  readonly branch: string | undefined;
  /** Relative to the workspace. */
  readonly files: readonly string[];
}

const MAX_FILES = 10;
const MAX_NOTES = 20;

/** The lines that it adds to what an issue says was tried; in English, like the rest of the issue. */
export function workedLines({ spentMs, notes, branch, files }: Worked): readonly string[] {
  const minutes = Math.floor(spentMs / 60_000);
  const more = files.length - MAX_FILES;
  const shown = files.slice(0, MAX_FILES).join(', ');
  return [
    ...(minutes > 0 ? [`Time spent: ${formatMinutes(minutes)}`] : []),
    ...notes.slice(-MAX_NOTES).map((note) => `Note: ${note}`),
    ...(branch === undefined ? [] : [`Branch: ${branch}`]),
    ...(files.length === 0 ? [] : [`Open files: ${shown}${more > 0 ? ` and ${more} more` : ''}`]),
  ];
}
