import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { newSigningKey } from './signing-key.js';
import { ensureStatementIssuer } from './statement-issuer.js';
import { newPassword, newRolePasswords, type RolePasswords } from '../databases/index.js';
import { readIfThere, readJsonIfThere, writeJson, writeWhole } from '../files.js';

export { newSigningKey };

/** Passwords of the embedded PostgreSQL; random, of this machine alone (T-22). */
export interface DatabaseSecrets {
  readonly superuser: string;
  readonly roles: RolePasswords;
}

/** What the gateway reads from GATEWAY_SECRETS_FILE; all nodes of one gateway share it. */
export interface GatewaySecrets {
  /** Signs the interaction's cookies; the first one signs, the others still verify. */
  readonly cookieKeys: readonly string[];
  /** 32 bytes in hex: a nonce of one process must be good in the next (oauth.md 5.3). */
  readonly dpopNonceSecret: string;
  /** 32 bytes in hex that seal the cursors of lists. */
  readonly cursorKey: string;
  /** Private keys that sign what the authorization server issues. */
  readonly jwks: { readonly keys: readonly JWK[] };
}

export interface SecretFiles {
  readonly database: DatabaseSecrets;
  readonly bankKekFile: string;
  /** Signs what the bank says in writing; stands outside its database (T-26). */
  readonly bankDocumentKeyFile: string;
  readonly gatewaySecretsFile: string;
  /** The demonstration's issuer of software statements: its private key, and the gateway's allow-list. */
  readonly statementIssuerFile: string;
  readonly statementIssuersFile: string;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** The file of the bank's document key below the secrets of an installation. */
export const documentKeyFile = (folder: string): string => join(folder, 'bank-document-key.pem');

/** Makes what is missing in `folder` (mode 0700), each file with mode 0600; keeps the rest. */
export async function ensureSecrets(folder: string): Promise<SecretFiles> {
  const databaseFile = join(folder, 'database.json');
  const bankKekFile = join(folder, 'bank-kek.hex');
  const bankDocumentKeyFile = documentKeyFile(folder);
  const gatewaySecretsFile = join(folder, 'gateway.json');
  const database = (await readJsonIfThere<DatabaseSecrets>(databaseFile)) ?? {
    superuser: newPassword(),
    roles: newRolePasswords(),
  };
  await writeJson(databaseFile, database);
  if (!(await readIfThere(bankKekFile))) await writeWhole(bankKekFile, `${hex(32)}\n`);
  if (!(await readIfThere(bankDocumentKeyFile)))
    await writeWhole(bankDocumentKeyFile, newDocumentKey());
  if (!(await readIfThere(gatewaySecretsFile))) {
    await writeJson(gatewaySecretsFile, await newGatewaySecrets());
  }
  const statements = await ensureStatementIssuer(folder);
  return { database, bankKekFile, bankDocumentKeyFile, gatewaySecretsFile, ...statements };
}

/** ES256 signs by default, because it costs a tenth of PS256; PS256 is there for who asks for it. */
export async function newGatewaySecrets(): Promise<GatewaySecrets> {
  return {
    cookieKeys: [hex(32)],
    dpopNonceSecret: hex(32),
    cursorKey: hex(32),
    jwks: { keys: [await newSigningKey('ES256'), await newSigningKey('PS256')] },
  };
}

/** An Ed25519 private key as PKCS #8 in PEM. */
export const newDocumentKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
