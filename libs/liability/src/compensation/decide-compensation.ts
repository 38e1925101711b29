import {
  DecisionDraft,
  type ClauseId,
  type Decision,
  type FactName,
  type TraceNode,
} from '#libs/contracts';
import { accepted, type CivilDate, type Result, type Yen } from '#libs/kernel';
import { applicability } from './applicability.js';
import { award, determinationNode, determinationNotOpen, type Award } from './award.js';
import type { CompensationClaim } from './claim.js';
import { conditions } from './conditions.js';
import { coveredLoss, lossNode, type LossLine } from './covered-loss.js';
import { coveredWindow, type CoveredWindow } from './covered-window.js';
import { dateClaim, type DatedClaim } from './dated-claim.js';
import { exclusions, type Ground } from './exclusions.js';
import { classesOpen, faultNode, type PayingKind } from './fault-class.js';
import { consequencesOfPaying } from './lapse-and-subrogation.js';
import { returned, setOffNodes, type Returned } from './set-off.js';
import type { CompensationKind, Gate } from './stage.js';
import { termsFor, type CompensationTerms, type TermsInForce } from './terms.js';
import { timeBar } from './time-bar.js';
import { leaveToPeople } from './what-people-must-do.js';

/** What SM-14 comes to. Amounts in whole yen; null where people have not set them yet. */
export interface CompensationOutcome {
  readonly kind: CompensationKind;
  /** The classes that the missing facts leave open; empty once it is decided. */
  readonly couldBe: readonly CompensationKind[];
  /** The clause that closed or opened the claim; absent where no clause does. */
  readonly clause?: ClauseId;
  readonly grounds: readonly Ground[];
  readonly butForFault: readonly Ground[];
  readonly noticeDay: CivilDate;
  readonly firstCoveredDay: CivilDate | null;
  /** One line per transfer; their losses add up to `coveredYen`. Empty where nothing is covered. */
  readonly lines: readonly LossLine[];
  readonly coveredYen: Yen;
  readonly returned: Returned;
  readonly bounds: readonly [Yen, Yen];
  readonly awardYen: Yen | null;
  readonly payableYen: Yen | null;
}

/**
 * Decides a claim under SM-14 from established facts; people found them, and nothing here finds fault.
 * Facts that are missing and would decide make it `undetermined` and are named. A combination without
 * a rule goes to a person with bounds, never out as a refusal. Refuses bad input with field and clause.
 */
export function decideCompensation(
  claim: CompensationClaim,
  terms: CompensationTerms,
): Result<Decision<CompensationOutcome>> {
  const inForce = termsFor(claim, terms);
  if (!inForce.ok) return inForce;
  const dated = dateClaim(claim, inForce.value.readings);
  if (!dated.ok) return dated;
  const found = walk(dated.value, inForce.value);
  const money = found.closedBy ? accepted(nothing) : weigh(dated.value, inForce.value, found);
  if (!money.ok) return money;
  if (claim.determination && (found.closedBy || money.value.unknown.length > 0)) {
    return determinationNotOpen(found.closedBy?.otherwise ?? 'undetermined');
  }
  return accepted(write(dated.value, terms, inForce.value, found, money.value));
}

/** What the gates found: where the claim was closed, or which classes are open. */
interface Walked {
  readonly closedBy?: Gate;
  readonly couldBe: readonly CompensationKind[];
  readonly unknown: readonly FactName[];
  readonly grounds: readonly Ground[];
  readonly butForFault: readonly Ground[];
  readonly trace: readonly TraceNode[];
}

/** The gates in the order of the text; the first that is shut ends the way. */
function walk(dated: DatedClaim, { readings, figures, deskIsOpen }: TermsInForce): Walked {
  const { claim } = dated;
  const excluded = exclusions(claim, readings['INT-04'] === 'B');
  const gates: Gate[] = [
    applicability(claim),
    conditions(dated, readings['INT-20'] === 'B'),
    timeBar(dated, figures.barYears, deskIsOpen),
    excluded,
  ];
  const shut = gates.findIndex(({ passes }) => passes === 'no');
  const closedBy = gates[shut];
  const passed = closedBy ? gates.slice(0, shut + 1) : gates;
  const open = passed.filter(({ passes }) => passes === 'unknown');
  const classes = closedBy ? [closedBy.otherwise] : classesOpen(claim, readings['INT-05']);
  const unknown = open.flatMap((gate) => gate.unknown);
  if (!closedBy && claim.holderFault.value === 'unknown') unknown.push('holderFault');
  const reached = passed.includes(excluded);
  return {
    ...(closedBy && { closedBy }),
    couldBe: [...open.map(({ otherwise }) => otherwise), ...classes],
    unknown: [...new Set(unknown)],
    grounds: reached ? excluded.grounds : [],
    butForFault: reached ? excluded.butForFault : [],
    trace: [
      ...passed.flatMap(({ trace }) => trace),
      ...(closedBy ? [] : [faultNode(claim, readings['INT-05'])]),
    ],
  };
}

interface Weighed {
  readonly window?: CoveredWindow;
  readonly lines: readonly LossLine[];
  readonly coveredYen: Yen;
  readonly back: Returned;
  readonly award: Award;
  /** Every fact that is missing and would decide, the impediments that matter included. */
  readonly unknown: readonly string[];
  readonly trace: readonly TraceNode[];
}

/** The classes under which yen are or may be granted. */
const PAYING: readonly CompensationKind[] = ['full', 'discretionary', 'no_rule'];

const nothing: Weighed = {
  lines: [],
  coveredYen: 0n,
  back: returned([]),
  award: { bounds: [0n, 0n], awardYen: 0n, payableYen: 0n },
  unknown: [],
  trace: [],
};

/** Window, covered loss, award, set-off. While facts are missing it gives bounds and no amount. */
function weigh(dated: DatedClaim, inForce: TermsInForce, found: Walked): Result<Weighed> {
  const { claim } = dated;
  const { figures, readings, endDays, setOffBasis } = inForce;
  const window = coveredWindow(dated, figures.lookBackDays, endDays, readings['INT-02'] === 'B');
  const loss = coveredLoss(claim.transfers, window.firstDay);
  const mostYen = coveredLoss(claim.transfers, window.firstDayIfProven).coveredYen;
  // Under a reading that grants nothing in any case, no impediment decides anything (INT-05 C).
  const pays = found.couldBe.some((kind) => PAYING.includes(kind));
  const hinges = pays && mostYen !== loss.coveredYen;
  const unknown = [
    ...found.unknown,
    ...(hinges ? window.open.map((id) => `impediments.${id}`) : []),
  ];
  const back = returned(claim.setOffs);
  const trace = [...window.trace, lossNode(loss)];
  const shared = { window, ...loss, back, unknown };
  if (unknown.length > 0) {
    const undecided = { bounds: [0n, mostYen] as const, awardYen: null, payableYen: null };
    return accepted({ ...shared, award: undecided, trace });
  }
  const kind = found.couldBe[0] as PayingKind;
  const set = award(kind, loss.coveredYen, back, setOffBasis, claim.determination);
  if (!set.ok) return set;
  return accepted({
    ...shared,
    award: set.value,
    trace: [
      ...trace,
      ...(claim.determination
        ? [determinationNode(kind, claim.determination, set.value.bounds)]
        : []),
      ...setOffNodes(back, setOffBasis, set.value.payableYen),
    ],
  });
}

function write(
  dated: DatedClaim,
  terms: CompensationTerms,
  inForce: TermsInForce,
  found: Walked,
  money: Weighed,
): Decision<CompensationOutcome> {
  const unknown = found.closedBy ? found.unknown : money.unknown;
  const decided = found.couldBe[0] ?? 'undetermined';
  const kind = unknown.length > 0 ? 'undetermined' : decided;
  const clause = found.closedBy?.clause ?? CLAUSE_OF[decided];
  const { input, used } = inForce;
  const draft = new DecisionDraft({ institution: terms.institution, asOf: terms.asOf, input });
  draft
    .uses(...used.parameters)
    .reads(...used.readings)
    .lacks(...unknown);
  const paying = consequencesOfPaying(money.award.payableYen ?? 0n, clause ?? 'SM-14.2e');
  [inForce.versionNode, ...found.trace, ...money.trace, ...paying.trace].forEach((node) =>
    draft.step(node),
  );
  draft.leaves(...paying.duties);
  leaveToPeople(draft, kind, money.award, unknown);
  return draft.decided({
    kind,
    couldBe: kind === 'undetermined' ? found.couldBe : [],
    ...(clause && kind !== 'undetermined' && { clause }),
    grounds: found.grounds,
    butForFault: found.butForFault,
    noticeDay: dated.noticeDay,
    firstCoveredDay: money.window?.firstDay ?? null,
    lines: money.lines,
    coveredYen: money.coveredYen,
    returned: money.back,
    bounds: money.award.bounds,
    awardYen: money.award.awardYen,
    payableYen: money.award.payableYen,
  });
}

/** The clause that opens each paying class; for `no_rule` there is none. */
const CLAUSE_OF: Partial<Record<CompensationKind, ClauseId>> = {
  full: 'SM-14.2a',
  discretionary: 'SM-14.2e',
};
