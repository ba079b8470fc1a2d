import { MAX_VOICES, type Voice } from '../core/signal.ts';

/**
 * One voice for each person, by their first word. When there are more than {@link MAX_VOICES}, who began stays, and of
 * the others those who spoke last: the last word decides whose turn it is.
 */
export function mergeVoices(parts: readonly Voice[]): readonly Voice[] {
  const voices = new Map<string, Voice>();
  for (const part of parts) {
    const { id, name, firstAt, lastAt } = voices.get(part.id) ?? part;
    voices.set(part.id, {
      id,
      name,
      firstAt: Math.min(firstAt, part.firstAt),
      lastAt: Math.max(lastAt, part.lastAt),
    });
  }
  const [first, ...others] = [...voices.values()].sort((a, b) => a.firstAt - b.firstAt);
  if (first === undefined) return [];
  const latest = others.toSorted((a, b) => b.lastAt - a.lastAt).slice(0, MAX_VOICES - 1);
  return [first, ...others.filter((voice) => latest.includes(voice))];
}
