import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../project.js';
import type { Mutant } from './workshop.js';

/** Reasons by a mutant's name, as `mutantsOf` gives it and the campaign prints it. */
type Reasons = Readonly<Record<string, string>>;

/**
 * Why mutants of one area live, reviewed by people. `equivalent`: no input tells it from the
 * original, so that the score leaves it out. `accepted`: it could be told, and is left alive for
 * the reason given; it counts against the score all the same.
 */
export interface Survivors {
  readonly equivalent: Reasons;
  readonly accepted: Reasons;
}

/** Reads `survivors/<area>.json`. */
export function reviewedSurvivors(area: string): Survivors {
  const file = join(projectRoot, 'tools', 'campaigns', 'mutation', 'survivors', `${area}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Survivors;
}

const isDead = ({ status }: Mutant): boolean => status === 'Killed' || status === 'Timeout';

/** Mutants that do not compile or load prove nothing either way. */
const counts = ({ status }: Mutant): boolean => !/^(CompileError|RuntimeError)$/.test(status);

const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((10_000 * part) / whole) / 100;

/**
 * The figures of one area: mutants, killed (timed out too), equivalent, score in hundredths of a
 * per cent (rounded down), gate, survivors for which nobody gave a reason.
 */
export function figuresOf(
  name: string,
  gate: number,
  mutants: readonly Mutant[],
  { equivalent, accepted }: Survivors,
) {
  const counted = mutants.filter(counts);
  const alive = counted.filter((mutant) => !isDead(mutant));
  const excused = alive.filter((mutant) => mutant.name in equivalent);
  const killed = counted.length - alive.length;
  return {
    [`${name}_mutants`]: counted.length,
    [`${name}_killed`]: killed,
    [`${name}_timed_out`]: counted.filter(({ status }) => status === 'Timeout').length,
    [`${name}_equivalent`]: excused.length,
    [`${name}_score`]: share(killed, counted.length - excused.length),
    [`${name}_gate`]: gate,
    [`${name}_unexplained`]: alive.filter(
      (one) => !(one.name in equivalent || one.name in accepted),
    ).length,
  };
}

/** Each survivor of an area with its reason, and each reason whose mutant a spec kills by now. */
export function reasonsOf(mutants: readonly Mutant[], survivors: Survivors): Reasons {
  const { equivalent, accepted } = survivors;
  const told = mutants.filter(counts).flatMap((mutant): [string, string][] => {
    const { name, line, status } = mutant;
    const reason = name in equivalent ? `equivalent: ${equivalent[name]}` : accepted[name];
    if (isDead(mutant)) {
      return reason === undefined ? [] : [[name, 'killed by now: its reason can go']];
    }
    return [[name, reason ?? `line ${line}, ${status}: no reason given`]];
  });
  return Object.fromEntries(told);
}
