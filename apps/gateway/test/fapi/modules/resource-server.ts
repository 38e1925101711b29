import { randomBytes } from 'node:crypto';
import { mustCall, toResource } from '../flow.js';
import { row, type Module, type Stage } from '../module.js';
import type { CallFaults } from '../party/faults.js';
import { resourcePathOf } from '../party/registration.js';
import type { ProofFaults } from '../party/proof.js';
import { headerOf, type Answer } from '../party/wire.js';
import { must } from '../report.js';

const HOUR_SECONDS = 3600;
const at = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const isRefusal = ({ status }: Answer): boolean => status === 400 || status === 401;
const isServed = ({ status }: Answer): boolean => status === 200 || status === 201;

interface Try {
  readonly what: string;
  readonly faults: CallFaults;
}

const withProof = (what: string, proof: ProofFaults): Try => ({ what, faults: { proof } });
const withoutClaim = (name: string): Try =>
  withProof(`without ${name}`, { claims: { [name]: undefined } });

/** Proofs that prove nothing, in the order of RFC 9449 section 4.3. */
function refusedTries({ one, endpoints }: Stage): Try[] {
  const jwk = one.dpopKey.privateKey.export({ format: 'jwk' });
  const isRsa = one.dpopKey.alg === 'PS256';
  return [
    { what: 'two DPoP headers', faults: { proofHeader: { times: 2 } } },
    { what: 'no JWT', faults: { instead: 'this.is-no-jwt' } },
    withProof('without typ', { header: { typ: undefined } }),
    withProof('without alg', { header: { alg: undefined } }),
    withProof('without jwk', { header: { jwk: undefined } }),
    ...['jti', 'htm', 'htu', 'iat', 'ath'].map(withoutClaim),
    withProof('wrong typ', { header: { typ: 'JWT' } }),
    ...(isRsa ? [withProof('RS256', { header: { alg: 'RS256' }, signedAs: 'RS256' })] : []),
    withProof('alg none', { header: { alg: 'none' }, signedAs: 'none' }),
    withProof('bad signature', { isBroken: true }),
    withProof('private key in jwk', { header: { jwk } }),
    withProof('wrong htm', { claims: { htm: 'PUT' } }),
    withProof('htu of another address', { claims: { htu: `${endpoints.api}/v1/other` } }),
    withProof('wrong ath', { claims: { ath: randomBytes(32).toString('base64url') } }),
    withProof('other key', { key: one.keys.spare }),
    withProof('signed by another key', { signedBy: one.keys.spare }),
    { what: 'no DPoP header', faults: { proof: 'left_out' } },
    { what: 'Bearer without proof', faults: { proof: 'left_out', scheme: 'Bearer' } },
  ];
}

function servedTries({ one, endpoints }: Stage, path: string): Try[] {
  const htu = `${endpoints.api}${path}`;
  return [
    withProof('htu with query and fragment', { claims: { htu: `${htu}?q=1#fragment` } }),
    withProof('htu without them', { claims: { htu } }),
    withProof('unknown members', { header: { extra: 'x' }, claims: { more: ['y'] } }),
    { what: 'a correct proof after all', faults: { proof: { key: one.dpopKey } } },
  ];
}

/** RFC 3986 sections 6.2.2 and 6.2.3; a port other than the default cannot be left out. */
function normalisedTries({ endpoints }: Stage, path: string): Try[] {
  const { host, port } = new URL(endpoints.api);
  const upper = `HTTPS://${host.toUpperCase()}${path}`;
  const withPort = `https://${host}:443${path}`;
  return [
    withProof('scheme and host in capitals', { claims: { htu: upper } }),
    ...(port === '' ? [withProof('default port named', { claims: { htu: withPort } })] : []),
  ];
}

async function negativeTests(stage: Stage): Promise<void> {
  const { one, report } = stage;
  const { accessToken } = await toResource(stage, one);
  const path = pathOf(await one.call(accessToken), stage);
  const shouting = await one.call(accessToken, { proofHeader: { name: 'DPOP' } });
  report.should(isServed(shouting), `DPOP as header name: ${shouting.status}`);
  for (const { what, faults } of refusedTries(stage)) {
    const answer = await one.call(accessToken, faults);
    must(isRefusal(answer), `${what}: ${answer.status}`);
  }
  for (const seconds of [HOUR_SECONDS, -HOUR_SECONDS]) await wrongTime(stage, accessToken, seconds);
  await reusedJti(stage, accessToken);
  for (const { what, faults } of normalisedTries(stage, path)) {
    const answer = await one.call(accessToken, faults);
    report.should(isServed(answer), `${what}: ${answer.status}`);
  }
  for (const { what, faults } of servedTries(stage, path)) {
    const answer = await one.call(accessToken, faults);
    must(isServed(answer), `${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
  }
  await mustCall(one, accessToken);
}

const pathOf = (answer: Answer, { endpoints, variant, one }: Stage): string => {
  must(isServed(answer), `A correct proof: ${answer.status}`);
  const url = new URL(resourcePathOf(variant, one.setting), endpoints.api);
  return url.pathname;
};

/** Without a nonce the time has to be right; where one is demanded, the nonce tells the time. */
async function wrongTime({ one }: Stage, accessToken: string, seconds: number): Promise<void> {
  one.forgetApiNonce();
  const proof = { claims: { iat: at(seconds) } };
  const withoutNonce = await one.call(accessToken, {
    proof: { claims: { ...proof.claims, nonce: undefined } },
  });
  must(isRefusal(withoutNonce), `iat ${seconds} s without nonce: ${withoutNonce.status}`);
  if (!/use_dpop_nonce/.test(headerOf(withoutNonce, 'www-authenticate'))) return;
  const withNonce = await one.call(accessToken, { proof });
  must(isServed(withNonce), `iat ${seconds} s with the nonce: ${withNonce.status}`);
}

async function reusedJti({ one, report }: Stage, accessToken: string): Promise<void> {
  const proof = { claims: { jti: randomBytes(15).toString('base64url') } };
  const first = await one.call(accessToken, { proof });
  must(isServed(first), `first use of a jti: ${first.status}`);
  const second = await one.call(accessToken, { proof });
  report.should(isRefusal(second), `A jti works twice: ${second.status}`);
}

export const resourceServer: readonly Module[] = [
  row(70, 'dpop-negative-tests', 'DC', negativeTests),
];
