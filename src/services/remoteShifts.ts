import * as z from 'zod/mini';
import type { RemoteShift } from '../core/remoteRotation.ts';
import type { Memory } from './service.ts';

/** Where a source that reads a schedule keeps its shifts, so that they outlive a poll that fails. */
const KEY = 'shifts';

const shiftsShape = z.array(
  z.object({ from: z.number(), to: z.number(), person: z.object({ id: z.string(), name: z.string() }) }),
);

/** The shifts of the last good answer; none before there was one. */
export function readShifts(memory: Pick<Memory, 'get'>): readonly RemoteShift[] {
  return shiftsShape.safeParse(memory.get(KEY)).data ?? [];
}

export function keepShifts(memory: Pick<Memory, 'set'>, shifts: readonly RemoteShift[]): void {
  memory.set(KEY, shifts);
}
