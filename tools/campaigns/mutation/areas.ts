/** One part of the libraries that is mutated on its own, and the share that must be killed. */
export interface Area {
  readonly name: string;
  /** Source files, as patterns below the project; a leading `!` takes files out. */
  readonly mutate: readonly string[];
  /** Compiled specs that may kill them; properties and long walks are left to their own campaigns. */
  readonly specs: readonly string[];
  /** Whether its modules remember anything, so that a survivor must be tried with them afresh. */
  readonly remembers: boolean;
  /** Per cent of mutants that must be killed. Source: interpretations.md, gate C8. */
  readonly gate: number;
}

const sources = (folder: string): string[] => [
  `${folder}/**/*.ts`,
  `!${folder}/**/*.spec.ts`,
  `!${folder}/**/index.ts`,
];

export const areas: readonly Area[] = [
  {
    name: 'kernel',
    mutate: sources('libs/kernel/src'),
    specs: ['dist/libs/kernel/src/**/*.spec.js'],
    remembers: true,
    gate: 100,
  },
  {
    name: 'compensation',
    mutate: sources('libs/liability/src/compensation'),
    specs: [
      'dist/libs/liability/src/compensation/!(*.properties).spec.js',
      'dist/libs/liability/src/{assess-fraud,case}.spec.js',
    ],
    remembers: false,
    gate: 95,
  },
  {
    name: 'recourse',
    mutate: [
      ...sources('libs/liability/src/recourse'),
      'libs/liability/src/attribution.ts',
      'libs/liability/src/payments.ts',
    ],
    specs: [
      'dist/libs/liability/src/recourse/!(*.properties|every-combination).spec.js',
      'dist/libs/liability/src/{case,case-entries,payments.properties}.spec.js',
    ],
    remembers: false,
    gate: 95,
  },
  {
    name: 'machines',
    mutate: [
      ...sources('libs/contracts/src/machines'),
      '!libs/contracts/src/machines/*.refusals.ts',
      '!libs/contracts/src/machines/explorer/**',
    ],
    // The explorer walks every state for a minute; it is a proof of its own, not a unit test.
    specs: ['dist/libs/contracts/src/machines/**/!(invariants|*.properties).spec.js'],
    remembers: false,
    gate: 95,
  },
];
