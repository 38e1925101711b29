import type { PartyKeys, RunKeys } from '../../apps/gateway/test/fapi/party/keys.js';
import { DETAILS, registrationOf } from '../../apps/gateway/test/fapi/party/registration.js';
import {
  scopeOf,
  type ClientSetting,
  type Variant,
} from '../../apps/gateway/test/fapi/variants.js';
import type { SeedClient } from '../../apps/gateway/seeds/index.js';
import type { DemoPerson } from '../start/seeds.js';

/** Where everything is, from the official suite's point of view. */
export interface SuiteSetting {
  /** The suite's own base URL, such as `https://localhost.emobix.co.uk:8443`. */
  readonly suiteOrigin: string;
  readonly gatewayOrigin: string;
  readonly mutualOrigin: string;
  readonly bankOrigin: string;
  readonly person: DemoPerson;
  /** PEM of the authority of the clients' certificates. */
  readonly clientAuthority: string;
}

/** Callback addresses of a run; both are registered for both clients (oauth.md 4.1). */
export function redirectUrisOf({ suiteOrigin }: SuiteSetting, variant: Variant): string[] {
  const callback = `${suiteOrigin}/test/a/${aliasOf(variant)}/callback`;
  return [callback, `${callback}?dummy1=lorem&dummy2=ipsum`];
}

const aliasOf = ({ id }: Variant): string => `renkei-${id}`;

const isWithoutUser = ({ profile }: Variant): boolean =>
  profile === 'fapi_client_credentials_grant';

/** Without a user something is called that is there from the start: the list of one's own consents. */
const scopesOf = (variant: Variant): string =>
  isWithoutUser(variant) ? 'consents' : scopeOf(variant);

/** A client as the gateway is told of it: its choices, with the suite's addresses. */
export function suiteClient(
  setting: SuiteSetting,
  variant: Variant,
  client: ClientSetting,
  keys: PartyKeys,
): Omit<SeedClient, 'epspId'> {
  const made = registrationOf(variant, client, keys);
  return {
    ...made,
    clientId: `suite-${client.clientId}`,
    redirectUris: redirectUrisOf(setting, variant),
    metadata: { ...made.metadata, scope: scopesOf(variant) },
  };
}

/** The file that the suite takes as a plan's configuration. It holds private keys of this installation. */
export function suiteConfiguration(setting: SuiteSetting, variant: Variant, keys: RunKeys) {
  const [first, second] = variant.clients;
  const [one, two] = keys.of;
  const isMutual = variant.clientAuth === 'mtls' || variant.constraint === 'mtls';
  const origin = variant.constraint === 'mtls' ? setting.mutualOrigin : setting.gatewayOrigin;
  return {
    alias: aliasOf(variant),
    description: `Renkei, variant ${variant.id}`,
    server: { discoveryUrl: `${setting.gatewayOrigin}/.well-known/openid-configuration` },
    client: clientOf(variant, first, one),
    client2: clientOf(variant, second, two),
    ...(isMutual
      ? { mtls: certificateOf(setting, first, one), mtls2: certificateOf(setting, second, two) }
      : {}),
    resource: {
      resourceUrl: `${origin}/v1/banks/2963/${isWithoutUser(variant) ? 'consents' : 'accounts'}`,
      ...(variant.requestType === 'rar' ? { richAuthorizationRequest: DETAILS } : {}),
    },
    ...(isWithoutUser(variant) ? {} : { browser: [holderOf(setting)] }),
  };
}

const clientOf = (
  variant: Variant,
  { clientId, alg, dpopAlg }: ClientSetting,
  keys: PartyKeys,
) => ({
  client_id: `suite-${clientId}`,
  scope: scopesOf(variant),
  jwks: { keys: [privateJwk(keys.signing[alg])] },
  ...(variant.constraint === 'dpop' ? { dpop_signing_alg: dpopAlg } : {}),
});

const privateJwk = ({ privateKey, kid, alg }: PartyKeys['signing']['ES256']) => ({
  ...privateKey.export({ format: 'jwk' }),
  kid,
  alg,
  use: 'sig',
});

function certificateOf(setting: SuiteSetting, { certificate }: ClientSetting, keys: PartyKeys) {
  const pair = keys.certificates[certificate];
  const isIssued = certificate === 'of_authority';
  return {
    cert: pair.certificate,
    key: pair.key,
    ...(isIssued ? { ca: setting.clientAuthority } : {}),
  };
}

/** What the suite's browser types and presses: the fixed ids of the pages (oauth.md 4.6). */
function holderOf({ gatewayOrigin, bankOrigin, person }: SuiteSetting) {
  const page = (task: string, match: string, ...commands: string[][]) => ({
    task,
    match: `${bankOrigin}/approve/*/${match}`,
    optional: true,
    commands,
  });
  return {
    match: `${gatewayOrigin}/authorize*`,
    tasks: [
      page(
        'Login',
        'login*',
        ['text', 'id', 'login', person.loginId],
        ['text', 'id', 'password', person.loginPassword],
        ['click', 'id', 'submit'],
      ),
      page('Accounts', 'accounts*', ['click', 'id', 'account-1'], ['click', 'id', 'next']),
      page('Consent', 'consent*', ['click', 'id', 'approve']),
      {
        task: 'Verify complete',
        match: '*/test/a/*/callback*',
        commands: [['wait', 'id', 'submission_complete', 10]],
      },
    ],
  };
}
