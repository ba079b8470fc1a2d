// What another extension does to contribute a source, as src/shared/api.ts says. It reads a file that the test writes.
const { readFileSync } = require('node:fs');
const vscode = require('vscode');

exports.activate = async (context) => {
  const api = await vscode.extensions.getExtension('responder-duty.responder-duty')?.activate();
  if (api?.version !== 1) throw new Error('Responder Duty does not export what this extension knows');
  context.subscriptions.push(
    api.registerSource({
      id: 'acme.pager',
      label: 'Pager',
      poll: async () => JSON.parse(readFileSync(process.env.PAGER_FILE, 'utf8')),
      readConversation: async (id) => [{ author: 'Rio', at: Date.now(), text: `Everything about ${id}` }],
    }),
  );
};
