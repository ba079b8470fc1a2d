import * as vscode from 'vscode';
import { otherTries, postedAnew, postHandoff } from '../actions/postHandoff.ts';
import { proposalPhase } from '../core/approval.ts';
import type { HandoffDraft } from '../core/handoff.ts';
import { draftHandoff } from '../core/handoffDraft.ts';
import { handoffTitle } from '../core/handoffMarkdown.ts';
import type { StoredProposal } from '../core/proposal.ts';
import { dutyAt, nextShift, shiftsBetween } from '../core/rotation.ts';
import type { Shift, Team } from '../core/team.ts';
import { detailsOf, explain } from '../host/errors.ts';
import { approvedOf } from '../host/gate/ask.ts';
import type { GatePorts } from '../host/gate/gate.ts';
import { isAtOnce, isDryRun } from '../host/gate/writeSettings.ts';
import type { HandoffPorts, PostResult } from '../host/panels/handoffSession.ts';
import { failureText } from '../host/words.ts';
import type { Log } from '../services/service.ts';
import { settleEarlier } from '../session/postedHandoffs.ts';
import type { TeamSession } from '../session/teamSession.ts';
import type { HandoffTarget, HandoffWhere } from '../shared/handoffMessages.ts';

const DAY_MS = 86_400_000;
const LOOK_BACK_MS = 60 * DAY_MS;

export interface HandoffWiring {
  /** @throws when no team is watched. */
  readonly session: () => TeamSession;
  /** @throws when no team is watched. */
  readonly gate: () => GatePorts;
  readonly now: () => number;
  readonly openUrl: (url: string) => Promise<void>;
  readonly log: Log;
}

/** What the handoff panel needs, out of the session. */
export function handoffPorts(wiring: HandoffWiring): HandoffPorts {
  const { session, now } = wiring;
  return {
    draft: (id) => {
      const { store, team } = session();
      const fresh = draftFor(session(), shiftToHandOver(team, now()), now());
      return (id === undefined ? undefined : store.drafts().get(id)) ?? store.drafts().get(fresh.id) ?? fresh;
    },
    fresh: (draft) => draftFor(session(), { ...draft.shift, name: draft.from, shadow: undefined }, now()),
    save: (draft) => session().store.saveDraft(draft),
    targets: () => targetsOf(session().team),
    links: (draftId) =>
      session()
        .store.handoffs()
        .find(({ id }) => id === draftId)?.links ?? [],
    confirmPost: (where, draft) => confirm(wiring, where, draft),
    post: (where, draft) => post(wiring, where, draft),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    open: wiring.openUrl,
    explain: (error) => {
      wiring.log.error(`handoff: ${detailsOf(error)}`);
      return explain(error);
    },
  };
}

/** The shift that runs; in a gap the one that ended last; without a schedule, the week behind us. */
function shiftToHandOver(team: Team, now: number): Shift {
  // The same bounds all day long: they are part of what the notes are kept under.
  const today = now - (now % DAY_MS);
  return (
    dutyAt(team.rotation, now) ??
    shiftsBetween(team.rotation, now - LOOK_BACK_MS, now).at(-1) ?? {
      from: today - 7 * DAY_MS,
      to: today,
      name: team.name,
      shadow: undefined,
    }
  );
}

function draftFor(session: TeamSession, shift: Shift, now: number): HandoffDraft {
  const { team, store, me } = session;
  return draftHandoff({
    items: session.items().values(),
    journal: store.journal(),
    team,
    shift,
    next: nextShift(team.rotation, shift.to - 1),
    now,
    me: [me?.github, me?.slack].filter((id) => id !== undefined),
  });
}

function targetsOf({ handoff }: Team): readonly HandoffTarget[] {
  const missing = vscode.l10n.t('The team file names no place for it under “handoff”.');
  const channel = handoff?.slackChannel;
  const issue = handoff?.issue;
  return [
    channel === undefined ? { where: 'slack', unavailable: missing } : { where: 'slack', place: `#${channel}` },
    issue === undefined ? { where: 'issue', unavailable: missing } : { where: 'issue', place: issue.repository },
  ];
}

/** Whether the notes may be posted now; kept among the proposals when the person turns away. */
async function confirm(wiring: HandoffWiring, where: HandoffWhere, draft: HandoffDraft): Promise<boolean> {
  const proposal = proposalFor(wiring, where, draft);
  if (proposal === undefined) return false;
  const gate = wiring.gate();
  const title = where === 'slack' ? vscode.l10n.t('Post to Slack') : vscode.l10n.t('Post as Issue');
  const asking = { isShown: !isAtOnce('postHandoff'), action: vscode.l10n.t('Post') };
  return (await approvedOf(`${title}: ${handoffTitle(draft)}`, [proposal], gate, asking)).length > 0;
}

function proposalFor({ session, now }: HandoffWiring, where: HandoffWhere, draft: HandoffDraft) {
  const { store, team, outbox } = session();
  const fullNotes = store
    .handoffs()
    .find(({ id }) => id === draft.id)
    ?.links.find((link) => link.where === 'issue')?.url;
  const proposal = postHandoff({ draft, team, where, now: now(), fullNotes });
  return proposal && postedAnew(proposal, outbox.stored());
}

async function post(wiring: HandoffWiring, where: HandoffWhere, draft: HandoffDraft): Promise<PostResult> {
  const proposal = proposalFor(wiring, where, draft);
  if (proposal === undefined)
    return { status: 'failed', message: vscode.l10n.t('The team file names no place for it.') };
  const { outbox, store } = wiring.session();
  store.follow();
  const earlier = await settleEarlier(proposal, outbox);
  const stored =
    earlier.how === 'none' ? await outbox.submit(proposal, AbortSignal.timeout(120_000), wiring.now()) : earlier.stored;
  const [state] = stored.states;
  if (state?.status !== 'done') {
    // The page offers to retry: meanwhile the notes may be edited, so these must not go by themselves.
    if (proposalPhase(stored, wiring.now()) === 'going') outbox.withhold(stored.proposal.id);
    return { status: 'failed', message: failureOf(stored, where) };
  }
  const { url, warnings } = state.outcome;
  if (earlier.how === 'arrived') return { status: 'posted', url, warnings: [...warnings, earlierArrived()] };
  // What failed, or waits, from before the notes were edited must not be posted after all.
  const unfinished = outbox.stored().filter((each) => proposalPhase(each, wiring.now()) !== 'done');
  const others = otherTries(
    proposal,
    unfinished.map((each) => each.proposal),
  );
  for (const { id } of others) outbox.drop(id);
  return { status: 'posted', url, warnings };
}

/** Posting once more shows what will be posted, and asks, as ever. */
function earlierArrived(): string {
  return vscode.l10n.t(
    'The notes were posted as they were before the last changes. Post again to post the changes as well.',
  );
}

function failureOf({ states: [state] }: StoredProposal, where: HandoffWhere): string {
  if (isDryRun()) return vscode.l10n.t('Dry run: saved to Proposals, not sent.');
  if (state?.status !== 'failed') return vscode.l10n.t('Everything is kept: press Retry.');
  const what = `${failureText(state.reason, where === 'slack' ? 'Slack' : 'GitHub')} (${state.message})`;
  return state.permanent
    ? vscode.l10n.t('{0}. Everything is kept.', what)
    : vscode.l10n.t('{0}. Everything is kept: press Retry.', what);
}
