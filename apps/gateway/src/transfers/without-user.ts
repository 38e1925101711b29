import type { Access } from '../authorization/index.js';
import { coreProblem } from '../bank/index.js';

/**
 * What the software asks for itself needs the token of the software (client credentials). A user's token
 * was given for one transfer and opens nothing besides (RKN-S1).
 */
export function withoutUser(access: Access): Access {
  if (access.grant) throw coreProblem({ code: 'permission_not_granted' });
  return access;
}
