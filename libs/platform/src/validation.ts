import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem, type ProblemFinding } from './problem.js';
import { platformSentences, platformStatuses } from './platform.refusals.js';

/** A name that somebody made up is given back only as far as a page or a log can bear it. */
const printable = (text: string, charsMax = 80): string =>
  text
    .replace(/[\u0000-\u001f\u007f]/g, '\ufffd')
    .slice(0, charsMax)
    .toWellFormed();

function findings(errors: readonly ValidationError[], path = ''): ProblemFinding[] {
  return errors.flatMap((error) => {
    const pointer = `${path}/${printable(error.property)}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) => ({
      pointer,
      code:
        rule === 'whitelistValidation'
          ? 'unknown_property'
          : rule.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      detail: printable(detail, 200),
    }));
    return [...own, ...findings(error.children ?? [], pointer)];
  });
}

/** Everything wrong at once, with a pointer each; a property nobody declared is refused. */
export function validationProblem(errors: readonly ValidationError[]): Problem {
  return new Problem(
    platformStatuses.validation_failed,
    'validation_failed',
    platformSentences.validation_failed,
    {
      errors: findings(errors).slice(0, 50),
    },
  );
}

export const strictValidation = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: false,
    exceptionFactory: validationProblem,
  });
