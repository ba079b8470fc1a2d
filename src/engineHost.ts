import type * as vscode from 'vscode';
import type { Painter } from './host/painter.ts';
import type { Clock } from './services/clock.ts';
import type { ContributedSources } from './shared/contributed.ts';

/** What the engine gets from the part of the extension that is loaded at once. */
export interface EngineHost {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly painter: Painter;
  readonly clock: Clock;
  /** What other extensions contribute. */
  readonly contributed: ContributedSources;
}
