import type { Signal, SignalState } from '../../src/core/signal.ts';
import type { SourceStatus } from '../../src/core/sourceStatus.ts';
import { signal } from '../support/build.ts';

const START = Date.UTC(2026, 10, 16, 9);
const SERVICES = ['github', 'slack', 'alertmanager'] as const;
const KINDS = { github: 'issue', slack: 'thread', alertmanager: 'alert' } as const;

/** Numbers from 0 up to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // xorshift32 (Marsaglia 2003).
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

/** A believable crowd: three services, one in ten points to another's address, a few are silenced or closed. */
export function signals(count: number, seed = 1): readonly Signal[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, index) => sample(index, random));
}

/** The same signal after something happened to it. */
export function touched(before: Signal, by: number): Signal {
  return { ...before, updatedAt: before.updatedAt + by, replies: before.replies + 1 };
}

export function statuses(): readonly SourceStatus[] {
  return SERVICES.map((service) => ({
    id: service,
    service,
    okAt: START,
    failure: undefined,
    skipped: 0,
    failedPlaces: [],
  }));
}

function sample(index: number, random: () => number): Signal {
  const service = SERVICES[index % SERVICES.length] ?? 'github';
  const startedAt = START + Math.floor(random() * 5 * 86_400_000);
  const links = random() < 0.1 ? [addressOf(Math.floor(random() * (index + 1)))] : [];
  return signal({
    id: `${service}:acme/app#${index}`,
    service,
    source: service,
    kind: KINDS[service],
    state: stateOf(random()),
    title: `Sync stops after a rename of folder ${index}`,
    url: addressOf(index),
    place: service === 'slack' ? '#integrations' : 'acme/app',
    startedAt,
    updatedAt: startedAt + Math.floor(random() * 86_400_000),
    replies: Math.floor(random() * 12),
    names: [addressOf(index)],
    mentions: links,
  });
}

function stateOf(chance: number): SignalState {
  if (chance < 0.05) return 'closed';
  return chance < 0.1 ? 'quiet' : 'open';
}

function addressOf(index: number): string {
  return `https://services.example/acme/app/${index}`;
}
