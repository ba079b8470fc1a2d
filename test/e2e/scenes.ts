import type { Workbench } from '../support/vscode/workbench.ts';
import type { SampleTeam } from '../team/sampleTeam.ts';

/** Something worth a picture. */
export interface Scene {
  /** The picture's file name, without theme and ending. */
  readonly name: string;
  /** Brings the window to what the picture shows. */
  show(window: Workbench, team: SampleTeam): Promise<void>;
}

/** What `npm run screenshots` takes pictures of, in each theme. */
export const scenes: readonly Scene[] = [];
