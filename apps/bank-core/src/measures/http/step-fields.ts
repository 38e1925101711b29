import { platformProblem } from '#libs/platform';
import type { StepFields } from '../domain/step-content.js';
import type { ReviewStepDto, StopStepDto } from './step.dto.js';

type Asked = Omit<Partial<ReviewStepDto & StopStepDto>, 'step'> & { readonly step?: string };

/** The fields as plain data, so that what is hashed is what was meant. */
export function fieldsOf(body: Asked): StepFields {
  const { bankCodes: _codes, step: _step, until, effectiveAt, ...rest } = body;
  return {
    ...(JSON.parse(JSON.stringify(rest)) as StepFields),
    ...(until === undefined ? {} : { until: instantOf(until) }),
    ...(effectiveAt === undefined ? {} : { effectiveAt: instantOf(effectiveAt) }),
  };
}

function instantOf(text: string): number {
  const at = Date.parse(text);
  if (!Number.isFinite(at)) throw platformProblem('validation_failed');
  return at;
}
