import {
  createSlackApp,
  signIn,
  signInToGitHub,
  signInToPagerDuty,
  signInToSlack,
  signInWithGitHubToken,
  signOut,
} from '../host/auth/signIn.ts';
import { signInToFeed } from '../host/auth/signInFeed.ts';
import type { Commands } from '../host/commands.ts';
import { sourceOfFailureRow } from '../host/tree/problemRows.ts';
import type { CommandWiring } from './commandWiring.ts';

export type SignInCommands =
  | 'responder.signIn'
  | 'responder.signInGitHub'
  | 'responder.signInGitHubToken'
  | 'responder.signInSlack'
  | 'responder.signInPagerDuty'
  | 'responder.signInFeed'
  | 'responder.createSlackApp'
  | 'responder.signOut';

/** The commands that sign in to services, and out of all of them. */
export function signInCommands({ signIn: ports, session }: CommandWiring): Pick<Commands, SignInCommands> {
  const { credentials } = ports;
  const signInFeed = async (name?: string): Promise<void> =>
    signInToFeed({ credentials, feeds: session().team.watch.filter((watch) => watch.service === 'feed') }, name);
  return {
    // A failure's row says whose sign-in it is about.
    'responder.signIn': async (row) => {
      const source = typeof row === 'string' ? sourceOfFailureRow(row) : undefined;
      const [, service, name] = /^(\w+)(?::(.+))?$/u.exec(source ?? '') ?? [];
      if (service === 'feed') return signInFeed(name);
      await signIn(ports, service === 'github' || service === 'slack' || service === 'pagerduty' ? service : undefined);
    },
    'responder.signInGitHub': async () => signInToGitHub(ports),
    'responder.signInGitHubToken': async () => signInWithGitHubToken(ports),
    'responder.signInSlack': async () => signInToSlack(ports),
    'responder.signInPagerDuty': async () => signInToPagerDuty(ports),
    'responder.signInFeed': async () => signInFeed(),
    'responder.createSlackApp': async () => createSlackApp(ports),
    'responder.signOut': async () => signOut(ports),
  };
}
