import * as vscode from 'vscode';
import { fold, type NamedQuery } from '../../core/filter.ts';

const FILTERS = 'filters';
const BADGE = 'badge.filter';
/** More would be no list to choose from. */
const MAX_FILTERS = 100;

/** The saved filters by name, as the settings say; what is no text is left out. */
export function savedFilters(): ReadonlyMap<string, string> {
  const saved = vscode.workspace.getConfiguration('responder').get<unknown>(FILTERS);
  return new Map(textsOf(saved).slice(0, MAX_FILTERS));
}

/** What the badge counts, when a filter was chosen for it: a saved one by its name, or a query. */
export function badgeFilter(): NamedQuery | undefined {
  const wanted = vscode.workspace.getConfiguration('responder').get<unknown>(BADGE);
  if (typeof wanted !== 'string' || wanted.trim() === '') return undefined;
  return { name: wanted, query: queryOf(wanted) ?? wanted };
}

/** A query under the name that it was saved by, otherwise under itself. */
export function named(query: string): NamedQuery {
  const [name] = [...savedFilters()].find(([, saved]) => saved.trim() === query.trim()) ?? [];
  return { name: name ?? query, query };
}

/** Adds a filter to the user's settings, in place of one of the same name. */
export async function saveFilter({ name, query }: NamedQuery): Promise<void> {
  const settings = vscode.workspace.getConfiguration('responder');
  const own = textsOf(settings.inspect<unknown>(FILTERS)?.globalValue);
  const others = own.filter(([other]) => fold(other) !== fold(name));
  const filters = Object.fromEntries([...others, [name, query]]);
  await settings.update(FILTERS, filters, vscode.ConfigurationTarget.Global);
}

/** Takes a filter out of the settings of the user and of the workspace; the badge does not count by it any more. */
export async function deleteFilter(name: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('responder');
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const found = settings.inspect<unknown>(FILTERS);
  const badge = settings.inspect<unknown>(BADGE);
  for (const [target, filters, counted] of [
    [Global, found?.globalValue, badge?.globalValue],
    [Workspace, found?.workspaceValue, badge?.workspaceValue],
  ] as const) {
    const texts = textsOf(filters);
    const left = texts.filter(([other]) => other !== name);
    if (left.length < texts.length)
      await settings.update(FILTERS, left.length === 0 ? undefined : Object.fromEntries(left), target);
    if (counted === name) await settings.update(BADGE, undefined, target);
  }
}

function queryOf(name: string): string | undefined {
  return [...savedFilters()].find(([saved]) => fold(saved) === fold(name))?.[1];
}

function textsOf(raw: unknown): readonly (readonly [string, string])[] {
  if (!(raw instanceof Object)) return [];
  return Object.entries(raw).flatMap(([name, query]: readonly [string, unknown]) =>
    typeof query === 'string' && name.trim() !== '' ? [[name, query] as const] : [],
  );
}
