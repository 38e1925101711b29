/**
 * What a spec imports as `@jest/globals` while mutants run: jest's own describe, test and expect,
 * without jest's module registry. Building that registry anew for every mutant cost about two
 * seconds and leaked memory; here a mutant costs what its tests cost.
 */
export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus';
export { jestExpect as expect } from '@jest/expect';
