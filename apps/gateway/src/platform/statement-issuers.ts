import type { JsonWebKey } from 'node:crypto';
import { SettingError, type Settings } from '#libs/platform';

/** An issuer of software statements, with its public keys; nobody else is believed (T-12). */
export interface StatementIssuer {
  readonly issuer: string;
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
}

const VARIABLE = 'GATEWAY_STATEMENT_ISSUERS_FILE';

/**
 * The allow-list of GATEWAY_STATEMENT_ISSUERS_FILE: `[{"issuer": "https://…", "jwks": {"keys": […]}}]`.
 * The keys stand in the file and are never fetched (T-13). Ends the start with a sentence when it is wrong.
 */
export function readStatementIssuers(settings: Settings): readonly StatementIssuer[] {
  if (settings.optional(VARIABLE) === undefined) return [];
  const issuers = parse(settings.file(VARIABLE));
  if (!Array.isArray(issuers) || !issuers.every(isIssuer)) throw wrong();
  if (new Set(issuers.map(({ issuer }) => issuer)).size !== issuers.length) throw wrong();
  return issuers;
}

function isIssuer(value: unknown): value is StatementIssuer {
  const { issuer, jwks } = (value ?? {}) as { issuer?: unknown; jwks?: { keys?: unknown } };
  const keys = jwks?.keys;
  return (
    typeof issuer === 'string' &&
    issuer !== '' &&
    Array.isArray(keys) &&
    keys.length > 0 &&
    keys.every((key: unknown) => isPublic(key))
  );
}

const isPublic = (key: unknown): boolean =>
  typeof key === 'object' && key !== null && 'kty' in key && !('d' in key) && !('k' in key);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong();
  }
}

const wrong = () =>
  new SettingError(
    `${VARIABLE} must hold a list of issuers, each once, with issuer and jwks of public keys.`,
  );
