import * as z from 'zod/mini';
import { PRIORITIES } from '../core/priority.ts';
import { PROPOSAL_KINDS, type ProposalKind } from '../core/proposal.ts';
import { SOURCE_FAILURES } from '../core/sourceStatus.ts';

/** How a value of one kind becomes the text of a row and back; a row that is not one (any more) is undefined. */
export interface RowFormat<T> {
  // Functions, not methods: so a format must both take and give exactly T, and no new member of a union is forgotten here.
  readonly write: (value: T) => string;
  readonly read: (text: string) => T | undefined;
}

/** The format of the rows that fit a schema. */
export function rowFormat<T>(schema: z.ZodMiniType<T>): RowFormat<T> {
  return {
    // JSON knows no undefined: it is null in the file, so that the field is there again when it is read.
    write: (value) => JSON.stringify(value, (_key, field: unknown) => (field === undefined ? null : field)),
    read: (text) => {
      const result = schema.safeParse(json(text));
      return result.success ? result.data : undefined;
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON's lists are as readonly as all data. */
export function list<T>(entry: z.ZodMiniType<T>): z.ZodMiniType<readonly T[]> {
  return z.readonly(z.array(entry));
}

/** A field that may be undefined; null in the file. */
export function maybe<T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T | undefined> {
  return z.pipe(
    z.nullable(schema),
    z.transform((value) => value ?? undefined),
  );
}

export const strings = list(z.string());
export const priority = z.enum(PRIORITIES);
/** `transfer` was a kind of its own once; a transfer is a conversion. */
export const proposalKind = z.pipe(
  z.enum([...PROPOSAL_KINDS, 'transfer']),
  z.transform((kind): ProposalKind => (kind === 'transfer' ? 'convert' : kind)),
);
export const failure = z.enum(SOURCE_FAILURES);
