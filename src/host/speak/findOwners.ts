import * as vscode from 'vscode';
import { defaultRule, ruleFor } from '../../core/codeOwners.ts';
import type { Item } from '../../core/item.ts';
import { type NamedFile, namedFiles } from '../../core/namedFiles.ts';
import { parseIssueId } from '../../core/nativeIds.ts';
import { type LikelyOwner, likelyOwners, type OwnerFindings } from '../../core/owners.ts';
import { abortable } from '../../services/abortable.ts';
import { looking, whyNot } from '../looking.ts';
import type { SpeakPorts } from './speakPorts.ts';

/** Who may own an item, and what could not be looked at, as a sentence. */
export interface FoundOwners {
  readonly owners: readonly LikelyOwner[];
  readonly notice: string | undefined;
}

/** What the conversation names is only part of it: there is time left to ask who owns that. */
const READING_MS = 3000;

/**
 * Looks for who owns an item: by its labels, by the CODEOWNERS of its repository for the files that it names, and by who
 * changed those last. At most five seconds, and whatever fails is only missing.
 */
export async function findOwners(item: Item, ports: SpeakPorts): Promise<FoundOwners> {
  return looking(vscode.l10n.t('Looking for the owner'), async (abort) => {
    const problems: string[] = [];
    const tried = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
      try {
        return await abortable(work, abort);
      } catch (error) {
        const why = whyNot(error, abort);
        ports.log.warn(`ask owner: ${error instanceof Error ? error.message : why}`);
        problems.push(why);
        return otherwise;
      }
    };
    const files = namedFiles(await textOf(item, ports, AbortSignal.any([abort, AbortSignal.timeout(READING_MS)])));
    const repository = repositoryOf(item, files, ports);
    const own = files.flatMap((file) => (isIn(file, repository) ? [file.path] : []));
    const labels = [...new Set(item.signals.flatMap((signal) => signal.labels))];
    if (repository === undefined) return found({ labels, rules: [], authors: [] });
    const [rules, authors] = await Promise.all([
      tried(ports.owners.codeOwners(repository, abort), []),
      own.length === 0 ? [] : tried(ports.owners.lastAuthors(repository, own, abort), []),
    ]);
    const paths = own.length === 0 ? [undefined] : own;
    return found({
      labels,
      rules: paths.flatMap((path) => {
        const rule = path === undefined ? defaultRule(rules) : ruleFor(path, rules);
        // What stands for every file says little of this one.
        const isDefault = rule === defaultRule(rules);
        return rule === undefined ? [] : [{ repository, path: isDefault ? undefined : path, rule }];
      }),
      authors,
    });

    function found(findings: OwnerFindings): FoundOwners {
      const [why] = problems;
      return {
        owners: likelyOwners(findings, ports.team, ports.me),
        notice: why === undefined ? undefined : vscode.l10n.t('Not everything could be looked at: {0}.', why),
      };
    }
  });
}

/** All that was said, as far as it can be read now. */
async function textOf(item: Item, { readConversation, log }: SpeakPorts, abort: AbortSignal): Promise<string> {
  const read = await Promise.all(
    item.signals.map(async (signal) => {
      try {
        const { messages } = await abortable(readConversation(signal, abort), abort);
        return messages.map(({ markdown }) => markdown).join('\n');
      } catch (error) {
        log.warn(`ask owner: ${signal.id} was not read: ${error instanceof Error ? error.message : 'failed'}`);
        return '';
      }
    }),
  );
  return [...item.signals.flatMap(({ title, excerpt }) => [title, excerpt]), ...read].join('\n');
}

/** The item's own, or the one that it links to, or that where the team's issues are. */
function repositoryOf(item: Item, files: readonly NamedFile[], { team }: SpeakPorts): string | undefined {
  const own = item.signals.map(({ id }) => parseIssueId(id)?.repository).find((each) => each !== undefined);
  return own ?? files.find((file) => file.repository !== undefined)?.repository ?? team.issues?.repository;
}

function isIn(file: NamedFile, repository: string | undefined): boolean {
  return file.repository === undefined || file.repository.toLowerCase() === repository?.toLowerCase();
}
