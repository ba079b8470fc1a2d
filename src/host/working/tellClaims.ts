import * as vscode from 'vscode';
import type { StoredProposal } from '../../core/proposal.ts';
import { serviceOf, type WrittenService } from '../../core/reach.ts';
import type { GatePorts } from '../gate/gate.ts';
import { describeFailure } from '../gate/stepWords.ts';
import { droppedText } from '../gate/words.ts';
import { isDryRun } from '../gate/writeSettings.ts';
import { inertTitle, linkless } from '../inert.ts';
import { say } from '../say.ts';
import { serviceText } from '../words.ts';
import type { ClaimTelling } from './claimPorts.ts';
import { subjectText } from './words.ts';

const REASON_LENGTH = 400;
const LATER_MS = 8000;

interface TellingPorts extends Pick<GatePorts, 'placeOf' | 'log'> {
  /** Asks the sources now. */
  readonly refresh: () => Promise<void>;
}

/** Says by messages what became of claims. */
export function claimTelling({ placeOf, log, refresh }: TellingPorts): ClaimTelling {
  const tryAgain = vscode.l10n.t('Retry');
  return {
    later: (going) => {
      const subject = subjectText(going.map(({ proposal }) => proposal.title));
      const [service] = going.flatMap(waitedFor);
      // A claim is done for the person; that it is still on its way needs nobody.
      if (service !== undefined)
        say(vscode.l10n.t('{0}: will be sent as soon as {1} answers', subject, serviceText(service)), LATER_MS);
    },
    failed: (what, failed, again) => {
      const [first] = failed;
      if (first === undefined) return;
      const subject = subjectText(failed.map(({ stored }) => stored.proposal.title));
      const text = failedText(what, subject, reasonOf(first.stored, placeOf));
      void vscode.window.showErrorMessage(linkless(text), tryAgain).then((chosen) => {
        if (chosen === tryAgain) retry(what, again);
      });
    },
    unsaid: (stored, { again, keep, drop }) => {
      const subject = subjectText([stored.proposal.title]);
      const text = vscode.l10n.t('Claimed, but the reply was not sent: {0}. {1}', subject, reasonOf(stored, placeOf));
      const forget = vscode.l10n.t('Drop');
      void vscode.window.showErrorMessage(linkless(text), tryAgain, forget).then((chosen) => {
        if (chosen === tryAgain) retry('word', again);
        else if (chosen === forget) drop();
        else keep();
      });
    },
    dropped: (dropped, sent) => {
      if (dropped + sent > 0) say(droppedText(dropped, sent > 0));
    },
    takenBack: () => {
      refresh().catch((error: unknown) => log.warn(`claim: not read again: ${String(error)}`));
    },
    broken: (error) => {
      log.error(`claim: ${error instanceof Error ? error.message : 'failed'}`);
      void vscode.window.showErrorMessage(vscode.l10n.t('A claim failed. See the log for details.'));
    },
  };
}

/** A claim or release that is tried again passes the gate; the rest is sent at once, which a dry run must not let leave. */
function retry(what: 'claim' | 'release' | 'undo' | 'word', again: () => void): void {
  if (isDryRun() && (what === 'undo' || what === 'word')) sayDryRunStays();
  else again();
}

function sayDryRunStays(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('Dry run: nothing was sent. Try again when dry run is off.'));
}

/** The service that a step was tried at, and could not be reached. */
function waitedFor({ proposal, states }: StoredProposal): readonly WrittenService[] {
  return proposal.steps.flatMap(({ type }, index) => (states[index]?.status === 'failed' ? [serviceOf(type)] : []));
}

function failedText(what: 'claim' | 'release' | 'undo', subject: string, why: string): string {
  switch (what) {
    case 'claim':
      return vscode.l10n.t('Not claimed: {0}. {1}', subject, why);
    case 'release':
      return vscode.l10n.t('Not released: {0}. {1}', subject, why);
    case 'undo':
      return vscode.l10n.t('Not undone: {0}. {1}', subject, why);
  }
}

function reasonOf(stored: StoredProposal, placeOf: GatePorts['placeOf']): string {
  const warnings = stored.states.flatMap((state) => (state.status === 'done' ? state.outcome.warnings : []));
  const failure = describeFailure(stored, placeOf);
  // A service's own words may hold what a message would show as a link.
  const why = [failure, ...warnings].filter((part) => part !== undefined);
  // Nothing failed, and it was not sent all the same: its turn came too late.
  if (why.length === 0) return vscode.l10n.t('Its approval was more than an hour old.');
  return inertTitle(why.join(' · '), REASON_LENGTH);
}
