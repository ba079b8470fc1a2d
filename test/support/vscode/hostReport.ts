/** What the in-host run found, as it crosses from the extension host to the runner in a file. */
export interface HostReport {
  readonly passed: number;
  readonly failed: number;
  /** For the terminal. */
  readonly lines: readonly string[];
  readonly nodeVersion: string;
}
