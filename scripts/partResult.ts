/** How one part of `npm test` went. A test that was skipped counts as failed: nothing is left out silently. */
export interface PartResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
}
