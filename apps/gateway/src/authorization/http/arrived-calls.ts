import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { interactionIdOf } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../platform/config.js';
import { HostClock } from '../../platform/host-clock.js';
import { ClientCertificates } from '../../platform/mutual-tls/client-certificates.js';
import type { ArrivedCall } from '../access.service.js';
import { readCustomerClaim } from '../customer-claim.js';
import { AddressGate } from './address-gate.js';

/** Requests as the access table sees them. Needs no body: asked at the door, and again by the guard. */
@Injectable()
export class ArrivedCalls {
  private readonly known = new WeakMap<FastifyRequest['raw'], ArrivedCall>();

  constructor(
    @Inject(ClientCertificates) private readonly certificates: ClientCertificates,
    @Inject(AddressGate) private readonly gate: AddressGate,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  of(request: FastifyRequest): ArrivedCall {
    const known = this.known.get(request.raw);
    if (known) return known;
    const call = this.read(request);
    this.known.set(request.raw, call);
    return call;
  }

  private read(request: FastifyRequest): ArrivedCall {
    const { raw, headers } = request;
    const url = raw.url ?? '';
    const params = request.params as Readonly<Record<string, string | undefined>>;
    const { cursor } = request.query as { readonly cursor?: unknown };
    const partner = headers['x-chain-partner-id'];
    const { claim, malformed } = readCustomerClaim(headers, this.clock.read());
    const { publicOrigin, mutualTls } = this.config;
    return {
      method: request.method,
      path: url.split('?', 1)[0] ?? '',
      urlChars: url.length,
      hasTokenInQuery: Object.hasOwn(request.query as object, 'access_token'),
      authorization: headers.authorization,
      // Several are joined by a comma, which no proof contains (RFC 7515 section 7.1).
      proofs: headersOf(headers['dpop']),
      origin: this.certificates.isMutual(raw) ? mutualTls.publicOrigin : publicOrigin,
      certificateThumbprint: this.certificates.of(raw)?.thumbprint,
      chainPartnerHeader: typeof partner === 'string' ? partner : undefined,
      customer: claim,
      malformedClaims: malformed,
      resource: `${request.routeOptions.url ?? ''} ${JSON.stringify(params)}`,
      cursor: typeof cursor === 'string' ? cursor : undefined,
      bankCode: params['bankCode'] ?? '',
      interactionId: interactionIdOf(raw),
      source: () => this.gate.sourceOf(raw),
    };
  }
}

const headersOf = (joined: string | string[] | undefined): readonly string[] =>
  joined === undefined ? [] : String(joined).split(',');
