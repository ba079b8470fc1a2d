import type { ReadMethod, SlackApi } from './client.ts';
import { cursorOf } from './wire.ts';

const MAX_PAGES = 25;
const PAGE = 500;

/** Calls a listing method page by page until `enough`, the last page, or the cap: a cursor may never end. */
export async function lookThrough(
  api: SlackApi,
  { method, args }: { readonly method: ReadMethod; readonly args: Readonly<Record<string, unknown>> },
  enough: (reply: unknown) => boolean,
): Promise<void> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const reply = await api.call(method, { ...args, limit: PAGE, cursor });
    const next = cursorOf(reply);
    if (enough(reply) || next === undefined || next === cursor) return;
    cursor = next;
  }
}
