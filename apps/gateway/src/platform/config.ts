import {
  type ListenAddress,
  type Mode,
  type OperationsConfig,
  type OutboundOptions,
  SettingError,
  Settings,
  readOpenedNetworks,
  readOperations,
} from '#libs/platform';
import type { ClientCertificateSettings } from './mutual-tls/client-certificates.js';
import { readPatience, type Patience } from './patience.js';
import { readRateQuotas, type RateQuotas } from './rates/rate-quotas.js';
import { readResourceServers, type ResourceServer } from './resource-servers.js';
import { readStatementIssuers, type StatementIssuer } from './statement-issuers.js';
import { readSecrets, type GatewaySecrets } from './secrets.js';

/** What the gateway is told at start; every missing or wrong setting ends the start with one sentence. */
export interface GatewayConfig {
  readonly mode: Mode;
  readonly log: 'info' | 'warn' | 'silent';
  readonly databaseUrl: string;
  /** The issuer, and the origin of every endpoint (RFC 8414). */
  readonly publicOrigin: string;
  /** Where bank-core's pages live; the browser is handed over to this origin and to no other. */
  readonly bankOrigin: string;
  readonly listen: ListenAddress;
  readonly tls: { readonly cert: string; readonly key: string };
  readonly mutualTls: MutualTlsConfig;
  /** Who may introspect tokens. */
  readonly resourceServers: readonly ResourceServer[];
  readonly bankCore: BankCoreAddress;
  readonly secrets: GatewaySecrets;
  readonly rates: RateQuotas;
  /** The private listener; absent where nobody is to ask. */
  readonly operations: OperationsConfig | undefined;
  /** Who may issue software statements (RFC 7591 section 2.3); without one nobody can register. */
  readonly statementIssuers?: readonly StatementIssuer[];
  /** Webhooks that one process has under way at once; 0 leaves the sending to other processes. */
  readonly webhookSenders: number;
  /** What may be called besides the public network, and which authorities are believed there (T-13). */
  readonly outbound: Pick<OutboundOptions, 'opened' | 'ca'>;
  readonly patience: Patience;
}

/** Where calls with a client certificate arrive (RFC 8705), and whose certificates are believed. */
export interface MutualTlsConfig extends ClientCertificateSettings {
  /** A host of its own: the other one never asks a browser for a certificate. */
  readonly publicOrigin: string;
  readonly listen: ListenAddress;
  readonly tls: { readonly cert: string; readonly key: string };
  /** Path of the authorities' revocation lists, read again whenever it changes. */
  readonly revocationFile: string | undefined;
}

/** The internal API of bank-core, reached with the gateway's own certificate (T-01). */
export interface BankCoreAddress {
  /** Where to connect; who answers there is judged by name and certificate, never by address. */
  readonly url: string;
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

export const GATEWAY_CONFIG = Symbol('GatewayConfig');

export function readGatewayConfig(settings: Settings = new Settings()): GatewayConfig {
  const log = settings.optional('RENKEI_LOG');
  return {
    mode: settings.mode(),
    log: log === 'info' || log === 'silent' ? log : 'warn',
    databaseUrl: settings.text('DATABASE_URL_GATEWAY'),
    publicOrigin: settings.origin('GATEWAY_PUBLIC_ORIGIN'),
    bankOrigin: settings.origin('BANK_PUBLIC_ORIGIN'),
    listen: settings.address('GATEWAY_LISTEN'),
    tls: { cert: settings.file('GATEWAY_TLS_CERT'), key: settings.file('GATEWAY_TLS_KEY') },
    mutualTls: readMutualTls(settings),
    resourceServers: readResourceServers(fileOf(settings, 'GATEWAY_RESOURCE_SERVERS')),
    bankCore: {
      url: settings.origin('BANK_INTERNAL_URL'),
      cert: settings.file('GATEWAY_INTERNAL_CERT'),
      key: settings.file('GATEWAY_INTERNAL_KEY'),
      ca: settings.file('BANK_INTERNAL_CA'),
    },
    secrets: readSecrets(settings.file('GATEWAY_SECRETS_FILE')),
    rates: readRateQuotas(settings),
    operations: readOperations(settings, 'GATEWAY'),
    statementIssuers: readStatementIssuers(settings),
    webhookSenders: readWebhookSenders(settings.optional('GATEWAY_WEBHOOK_SENDERS')),
    outbound: readOutbound(settings),
    patience: readPatience(settings),
  };
}

const WEBHOOK_SENDERS = 32;

function readWebhookSenders(text: string | undefined): number {
  if (text === undefined) return WEBHOOK_SENDERS;
  if (/^[0-9]{1,3}$/.test(text)) return Number(text);
  throw new SettingError('GATEWAY_WEBHOOK_SENDERS must be a whole number from 0 to 999.');
}

/** In production nothing but the public network is called, with the public authorities. */
function readOutbound(settings: Settings): GatewayConfig['outbound'] {
  const networks = settings.optional('GATEWAY_OUTBOUND_NETWORKS');
  const hasAuthority = settings.optional('GATEWAY_OUTBOUND_CA') !== undefined;
  if (settings.mode() === 'production' && networks !== undefined)
    throw new SettingError('GATEWAY_OUTBOUND_NETWORKS opens private networks: not in production.');
  return {
    opened: readOpenedNetworks('GATEWAY_OUTBOUND_NETWORKS', networks),
    ca: hasAuthority ? settings.file('GATEWAY_OUTBOUND_CA') : undefined,
  };
}

/** The content of a file that may be left out. */
const fileOf = (settings: Settings, name: string): string | undefined =>
  settings.optional(name) === undefined ? undefined : settings.file(name);

export function readMutualTls(settings: Settings): MutualTlsConfig {
  const proxyName = settings.optional('GATEWAY_PROXY_NAME');
  const proxyAuthorities = fileOf(settings, 'GATEWAY_PROXY_CA');
  if ((proxyName === undefined) !== (proxyAuthorities === undefined))
    throw new SettingError(
      'GATEWAY_PROXY_NAME and GATEWAY_PROXY_CA are set together or not at all.',
    );
  return {
    publicOrigin: settings.origin('GATEWAY_MTLS_PUBLIC_ORIGIN'),
    listen: settings.address('GATEWAY_MTLS_LISTEN'),
    tls: {
      cert: settings.file('GATEWAY_MTLS_TLS_CERT'),
      key: settings.file('GATEWAY_MTLS_TLS_KEY'),
    },
    authorities: fileOf(settings, 'GATEWAY_CLIENT_CA'),
    revocationFile: settings.optional('GATEWAY_CLIENT_CRL'),
    proxy:
      proxyName && proxyAuthorities
        ? { authorities: proxyAuthorities, name: proxyName }
        : undefined,
  };
}
