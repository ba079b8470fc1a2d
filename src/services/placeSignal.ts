import { type Signal, serviceOfId } from '../core/signal.ts';

/**
 * As much of a signal as its id tells, for `Source.readConversation`: what a marker names was reported weeks ago, perhaps
 * to another machine.
 */
export function placeSignal(id: string): Signal {
  const service = serviceOfId(id);
  const [, place = '', number = ''] = /^github:([^#]+)#(\d+)$/u.exec(id) ?? [];
  return {
    id,
    service,
    source: service,
    kind: service === 'github' ? 'issue' : 'thread',
    state: 'open',
    title: '',
    excerpt: '',
    // Only its path is read, which tells the number.
    url: service === 'github' ? `https://github.com/${place}/issues/${number}` : '',
    place,
    watchIds: [],
    reasons: [],
    author: undefined,
    assignees: [],
    labels: [],
    startedAt: 0,
    updatedAt: 0,
    replies: 0,
    count: 1,
    names: [],
    mentions: [],
    markers: [],
    links: [],
    voices: [],
    takenBy: [],
    quietUntil: undefined,
  };
}
