import type { ClauseMap } from './clause-map.js';
import { goesThroughTheParts } from './proofs.js';

/** The object of `npm run clauses -- --json`. */
export const mapAsJson = ({ lines, bound, tested, gaps }: ClauseMap) => ({
  rules: lines.length,
  bound,
  tested,
  gaps,
});

/** The map for the terminal: one line per clause, then what is missing. */
export function mapAsText(map: ClauseMap): string {
  const { lines, bound, tested, gaps } = map;
  const width = Math.max(0, ...lines.map(({ clause }) => clause.id.length));
  const kinds = Object.entries(bound).map(([kind, count]) => `${count} ${kind}`);
  const rows = lines.map(({ clause, binding, code, tests }) => {
    const specs = [...new Set(tests.map(({ path }) => path))];
    const served = tests.filter(({ path }) => goesThroughTheParts(path)).length;
    const count = `${tests.length} tests, ${served} through the servers`;
    const proof = specs.length === 0 ? 'no test' : `${count}: ${specs.join(', ')}`;
    return `${clause.id.padEnd(width)}  ${binding.padEnd(7)}  ${code ?? 'no code'}  ↔  ${proof}`;
  });
  const missing = gaps.map(({ kind, id, detail }) => `${kind}  ${id}  ${detail}`);
  return [
    ...rows,
    '',
    `${lines.length} rules: ${kinds.join(', ')}; ${tested} tested; ${gaps.length} gaps`,
    ...missing,
    '',
  ].join('\n');
}
