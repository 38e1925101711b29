import { platformProblem } from '#libs/platform';
import type { Access } from '../../authorization/index.js';
import { maySeeConsent } from '../domain/may-see-consent.js';
import type { ConsentParams } from './consent.dto.js';

/** The consent that a path names, if this token may see it; otherwise as one that never was (T-08). */
export function consentOf({ grant }: Access, params: ConsentParams): string {
  const consentId = params.known();
  if (!maySeeConsent(grant, consentId)) throw platformProblem('not_found');
  return consentId;
}
