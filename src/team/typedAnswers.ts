import type { AnsweredPerson, TeamAnswers } from './teamFileText.ts';

/** `Integrations, Europe/Berlin`; without a zone, `zone`. */
export function parseTeam(text: string, zone: string): { readonly team: string; readonly timeZone: string } {
  const [team = '', timeZone = zone] = text.split(',').map((part) => part.trim());
  return { team, timeZone };
}

/** `Noor (noor-sample, U02NOO), Kai`: the name, then in brackets what is known of GitHub login and Slack member id. */
export function parsePeople(text: string): readonly AnsweredPerson[] {
  return [...text.matchAll(/([^,()]+)(?:\(([^)]*)\))?/gu)].flatMap(([, name = '', accounts = '']) => {
    if (name.trim() === '') return [];
    const parts = accounts.split(/[,\s]+/u).filter((part) => part !== '');
    const slack = parts.find((part) => /^[UW][A-Z0-9]{5,}$/u.test(part));
    return [{ name: name.trim(), github: parts.find((part) => part !== slack), slack }];
  });
}

/** `team/integrations in acme/app, acme/docs`; undefined when it is not that. */
export function parseLabel(text: string): TeamAnswers['watch']['label'] {
  const [, name, list] = /^(.+?)\s+in\s+(.+)$/u.exec(text) ?? [];
  const repositories = list?.split(/[,\s]+/u).filter((part) => part !== '') ?? [];
  const readable = repositories.length > 0 && repositories.every((each) => /^[\w.-]+\/[\w.-]+$/u.test(each));
  return name === undefined || !readable ? undefined : { name, repositories };
}

/** `#integrations, feedback-dogfood`. */
export function parseChannels(text: string): readonly string[] {
  return text.split(/[,\s]+/u).flatMap((part) => (part === '' ? [] : [part.replace(/^#/u, '')]));
}

/** `acme/app, #integrations-internal`, in any order: the repository and the channel. */
export function parseTargets(text: string): readonly [string | undefined, string | undefined] {
  const parts = text.split(/[,\s]+/u).filter((part) => part !== '');
  const repository = parts.find((part) => part.includes('/'));
  return [repository, parts.find((part) => part !== repository)?.replace(/^#/u, '')];
}
