import * as z from 'zod/mini';
import { oneLine } from '../../core/plainText.ts';
import type { Author } from '../../core/signal.ts';
import { ServiceError } from '../service.ts';

/** Pieces that several of GitHub's records share. Optional parts that are not what they should be count as absent. */
const User = z.object({ login: z.string().check(z.minLength(1)), type: z.catch(z.optional(z.string()), undefined) });

const Reactions = z.object({ reactions: z.object({ eyes: z.int().check(z.minimum(0)) }) });

/** GitHub's own stand-in for a deleted account. */
const GHOST: Author = { id: 'ghost', name: 'ghost', isBot: false };

const MAX_LOGIN = 100;
// GitHub's limit on bodies; nothing longer is looked through.
const MAX_BODY = 65_536;

export function authorOf(user: unknown): Author {
  const parsed = User.safeParse(user);
  if (!parsed.success) return GHOST;
  const login = oneLine(parsed.data.login, MAX_LOGIN);
  return { id: login, name: login, isBot: parsed.data.type === 'Bot' || login.endsWith('[bot]') };
}

export function loginsOf(users: unknown, limit: number): readonly string[] {
  if (!Array.isArray(users)) return [];
  return users.slice(0, limit).flatMap((user: unknown) => {
    const parsed = User.safeParse(user);
    return parsed.success ? [oneLine(parsed.data.login, MAX_LOGIN)] : [];
  });
}

export function bodyOf(text: unknown): string {
  return typeof text === 'string' ? text.slice(0, MAX_BODY) : '';
}

/** How many put 👀 on an issue; undefined when its record does not say. */
export function eyesOf(record: unknown): number | undefined {
  const { data } = Reactions.safeParse(record);
  return data?.reactions.eyes;
}

/** Epoch ms, or undefined for what is no date. */
export function timeOf(text: unknown): number | undefined {
  const at = typeof text === 'string' && text.length < 50 ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** Where an issue or pull request is, from its page's address or its API address. */
export interface IssueAddress {
  readonly owner: string;
  readonly repository: string;
  readonly number: number;
  readonly isPullRequest: boolean;
}

const REPOSITORY = /^(?!\.{1,2}\/)[\w.-]{1,100}\/(?!\.{1,2}$)[\w.-]{1,100}$/u;
const ADDRESS = /\/([\w.-]{1,100})\/([\w.-]{1,100})\/(issues|pulls?)\/([1-9]\d{0,9})\/?$/u;

export function readAddress(url: string): IssueAddress | undefined {
  if (url.length > 500 || !URL.canParse(url)) return undefined;
  const [, owner, repository, kind, number] = ADDRESS.exec(new URL(url).pathname) ?? [];
  if (owner === undefined || repository === undefined || number === undefined) return undefined;
  return { owner, repository, number: Number(number), isPullRequest: kind !== 'issues' };
}

/** The native part of a signal's id: `acme/app#12`, always lower case. */
export function nativeId(address: IssueAddress): string {
  return `${address.owner}/${address.repository}#${String(address.number)}`.toLowerCase();
}

/** The REST path below which an issue's parts are. */
export function issuePath(place: string, number: number): string {
  return `${repositoryPath(place)}/issues/${String(number)}`;
}

/** @throws {ServiceError} for what is no `owner/name`: as a path it could mean anything. */
export function repositoryPath(place: string): string {
  if (!REPOSITORY.test(place)) throw new ServiceError('refused', `${oneLine(place, 100)} is no repository`);
  return `/repos/${place}`;
}
