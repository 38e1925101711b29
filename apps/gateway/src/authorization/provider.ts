import Provider, { errors, interactionPolicy } from 'oidc-provider';
import type { AdapterFactory, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { Logger } from '@nestjs/common';
import { faultOf, interactionIdOf, type Database } from '#libs/platform';
import type { EndCode } from '../grants/index.js';
import type { HostClock } from '../platform/host-clock.js';
import { ArtifactWriter } from './storage/artifact.writer.js';
import {
  AlreadyStored,
  ProviderAdapter,
  type AdapterNeighbours,
} from './storage/provider-adapter.js';
import { endpointAliases } from './mutual-tls.js';
import { features, type FeatureParts } from './provider-features.js';
import { CODE_SECONDS, isOfferedMode, protocol } from './provider-protocol.js';
import { OneCommit } from './storage/one-commit.js';
import { answerSilence } from './answer-silence.js';
import { finishInOneCommit } from './finish-in-one-commit.js';
import { describeRefusal } from './oauth-errors.js';
import { tellStories, type IntermediaryOf } from './tell-stories.js';
import { errorPage, ERROR_PAGE_POLICY } from './http/error-page.js';

const RESUME_COOKIE = '__Secure-renkei-resume';

interface ProviderParts extends FeatureParts {
  /** Origin of the listener for certificates (RFC 8705 section 5). */
  readonly mutualOrigin: string;
  readonly database: Database;
  readonly neighbours: AdapterNeighbours;
  readonly clock: HostClock;
  /** By what a grant has ended; nothing where it lives. */
  readonly endOfGrant: (grantId: string) => Promise<EndCode | undefined>;
  readonly intermediaryOf: IntermediaryOf;
}

/** The authorization server: FAPI 2.0 Security Profile, configured as oauth.md 5.2 to 5.4 lists it. */
export function createProvider(parts: ProviderParts): Provider {
  const { issuer, mutualOrigin, secrets, database, neighbours, hooks, clock } = parts;
  const store = new OneCommit(database);
  const writer = new ArtifactWriter(store);
  const adapter: AdapterFactory = (model) => new ProviderAdapter(model, store, writer, neighbours);
  const provider = new PageFreeProvider(issuer, {
    adapter,
    jwks: secrets.jwks as Configuration['jwks'],
    ...protocol(clock),
    cookies: cookies(secrets.cookieKeys),
    features: features(parts),
    discovery: {
      registration_endpoint: `${issuer}/register`,
      mtls_endpoint_aliases: endpointAliases(mutualOrigin),
    },
    interactions: { policy: [approvalPrompt()], url: hooks.handOver },
    extraParams: { authorization_details: (ctx) => hooks.judgeDetails(ctx) },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    loadExistingGrant: (ctx) => grantOf(ctx, parts.endOfGrant),
    renderError: (ctx, out) => {
      ctx.set('content-security-policy', ERROR_PAGE_POLICY);
      ctx.type = 'html';
      const { error, error_description: description = '' } = out;
      ctx.body = errorPage({ error, description, status: ctx.status }, ctx.get('accept-language'));
    },
  });
  answerSilence(provider);
  const keys = secrets.interactionKeys;
  finishInOneCommit(provider, { store, keys, cookieName: RESUME_COOKIE, seconds: CODE_SECONDS });
  tellStories(provider, parts.intermediaryOf);
  decideReplaysByInsert(provider);
  endSessionsAtOnce(provider);
  sayWhatIsOffered(provider);
  logBugs(provider);
  return provider;
}

/** Knows no response mode that answers with a page, so that an error cannot be sent by one either. */
class PageFreeProvider extends Provider {
  override registerResponseMode(
    ...[name, handler]: Parameters<Provider['registerResponseMode']>
  ): void {
    if (isOfferedMode(name)) super.registerResponseMode(name, handler);
  }
}

const cookies = (keys: readonly string[]): Configuration['cookies'] => ({
  keys: [...keys],
  names: {
    session: '__Host-renkei-session',
    interaction: '__Host-renkei-interaction',
    // The library binds this one to the path of its interaction, which __Host- does not allow; what
    // decides who may finish is our own __Host- cookie (interaction-cookie.ts).
    resume: RESUME_COOKIE,
  },
  short: { httpOnly: true, sameSite: 'lax', secure: true, path: '/', signed: true },
  long: { httpOnly: true, sameSite: 'lax', secure: true, path: '/', signed: true },
});

/** One prompt only: whoever asks is handed over to bank-core, and comes back with a grant or not at all. */
function approvalPrompt() {
  return new interactionPolicy.Prompt(
    { name: 'approval', requestable: false },
    new interactionPolicy.Check(
      'approval_missing',
      'the holder has to approve at the bank',
      'interaction_required',
      (ctx) => !ctx.oidc.result?.consent?.grantId,
    ),
  );
}

/** The grant of this approval. Where its consent ended on the browser's way here, no code is given (RKN-S1c). */
async function grantOf({ oidc }: KoaContextWithOIDC, endOf: ProviderParts['endOfGrant']) {
  const grantId = oidc.result?.consent?.grantId;
  if (!grantId) return undefined;
  const grant = await oidc.provider.Grant.find(grantId);
  if (grant) return grant;
  const ended = await endOf(grantId);
  // Given back by the client itself there is no more to say than that the consent is over.
  const code = !ended || ended === 'invalid_token' ? 'consent_revoked' : ended;
  throw new errors.AccessDenied(describeRefusal({ code }));
}

/** `unique` looks and then saves; two processes could both pass. Here the insert itself decides. */
function decideReplaysByInsert(provider: Provider): void {
  const model = provider.ReplayDetection;
  const unique = model.unique.bind(model);
  model.unique = async (iss, jti, exp) => {
    try {
      return await unique(iss, jti, exp);
    } catch (error) {
      if (error instanceof AlreadyStored) return false;
      throw error;
    }
  };
}

/** The login of one authorization is worth nothing in the next, so no session outlives its answer (T-05). */
function endSessionsAtOnce(provider: Provider): void {
  provider.on('authorization.success', (ctx) => {
    if (ctx.oidc.session) Object.assign(ctx.oidc.session, { destroyed: true });
  });
}

/** The library names every mode it knows; what is refused at the push is not announced either. */
function sayWhatIsOffered(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { response_modes_supported?: readonly string[] } | undefined;
    if (ctx.oidc?.route === 'discovery' && body?.response_modes_supported)
      body.response_modes_supported = body.response_modes_supported.filter(isOfferedMode);
  });
}

/** The library answers its own 500 and tells nobody else; without this a bug would leave no trace. */
function logBugs(provider: Provider): void {
  const log = new Logger('OidcProvider');
  provider.on('server_error', (ctx, error) => {
    const interactionId = interactionIdOf(ctx.req);
    log.error(JSON.stringify({ interactionId, fault: faultOf(error) }));
  });
}
