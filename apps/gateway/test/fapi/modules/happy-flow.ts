import { randomBytes } from 'node:crypto';
import { mustSpeakGoodTls } from '../checks/tls.js';
import { mustCall, toResource, toTokens, type FlowFaults } from '../flow.js';
import { row, type Module, type Stage } from '../module.js';
import type { Party } from '../party/party.js';
import { thumbprintOf } from '../party/proof.js';
import { mustBePushed, mustBeCode, mustBeTokens } from '../checks/responses.js';
import { must } from '../report.js';

const IPV6_CUSTOMER = { 'x-fapi-customer-ip-address': '2001:DB8::1893:25c8:1946' };
const ACCEPTS = ['application/json; charset=utf-8', 'application/json, application/*+json, */*'];

async function happyFlow(stage: Stage): Promise<void> {
  const { one, two, endpoints, server, report } = stage;
  await mustSpeakGoodTls([endpoints.api], server.authority, report);
  const first = await toResource(stage, one);
  const inQuery = await one.call(first.accessToken, { isTokenInQuery: true });
  must([400, 401, 414].includes(inQuery.status), `token in the query: ${inQuery.status}`);
  for (const accept of ACCEPTS)
    await mustCall(one, first.accessToken, { headers: { ...IPV6_CUSTOMER, accept } });
  const accessToken = await secondClient(stage, two);
  await mustCall(two, accessToken);
  await mustBeUseless(one, accessToken);
}

/** The second client varies what the profile leaves open. */
async function secondClient(stage: Stage, two: Party): Promise<string> {
  const { variant, report } = stage;
  if (variant.profile === 'fapi_client_credentials_grant')
    return (await toTokens(stage, two)).accessToken;
  const { request: over, push } = await variations(stage, two);
  const request = two.request(over);
  const requestUri = mustBePushed(await two.push(request, push));
  const url = new URL(two.authorizeUrl(requestUri));
  const reversed = new URLSearchParams([...url.searchParams].toReversed());
  url.search = reversed.toString();
  const { code } = mustBeCode(await two.visit(url.href), request, report);
  const answer = await two.token(two.codeForm(code, request));
  const expected = { clientId: two.clientId, nonce: request.params['nonce'] };
  return (await mustBeTokens(answer, stage, expected)).accessToken;
}

async function variations({ variant }: Stage, two: Party): Promise<FlowFaults> {
  const isOpenid = variant.openid === 'openid_connect';
  const isDpop = variant.constraint === 'dpop';
  return {
    request: {
      state: randomBytes(96).toString('base64url'),
      ...(isOpenid ? { nonce: randomBytes(33).toString('base64url').slice(0, 43) } : {}),
      ...(isDpop ? { dpop_jkt: await thumbprintOf(two.dpopKey) } : {}),
    },
    push: {
      requestObject: {
        header: { typ: 'OautH-auThZ-REQ+jWt' },
        claims: { iat: Math.floor(Date.now() / 1000) },
      },
    },
  };
}

/** A token in the hands of another client: its key, or its certificate, is not the one. */
export async function mustBeUseless(stranger: Party, accessToken: string): Promise<void> {
  const { status } = await stranger.call(accessToken);
  must(status >= 400 && status < 500, `Another client's token was answered with ${status}.`);
}

export const happy: readonly Module[] = [row(2, 'happy-flow', 'C', happyFlow)];
