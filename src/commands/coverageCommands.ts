import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { checksBetween } from '../core/coverage.ts';
import { isCheckedToday } from '../core/coverageLine.ts';
import { leadSignal } from '../core/item.ts';
import { type PlaceAddresses, placeName, placeUrl } from '../core/place.ts';
import type { Team, Watch } from '../core/team.ts';
import { undoEntries } from '../core/undo.ts';
import { apiUrl } from '../host/auth/credentials.ts';
import { askChecked, askPlace, type Tick } from '../host/checkPlaces.ts';
import type { Commands } from '../host/commands.ts';
import { linkless } from '../host/inert.ts';
import { openedUrl } from '../host/openUrl.ts';
import { say } from '../host/say.ts';
import { suggestPlaces } from '../host/suggestPlaces.ts';
import { unseenItemOf, watchIdOf } from '../host/tree/coverageRows.ts';
import { webOrigin } from '../services/github/file.ts';
import type { MentionedScope } from '../services/slack/mentionedChannels.ts';
import type { TeamSession } from '../session/teamSession.ts';
import type { CommandWiring } from './commandWiring.ts';

export type CoverageCommands =
  | 'responder.checkPlaces'
  | 'responder.openPlace'
  | 'responder.openUnseen'
  | 'responder.suggestPlaces';

export type CoverageWiring = Pick<CommandWiring, 'session' | 'teamFile' | 'mentioned' | 'log' | 'now'>;

const THIRTY_DAYS = 30 * 86_400_000;
const GITHUB_API = 'https://api.github.com';

/** The commands of the watched places. */
export function coverageCommands(wiring: CoverageWiring): Pick<Commands, CoverageCommands> {
  const { session, teamFile, now } = wiring;
  const tick = (ticks: readonly Tick[]): void => tickPlaces(ticks, session(), now());
  return {
    'responder.checkPlaces': async (ticks) => {
      const { coverage } = session().view();
      tick(ticksIn(ticks) ?? (await askChecked(coverage, { now: now(), timeZone: timeZoneOf(session()) })));
    },
    'responder.openPlace': async (row) => {
      const id = (typeof row === 'string' ? watchIdOf(row) : undefined) ?? (await askPlace(session().view().coverage));
      const watch = session().team.watch.find((each) => each.id === id);
      if (watch !== undefined && (await openPlace(watch, session()))) tick([{ watchId: watch.id, isChecked: true }]);
    },
    'responder.openUnseen': async (row) => {
      const [itemId, watchId] = typeof row === 'string' ? [unseenItemOf(row), watchIdOf(row)] : [];
      const item = session()
        .items()
        .get(itemId ?? '');
      if (item === undefined || watchId === undefined || !(await openedUrl(leadSignal(item).url))) return;
      const signalIds = item.signals.map(({ id }) => id);
      session().store.append({ id: randomUUID(), at: now(), signalIds, event: { type: 'checked', watchId } });
      const place = session()
        .view()
        .coverage.places.find(({ id }) => id === watchId);
      if (place?.unseen === 0) tick([{ watchId, isChecked: true }]);
    },
    'responder.suggestPlaces': async () => {
      const { team } = session();
      const scope = { ...slackNames(team), since: now() - THIRTY_DAYS };
      await suggestPlaces({
        hasMentions: scope.handles.length > 0,
        find: (abort) => wiring.mentioned(scope, abort),
        location: teamFile.location,
        timeZone: timeZoneOf(session()),
        now,
        log: wiring.log,
      });
    },
  };
}

/** What the boxes of the view say, when it was them. */
function ticksIn(raw: unknown): readonly Tick[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  return raw.flatMap((each: unknown): readonly Tick[] => {
    const box: readonly unknown[] = Array.isArray(each) ? each : [];
    const [row, isChecked] = box;
    const watchId = typeof row === 'string' ? watchIdOf(row) : undefined;
    return watchId === undefined || typeof isChecked !== 'boolean' ? [] : [{ watchId, isChecked }];
  });
}

/** A tick counts for today; taking it away takes back all that said so today. */
function tickPlaces(ticks: readonly Tick[], session: TeamSession, now: number): void {
  const { store, team } = session;
  const { coverage } = session.view();
  for (const { watchId, isChecked } of ticks) {
    const place = coverage.places.find(({ id }) => id === watchId);
    const watch = team.watch.find(({ id }) => id === watchId);
    if (place === undefined || watch === undefined || isCheckedToday(place, coverage, now) === isChecked) continue;
    if (isChecked) {
      store.append({ id: randomUUID(), at: now, signalIds: [], event: { type: 'checked', watchId } });
      say(vscode.l10n.t('Checked: {0}', placeName(watch, team.watch)));
    } else {
      const checks = checksBetween(store.journal(), watchId, coverage.today);
      for (const entry of undoEntries(checks, { id: randomUUID(), at: now })) store.append(entry);
      say(vscode.l10n.t('Not checked any more: {0}', placeName(watch, team.watch)));
    }
  }
}

/** Whether it was opened; when nothing is known that leads there, that is said. */
async function openPlace(watch: Watch, session: TeamSession): Promise<boolean> {
  const url = placeUrl(watch, addressesOf(session));
  if (url !== undefined) return openedUrl(url);
  const name = placeName(watch, session.team.watch);
  const text =
    watch.service === 'slack'
      ? vscode.l10n.t('Nothing was read from {0} yet. Look for it in Slack.', name)
      : vscode.l10n.t('{0} has no page of its own: open its items.', name);
  void vscode.window.showWarningMessage(linkless(text));
  return false;
}

function addressesOf(session: TeamSession): PlaceAddresses {
  return {
    github: originOf('github', session) ?? webOrigin(apiUrl('github') ?? GITHUB_API),
    slack: originOf('slack', session),
    channel: (name) => session.channelUrl(name),
  };
}

/** Where the pages of a service are, as its signals say. */
function originOf(service: 'github' | 'slack', { store }: TeamSession): string | undefined {
  for (const signal of store.signals().values())
    if (signal.service === service && URL.canParse(signal.url)) return new URL(signal.url).origin;
  return undefined;
}

function slackNames({ watch }: Team): Pick<MentionedScope, 'handles' | 'watched'> {
  const slack = watch.filter((each) => each.service === 'slack');
  return {
    handles: slack.flatMap((each) => (each.what === 'mention' ? [each.handle] : [])),
    watched: new Set(slack.flatMap((each) => (each.what === 'channel' ? [each.channel] : []))),
  };
}

function timeZoneOf({ me, team }: TeamSession): string {
  return me?.timeZone ?? team.timeZone;
}
