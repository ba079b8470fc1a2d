/** Fills `{0}`, `{1}` … of a text that the host translated. */
export function fill(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d)\}/gu, (whole, index: string) => values[Number(index)] ?? whole);
}
