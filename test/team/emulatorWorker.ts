import { parentPort, workerData } from 'node:worker_threads';
import { createEmulator, type SeedConfig } from 'emulate';

/**
 * Runs both emulators in a thread of their own, because `emulate` stamps issues, comments and messages with the time
 * of `Date` and offers no way to choose it: here, and only here, `Date` follows a clock that the main thread sets.
 */
interface WorkerData {
  /** One BigInt64: what to add to the machine's clock, in milliseconds. */
  readonly offset: SharedArrayBuffer;
  readonly github: SeedConfig;
  readonly slack: SeedConfig;
}

const data = workerData as WorkerData;
const offset = new BigInt64Array(data.offset);
const MachineDate = Date;
const shiftedNow = (): number => MachineDate.now() + Number(Atomics.load(offset, 0));

class TeamDate extends MachineDate {
  constructor(...parts: readonly unknown[]) {
    if (parts.length === 0) super(shiftedNow());
    else super(...(parts as [number]));
  }

  static override now(): number {
    return shiftedNow();
  }
}

globalThis.Date = TeamDate as DateConstructor;

const github = await createEmulator({ service: 'github', port: 0, seed: data.github });
const slack = await createEmulator({ service: 'slack', port: 0, seed: data.slack });
parentPort?.postMessage({ github: github.url, slack: slack.url });
