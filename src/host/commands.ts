import * as vscode from 'vscode';

/**
 * Every command and what it takes. A row command gets the clicked row and the selection; from the palette or the
 * keyboard VS Code passes neither, and the view's selection counts.
 */
export interface Commands {
  'responder.refresh': () => Promise<void>;
  'responder.groupQueue': () => Promise<void>;
  'responder.nextItem': () => Promise<void>;
  'responder.filter': () => Promise<void>;
  'responder.changeFilter': () => Promise<void>;
  'responder.clearFilter': () => Promise<void>;
  'responder.saveFilter': () => Promise<void>;
  'responder.deleteFilter': () => Promise<void>;
  'responder.openItem': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.convertItem': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.copyLink': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.keepInMind': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.claim': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.claimAndSaySo': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.release': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.snooze': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.wake': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.done': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.reopen': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.setPriority': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.addNote': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.merge': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.keepApart': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.takeReviews': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.keepReviews': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.resolveIncident': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.addIncidentNote': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.transfer': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.changeLabels': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.closeIssue': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.silenceAlert': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.reply': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.decline': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.askOwner': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.postStatusUpdate': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.toggleDryRun': () => Promise<void>;
  'responder.undo': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.showKeys': (row?: unknown) => Promise<void>;
  'responder.draftHandoff': () => Promise<void>;
  'responder.openHandoff': (row?: unknown) => Promise<void>;
  'responder.showDuty': () => Promise<void>;
  'responder.setUpTeam': () => Promise<void>;
  'responder.openTeamFile': () => Promise<void>;
  'responder.signIn': (row?: unknown) => Promise<void>;
  'responder.signInGitHub': () => Promise<void>;
  'responder.signInGitHubToken': () => Promise<void>;
  'responder.signInSlack': () => Promise<void>;
  'responder.signInPagerDuty': () => Promise<void>;
  'responder.signInFeed': () => Promise<void>;
  'responder.createSlackApp': () => Promise<void>;
  'responder.signOut': () => Promise<void>;
  'responder.showUnfinished': () => Promise<void>;
  'responder.showProposal': (row?: unknown) => Promise<void>;
  'responder.approveProposal': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.editProposal': (row?: unknown) => Promise<void>;
  'responder.copyProposalText': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.dropProposal': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.undoWrite': (proposalIds?: unknown) => Promise<void>;
  'responder.applyEdit': () => Promise<void>;
  'responder.discardEdit': () => Promise<void>;
  'responder.showJournal': () => Promise<void>;
  'responder.showTimeline': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.exportJournal': () => Promise<void>;
  'responder.deleteJournal': () => Promise<void>;
  'responder.showLog': () => Promise<void>;
  'responder.openSettings': () => Promise<void>;
  'responder.resetNotifications': () => Promise<void>;
  'responder.showMore': (row?: unknown) => Promise<void>;
  'responder.doItNow': (row?: unknown, selected?: unknown) => Promise<void>;
  'responder.showTimebox': () => Promise<void>;
  'responder.pauseTimebox': () => Promise<void>;
  'responder.resumeTimebox': () => Promise<void>;
  'responder.logTime': (row?: unknown) => Promise<void>;
  /** `[row, isChecked]` of each box that was clicked; from the palette none. */
  'responder.checkPlaces': (ticks?: unknown) => Promise<void>;
  'responder.openPlace': (row?: unknown) => Promise<void>;
  'responder.openUnseen': (row?: unknown) => Promise<void>;
  'responder.suggestPlaces': () => Promise<void>;
}

export type CommandId = keyof Commands;

/** All of them, so that they can be registered before the engine that runs them is loaded. */
const COMMAND_IDS: { readonly [Id in CommandId]: true } = {
  'responder.refresh': true,
  'responder.groupQueue': true,
  'responder.nextItem': true,
  'responder.filter': true,
  'responder.changeFilter': true,
  'responder.clearFilter': true,
  'responder.saveFilter': true,
  'responder.deleteFilter': true,
  'responder.openItem': true,
  'responder.convertItem': true,
  'responder.copyLink': true,
  'responder.keepInMind': true,
  'responder.claim': true,
  'responder.claimAndSaySo': true,
  'responder.release': true,
  'responder.snooze': true,
  'responder.wake': true,
  'responder.done': true,
  'responder.reopen': true,
  'responder.setPriority': true,
  'responder.addNote': true,
  'responder.merge': true,
  'responder.keepApart': true,
  'responder.takeReviews': true,
  'responder.keepReviews': true,
  'responder.transfer': true,
  'responder.changeLabels': true,
  'responder.closeIssue': true,
  'responder.silenceAlert': true,
  'responder.reply': true,
  'responder.decline': true,
  'responder.askOwner': true,
  'responder.postStatusUpdate': true,
  'responder.toggleDryRun': true,
  'responder.undo': true,
  'responder.showKeys': true,
  'responder.draftHandoff': true,
  'responder.openHandoff': true,
  'responder.showDuty': true,
  'responder.setUpTeam': true,
  'responder.openTeamFile': true,
  'responder.signIn': true,
  'responder.signInGitHub': true,
  'responder.signInGitHubToken': true,
  'responder.signInSlack': true,
  'responder.signInPagerDuty': true,
  'responder.resolveIncident': true,
  'responder.addIncidentNote': true,
  'responder.signInFeed': true,
  'responder.createSlackApp': true,
  'responder.signOut': true,
  'responder.showUnfinished': true,
  'responder.showProposal': true,
  'responder.approveProposal': true,
  'responder.editProposal': true,
  'responder.copyProposalText': true,
  'responder.dropProposal': true,
  'responder.undoWrite': true,
  'responder.applyEdit': true,
  'responder.discardEdit': true,
  'responder.showJournal': true,
  'responder.showTimeline': true,
  'responder.exportJournal': true,
  'responder.deleteJournal': true,
  'responder.showLog': true,
  'responder.openSettings': true,
  'responder.resetNotifications': true,
  'responder.showMore': true,
  'responder.doItNow': true,
  'responder.showTimebox': true,
  'responder.pauseTimebox': true,
  'responder.resumeTimebox': true,
  'responder.logTime': true,
  'responder.checkPlaces': true,
  'responder.openPlace': true,
  'responder.openUnseen': true,
  'responder.suggestPlaces': true,
};

/** Registers every command; `run` gets its id and what VS Code passed. */
export function registerCommands(run: (id: CommandId, args: readonly unknown[]) => Promise<void>): vscode.Disposable {
  const ids = Object.keys(COMMAND_IDS).filter(isCommandId);
  return vscode.Disposable.from(
    ...ids.map((id) => vscode.commands.registerCommand(id, (...args: unknown[]) => run(id, args))),
  );
}

function isCommandId(id: string): id is CommandId {
  return id in COMMAND_IDS;
}
