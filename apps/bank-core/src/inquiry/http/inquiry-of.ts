import type { FastifyRequest } from 'fastify';
import { platformProblem, platformSentences, platformStatuses, Problem } from '#libs/platform';
import type { Institution, InstitutionsService } from '../../institutions/index.js';
import { internalCaller } from '../../platform/internal-caller.js';
import type { Inquiry } from '../inquiry.service.js';

/** Who asks, at which institution, on which consent. An unknown bank is 404, a missing consent 400. */
export async function inquiryOf(
  request: FastifyRequest,
  institutions: InstitutionsService,
  bankCode: string,
): Promise<{ readonly inquiry: Inquiry; readonly institution: Institution }> {
  const { consentId, ...caller } = internalCaller(request);
  if (consentId === undefined) {
    const { validation_failed: words } = platformSentences;
    throw new Problem(platformStatuses.validation_failed, 'validation_failed', words, {
      errors: [{ pointer: 'x-renkei-consent', code: 'missing', detail: 'header missing' }],
    });
  }
  const asked = await institutions.askedAt(bankCode);
  if (!asked) throw platformProblem('not_found');
  const { institution, at } = asked;
  const place = { institutionId: institution.id, bankCode };
  return { inquiry: { ...caller, ...place, consentId, at }, institution };
}
