// What a formatter cannot see and a compiler does not mind. Each restriction names what to use instead.
import tseslint from 'typescript-eslint';

const now = 'Ask the clock port; rules take the instant as an argument.';
const restricted = [
  { selector: "NewExpression[callee.name='Date']", message: now },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: now,
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Use node:crypto or globalThis.crypto; a guessable number has no place here.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(only|skip|todo)$/][callee.object.name=/^(test|describe|it)$/]',
    message: 'A test that does not run, or that keeps others from running, does not land.',
  },
  {
    selector: [
      "PropertyDefinition:has(Decorator > CallExpression[callee.name='ValidateNested'][arguments.length=0])",
      ":not(:has(Decorator > CallExpression[callee.name='IsObject']))",
    ].join(''),
    message: 'Add @IsObject(): an empty list in the place of one part has no part that could fail.',
  },
];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules',
      'docs/**',
      '.renkei/**',
      '**/*.cjs',
      'libs/bank-core-client/src/generated/**',
      'apps/gateway/src/platform/problem-pages/generated/**',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...restricted],
      eqeqeq: 'error',
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Tests group cases in long callbacks and make instants of their own; commands speak to the
    // terminal and time themselves.
    files: [
      '**/*spec.ts',
      '**/*spec.tsx',
      'libs/testing/**',
      'tools/**',
      'apps/*/test/**',
      'libs/*/test/**',
    ],
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      'no-restricted-syntax': ['error', ...restricted.slice(2)],
    },
  },
  {
    // The gateway's clock itself: tokens and proofs carry this host's time (RFC 7519, RFC 9449). And the one
    // date of a document that its drawing library takes in no other form.
    files: [
      'apps/gateway/src/platform/host-clock.ts',
      'apps/bank-core/src/documents/pdf/drawing-thread.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...restricted.slice(2)] },
  },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
