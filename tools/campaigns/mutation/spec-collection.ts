import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getState, resetState } from 'jest-circus';

type State = ReturnType<typeof getState>;
type Block = State['rootDescribeBlock'];
type Entry = Extract<Block['children'][number], { type: 'test' }>;
type HookKind = 'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach';

export interface SpecTest {
  readonly id: string;
  readonly file: string;
  run(): Promise<void>;
}

let generation = 0;
let isRedirected = false;

/**
 * Sends the specs' `@jest/globals` to our own door, and gives every compiled file below `root` an
 * address of the present generation, so that raising the generation loads all of them afresh.
 */
function redirect(root: string): void {
  if (isRedirected) return;
  isRedirected = true;
  const door = new URL('./jest-globals.js', import.meta.url).href;
  const compiled = pathToFileURL(join(root, 'dist')).href;
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === '@jest/globals') {
        return { url: door, shortCircuit: true, format: 'module' };
      }
      const found = next(specifier, context);
      if (!found.url.startsWith(compiled) || found.url.includes('?')) return found;
      return { ...found, url: `${found.url}?generation=${generation}` };
    },
  });
}

/** Calls a test or hook as jest does: with a callback where it takes one, else awaiting it. */
async function call(fn: unknown): Promise<void> {
  const callable = fn as (done?: (error?: unknown) => void) => unknown;
  if (callable.length === 0) {
    await callable();
    return;
  }
  await new Promise<void>((resolve, reject) => {
    callable((error) => (error === undefined ? resolve() : reject(error)));
  });
}

async function runHooks(blocks: readonly Block[], kind: HookKind): Promise<void> {
  for (const block of blocks) {
    for (const hook of block.hooks) if (hook.type === kind) await call(hook.fn);
  }
}

function specTest(file: string, entry: Entry, blocks: readonly Block[]): SpecTest {
  const names = blocks.slice(1).map((block) => block.name);
  return {
    id: `${file} › ${[...names, entry.name].join(' › ')}`,
    file,
    // Hooks of all blocks run around every test, so that any test can run alone.
    run: async () => {
      await runHooks(blocks, 'beforeAll');
      await runHooks(blocks, 'beforeEach');
      await call(entry.fn);
      await runHooks(blocks.toReversed(), 'afterEach');
      await runHooks(blocks.toReversed(), 'afterAll');
    },
  };
}

function testsOf(file: string, block: Block, above: readonly Block[]): SpecTest[] {
  const blocks = [...above, block];
  return block.children.flatMap((child) => {
    if (child.type === 'describeBlock') return testsOf(file, child, blocks);
    return child.mode === 'skip' || child.mode === 'todo' ? [] : [specTest(file, child, blocks)];
  });
}

/** Loads compiled specs, and what they import below `root`, afresh; returns their tests in order. */
export async function loadSpecs(root: string, files: readonly string[]): Promise<SpecTest[]> {
  redirect(root);
  generation += 1;
  const tests: SpecTest[] = [];
  for (const file of files) {
    resetState();
    await import(pathToFileURL(file).href);
    tests.push(...testsOf(relative(root, file), getState().rootDescribeBlock, []));
  }
  return tests;
}
