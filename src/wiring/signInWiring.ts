import type * as vscode from 'vscode';
import type { Credentials } from '../host/auth/credentials.ts';
import type { SignInPorts } from '../host/auth/signIn.ts';
import { forgetWorkspace } from '../host/storage.ts';
import type { Log } from '../services/service.ts';
import { forgetTeams } from './forgetTeams.ts';
import { accountOf } from './signedInReads.ts';

export interface SignInWiring {
  readonly credentials: Credentials;
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Forgets what this window has read. */
  readonly forget: () => void;
  /** Begins anew. */
  readonly reopen: () => void;
}

/** What signing in and out needs. */
export function signInPorts({ credentials, context, log, now, forget, reopen }: SignInWiring): SignInPorts {
  return {
    credentials,
    extensionUri: context.extensionUri,
    accountOf: (service, token) => accountOf(service, token, log),
    forgetSignals: async () => {
      forget();
      forgetTeams(context.globalStorageUri.fsPath, { now, log });
      await forgetWorkspace(context);
      reopen();
    },
  };
}
