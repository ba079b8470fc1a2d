import type { Person } from '../core/team.ts';

/**
 * Who signs an issue or a silence that the team reads. Somebody whom the team file does not know is named in English
 * whatever the responder's display language is, as all that the team reads.
 */
export function authorOf(me: Pick<Person, 'name'> | undefined): string {
  return me?.name ?? 'the responder';
}
