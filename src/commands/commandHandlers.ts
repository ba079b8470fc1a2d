import type { Commands } from '../host/commands.ts';
import { changeCommands } from './changeCommands.ts';
import type { CommandWiring } from './commandWiring.ts';
import { coverageCommands } from './coverageCommands.ts';
import { filterCommands } from './filterCommands.ts';
import { handoffCommands } from './handoffCommands.ts';
import { itemCommands } from './itemCommands.ts';
import { journalCommands } from './journalCommands.ts';
import { proposalCommands } from './proposalCommands.ts';
import { queueCommands } from './queueCommands.ts';
import { signInCommands } from './signInCommands.ts';
import { speakCommands } from './speakCommands.ts';
import { teamCommands } from './teamCommands.ts';
import { timeCommands } from './timeCommands.ts';
import { unfinishedCommands } from './unfinishedCommands.ts';
import { workingCommands } from './workingCommands.ts';

/** What each command does, family by family. */
export function commandHandlers(wiring: CommandWiring): Commands {
  return {
    ...queueCommands(wiring),
    ...itemCommands(wiring),
    ...workingCommands(wiring),
    ...timeCommands(wiring),
    ...changeCommands(wiring),
    ...speakCommands(wiring),
    ...proposalCommands(wiring),
    ...unfinishedCommands(wiring),
    ...journalCommands(wiring),
    ...handoffCommands(wiring),
    ...coverageCommands(wiring),
    ...filterCommands(wiring),
    ...teamCommands(wiring),
    ...signInCommands(wiring),
  };
}
