import { relative } from 'node:path';
import { readJsonIfThere } from '../files.js';
import { compiled } from '../project.js';
import { resultFile } from './run-jest.js';

interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly unknown[];
  }[];
}

const SHOWN = 25;

/** The slowest suites with their seconds, then the sum of the run; '' when there is no result. */
export async function timesPerSuite(): Promise<string> {
  const result = await readJsonIfThere<JestResult>(resultFile);
  if (!result) return '';
  const suites = result.testResults
    .map((suite) => ({
      name: relative(compiled(), suite.name),
      seconds: (suite.endTime - suite.startTime) / 1000,
      tests: suite.assertionResults.length,
    }))
    .sort((a, b) => b.seconds - a.seconds);
  const lines = suites
    .slice(0, SHOWN)
    .map((s) => `${s.seconds.toFixed(1).padStart(7)} s ${String(s.tests).padStart(5)}  ${s.name}`);
  const rest = suites.slice(SHOWN);
  if (rest.length > 0) {
    const seconds = rest.reduce((sum, suite) => sum + suite.seconds, 0);
    lines.push(`${seconds.toFixed(1).padStart(7)} s        ${rest.length} faster suites`);
  }
  return `\n   time   tests  suite\n${lines.join('\n')}\n`;
}
