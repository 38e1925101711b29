import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { projectRoot } from '../project.js';
import { areas } from './mutation/areas.js';
import { mutate, type Mutant } from './mutation/workshop.js';

/** Why a mutant may live: it is equivalent. Keyed as `survivorName` writes it. */
type Excuses = Readonly<Record<string, string>>;

const excusesFile = join(projectRoot, 'tools', 'campaigns', 'mutation', 'survivors.json');

/** A survivor by what it changes, not by where: a line may move. */
export const survivorName = ({ file, text, original, replacement }: Mutant): string =>
  `${file} · ${text} · ${original} → ${replacement}`;

const isDead = ({ status }: Mutant): boolean => status === 'Killed' || status === 'Timeout';

/** Mutants that do not compile or load prove nothing either way. */
const counts = ({ status }: Mutant): boolean => !/^(CompileError|RuntimeError)$/.test(status);

/** The figures of one area: mutants, killed (timed out too), equivalent, score in hundredths of a per cent, gate. */
export function figuresOf(
  name: string,
  gate: number,
  mutants: readonly Mutant[],
  excuses: Excuses,
) {
  const counted = mutants.filter(counts);
  const alive = counted.filter((mutant) => !isDead(mutant));
  const excused = alive.filter((mutant) => excuses[survivorName(mutant)] !== undefined);
  const killed = counted.length - alive.length;
  const judged = counted.length - excused.length;
  return {
    [`${name}_mutants`]: counted.length,
    [`${name}_killed`]: killed,
    [`${name}_timed_out`]: counted.filter(({ status }) => status === 'Timeout').length,
    [`${name}_equivalent`]: excused.length,
    [`${name}_score`]: judged === 0 ? null : Math.floor((10_000 * killed) / judged) / 100,
    [`${name}_gate`]: gate,
  };
}

/**
 * Mutation testing of the pure libraries with Stryker (interpretations.md, gate C8). A survivor is
 * listed with its reason; only one that changes no behaviour has one, and the score leaves it out.
 * `npm run campaign -- mutation [-- --area=kernel … --without-static]`.
 */
export async function run({ args }: { json: boolean; args: string[] }) {
  const { values } = parseArgs({
    args,
    options: {
      area: { type: 'string', multiple: true },
      // What runs while a module loads costs a fresh load for every mutant.
      'without-static': { type: 'boolean', default: false },
    },
  });
  const chosen = areas.filter(
    ({ name }) => values.area === undefined || values.area.includes(name),
  );
  const excuses = JSON.parse(readFileSync(excusesFile, 'utf8')) as Excuses;
  const figures: Record<string, number | null> = {};
  const reasons: Record<string, string> = {};
  const since = stopwatch();
  for (const area of chosen) {
    const mutants = await mutate(area, !values['without-static']);
    Object.assign(figures, figuresOf(area.name, area.gate, mutants, excuses));
    for (const mutant of mutants.filter((one) => counts(one) && !isDead(one))) {
      const name = survivorName(mutant);
      reasons[name] = excuses[name] ?? `line ${mutant.line}, ${mutant.status}: not killed yet`;
    }
  }
  return {
    name: 'mutation',
    figures,
    reasons,
    conditions: {
      areas: chosen.map(({ name }) => name).join(', '),
      seconds: Math.round(elapsedMs(since) / 1000),
      runner: 'Stryker 10, specs in process, one worker',
      setAside: values['without-static']
        ? 'sentences for people and of assertions; what only runs while a module loads'
        : 'sentences for people and of assertions',
      node: process.version,
    },
  };
}
