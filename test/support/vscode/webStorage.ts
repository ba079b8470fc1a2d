/**
 * A script for the page: whether VS Code's own storage holds a text. VS Code for the web keeps its state in databases of
 * this name, one for each workspace, and writes them a moment after it was told of a change.
 */
export function storageHolds(text: string): string {
  return `(async () => {
    const settled = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db')) continue;
      const database = await settled(indexedDB.open(name));
      const isFilled = database.objectStoreNames.contains('ItemTable');
      const values = isFilled ? await settled(database.transaction('ItemTable').objectStore('ItemTable').getAll()) : [];
      database.close();
      if (values.some((value) => String(value).includes(${JSON.stringify(text)}))) return true;
    }
    return false;
  })()`;
}
