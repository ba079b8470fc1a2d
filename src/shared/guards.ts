/** A parser of something unknown: the value when it has the shape, undefined when not. */
export type Guard<T> = (raw: unknown) => raw is T;

export const isString: Guard<string> = (raw) => typeof raw === 'string';
export const isNumber: Guard<number> = (raw): raw is number => Number.isFinite(raw);
export const isBoolean: Guard<boolean> = (raw) => typeof raw === 'boolean';

/** Also true for a key that is not there: JSON drops undefined. */
export function optional<T>(inner: Guard<T>): Guard<T | undefined> {
  return (raw): raw is T | undefined => raw === undefined || inner(raw);
}

export function arrayOf<T>(inner: Guard<T>): Guard<readonly T[]> {
  return (raw): raw is readonly T[] => Array.isArray(raw) && raw.every((each) => inner(each));
}

export function oneOf<const T extends string>(...values: readonly T[]): Guard<T> {
  const known = new Set<unknown>(values);
  return (raw): raw is T => known.has(raw);
}

/** What either of the guards accepts. */
export function anyOf<const G extends readonly Guard<unknown>[]>(
  ...guards: G
): Guard<G[number] extends Guard<infer T> ? T : never> {
  return (raw): raw is G[number] extends Guard<infer T> ? T : never => guards.some((guard) => guard(raw));
}

/** An object that has at least these keys in these shapes. */
export function objectOf<T extends object>(shape: { readonly [K in keyof T]-?: Guard<T[K]> }): Guard<T> {
  const entries = Object.entries<(raw: unknown) => boolean>(shape);
  return (raw): raw is T => isObject(raw) && entries.every(([key, guard]) => guard(raw[key]));
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}
