import type { DatabaseSync } from 'node:sqlite';

/**
 * Takes or renews the lease `name` until `now + ttlMs`. One statement, so atomic among all windows.
 * @returns false when another holder has it.
 */
export function takeLease(
  db: DatabaseSync,
  lease: { readonly name: string; readonly holder: string; readonly ttlMs: number; readonly now: number },
): boolean {
  const { name, holder, ttlMs, now } = lease;
  // Looked at first without a lock: the windows that follow ask every second, and mostly in vain.
  const held = db.prepare('SELECT holder, expires FROM lease WHERE name = ?').get(name);
  if (held !== undefined && held['holder'] !== holder && isValid(Number(held['expires']), now, ttlMs)) return false;
  const { changes } = db
    .prepare(
      `INSERT INTO lease (name, holder, expires) VALUES ($name, $holder, $now + $ttl)
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires
       WHERE holder = excluded.holder OR expires <= $now OR expires > $now + 2 * $ttl`,
    )
    .run({ $name: name, $holder: holder, $now: now, $ttl: ttlMs });
  return Number(changes) === 1;
}

/** Ends the lease at once, if `holder` has it. */
export function releaseLease(db: DatabaseSync, name: string, holder: string): void {
  db.prepare('DELETE FROM lease WHERE name = ? AND holder = ?').run(name, holder);
}

/** A lease that ends far later than one taken now was written before the machine's time was set back: it is void. */
function isValid(expires: number, now: number, ttlMs: number): boolean {
  return expires > now && expires <= now + 2 * ttlMs;
}
