/** One configuration; the three rings are chosen by suffix (docs/style.md section 5). Jest runs the compiled code that ships. */
export default {
  testEnvironment: 'node',
  rootDir: 'dist',
  roots: ['<rootDir>'],
  transform: {},
  testMatch: ['**/*.spec.js', '**/*.api-spec.js', '**/*.contract-spec.js', '**/*.story-spec.js'],
  modulePathIgnorePatterns: ['<rootDir>/package.json'],
  haste: { enableSymlinks: false },
};
