import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { unmatchedFactors } from '../conditions/factors-match.js';
import type { Factor, MeansStarted, Operation, TerminalClass } from '../facts/index.js';
import type { ParameterValues } from '../parameter.js';
import { article07 } from '../sm-terms/article-07-one-time-password.js';
import { article08 } from '../sm-terms/article-08-mail-password.js';
import type { smParameters } from '../sm-terms/parameters.js';

type Values = ParameterValues<typeof smParameters>;

const onPc = article07.clause('SM-7.3a');
const onSmartphone = article07.clause('SM-7.3b');
const byMail = article08.clause('SM-8.2');

/** Every factor of `all` must match, and one of `oneOf` where it is not empty. No factor twice. */
export interface FactorsRequired {
  readonly all: readonly Factor[];
  readonly oneOf: readonly Factor[];
}

export interface FactorParameters {
  readonly matrix: Values['factorsMatrix'];
  readonly mailOperations: Values['mailPasswordOperations'];
}

type Question = {
  readonly terminalClass: TerminalClass;
  readonly operation: Operation;
  readonly meansStarted: MeansStarted;
};

/** The matrix's factors; for a terminal that the server cannot tell, those of PC and smartphone together. */
function baseFactors({ terminalClass, operation }: Question, { base }: Values['factorsMatrix']) {
  if (terminalClass === 'uncertain') return [...base.pc[operation], ...base.smartphone[operation]];
  return base[terminalClass][operation];
}

/** A transfer through an intermediary: the confirmation password and a second means (INT-30). */
function throughIntermediary(
  question: Question,
  { matrix }: FactorParameters,
  alwaysBoth: boolean,
): Result<FactorsRequired, Refusal<'second_factor_not_started'>> {
  const { oneTimePassword, mailPassword } = question.meansStarted;
  const base = baseFactors(question, matrix);
  const wantsBoth = alwaysBoth || matrix.throughIntermediary === 'both_otp_and_mail';
  if (wantsBoth ? !(oneTimePassword && mailPassword) : !(oneTimePassword || mailPassword)) {
    return refused('second_factor_not_started', { clause: 'SM-R2.7' });
  }
  const started: Factor[] = [];
  if (oneTimePassword) started.push('one_time_password');
  if (mailPassword) started.push('mail_password');
  return wantsBoth || started.length === 1
    ? accepted({ all: unique([...base, ...started]), oneOf: [] })
    : accepted({ all: unique(base), oneOf: started });
}

const unique = (factors: readonly Factor[]): readonly Factor[] => [...new Set(factors)];

/**
 * Which factors must match for an operation at a terminal, given what the holder has started. At the
 * holder's own terminals: the matrix, with what SM-7.3a, SM-7.3b and SM-8.2 add. A transfer through an
 * intermediary follows the matrix under the reading taken of INT-30 (`alwaysBoth` is reading B), and is
 * refused with `second_factor_not_started` where the means it needs was never started.
 * Source: SM-R2.7 (presumed), SM-7.3a, SM-7.3b, SM-8.2.
 */
export function whichFactors(
  question: Question,
  parameters: FactorParameters,
  alwaysBoth = false,
): Result<FactorsRequired, Refusal<'second_factor_not_started'>> {
  if (question.terminalClass === 'intermediary' && question.operation === 'transfer') {
    return throughIntermediary(question, parameters, alwaysBoth);
  }
  const { matrix, mailOperations } = parameters;
  const added =
    question.terminalClass === 'intermediary'
      ? []
      : [
          ...onPc.apply(question),
          ...onSmartphone.apply(question),
          ...byMail.apply(question, { operations: mailOperations }),
        ];
  return accepted({ all: unique([...baseFactors(question, matrix), ...added]), oneOf: [] });
}

/** What still lacks a match: the factors of `all`, and all of `oneOf` where none of them matched. */
export function lackingFactors(
  required: FactorsRequired,
  matched: readonly Factor[],
): readonly Factor[] {
  const open = unmatchedFactors(required.oneOf, matched);
  const needsOne = required.oneOf.length > 0 && open.length === required.oneOf.length;
  return [...unmatchedFactors(required.all, matched), ...(needsOne ? open : [])];
}
