import { availableParallelism } from 'node:os';

/** Jest runs the compiled code that ships: no transformer, native ES modules. */
const everyRing = {
  testEnvironment: 'node',
  rootDir: 'dist',
  roots: ['<rootDir>'],
  transform: {},
  modulePathIgnorePatterns: ['<rootDir>/package.json'],
  haste: { enableSymlinks: false },
  setupFilesAfterEnv: ['<rootDir>/tools/test/patience.js'],
};

/** The three rings, told apart by suffix (docs/style.md section 5). */
export default {
  maxWorkers: Math.max(2, availableParallelism()),
  // Native modules of suites that are over stay in a worker's memory; one that grew so far is replaced by a fresh one.
  workerIdleMemoryLimit: '1500MB',
  projects: [
    {
      ...everyRing,
      displayName: { name: 'pure', color: 'white' },
      testMatch: ['**/*.spec.js'],
      // A pure test that reaches for a database must fail, on every machine alike.
      setupFiles: ['<rootDir>/tools/test/without-database.js'],
    },
    {
      ...everyRing,
      displayName: { name: 'api', color: 'cyan' },
      testMatch: ['**/*.api-spec.js', '**/*.contract-spec.js'],
    },
    {
      ...everyRing,
      displayName: { name: 'story', color: 'magenta' },
      testMatch: ['**/*.story-spec.js'],
    },
  ],
};
