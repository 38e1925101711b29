import type { AccessOperation } from './access.js';

/** What a holder agreed to: reading, and with it the consent that the reading rests on. */
export const ACCOUNTS_SCOPE = 'accounts';
/** The one transfer that a holder confirmed. */
export const TRANSFERS_SCOPE = 'transfers';
/** The scope of a token without a user; it serves the client's own transfers only. */
export const STATUS_SCOPE = 'transfers:status';
/** The scope of a token without a user that sees to the client's own consents. */
export const CONSENTS_SCOPE = 'consents';

/** The scopes of which each one alone opens the operation, as `grantCovers` judges them: what OpenAPI says. */
export function scopesOf(operation: AccessOperation): readonly string[] {
  switch (operation.kind) {
    case 'read':
      return [ACCOUNTS_SCOPE];
    case 'pay':
    case 'status':
      return operation.isOwn ? [STATUS_SCOPE] : [TRANSFERS_SCOPE, STATUS_SCOPE];
    case 'consent':
      return [ACCOUNTS_SCOPE, CONSENTS_SCOPE];
    case 'own':
      return [operation.scope];
  }
}
