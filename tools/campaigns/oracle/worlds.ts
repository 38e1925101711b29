import type { ClaimForOpinion, HolderFault, Known, RelationToHolder } from './claim.js';

/** One world: everything about the case is established. */
export interface World {
  readonly applies: boolean;
  readonly conditions: boolean;
  readonly fault: HolderFault;
  readonly unionFaultless: boolean;
  readonly byFamily: boolean;
  readonly falseStatement: boolean;
  readonly disorder: boolean;
}

export type Ground = 'SM-14.4-1-1' | 'SM-14.4-1-2' | 'SM-14.4-1-3' | 'SM-14.4-2';

const FAULTS: readonly HolderFault[] = ['none', 'ordinary', 'gross', 'intent'];

/** The circle that SM-14.4-1-2 draws; a relative who lives elsewhere is outside it. */
const FAMILY = new Set<RelationToHolder>([
  'spouse',
  'family_within_second_degree',
  'cohabiting_relative',
  'other_cohabitant',
  'domestic_staff',
]);

const either = (value: Known): readonly boolean[] =>
  value === 'unknown' ? [true, false] : [value === 'yes'];

/** What a conjunction or disjunction of facts can come to: at most two answers, in any world. */
function answers(
  facts: readonly Known[],
  join: (values: readonly boolean[]) => boolean,
): boolean[] {
  let rows: boolean[][] = [[]];
  for (const fact of facts) {
    rows = rows.flatMap((row) => either(fact).map((value) => [...row, value]));
  }
  return [...new Set(rows.map(join))];
}

const every = (values: readonly boolean[]): boolean => !values.includes(false);

function conditionsAnswers(claim: ClaimForOpinion): boolean[] {
  const { promptNotice, explained, policeReport, otherSigns, assisted } = claim;
  const reportIsNeeded = claim.letters['INT-20'] === 'B';
  return answers(
    [promptNotice, explained, policeReport, otherSigns, assisted],
    ([prompt, told, report, signs, helped]) =>
      every([prompt === true, told === true, helped === true]) &&
      (report === true || (!reportIsNeeded && signs === true)),
  );
}

/** Every world that what is known of the case allows. */
export function worldsOf(claim: ClaimForOpinion): World[] {
  const applies = answers([claim.individual, claim.stolen, claim.depositReduced], every);
  const faultless = answers([claim.unionInGoodFaith, claim.unionWithoutFault], every);
  const family = claim.relation === 'unknown' ? [true, false] : [FAMILY.has(claim.relation)];
  const faults = claim.fault === 'unknown' ? FAULTS : [claim.fault];
  let worlds: Partial<World>[] = [{}];
  const spread = <Key extends keyof World>(key: Key, values: readonly World[Key][]): void => {
    worlds = worlds.flatMap((world) => values.map((value) => ({ ...world, [key]: value })));
  };
  spread('applies', applies);
  spread('conditions', conditionsAnswers(claim));
  spread('fault', faults);
  spread('unionFaultless', faultless);
  spread('byFamily', family);
  spread('falseStatement', either(claim.falseStatement));
  spread('disorder', either(claim.disorder));
  return worlds as World[];
}

/** The grounds of SM-14.4 that exclude in a world. `alone`: INT-04 B, without a faultless Union. */
export function groundsIn(world: World, alone: boolean): Ground[] {
  const grounds: Ground[] = [];
  if (world.unionFaultless || alone) {
    if (world.fault === 'gross') grounds.push('SM-14.4-1-1');
    if (world.byFamily) grounds.push('SM-14.4-1-2');
    if (world.falseStatement) grounds.push('SM-14.4-1-3');
  }
  if (world.disorder) grounds.push('SM-14.4-2');
  return grounds;
}
