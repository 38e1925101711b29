import type { onRequestHookHandler } from 'fastify';
import { accessProblem } from './access.problems.js';
import type { AddressGate } from './address-gate.js';

/** What of the API is read without a token. */
const OPEN_RESOURCES = /^\/v1\/(?:register|status|outages|changes)(?:\/|$)/;
const REGISTRATION = /^\/register(?:\/|$)/;

/** Whether nobody asks at that route who calls; a path without a route is open as well. */
export const isOpen = (route: string | undefined): boolean =>
  route === undefined || !route.startsWith('/v1/') || OPEN_RESOURCES.test(route);

/**
 * Counts at its address whatever is answered without a token, before its body is read and before
 * a key or a signature in it is looked at (T-31). What needs a token passes by: the door
 * turns strangers away there, and the access table counts those that prove nothing.
 */
export const boundOpenCalls =
  (gate: AddressGate): onRequestHookHandler =>
  (request, _reply, done) => {
    const { url: route } = request.routeOptions;
    if (!isOpen(route)) return done();
    void gate.judge(request.raw, REGISTRATION.test(route ?? '')).then((tooMany) => {
      if (!tooMany) return done();
      const { policy, headers } = tooMany;
      done(accessProblem({ code: 'quota_exceeded', facts: { policy } }, headers));
    });
  };
