import path from 'node:path';

/** The folder of the repository. */
export const repository = path.resolve(import.meta.dirname, '../..');

/** What the scripts keep between two runs: user data of `npm start`, downloaded programs. Not under version control. */
export const cacheFolder = path.join(repository, '.cache');

/** Screenshots and logs of what failed. */
export const resultsFolder = path.join(repository, 'test-results');
