import type { PlaceOf } from './place.ts';
import type { Write } from './proposal.ts';

/** The services that are written to. */
export type WrittenService = 'github' | 'slack' | 'alertmanager' | 'pagerduty';

/** Where a write lands, and with that who will see it. */
export type Reach =
  /** `number` is undefined for an issue that does not exist yet. */
  | { readonly type: 'repository'; readonly repository: string; readonly number: number | undefined }
  /** Undefined: what takes a change of a board back knows it by its id alone. */
  | { readonly type: 'board'; readonly name: string | undefined }
  /** `id` is a channel's id; `name` is what the team file calls it, without `#`. */
  | { readonly type: 'channel'; readonly id: string | undefined; readonly name: string | undefined }
  | { readonly type: 'alertmanager' }
  | { readonly type: 'incident'; readonly incident: string };

/** Who can read a Slack channel. */
export interface ChannelReaders {
  readonly isPrivate: boolean;
  /** How many are in it, when the service says. */
  readonly members: number | undefined;
}

/**
 * How a write is taken back: what it changed gets its former value, its words are deleted, its issue is closed as not
 * planned, its silence ends; `never` where the service knows no way, and for what takes another write back.
 */
export type WayBack = 'restore' | 'delete' | 'close' | 'end' | 'never' | 'isBack';

/** Where a write lands. */
export function reachOf(write: Write): Reach {
  return reachAs(write.type, write);
}

type Writes = { readonly [Type in Write['type']]: Extract<Write, { readonly type: Type }> };

function reachAs<Type extends Write['type']>(type: Type, write: Writes[Type]): Reach {
  return REACHES[type](write);
}

const REACHES: { readonly [Type in Write['type']]: (write: Writes[Type]) => Reach } = {
  createIssue: ({ repository }) => ({ type: 'repository', repository, number: undefined }),
  planIssue: issueReach,
  commentOnIssue: issueReach,
  assign: issueReach,
  label: issueReach,
  closeIssue: issueReach,
  reopenIssue: issueReach,
  deleteComment: ({ repository }) => ({ type: 'repository', repository, number: undefined }),
  addToBoard: boardReach,
  setBoardPriority: ({ board }) => boardReach(board),
  restoreBoardFields: () => ({ type: 'board', name: undefined }),
  removeFromBoard: () => ({ type: 'board', name: undefined }),
  postMessage: ({ channel }) => ({ type: 'channel', id: undefined, name: channel }),
  replyInThread: channelReach,
  react: channelReach,
  deleteMessage: channelReach,
  silence: () => ({ type: 'alertmanager' }),
  expireSilence: () => ({ type: 'alertmanager' }),
  acknowledge: incidentReach,
  resolve: incidentReach,
  addNote: incidentReach,
  deleteNote: incidentReach,
};

function issueReach({ repository, number }: { readonly repository: string; readonly number: number }): Reach {
  return { type: 'repository', repository, number };
}

function boardReach({ owner, number }: { readonly owner: string; readonly number: number }): Reach {
  return { type: 'board', name: `${owner}/${number}` };
}

function channelReach({ channel }: { readonly channel: string }): Reach {
  return { type: 'channel', id: channel, name: undefined };
}

function incidentReach({ incident }: { readonly incident: string }): Reach {
  return { type: 'incident', incident };
}

const SERVICES: { readonly [Type in Write['type']]: WrittenService } = {
  createIssue: 'github',
  planIssue: 'github',
  addToBoard: 'github',
  commentOnIssue: 'github',
  assign: 'github',
  label: 'github',
  closeIssue: 'github',
  reopenIssue: 'github',
  setBoardPriority: 'github',
  deleteComment: 'github',
  restoreBoardFields: 'github',
  removeFromBoard: 'github',
  replyInThread: 'slack',
  postMessage: 'slack',
  react: 'slack',
  deleteMessage: 'slack',
  silence: 'alertmanager',
  expireSilence: 'alertmanager',
  acknowledge: 'pagerduty',
  resolve: 'pagerduty',
  addNote: 'pagerduty',
  deleteNote: 'pagerduty',
};

/** The service that a write of this type goes to. */
export function serviceOf(type: Write['type']): WrittenService {
  return SERVICES[type];
}

const WAYS_BACK: { readonly [Type in Write['type']]: WayBack } = {
  createIssue: 'close',
  planIssue: 'restore',
  addToBoard: 'restore',
  commentOnIssue: 'delete',
  replyInThread: 'delete',
  postMessage: 'delete',
  assign: 'restore',
  react: 'restore',
  label: 'restore',
  closeIssue: 'restore',
  reopenIssue: 'restore',
  setBoardPriority: 'restore',
  silence: 'end',
  acknowledge: 'never',
  resolve: 'never',
  addNote: 'delete',
  deleteComment: 'isBack',
  deleteMessage: 'isBack',
  restoreBoardFields: 'isBack',
  removeFromBoard: 'isBack',
  expireSilence: 'isBack',
  deleteNote: 'isBack',
};

export function wayBackOf({ type }: Write): WayBack {
  return WAYS_BACK[type];
}

/** What people call the place of a write: `acme/app#12`, `#integrations`; empty where nothing is known but the service. */
export function placeOfWrite(write: Write, channelName: PlaceOf): string {
  const reach = reachOf(write);
  switch (reach.type) {
    case 'repository':
      return reach.number === undefined ? reach.repository : `${reach.repository}#${reach.number}`;
    case 'board':
      return reach.name ?? '';
    case 'channel':
      return reach.id === undefined ? `#${reach.name ?? ''}` : (channelName(reach.id) ?? reach.id);
    case 'incident':
      return reach.incident;
    case 'alertmanager':
      return '';
  }
}
