/** A team as `@organization/slug`. */
export interface TeamName {
  readonly organization: string;
  readonly team: string;
}

/** Does a text mention `@acme/integrations`, and not only a longer name that begins so? */
export function mentionsTeam(text: string, name: TeamName): boolean {
  const mention = `@${name.organization}/${name.team}`.toLowerCase();
  const haystack = text.toLowerCase();
  for (let at = haystack.indexOf(mention); at >= 0; at = haystack.indexOf(mention, at + 1)) {
    const before = haystack[at - 1] ?? ' ';
    const after = haystack[at + mention.length] ?? ' ';
    if (!/[\w./-]/u.test(before) && !/[\w-]/u.test(after)) return true;
  }
  return false;
}
