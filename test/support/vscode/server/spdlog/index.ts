// Stands in for the native module `@vscode/spdlog`, which needs a compiler to install: the server and its extension host
// write their log files through it, and "Output" shows them. Same functions, plain appends, no rotation.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'] as const;

/** One log file, as VS Code uses it. Levels are spdlog's numbers, 0 (trace) to 6 (off). */
class FileLogger {
  readonly #file: string;
  #level = 2;
  #plain = false;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
  }

  trace = (text: string): void => this.#write(0, text);
  debug = (text: string): void => this.#write(1, text);
  info = (text: string): void => this.#write(2, text);
  warn = (text: string): void => this.#write(3, text);
  error = (text: string): void => this.#write(4, text);
  critical = (text: string): void => this.#write(5, text);

  getLevel(): number {
    return this.#level;
  }

  setLevel(level: number): void {
    this.#level = level;
  }

  /** Callers that format their own lines ask for the bare text. */
  clearFormatters(): void {
    this.#plain = true;
  }

  setPattern(): void {}

  flush(): void {}

  drop(): void {}

  #write(level: number, text: string): void {
    if (level < this.#level) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const line = this.#plain ? text : `${stamp} [${levels[level]}] ${text}\n`;
    try {
      appendFileSync(this.#file, line);
    } catch {
      // The data folder is removed while the server ends; there is nobody left to read the line.
    }
  }
}

export const version = 0;

export function createRotatingLogger(_name: string, file: string): Promise<FileLogger> {
  return Promise.resolve(new FileLogger(file));
}

export function createAsyncRotatingLogger(name: string, file: string): Promise<FileLogger> {
  return createRotatingLogger(name, file);
}

export function setLevel(): void {}

export function setFlushOn(): void {}

export function shutdown(): void {}
