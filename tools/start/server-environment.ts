import type { CertificateFiles } from '../certificates/index.js';
import type { SecretFiles } from './secrets.js';
import type { Ports } from './state.js';

/** Everything that the two servers are told at start. */
export interface ServerSetting {
  readonly mode: 'demo' | 'test' | 'production';
  readonly log: 'info' | 'warn' | 'silent';
  readonly ports: Ports;
  readonly certificates: CertificateFiles;
  readonly secrets: Pick<
    SecretFiles,
    'bankKekFile' | 'bankDocumentKeyFile' | 'gatewaySecretsFile' | 'statementIssuersFile'
  >;
  readonly databaseUrls: { readonly bank: string; readonly gateway: string };
  /** GATEWAY_PATIENCE, where it is not as shipped. */
  readonly patience?: number;
}

export type Environment = Readonly<Record<string, string>>;

export const gatewayOrigin = (ports: Ports): string => `https://gateway.localhost:${ports.gateway}`;
export const gatewayMutualOrigin = (ports: Ports): string =>
  `https://mtls.gateway.localhost:${ports.gatewayMutual}`;
export const bankOrigin = (ports: Ports): string => `https://bank.localhost:${ports.bank}`;
export const consoleOrigin = (ports: Ports): string => `https://console.localhost:${ports.console}`;
export const applicationOrigin = (ports: Ports): string =>
  `https://app.localhost:${ports.application}`;

/** What an operator may set from outside; each replaces one embedded part (design section 4). */
export const REPLACEABLE = [
  'GATEWAY_PUBLIC_ORIGIN',
  'GATEWAY_LISTEN',
  'GATEWAY_TLS_CERT',
  'GATEWAY_TLS_KEY',
  'GATEWAY_MTLS_PUBLIC_ORIGIN',
  'GATEWAY_MTLS_LISTEN',
  'GATEWAY_MTLS_TLS_CERT',
  'GATEWAY_MTLS_TLS_KEY',
  'GATEWAY_CLIENT_CA',
  'GATEWAY_CLIENT_CRL',
  'GATEWAY_PROXY_CA',
  'GATEWAY_PROXY_NAME',
  'GATEWAY_RESOURCE_SERVERS',
  'GATEWAY_SECRETS_FILE',
  'GATEWAY_OPERATIONS_LISTEN',
  'BANK_OPERATIONS_LISTEN',
  'GATEWAY_STATEMENT_ISSUERS_FILE',
  'GATEWAY_CALLS_PER_MINUTE',
  'GATEWAY_CONSENT_CALLS_PER_MINUTE',
  'GATEWAY_UNATTENDED_READS_PER_DAY',
  'GATEWAY_ADDRESS_REQUESTS_PER_MINUTE',
  'GATEWAY_ADDRESS_REGISTRATIONS_PER_MINUTE',
  'GATEWAY_ADDRESS_CLIENT_REQUESTS_PER_MINUTE',
  'GATEWAY_ADDRESS_REFUSALS_PER_MINUTE',
  'GATEWAY_WEBHOOK_SENDERS',
  'GATEWAY_PATIENCE',
  'GATEWAY_OUTBOUND_NETWORKS',
  'GATEWAY_OUTBOUND_CA',
  'BANK_PUBLIC_ORIGIN',
  'BANK_LISTEN',
  'BANK_TLS_CERT',
  'BANK_TLS_KEY',
  'CONSOLE_PUBLIC_ORIGIN',
  'CONSOLE_LISTEN',
  'CONSOLE_TLS_CERT',
  'CONSOLE_TLS_KEY',
  'BANK_KEK_FILE',
  'BANK_DOCUMENT_KEY_FILE',
  'BANK_EVIDENCE_SCANNER',
] as const;

/** The environment of bank-core: nothing of ours is inherited but what a process needs to run. */
export function bankEnvironment(setting: ServerSetting): Environment {
  const { ports, certificates } = setting;
  return {
    ...common(setting),
    DATABASE_URL_BANK: setting.databaseUrls.bank,
    BANK_OPERATIONS_LISTEN: '127.0.0.1:0',
    BANK_LISTEN: `127.0.0.1:${ports.bank}`,
    BANK_TLS_CERT: certificates.bank.certificate,
    BANK_TLS_KEY: certificates.bank.key,
    BANK_INTERNAL_LISTEN: `127.0.0.1:${ports.bankInternal}`,
    BANK_INTERNAL_TLS_CERT: certificates.bankInternal.certificate,
    BANK_INTERNAL_TLS_KEY: certificates.bankInternal.key,
    BANK_INTERNAL_CA: certificates.insideAuthority,
    CONSOLE_PUBLIC_ORIGIN: consoleOrigin(ports),
    CONSOLE_LISTEN: `127.0.0.1:${ports.console}`,
    CONSOLE_TLS_CERT: certificates.console.certificate,
    CONSOLE_TLS_KEY: certificates.console.key,
    BANK_KEK_FILE: setting.secrets.bankKekFile,
    BANK_DOCUMENT_KEY_FILE: setting.secrets.bankDocumentKeyFile,
    ...replaced(),
  };
}

/** The environment of the gateway. It holds no bank secret: neither key nor database of the bank. */
export function gatewayEnvironment(setting: ServerSetting): Environment {
  const { ports, certificates } = setting;
  const { BANK_KEK_FILE: _, BANK_DOCUMENT_KEY_FILE: __, ...own } = replaced();
  return {
    ...common(setting),
    DATABASE_URL_GATEWAY: setting.databaseUrls.gateway,
    GATEWAY_OPERATIONS_LISTEN: '127.0.0.1:0',
    GATEWAY_LISTEN: `127.0.0.1:${ports.gateway}`,
    GATEWAY_TLS_CERT: certificates.gateway.certificate,
    GATEWAY_TLS_KEY: certificates.gateway.key,
    GATEWAY_MTLS_PUBLIC_ORIGIN: gatewayMutualOrigin(ports),
    GATEWAY_MTLS_LISTEN: `127.0.0.1:${ports.gatewayMutual}`,
    GATEWAY_MTLS_TLS_CERT: certificates.gatewayMutual.certificate,
    GATEWAY_MTLS_TLS_KEY: certificates.gatewayMutual.key,
    GATEWAY_CLIENT_CA: certificates.clientAuthority.certificate,
    BANK_INTERNAL_URL: `https://127.0.0.1:${ports.bankInternal}`,
    GATEWAY_INTERNAL_CERT: certificates.gatewayInternal.certificate,
    GATEWAY_INTERNAL_KEY: certificates.gatewayInternal.key,
    BANK_INTERNAL_CA: certificates.insideAuthority,
    GATEWAY_SECRETS_FILE: setting.secrets.gatewaySecretsFile,
    GATEWAY_STATEMENT_ISSUERS_FILE: setting.secrets.statementIssuersFile,
    ...(setting.patience ? { GATEWAY_PATIENCE: String(setting.patience) } : {}),
    // Stories read the same balance as often as they have to.
    ...(setting.mode === 'test' ? { GATEWAY_UNATTENDED_READS_PER_DAY: '1000000' } : {}),
    ...own,
  };
}

function common(setting: ServerSetting): Record<string, string> {
  const inherited = ['PATH', 'TZ', 'LANG', 'TMPDIR', 'SystemRoot'];
  return {
    ...valuesOf(inherited),
    // What a server says goes to a file, where escape bytes only hide words.
    NO_COLOR: '1',
    RENKEI_ENV: setting.mode,
    RENKEI_LOG: setting.log,
    GATEWAY_PUBLIC_ORIGIN: gatewayOrigin(setting.ports),
    BANK_PUBLIC_ORIGIN: bankOrigin(setting.ports),
  };
}

const replaced = (): Record<string, string> => valuesOf(REPLACEABLE);

const valuesOf = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value] as const] : [];
    }),
  );
