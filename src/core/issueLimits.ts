/** A GitHub issue's title, in characters: a longer one is refused. */
export const MAX_ISSUE_TITLE_LENGTH = 256;
/** The body of an issue or comment: 422 `body is too long (maximum is 65536 characters)` above it. */
export const MAX_ISSUE_BODY_LENGTH = 65_536;
