// What a poll of the sample team costs: requests, and what a poll that finds nothing new sets in motion.
import type { SeenRequest } from '../team/proxy/record.ts';
import type { BenchRow } from './benchRow.ts';
import { hostTrees } from './hostTrees.ts';
import { countRow } from './measure.ts';
import { openSampleSession, type SampleSession } from './sampleSession.ts';

/** Polls until the lists are settled: a first answer brings what the next ones look up. */
const SETTLING = 3;

export async function rows(): Promise<readonly BenchRow[]> {
  await using stack = new AsyncDisposableStack();
  const sample = await openSampleSession(stack);
  const { session, idle, team } = sample;
  session.start();
  await idle();
  const cold = takeRequests(sample);
  for (let turn = 0; turn < SETTLING; turn += 1) await session.refresh();
  team.proxy.clear();
  return [...coldRows(cold), ...(await warmRows(sample))];
}

function coldRows(cold: readonly SeenRequest[]): readonly BenchRow[] {
  const lists = new Map<string, number>();
  for (const list of cold.filter(isList).map(addressOf)) lists.set(list, (lists.get(list) ?? 0) + 1);
  const note = `${lists.size} lists in ${cold.length} requests: ${servicesOf(cold)}`;
  return [countRow('cold cycle: times that one list is asked for', Math.max(...lists.values()), 1, note)];
}

async function warmRows(sample: SampleSession): Promise<readonly BenchRow[]> {
  const { session, rowsWritten, changes } = sample;
  const { RowTree, queueRows } = await hostTrees();
  const tree = new RowTree('openRow');
  const moment = { now: Date.now(), timeZone: 'UTC', dayMinutes: 480, isOnDuty: true };
  tree.show(queueRows(session.view().queue, moment));
  tree.getChildren();
  const before = { rows: rowsWritten(), changes: changes(), queue: session.view().queue };
  let treeEvents = 0;
  tree.onDidChangeTreeData(() => {
    treeEvents += 1;
  });
  await session.refresh();
  const ranked = changes() === before.changes ? 0 : session.items().size;
  tree.show(queueRows(session.view().queue, moment));
  await new Promise((resolve) => setTimeout(resolve, 300));
  tree.dispose();
  const asked = takeRequests(sample);
  const github = asked.filter(({ service }) => service === 'github');
  const fresh = github.filter(({ status }) => status !== 304);
  const note = fresh.length === 0 ? servicesOf(asked) : fresh.map(addressOf).join(', ');
  return [
    countRow('warm unchanged cycle: GitHub requests that bring a body (not 304)', fresh.length, 0, note),
    countRow('warm unchanged cycle: rows written', rowsWritten() - before.rows, 0),
    countRow('warm unchanged cycle: rows ranked anew', ranked, 0),
    countRow('warm unchanged cycle: tree events', treeEvents, 0),
  ];
}

function takeRequests({ team }: SampleSession): readonly SeenRequest[] {
  const asked = team.proxy.requests();
  team.proxy.clear();
  return asked;
}

/** Lists, as opposed to what is looked up about one issue, one thread or one account. */
function isList({ service, path }: SeenRequest): boolean {
  if (service === 'github') return /^\/(?:search|notifications)|\/issues$/u.test(path);
  return service === 'alertmanager' || /\.(?:list|history|messages)$/u.test(path);
}

/** The list and its page; `since` moves with the clock. */
function addressOf({ service, method, path, query, body }: SeenRequest): string {
  const { since: _, ...rest } = query;
  return `${service} ${method} ${path} ${JSON.stringify([rest, body])}`;
}

function servicesOf(requests: readonly SeenRequest[]): string {
  const counts = Map.groupBy(requests, ({ service }) => service);
  return Array.from(counts, ([service, { length }]) => `${length} of ${service}`).join(', ');
}
