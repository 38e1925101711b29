import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  operationsOf,
  readOpenApi,
  resolve,
  type Operation,
} from '../../../../../tools/campaigns/fuzz/operations.js';
import type {
  WireAnswer,
  WireRequest,
} from '../../../../../tools/campaigns/gateway-ground/door.js';
import { openStage, type Stage } from '../../../../../tools/campaigns/gateway-ground/stage.js';
import { AOBA, MINATO } from '../scene.js';
import { placeOf, Registrant, type RegistrationIds } from './registrant.js';

const document = readOpenApi('gateway', 'registration');
const routes = operationsOf(document);

/** Parameters and members that say whose something is. */
const IDS = ['clientId', 'kid', 'changeId', 'client_id', 'software_id', 'replaces'];
/** Everything else that a request may say; `kid` beside a new certificate is the name that it is given. */
const OF_NOBODY = [
  'Key-Proof',
  'authorization_details_types',
  'certificate',
  'client_name',
  'contacts',
  'good_until',
  'grant_types',
  'jwk',
  'jwks',
  'reason',
  'redirect_uris',
  'replaced_until',
  'require_signed_request_object',
  'response_modes',
  'scope',
  'software_statement',
  'tls_client_certificate_bound_access_tokens',
  'token_endpoint_auth_method',
];
/** A member that does not fit is one of the findings of RFC 7591 section 3.2.2, always a 400. */
const FINDINGS = ['client_id', 'replaces'];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ nodes: 1 });
});
afterAll(() => stage?.stop());

const send = (request: WireRequest): Promise<WireAnswer> => stage.doors[0]!.ask(request);

const parametersOf = (route: Operation): string[] => route.parameters.map(({ name }) => name);
function membersOf({ requestBody }: Operation): string[] {
  const schema = requestBody?.content?.['application/json']?.schema;
  return schema ? Object.keys(resolve(document, schema).properties ?? {}) : [];
}

/** Where the route takes an id: by the name of the parameter or member. */
const placesOf = (route: Operation): string[] => [
  ...parametersOf(route).filter((name) => IDS.includes(name)),
  ...membersOf(route).filter((name) => IDS.includes(name) && name !== 'kid'),
];

/** The same answer whoever is named in it. */
const unnamed = ({ status, text }: WireAnswer, ...all: RegistrationIds[]): string =>
  all
    .flatMap(Object.values<string>)
    .reduce((said, id) => said.replaceAll(id, '*'), `${status} ${text}`);

describe('T-20 every route of registration, asked for what belongs to other software', () => {
  test('T-20 whose each parameter and member is, is known: a new one says so here', () => {
    const strange = routes.flatMap((route) =>
      [...parametersOf(route), ...membersOf(route)]
        .filter((name) => !IDS.includes(name) && !OF_NOBODY.includes(name))
        .map((name) => `${route.id} ${name}`),
    );
    expect(strange).toEqual([]);
    expect(new Set(routes.flatMap(placesOf))).toEqual(new Set(IDS));
    expect(routes.length).toBeGreaterThan(15);
  });

  test.each(routes.map((route) => [route.id, route] as const))('T-20 %s', async (_, route) => {
    const mine = await Registrant.of(stage, MINATO);
    const theirs = await Registrant.of(stage, AOBA);
    const before = await theirs.state();
    const places = placesOf(route);
    for (const swapped of [...places.map((place) => [place]), places])
      if (swapped.length > 0) await hidden(route, swapped, mine, theirs);
    await inTheirName(route, mine, theirs);
    expect(await theirs.state()).toEqual(before);
    const own = await send(await mine.request(route, mine.ids));
    expect([route.id, own.status < 300]).toEqual([route.id, true]);
    expectNothingOf(theirs, own);
  });

  /** What is theirs is refused as what is nobody's, in the same words. */
  async function hidden(
    route: Operation,
    swapped: readonly string[],
    mine: Registrant,
    theirs: Registrant,
  ): Promise<void> {
    const idsWith = (others: RegistrationIds): RegistrationIds => ({
      ...mine.ids,
      ...Object.fromEntries(
        swapped.map((name) => placeOf(route, name)).map((place) => [place, others[place]!]),
      ),
    });
    const nobody = Object.fromEntries(
      Object.entries(theirs.ids).map(([name, id]) => [name, `${id.slice(0, -4)}0000`]),
    );
    const foreign = await send(await mine.request(route, idsWith(theirs.ids)));
    const unknown = await send(await mine.request(route, idsWith(nobody)));
    const isFinding = swapped.every((name) => FINDINGS.includes(name));
    const told = `${route.id} ${swapped.join()} → ${foreign.status} ${foreign.text}`;
    const statuses = isFinding ? [400] : [401, 403, 404];
    expect([told, statuses.includes(foreign.status)]).toEqual([told, true]);
    expect(unnamed(foreign, theirs.ids, mine.ids)).toBe(unnamed(unknown, nobody, mine.ids));
    expectNothingOf(
      theirs,
      foreign,
      swapped.map((name) => theirs.ids[placeOf(route, name)]!),
    );
  }

  /** One's own token with a proof that names them; and the very request that they would send. */
  async function inTheirName(route: Operation, mine: Registrant, theirs: Registrant) {
    if (!parametersOf(route).includes('Key-Proof')) return;
    const { clientId, softwareId } = theirs.software;
    const named = route.path.includes('{clientId}') ? clientId : softwareId;
    const said = Object.values(theirs.ids);
    for (const ids of [mine.ids, theirs.ids]) {
      const answer = await send(await mine.request(route, ids, named));
      const told = `${route.id} named → ${answer.status} ${answer.text}`;
      expect([told, [401, 403, 404].includes(answer.status)]).toEqual([told, true]);
      expectNothingOf(theirs, answer, said);
    }
    // A proof of the key is all that a recovery asks for: whoever holds theirs is they.
    if (route.id === 'recoverRegistration') return;
    const request = await theirs.request(route, theirs.ids);
    const { authorization } = (await mine.request(route, mine.ids)).headers as {
      authorization: string;
    };
    const answer = await send({ ...request, headers: { ...request.headers, authorization } });
    expect([route.id, [401, 403].includes(answer.status)]).toEqual([route.id, true]);
    expectNothingOf(theirs, answer, said);
  }

  function expectNothingOf(theirs: Registrant, { text }: WireAnswer, said: string[] = []): void {
    const told = theirs.secrets.filter((secret) => !said.includes(secret) && text.includes(secret));
    expect(told).toEqual([]);
  }
});
