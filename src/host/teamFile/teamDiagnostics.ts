import * as vscode from 'vscode';
import { TEAM_PROBLEMS, type TeamProblem } from '../../team/teamProblem.ts';

/** Typing makes many states that nobody wants to hear about. */
const TYPING_MS = 300;

export interface TypedText {
  readonly uri: vscode.Uri;
  readonly text: string;
}

/** Marks the team file's mistakes on their lines, while it is edited and when it is read. */
export class TeamDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('responder');
  readonly #disposables: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(typed: (text: TypedText) => void) {
    this.#disposables = [
      this.#collection,
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (!/\.ya?ml$/u.test(document.uri.path)) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
          if (!document.isClosed) typed({ uri: document.uri, text: document.getText() });
        }, TYPING_MS);
      }),
    ];
  }

  /** Replaces what is marked; a problem's `file` is relative to `base`. */
  show(uri: vscode.Uri, base: vscode.Uri, problems: readonly TeamProblem[]): void {
    const byFile = Map.groupBy(problems, ({ file }) =>
      (file === undefined ? uri : vscode.Uri.joinPath(base, file)).toString(),
    );
    this.#collection.clear();
    for (const [file, its] of byFile) this.#collection.set(vscode.Uri.parse(file), its.map(toDiagnostic));
  }

  clear(): void {
    this.#collection.clear();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#disposables) each.dispose();
  }
}

function toDiagnostic(problem: TeamProblem): vscode.Diagnostic {
  const { start, end } = problem;
  const range = new vscode.Range(start.line, start.column, end.line, end.column);
  const severity = problem.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(
    range,
    vscode.l10n.t(TEAM_PROBLEMS[problem.code], ...problem.args),
    severity,
  );
  diagnostic.source = 'Responder Duty';
  diagnostic.code = problem.code;
  return diagnostic;
}
