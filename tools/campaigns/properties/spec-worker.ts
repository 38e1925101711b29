import { parentPort } from 'node:worker_threads';
import { projectRoot } from '../../project.js';
import { loadSpecs, type SpecTest } from '../mutation/spec-collection.js';
import { runProperties } from './run-properties.js';

/** One test of the compiled specs `files`, to be run with so many runs for each property. */
export interface Share {
  readonly files: readonly string[];
  readonly test: string;
  readonly runs: number;
}

let loaded: Promise<SpecTest[]> | undefined;

async function take({ files, test, runs }: Share): Promise<void> {
  loaded ??= loadSpecs(projectRoot, files);
  const chosen = (await loaded).filter(({ id }) => id === test);
  parentPort?.postMessage(await runProperties(chosen, runs));
}

parentPort?.on('message', (share: Share) => void take(share));
