import * as vscode from 'vscode';
import type { Team } from '../core/team.ts';
import { apiUrl, type Credentials, pagerDutyEmail } from '../host/auth/credentials.ts';
import { storeProblemText } from '../host/storeWords.ts';
import type { Log } from '../services/service.ts';
import { type SessionPorts, TeamSession } from '../session/teamSession.ts';
import { NewerStoreError } from '../store/migrations.ts';

/** How the services are reached: addresses are those of the user's own settings, tokens are asked for at each use. */
export function connections(credentials: Credentials): Pick<SessionPorts, 'github' | 'slack' | 'pagerduty' | 'feeds'> {
  return {
    github: { token: () => credentials.github(), apiUrl: apiUrl('github') },
    slack: { token: () => credentials.slack(), apiUrl: apiUrl('slack') },
    pagerduty: { token: () => credentials.pagerduty(), apiUrl: apiUrl('pagerduty'), email: pagerDutyEmail() },
    feeds: (origin) => credentials.feed(origin),
  };
}

/** The session of a team, or in the person's words why its store cannot be opened; that is said as well. */
export function openSession(team: Team, ports: SessionPorts, log: Log): TeamSession | string {
  try {
    return new TeamSession(team, ports);
  } catch (error) {
    const problem = storeProblemText(error instanceof NewerStoreError);
    log.error(`the store cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
    void vscode.window.showErrorMessage(problem);
    return problem;
  }
}
