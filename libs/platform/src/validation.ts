import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem, type ProblemFinding } from './problem.js';
import { platformSentences, platformStatuses } from './platform.refusals.js';

function findings(errors: readonly ValidationError[], path = ''): ProblemFinding[] {
  return errors.flatMap((error) => {
    const pointer = `${path}/${error.property.slice(0, 80)}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) => ({
      pointer,
      code:
        rule === 'whitelistValidation'
          ? 'unknown_property'
          : rule.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      detail: detail.slice(0, 200),
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
