/** One request as the proxy sees it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** JSON, or the fields of a form; undefined when there was none. */
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What stands behind a listener. */
export type Answer = (call: Call) => Promise<Reply>;

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** The token of a call, whatever word stands before it. */
export function tokenOf(call: Call): string | undefined {
  return call.headers['authorization']?.replace(/^(bearer|token)\s+/iu, '').trim();
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as a record of fields; empty when it is none. */
export function fieldsOf(call: Call): Record<string, unknown> {
  return isRecord(call.body) ? call.body : {};
}

/** Sends a call on; only what the emulators look at. */
export async function forward(origin: string, call: Call, path = call.path): Promise<Reply> {
  const query = call.query.size > 0 ? `?${call.query.toString()}` : '';
  const kept = ['authorization', 'content-type', 'accept'];
  const headers = Object.fromEntries(Object.entries(call.headers).filter(([name]) => kept.includes(name)));
  const hasBody = call.method !== 'GET' && call.method !== 'HEAD' && call.text !== '';
  const response = await fetch(`${origin}${path}${query}`, {
    method: call.method,
    headers,
    redirect: 'manual',
    ...(hasBody ? { body: call.text } : {}),
  });
  const body = await response.text();
  const passed = [...response.headers].filter(([name]) => !HOP_BY_HOP.has(name));
  return { status: response.status, headers: Object.fromEntries(passed), body };
}

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'date',
]);

/** A field that should be text; empty when it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
