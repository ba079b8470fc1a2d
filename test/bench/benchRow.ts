/** One line of the table of `npm run bench`. */
export interface BenchRow {
  /** What is measured: "load of main ÷ an empty extension". */
  readonly bench: string;
  /** What came out, with its unit: "2.1 × (1.9 ms)". */
  readonly measured: string;
  /** What we aim at: "≤ 2.5 ×". */
  readonly aim: string;
  /** Whether the aim was reached. Judge ratios and counts, never milliseconds. */
  readonly passed: boolean;
}

/** What a `*.bench.ts` exports. */
export interface BenchModule {
  rows(): Promise<readonly BenchRow[]>;
}
