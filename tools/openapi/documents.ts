import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { AppModule as BankModule } from '../../apps/bank-core/src/app.module.js';
import { AppModule as GatewayModule } from '../../apps/gateway/src/app.module.js';
import { IDENTITY_SCOPE, OWN_SCOPES, USER_SCOPES } from '../../apps/gateway/src/clients/index.js';
import type { GatewayConfig } from '../../apps/gateway/src/platform/config.js';
import { DEPRECATIONS } from '../../apps/gateway/src/platform/http/deprecations.js';
import { withDeprecations } from './finish/deprecated.js';
import { finished } from './finish/index.js';
import { ISSUER } from './finish/issuer.js';
import { withStaffProblems } from './finish/staff-problems.js';
import type { Document } from './finish/shape.js';
import { webhooks } from './webhooks.js';
import { inVersion31 } from './version-31.js';

type Root = Parameters<typeof NestFactory.create>[0];

const SERVER = 'The gateway of a local installation; production has its own name';

/** Read by everybody without a token; the rest of the gateway's API is for intermediaries. */
const PUBLIC = ['/v1/register/', '/v1/status', '/v1/outages', '/v1/changes', '/problems/'];
const isPublic = (path: string) => PUBLIC.some((prefix) => path.startsWith(prefix));

const described = (title: string, description: string) =>
  new DocumentBuilder()
    .setTitle(title)
    .setDescription(description)
    .setVersion('1.0.0')
    .setContact('Renkei', 'https://renkei.example/', 'api@renkei.example')
    .setLicense('Unlicensed', 'https://renkei.example/terms');

type Scope = typeof IDENTITY_SCOPE | (typeof USER_SCOPES)[number] | (typeof OWN_SCOPES)[number];

const WORDS_OF_SCOPES: Readonly<Record<Scope, string>> = {
  openid: 'A pseudonym of the holder; for software that registered it',
  accounts: 'What a holder consented to, and that consent itself',
  transfers: 'One transfer that a holder confirms',
  'transfers:status': 'The software’s own transfers, quotes and reconciliation',
  events: 'Subscriptions, deliveries, polling',
  consents: 'The software’s own consents: list, read, end',
  participants: 'The intermediary’s own record, standing, partners and duties',
};

/** The scopes that the authorization server grants in a flow. */
const scopesFor = (scopes: readonly Scope[]): Record<string, string> =>
  Object.fromEntries(scopes.map((scope) => [scope, WORDS_OF_SCOPES[scope]]));

/** What intermediaries can call. */
export async function intermediaryDocument(): Promise<object> {
  const builder = described(
    'Renkei: API for intermediaries · 電子決済等代行業者向け API',
    'Accounts, statements, quotes and the state of transfers, as a holder approved them.',
  )
    .addServer(ISSUER, SERVER)
    .addSecurity('dpop', {
      type: 'http',
      scheme: 'DPoP',
      description: 'Opaque access token of 300 s, bound to a key by a DPoP proof (RFC 9449)',
    })
    .addSecurity('mtls', {
      // The decorators know OpenAPI 3.0's kinds only.
      type: 'mutualTLS' as 'http',
      description: 'The same token as Bearer, bound to the client certificate (RFC 8705)',
    })
    .addSecurity('oauth2', {
      type: 'oauth2',
      description:
        'FAPI 2.0: PAR, PKCE S256, private_key_jwt (RFC7523, RFC8725) or tls_client_auth',
      flows: {
        authorizationCode: {
          authorizationUrl: `${ISSUER}/authorize`,
          tokenUrl: `${ISSUER}/token`,
          refreshUrl: `${ISSUER}/token`,
          scopes: scopesFor([IDENTITY_SCOPE, ...USER_SCOPES]),
        },
        clientCredentials: { tokenUrl: `${ISSUER}/token`, scopes: scopesFor(OWN_SCOPES) },
      },
    });
  const document = await documentOf(
    GatewayModule.with({} as GatewayConfig),
    builder,
    (path) => path.startsWith('/v1/') && !isPublic(path),
  );
  const told = withDeprecations(finished(document, { isPublic: false }), DEPRECATIONS);
  return { ...usedParts(told), webhooks: webhooks() };
}

/** What everybody can read: the register, availability, planned changes. */
export async function publicDocument(): Promise<object> {
  const builder = described(
    'Renkei: public API · 公開 API',
    'Who is connected, whether it works, and what will change. Without a token.',
  ).addServer(ISSUER, SERVER);
  const document = await documentOf(GatewayModule.with({} as GatewayConfig), builder, isPublic);
  return usedParts(withDeprecations(finished(document, { isPublic: true }), DEPRECATIONS));
}

/** What an institution publishes (RKN-0.1), at bank-core's own origin. */
export async function noticesDocument(): Promise<object> {
  const builder = described(
    'Renkei: public notices of an institution · 公表',
    'What an institution publishes of its contracts with intermediaries. Without a token.',
  ).addServer('https://bank.localhost:8444', 'bank-core of a local installation');
  const document = await documentOf(BankModule, builder, (path) => path.startsWith('/public/v1/'));
  return usedParts(finished(document, { isPublic: true }));
}

/**
 * How software registers (RFC 7591, RFC 7592). A document of its own, because its words and its errors are
 * those of OAuth and not those of the API.
 */
export async function registrationDocument(): Promise<object> {
  const builder = described(
    'Renkei: registration of software · ソフトウェアの登録',
    'Register software with a statement, change its keys, find it again. See docs/registration.md.',
  )
    .addServer(ISSUER, SERVER)
    .addSecurity('registration_token', { type: 'http', scheme: 'bearer' });
  return usedParts(
    await documentOf(
      GatewayModule.with({} as GatewayConfig),
      builder,
      (path) => path === '/register' || path.startsWith('/register/'),
    ),
  );
}

/** What officers call from the console, at its own origin; every change names the console as its origin (T-05). */
export async function staffDocument(): Promise<object> {
  const builder = described(
    'Renkei: staff API · 職員向け API',
    'Reviews, measures, cases, proposals of two people and audit, per institution and for the federation.',
  )
    .addServer('https://console.localhost:8447', 'The console of a local installation')
    .addSecurity('session', {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-renkei-staff',
      description:
        'From POST /staff/v1/sessions: password and one-time code, or the bank’s own issuer',
    });
  const document = await documentOf(BankModule, builder, (path) => path.startsWith('/staff/v1/'));
  return usedParts(finished(withStaffProblems(document), { isPublic: true }));
}

/** What the gateway calls at bank-core; nobody else can reach it (T-01). */
export async function internalDocument(): Promise<object> {
  const builder = new DocumentBuilder()
    .setTitle('Renkei: internal API of bank-core · 銀行側の内部 API')
    .setDescription('Between the two servers over mutual TLS; never reachable from outside.')
    .setVersion('1.0.0')
    .addServer('https://bank-core.internal:8445', 'The internal listener of this installation');
  return usedParts(
    await documentOf(BankModule, builder, (path) => path.startsWith('/internal/v1/')),
  );
}

/** Read from the decorators alone: nothing is instantiated or connected, so any machine can write it. */
async function documentOf(
  root: Root,
  builder: DocumentBuilder,
  isOurs: (path: string) => boolean,
): Promise<Document> {
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
    logger: false,
    preview: true,
    abortOnError: false,
  });
  const document = SwaggerModule.createDocument(app, builder.setOpenAPIVersion('3.1.1').build(), {
    operationIdFactory: (_controller, method) => method,
  });
  const paths = Object.entries(document.paths)
    .filter(([path]) => isOurs(path))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return inVersion31({ ...document, paths: Object.fromEntries(paths) }) as Document;
}

/** Leaves out the schemas of pages and other audiences: only what the paths reach stays. */
function usedParts(document: Document): Document {
  const { schemas: all, responses } = document.components;
  const used = new Set<string>();
  const open = [JSON.stringify(document.paths) + JSON.stringify(responses ?? {})];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([\w.-]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      open.push(JSON.stringify(all[name]));
    }
  }
  const schemas = Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => used.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { ...document, components: { ...document.components, schemas } };
}
