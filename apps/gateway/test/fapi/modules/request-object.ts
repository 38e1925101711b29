import { mustBeParError } from '../checks/errors.js';
import { row, type Module, type Stage } from '../module.js';
import type { SigningFaults } from '../party/assertion.js';
import { skip } from '../report.js';

const MINUTE = 60;
const FAR = 70 * MINUTE;
const at = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const INVALID_OBJECT = ['invalid_request_object'];

/** A request object with one fault has to be refused at PAR. */
const isRefused =
  (faults: (stage: Stage) => SigningFaults, accepted = INVALID_OBJECT) =>
  async (stage: Stage): Promise<void> => {
    const { one } = stage;
    const answer = await one.push(one.request(), { requestObject: faults(stage) });
    mustBeParError(answer, accepted);
  };

const isRefusedWithClaims = (claims: () => SigningFaults['claims']) =>
  isRefused(() => ({ claims: claims() ?? {} }));

async function signedWithRs256(stage: Stage): Promise<void> {
  if (stage.one.signingKey.alg !== 'PS256') skip('An ES256 key cannot sign RS256.');
  await isRefused(() => ({ signedAs: 'RS256' }))(stage);
}

async function notSigned({ one }: Stage): Promise<void> {
  mustBeParError(await one.push(one.request(), { isUnsigned: true }), ['invalid_request']);
}

export const requestObject: readonly Module[] = [
  row(
    27,
    'ensure-request-object-without-exp-fails',
    'S',
    isRefusedWithClaims(() => ({ exp: undefined })),
  ),
  row(
    28,
    'ensure-request-object-without-nbf-fails',
    'S',
    isRefusedWithClaims(() => ({ nbf: undefined })),
  ),
  row(
    29,
    'ensure-expired-request-object-fails',
    'S',
    isRefusedWithClaims(() => ({ exp: at(-5 * MINUTE) })),
  ),
  row(
    30,
    'ensure-request-object-with-bad-aud-fails',
    'S',
    isRefusedWithClaims(() => ({ aud: 'https://other.example.com' })),
  ),
  row(
    31,
    'ensure-request-object-with-exp-over-60-fails',
    'S',
    isRefusedWithClaims(() => ({ exp: at(FAR) })),
  ),
  row(
    32,
    'ensure-request-object-with-nbf-over-60-fails',
    'S',
    isRefusedWithClaims(() => ({ nbf: at(-FAR), exp: at(5 * MINUTE) })),
  ),
  row(33, 'ensure-signed-request-object-with-RS256-fails', 'S', signedWithRs256),
  row(
    34,
    'ensure-request-object-signature-algorithm-is-not-none',
    'S',
    isRefused(() => ({ signedAs: 'none' })),
  ),
  row(
    35,
    'ensure-request-object-with-invalid-signature-fails',
    'S',
    isRefused(() => ({ isBroken: true })),
  ),
  row(
    36,
    'ensure-matching-key-in-authorization-request',
    'S',
    isRefused(({ two }) => ({ key: two.signingKey }), ['invalid_request', ...INVALID_OBJECT]),
  ),
  row(37, 'ensure-unsigned-request-at-par-endpoint-fails', 'S', notSigned),
  row(
    38,
    'par-authorization-request-containing-request_uri',
    'S',
    isRefusedWithClaims(() => ({ request_uri: 'urn:ietf:params:oauth:request_uri:not-mine' })),
  ),
];
