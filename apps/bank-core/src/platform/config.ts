import {
  readOperations,
  SettingError,
  Settings,
  type ListenAddress,
  type Mode,
  type OperationsConfig,
} from '#libs/platform';

/** What bank-core is told at start; every missing or wrong setting ends the start with one sentence. */
export interface BankConfig {
  readonly mode: Mode;
  readonly log: 'info' | 'warn' | 'silent';
  readonly databaseUrl: string;
  /** The private listener; absent where nobody is to ask. */
  readonly operations: OperationsConfig | undefined;
  /** Origin of the approval pages: login, consent and confirmation happen here and nowhere else (T-03). */
  readonly publicOrigin: string;
  readonly gatewayOrigin: string;
  /** Origin of the officers' console; its API is served on a listener of its own (T-03). */
  readonly consoleOrigin: string;
  readonly console: {
    readonly listen: ListenAddress;
    readonly tls: { readonly cert: string; readonly key: string };
  };
  readonly listen: ListenAddress;
  readonly tls: { readonly cert: string; readonly key: string };
  readonly internal: {
    readonly listen: ListenAddress;
    readonly cert: string;
    readonly key: string;
    readonly ca: string;
  };
  /** The bank's own issuer for officers, instead of passwords kept here; undefined: none (OpenID Connect). */
  readonly staffIssuer: StaffIssuerConfig | undefined;
  /** 32 bytes in hex that wrap the seeds of one-time passwords (T-22). */
  readonly keyEncryptionKey: Buffer;
  /** An Ed25519 private key (PKCS #8, PEM) that signs what the bank says in writing (T-26). */
  readonly documentKey: string;
  /** ClamAV's daemon; without one, evidence waits for two people (T-25). */
  readonly evidenceScanner: ListenAddress | undefined;
  /** The mail server; without one mails go to the letter box, which production does not have (T-23). */
  readonly mail: MailConfig | undefined;
}

export interface MailConfig {
  /** `smtps://…`, or `smtp://…` with STARTTLS demanded. */
  readonly url: string;
  readonly from: string;
  /** In tests the server stands on loopback and speaks no TLS. */
  readonly mayBePlain: boolean;
}

export interface StaffIssuerConfig {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the issuer writes into `acr` when a second factor was used; anything else is refused. */
  readonly acr: string;
  /** PEM of the authority that signed the issuer's certificate, where it is none of the public ones. */
  readonly ca: string | undefined;
}

export const BANK_CONFIG = Symbol('BankConfig');

export function readBankConfig(settings: Settings = new Settings()): BankConfig {
  const log = settings.optional('RENKEI_LOG');
  return {
    mode: settings.mode(),
    log: log === 'info' || log === 'silent' ? log : 'warn',
    databaseUrl: settings.text('DATABASE_URL_BANK'),
    operations: readOperations(settings, 'BANK'),
    publicOrigin: settings.origin('BANK_PUBLIC_ORIGIN'),
    gatewayOrigin: settings.origin('GATEWAY_PUBLIC_ORIGIN'),
    consoleOrigin: settings.origin('CONSOLE_PUBLIC_ORIGIN'),
    console: {
      listen: settings.address('CONSOLE_LISTEN'),
      tls: { cert: settings.file('CONSOLE_TLS_CERT'), key: settings.file('CONSOLE_TLS_KEY') },
    },
    listen: settings.address('BANK_LISTEN'),
    tls: { cert: settings.file('BANK_TLS_CERT'), key: settings.file('BANK_TLS_KEY') },
    internal: {
      listen: settings.address('BANK_INTERNAL_LISTEN'),
      cert: settings.file('BANK_INTERNAL_TLS_CERT'),
      key: settings.file('BANK_INTERNAL_TLS_KEY'),
      ca: settings.file('BANK_INTERNAL_CA'),
    },
    staffIssuer: readStaffIssuer(settings),
    keyEncryptionKey: Buffer.from(settings.file('BANK_KEK_FILE').trim(), 'hex'),
    documentKey: settings.file('BANK_DOCUMENT_KEY_FILE'),
    evidenceScanner:
      settings.optional('BANK_EVIDENCE_SCANNER') === undefined
        ? undefined
        : settings.address('BANK_EVIDENCE_SCANNER'),
    mail: mailOf(settings),
  };
}

function readStaffIssuer(settings: Settings): StaffIssuerConfig | undefined {
  if (settings.optional('STAFF_OIDC_ISSUER') === undefined) return undefined;
  return {
    url: settings.url('STAFF_OIDC_ISSUER', 'https:'),
    clientId: settings.text('STAFF_OIDC_CLIENT_ID'),
    clientSecret: settings.file('STAFF_OIDC_CLIENT_SECRET_FILE').trim(),
    acr: settings.text('STAFF_OIDC_ACR'),
    ca:
      settings.optional('STAFF_OIDC_CA') === undefined ? undefined : settings.file('STAFF_OIDC_CA'),
  };
}

function mailOf(settings: Settings): MailConfig | undefined {
  const mode = settings.mode();
  const url = settings.optional('SMTP_URL');
  if (url === undefined) {
    if (mode !== 'production') return undefined;
    throw new SettingError(
      'SMTP_URL is not set: production delivers mail. SMTP_URL を設定してください。',
    );
  }
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol))
    throw new SettingError('SMTP_URL must begin with smtps:// or smtp://.');
  const from = settings.text('MAIL_FROM');
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(from)) throw new SettingError('MAIL_FROM must be an address.');
  return { url, from, mayBePlain: mode === 'test' };
}
