import type { Module } from '../module.js';
import { acceptOrRefuse } from './accept-or-refuse.js';
import { clientAssertion } from './client-assertion.js';
import { discovery } from './discovery.js';
import { happy } from './happy-flow.js';
import { mustSucceed } from './must-succeed.js';
import { pushedRequest } from './pushed-request.js';
import { refreshToken } from './refresh-token.js';
import { requestObject } from './request-object.js';
import { resourceServer } from './resource-server.js';
import { tokenEndpoint } from './token-endpoint.js';

/** Every module of the two plans that is run against a server of no national profile. */
export const modules: readonly Module[] = [
  ...discovery,
  ...happy,
  ...mustSucceed,
  ...acceptOrRefuse,
  ...requestObject,
  ...pushedRequest,
  ...clientAssertion,
  ...tokenEndpoint,
  ...refreshToken,
  ...resourceServer,
];
