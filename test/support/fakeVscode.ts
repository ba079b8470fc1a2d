import { registerHooks } from 'node:module';

const stub = new URL('./vscodeStub.ts', import.meta.url).href;

/** Lets modules that touch `vscode` be imported (dynamically, after this) in plain Node: what they see is `vscodeStub.ts`. */
export function fakeVscode(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url: stub, shortCircuit: true } : next(specifier, context),
  });
}
