import type { OwnerEntry } from '../core/team.ts';
import { listLength, type Reading, readGroup, report } from './reading.ts';
import { ownerSchema } from './schema.ts';
import type { YamlPath } from './yamlText.ts';

const PATH: YamlPath = ['owners'];

/** Whom to ask about what is not the team's; an entry that cannot be read is left out, and reported. */
export function readOwners(reading: Reading): readonly OwnerEntry[] {
  const found: OwnerEntry[] = [];
  for (let index = 0, length = listLength(reading, PATH); index < length; index += 1) {
    const path: YamlPath = [...PATH, index];
    const group = readGroup(reading, path, ownerSchema);
    if (group === undefined) continue;
    const { label, github, slack, person } = group;
    if (label === undefined && github === undefined) report(reading, 'ownerKind', { path });
    else found.push({ label, github, slackChannel: slack, person });
  }
  return found;
}
