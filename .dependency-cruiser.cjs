const { boundaryRules } = require('./tools/boundaries/rules.cjs');

/** Boundaries of the house; the rules and their comments stand in tools/boundaries/rules.cjs. */
module.exports = {
  forbidden: boundaryRules(__dirname),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    // The map of package.json points at the compiled files; the walls are judged on the sources.
    tsConfig: { fileName: 'tools/boundaries/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.d.ts'],
    },
  },
};
