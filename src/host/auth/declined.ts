/**
 * Whether a sign-in ended because the person did not want it. VS Code throws a plain `Error` for its own dialog ("User did
 * not consent to login.") and its GitHub extension another one ("Cancelled"); both are English in every language.
 */
export function isDeclined(error: unknown): boolean {
  return error instanceof Error && /did not consent|cancel/iu.test(error.message);
}
