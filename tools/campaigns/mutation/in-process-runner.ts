import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunOptions,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { sentences } from './sentences.js';
import { loadSpecs, type SpecTest } from './spec-collection.js';

const context = ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {});

const PROPERTY_SEED = 20_261_122;

/** A mutant with which the sources no longer load is noticed by every spec. */
function failedToLoad(error: unknown): DryRunResult {
  const failureMessage = String(error);
  const test = { id: 'load', name: 'load', timeSpentMs: 0, status: TestStatus.Failed } as const;
  return { status: DryRunStatus.Complete, tests: [{ ...test, failureMessage }] };
}

/** The mutated file's own spec first, properties and whole enumerations last: cheap before dear. */
function nearestFirst(tests: readonly SpecTest[], mutated: string): SpecTest[] {
  const name = `/${basename(mutated, '.ts')}.`;
  const rank = ({ file }: SpecTest): number =>
    file.includes(name) ? 0 : /every-combination|properties|explorer/.test(file) ? 2 : 1;
  return tests.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * A Stryker test runner that keeps the specs loaded and calls their tests directly. For a mutant
 * that lies in module-level code it loads the specs and the sources afresh with the mutant on.
 */
export class InProcessRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  private loaded: Promise<SpecTest[]> | undefined;

  constructor(private readonly options: StrykerOptions) {}

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun(options: DryRunOptions): Promise<DryRunResult> {
    const tests = await this.tests();
    const result = await this.runAll(tests, options.disableBail, (id) => {
      context.currentTestId = id;
    });
    delete context.currentTestId;
    if (result.status !== DryRunStatus.Complete) return result;
    return { ...result, mutantCoverage: context.mutantCoverage };
  }

  /**
   * Where modules remember something, such as a table that was read once, a mutant that lives
   * although the specs were loaded before it came is tried once more with everything loaded afresh.
   */
  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const wasWarm = this.loaded !== undefined && !options.reloadEnvironment;
    const { remembers } = this.settings();
    const first = await this.tryMutant(options);
    if (!remembers || !wasWarm || first.status !== MutantRunStatus.Survived) return first;
    return this.tryMutant({ ...options, reloadEnvironment: true });
  }

  private async tryMutant(options: MutantRunOptions): Promise<MutantRunResult> {
    if (options.reloadEnvironment) this.loaded = undefined;
    if (options.mutantActivation === 'static') context.activeMutant = options.activeMutant.id;
    else delete context.activeMutant;
    let tests: SpecTest[];
    try {
      tests = await this.tests();
    } catch (error) {
      return toMutantRunResult(failedToLoad(error), options.disableBail);
    }
    const wanted = options.testFilter && new Set(options.testFilter);
    const chosen = wanted ? tests.filter((test) => wanted.has(test.id)) : tests;
    context.activeMutant = options.activeMutant.id;
    context.hitLimit = options.hitLimit;
    context.hitCount = options.hitLimit === undefined ? undefined : 0;
    const ordered = nearestFirst(chosen, options.activeMutant.fileName);
    const result = await this.runAll(ordered, options.disableBail);
    const hits = determineHitLimitReached(context.hitCount, options.hitLimit);
    delete context.activeMutant;
    return toMutantRunResult(hits ?? result, options.disableBail);
  }

  private tests(): Promise<SpecTest[]> {
    this.loaded ??= this.load();
    return this.loaded;
  }

  private settings(): { readonly specs: readonly string[]; readonly remembers: boolean } {
    return this.options['renkei'] as { specs: string[]; remembers: boolean };
  }

  private async load(): Promise<SpecTest[]> {
    // With a seed of their own the properties among the specs kill the same mutants in every run.
    fc.configureGlobal({ seed: PROPERTY_SEED });
    const { specs } = this.settings();
    const root = process.cwd();
    const files = specs.flatMap((pattern) => globSync(pattern, { cwd: root })).sort();
    return loadSpecs(
      root,
      files.map((file) => resolve(root, file)),
    );
  }

  private async runAll(
    tests: readonly SpecTest[],
    isComplete: boolean,
    before: (id: string) => void = () => {},
  ): Promise<DryRunResult> {
    const results: TestResult[] = [];
    for (const test of tests) {
      before(test.id);
      const started = performance.now();
      const seen = { id: test.id, name: test.id, fileName: test.file };
      const timeSpentMs = () => performance.now() - started;
      try {
        await test.run();
        results.push({ ...seen, timeSpentMs: timeSpentMs(), status: TestStatus.Success });
      } catch (error) {
        const failureMessage = error instanceof Error ? error.message : String(error);
        const failed = { status: TestStatus.Failed, failureMessage } as const;
        results.push({ ...seen, timeSpentMs: timeSpentMs(), ...failed });
        if (!isComplete) break;
      }
    }
    return { status: DryRunStatus.Complete, tests: results };
  }
}

export const strykerPlugins = [
  sentences,
  declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner),
];
