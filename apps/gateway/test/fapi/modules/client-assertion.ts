import { mustBeParError } from '../checks/errors.js';
import { row, type Module, type Stage } from '../module.js';
import type { Members } from '../party/jws.js';

const ACCEPTED = ['invalid_client', 'invalid_request'];
const AHEAD_SECONDS = 62;

/** A client assertion with these claims has to be refused at PAR. */
const isRefused =
  (claims: (stage: Stage) => Members) =>
  async (stage: Stage): Promise<void> => {
    const { one } = stage;
    const answer = await one.push(one.request(), { assertion: { claims: claims(stage) } });
    mustBeParError(answer, ACCEPTED, [400, 401]);
  };

function inTheFuture(): Members {
  const ahead = Math.floor(Date.now() / 1000) + AHEAD_SECONDS;
  return { iat: ahead, nbf: ahead, exp: ahead + 60 };
}

export const clientAssertion: readonly Module[] = [
  row(
    51,
    'par-test-array-as-audience-fails',
    'K',
    isRefused(({ server }) => ({ aud: [server.issuer, 'https://other.example.com'] })),
  ),
  row(
    52,
    'par-test-par-endpoint-url-as-audience-fails',
    'K',
    isRefused(({ endpoints }) => ({ aud: endpoints.par })),
  ),
  row(
    53,
    'par-test-token-endpoint-url-as-audience-fails',
    'K',
    isRefused(({ endpoints }) => ({ aud: endpoints.token })),
  ),
  row(
    54,
    'par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails',
    'K',
    isRefused(inTheFuture),
  ),
];
