import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../platform/config.js';
import { ClientCertificates } from '../../platform/mutual-tls/client-certificates.js';
import { ManageRegistrationService } from '../manage-registration.service.js';
import { RegistrationService } from '../registration.service.js';
import {
  CurrentCall,
  RegistrationEndpoint,
  WithKeyProof,
  type RegistrationCall,
} from './registration-endpoint.js';
import { RegistrationDto } from './registration-answers.dto.js';
import { RecoveryRequest, SoftwareRequest } from './registration.dto.js';
import { valueOf } from './registration.problems.js';
import { registrationView } from './registration.views.js';
import { sentObject } from './sent-object.js';

/** Registers software (RFC 7591), and finds a registration again that its owner lost. */
@Controller('register')
export class RegisterController {
  constructor(
    @Inject(RegistrationService) private readonly registrations: RegistrationService,
    @Inject(ManageRegistrationService) private readonly manage: ManageRegistrationService,
    @Inject(ClientCertificates) private readonly certificates: ClientCertificates,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Post()
  @RegistrationEndpoint({
    id: 'registerSoftware',
    ja: 'ソフトウェアの登録（ステートメントが必要）',
    en: 'Register software with a software statement (RFC 7591)',
  })
  @ApiBody({ type: SoftwareRequest })
  @ApiCreatedResponse({ type: RegistrationDto })
  @ApiOkResponse({ type: RegistrationDto, description: 'It existed before; without a token' })
  async register(
    @CurrentCall() { proven, interactionId }: RegistrationCall,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const sent = sentObject(proven.body);
    const { registration, token } = valueOf(await this.registrations.register(sent, interactionId));
    // RFC 7591 section 3.2.1: the statement goes back unmodified. What existed before is told without it,
    // and without a token: that one is found again at /register/recoveries.
    const more = token
      ? { software_statement: sent['software_statement'] }
      : { recovery_uri: `${this.config.mutualTls.publicOrigin}/register/recoveries` };
    const view = registrationView(registration, this.config.publicOrigin, token);
    send(reply, token ? 201 : 200, { ...view, ...more });
  }

  @Post('recoveries')
  @HttpCode(200)
  @RegistrationEndpoint({
    id: 'recoverRegistration',
    ja: '失った登録の再発見（証明書または登録済みの鍵とソフトウェア ID）',
    en: 'Find a lost registration by certificate, or registered key, and software id',
  })
  @WithKeyProof(false)
  @ApiOkResponse({ type: RegistrationDto })
  async recover(
    @CurrentCall() { proven, interactionId, raw }: RegistrationCall,
    @Body() { software_id: softwareId }: RecoveryRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const certificateThumbprint = this.certificates.of(raw)?.thumbprint;
    const lost = { softwareId, certificateThumbprint };
    const found = valueOf(await this.manage.recover(lost, proven, interactionId));
    send(reply, 200, registrationView(found.registration, this.config.publicOrigin, found.token));
  }
}

/** RFC 7591 section 3.2.1: the answer holds a credential, so nobody keeps it. */
function send(reply: FastifyReply, status: number, view: object): void {
  void reply
    .status(status)
    .header('cache-control', 'no-store')
    .header('pragma', 'no-cache')
    .send(view);
}
