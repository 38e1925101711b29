import type { JWK } from 'jose';
import { must, type Report } from '../report.js';
import { usesMtls, type Metadata } from '../party/metadata.js';
import type { Variant } from '../variants.js';

const STRONG = ['PS256', 'ES256', 'EdDSA', 'Ed25519'];
/** Members of the IANA registry that a server of this profile may publish; another one is a WARNING. */
const KNOWN = new Set(
  `issuer authorization_endpoint token_endpoint jwks_uri registration_endpoint userinfo_endpoint
  scopes_supported response_types_supported response_modes_supported grant_types_supported
  subject_types_supported acr_values_supported display_values_supported claim_types_supported
  claims_supported claims_locales_supported ui_locales_supported claims_parameter_supported
  request_parameter_supported request_uri_parameter_supported require_request_uri_registration
  token_endpoint_auth_methods_supported token_endpoint_auth_signing_alg_values_supported
  service_documentation op_policy_uri op_tos_uri signed_metadata end_session_endpoint
  revocation_endpoint revocation_endpoint_auth_methods_supported
  revocation_endpoint_auth_signing_alg_values_supported introspection_endpoint
  introspection_endpoint_auth_methods_supported
  introspection_endpoint_auth_signing_alg_values_supported
  introspection_signing_alg_values_supported code_challenge_methods_supported
  id_token_signing_alg_values_supported userinfo_signing_alg_values_supported
  request_object_signing_alg_values_supported authorization_signing_alg_values_supported
  require_signed_request_object pushed_authorization_request_endpoint
  require_pushed_authorization_requests tls_client_certificate_bound_access_tokens
  mtls_endpoint_aliases dpop_signing_alg_values_supported authorization_details_types_supported
  authorization_response_iss_parameter_supported protected_resources`.split(/\s+/),
);
const LISTS = /(_supported|_values_supported)$/;
const BOOLEANS = new Set([
  'claims_parameter_supported',
  'request_parameter_supported',
  'request_uri_parameter_supported',
  'require_request_uri_registration',
  'require_signed_request_object',
  'require_pushed_authorization_requests',
  'tls_client_certificate_bound_access_tokens',
  'authorization_response_iss_parameter_supported',
]);
/** RFC 6749 section 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
const RSA_BITS_MIN = 2048;
const EC_BITS: Readonly<Record<string, number>> = { 'P-256': 256, 'P-384': 384, 'P-521': 521 };

/** The metadata as section 4.2 of the module list wants it for this variant. */
export function mustBeMetadata(
  metadata: Metadata,
  issuer: string,
  variant: Variant,
  report: Report,
): void {
  must(metadata['issuer'] === issuer, `issuer ${String(metadata['issuer'])}`);
  mustHaveShape(metadata, report);
  mustContain(metadata, 'response_types_supported', ['code']);
  mustContain(metadata, 'grant_types_supported', ['authorization_code']);
  mustContain(metadata, 'code_challenge_methods_supported', ['S256']);
  mustBeAddress(metadata, 'pushed_authorization_request_endpoint');
  if (variant.responseMode !== 'jarm')
    must(
      metadata['authorization_response_iss_parameter_supported'] === true,
      'authorization_response_iss_parameter_supported is not true.',
    );
  const methods = listOf(metadata, 'token_endpoint_auth_methods_supported');
  const standard = variant.clientAuth === 'mtls' ? 'tls_client_auth' : 'private_key_jwt';
  must(methods.includes(standard), `${standard} is not offered.`);
  for (const name of algorithmListsOf(metadata, variant)) mustBeStrong(metadata, name);
  if (variant.constraint === 'mtls')
    must(metadata['tls_client_certificate_bound_access_tokens'] === true, 'no bound tokens');
  if (variant.openid === 'openid_connect') {
    mustContain(metadata, 'scopes_supported', ['openid']);
    must(listOf(metadata, 'subject_types_supported').length > 0, 'no subject types');
    mustBeAddress(metadata, 'jwks_uri');
  }
  if (variant.responseMode === 'jarm') {
    mustContain(metadata, 'response_modes_supported', ['jwt']);
    mustBeAddress(metadata, 'jwks_uri');
  }
  if (usesMtls(variant)) mustBeAliases(metadata);
}

function algorithmListsOf(metadata: Metadata, variant: Variant): string[] {
  const userinfo = 'userinfo_signing_alg_values_supported';
  return [
    variant.clientAuth === 'private_key_jwt' && 'token_endpoint_auth_signing_alg_values_supported',
    variant.constraint === 'dpop' && 'dpop_signing_alg_values_supported',
    variant.openid === 'openid_connect' && 'id_token_signing_alg_values_supported',
    variant.requestMethod !== 'unsigned' && 'request_object_signing_alg_values_supported',
    variant.responseMode === 'jarm' && 'authorization_signing_alg_values_supported',
    userinfo in metadata && userinfo,
  ].filter((name) => name !== false);
}

function mustHaveShape(metadata: Metadata, report: Report): void {
  for (const [name, value] of Object.entries(metadata)) {
    report.should(KNOWN.has(name), `metadata: unknown member ${name}.`);
    if (BOOLEANS.has(name)) must(typeof value === 'boolean', `${name} is no boolean.`);
    else if (LISTS.test(name)) must(isListOfTexts(value), `${name} is no list.`);
    else if (/_endpoint$|_uri$/.test(name)) mustBeAddress(metadata, name);
  }
  for (const scope of listOf(metadata, 'scopes_supported'))
    must(SCOPE.test(scope), `scope ${scope}`);
  const locales = ['ui_locales_supported', 'claims_locales_supported'];
  for (const locale of locales.flatMap((name) => listOf(metadata, name)))
    must(Intl.getCanonicalLocales(locale).length === 1, `locale ${locale}`);
}

/** RFC 8705 section 5: other addresses for what exists anyway, and never for the browser. */
function mustBeAliases(metadata: Metadata): void {
  const aliases = (metadata['mtls_endpoint_aliases'] ?? {}) as Metadata;
  for (const name of Object.keys(aliases)) {
    must(name.endsWith('_endpoint') && name in metadata, `mtls_endpoint_aliases: ${name}`);
    must(name !== 'authorization_endpoint', 'A browser has no client certificate.');
    mustBeAddress(aliases, name);
  }
}

/** The published keys: each with kid, none too short, none with a private member. */
export function mustBeKeys(keys: readonly JWK[]): void {
  must(keys.length > 0, 'No key is published.');
  must(new Set(keys.map(({ kid }) => kid)).size === keys.length, 'Two keys share a kid.');
  for (const key of keys) {
    must(key.kid, 'A key has no kid.');
    must(!('d' in key) && !('k' in key), 'A private key is published.');
    const rsaBits = Buffer.from(String(key.n ?? ''), 'base64url').length * 8;
    const bits = key.kty === 'RSA' ? rsaBits : EC_BITS[key.crv ?? ''];
    const least = key.kty === 'RSA' ? RSA_BITS_MIN : 224;
    must(key.kty === 'OKP' || (bits ?? 0) >= least, `The key ${key.kid} is too short.`);
  }
}

const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

const listOf = (metadata: Metadata, name: string): readonly string[] =>
  isListOfTexts(metadata[name]) ? metadata[name] : [];

function mustContain(metadata: Metadata, name: string, wanted: readonly string[]): void {
  const missing = wanted.filter((each) => !listOf(metadata, name).includes(each));
  must(missing.length === 0, `${name} lacks ${missing.join(', ')}.`);
}

function mustBeAddress(metadata: Metadata, name: string): void {
  const address = metadata[name];
  must(typeof address === 'string' && URL.canParse(address), `${name} is no address.`);
  must(new URL(address).protocol === 'https:', `${name} is not https.`);
}

function mustBeStrong(metadata: Metadata, name: string): void {
  must(
    listOf(metadata, name).some((alg) => STRONG.includes(alg)),
    `${name} offers no good one.`,
  );
}
