import type { SuggestedPlace } from '../core/suggestedPlace.ts';
import type { ResponderView } from '../core/view.ts';
import type { SignInPorts } from '../host/auth/signIn.ts';
import type { ChangeLookUps } from '../host/change/changePorts.ts';
import type { ConvertPorts } from '../host/convert/convertPorts.ts';
import type { ActiveFilter } from '../host/filter/activeFilter.ts';
import type { GatePorts } from '../host/gate/gate.ts';
import type { HandoffPanel } from '../host/panels/handoffPanel.ts';
import type { OwnerLookUps } from '../host/speak/speakPorts.ts';
import type { TeamFile } from '../host/teamFile/teamFile.ts';
import type { TimeboxPorts } from '../host/timebox/timeboxPorts.ts';
import type { ClaimWrites } from '../host/working/claimWrites.ts';
import type { Log } from '../services/service.ts';
import type { MentionedScope } from '../services/slack/mentionedChannels.ts';
import type { TeamSession } from '../session/teamSession.ts';

/** What the commands are made of. */
export interface CommandWiring {
  /** @throws {NoTeamError} when no team is watched. */
  readonly session: () => TeamSession;
  readonly teamFile: TeamFile;
  readonly handoff: HandoffPanel;
  readonly claims: ClaimWrites;
  /** The ids of what was done in this window, for undo. */
  readonly acts: Set<string>;
  readonly signIn: SignInPorts;
  readonly convert: () => ConvertPorts;
  readonly timebox: TimeboxPorts;
  /** The ids of the rows that are selected in the Queue. */
  readonly selected: () => readonly string[];
  /** The ids of the rows that are selected among the Proposals. */
  readonly selectedProposals: () => readonly string[];
  readonly gate: () => GatePorts;
  readonly lookUps: ChangeLookUps & OwnerLookUps;
  /** The channels that mention the team and are not watched. @throws {ServiceError} */
  readonly mentioned: (scope: MentionedScope, abort: AbortSignal) => Promise<readonly SuggestedPlace[]>;
  readonly filter: ActiveFilter;
  /** Shows the Queue as it is now, narrowed by the filter; undefined while there is no team. */
  readonly repaint: () => ResponderView | undefined;
  /** Selects an item's row in the Queue. */
  readonly reveal: (itemId: string) => Promise<void>;
  /** Takes back every "Don't Show Again". */
  readonly resetNotices: () => Promise<void>;
  readonly showLog: () => void;
  readonly showText: (name: string, markdown: string) => Promise<unknown>;
  readonly openUrl: (url: string) => Promise<void>;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
