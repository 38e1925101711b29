import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Res,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { HostClock } from '../../platform/host-clock.js';
import type { RegistrationChange } from '../domain/registration-change.js';
import type { KeyRecord } from '../domain/registration.js';
import { ManageRegistrationService } from '../manage-registration.service.js';
import { RegisteredKeysService } from '../registered-keys.service.js';
import {
  CurrentCall,
  RegistrationEndpoint,
  WithKeyProof,
  WithToken,
  type RegistrationCall,
} from './registration-endpoint.js';
import { ChangeDto, CompromiseDto, KeyListDto } from './registration-answers.dto.js';
import { AddCertificateRequest, AddKeyRequest, CompromiseRequest } from './registration.dto.js';
import { valueOf } from './registration.problems.js';
import { changeView, keyView } from './registration.views.js';

/** Keys that sign, certificates that present themselves; both rotate with an overlap (users.md A 26). */
@Controller('register/:clientId')
export class RegisteredKeysController {
  constructor(
    @Inject(ManageRegistrationService) private readonly manage: ManageRegistrationService,
    @Inject(RegisteredKeysService) private readonly keys: RegisteredKeysService,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  @Get('keys')
  @Header('cache-control', 'no-store')
  @RegistrationEndpoint({ id: 'listKeys', ja: '鍵の一覧', en: 'Keys, each with its standing' })
  @WithToken()
  @ApiOkResponse({ type: KeyListDto })
  async listKeys(
    @CurrentCall() call: RegistrationCall,
    @Param('clientId') clientId: string,
  ): Promise<KeyListDto> {
    return this.list(call, clientId, () => true);
  }

  @Get('certificates')
  @Header('cache-control', 'no-store')
  @RegistrationEndpoint({ id: 'listCertificates', ja: '証明書の一覧', en: 'Certificates' })
  @WithToken()
  @ApiOkResponse({ type: KeyListDto })
  async listCertificates(
    @CurrentCall() call: RegistrationCall,
    @Param('clientId') clientId: string,
  ): Promise<KeyListDto> {
    return this.list(call, clientId, (key) => key.certificateThumbprint !== undefined);
  }

  @Post('keys')
  @RegistrationEndpoint({
    id: 'addKey',
    ja: '鍵の追加申請（重複期間つき。鍵による証明と銀行の承認が必要）',
    en: 'Ask for a further key; both are good until the end of the old one',
  })
  @WithToken()
  @WithKeyProof()
  @ApiAcceptedResponse({ type: ChangeDto })
  async addKey(
    @CurrentCall() call: RegistrationCall,
    @Param('clientId') clientId: string,
    @Body() body: AddKeyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { jwk, good_until: until } = body;
    const ends = until ? { goodUntil: Date.parse(until) } : {};
    await this.add(call, clientId, { jwk, ...rotationOf(body), ...ends }, reply);
  }

  @Post('certificates')
  @RegistrationEndpoint({
    id: 'addCertificate',
    ja: '証明書の追加申請（重複期間つき。鍵による証明と銀行の承認が必要）',
    en: 'Ask for a further certificate; both are good until the end of the old one',
  })
  @WithToken()
  @WithKeyProof()
  @ApiAcceptedResponse({ type: ChangeDto })
  async addCertificate(
    @CurrentCall() call: RegistrationCall,
    @Param('clientId') clientId: string,
    @Body() body: AddCertificateRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { certificate, kid } = body;
    await this.add(
      call,
      clientId,
      { certificate, ...rotationOf(body), ...(kid ? { kid } : {}) },
      reply,
    );
  }

  @Delete('keys/:kid')
  @HttpCode(204)
  @RegistrationEndpoint({ id: 'endKey', ja: '鍵の終了', en: 'End a key' })
  @WithToken()
  @WithKeyProof()
  @ApiNoContentResponse()
  async endKey(
    @CurrentCall() call: RegistrationCall,
    @Param('clientId') clientId: string,
    @Param('kid') kid: string,
  ): Promise<void> {
    await this.end(call, clientId, kid);
  }

  @Delete('certificates/:kid')
  @HttpCode(204)
  @RegistrationEndpoint({ id: 'endCertificate', ja: '証明書の終了', en: 'End a certificate' })
  @WithToken()
  @WithKeyProof()
  @ApiNoContentResponse()
  async endCertificate(
    @CurrentCall() call: RegistrationCall,
    @Param('clientId') clientId: string,
    @Param('kid') kid: string,
  ): Promise<void> {
    await this.end(call, clientId, kid);
  }

  @Post('keys/:kid/compromises')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @RegistrationEndpoint({
    id: 'reportKey',
    ja: '鍵の漏えいの届出（その鍵で得たトークンは直ちに無効）',
    en: 'Report a key as compromised: what it obtained is dead at once',
  })
  @WithToken()
  @WithKeyProof()
  @ApiCreatedResponse({ type: CompromiseDto })
  async reportKey(
    @CurrentCall() call: RegistrationCall,
    @Param('clientId') clientId: string,
    @Param('kid') kid: string,
    @Body() { reason }: CompromiseRequest,
  ): Promise<CompromiseDto> {
    return this.report(call, clientId, { kid, reason });
  }

  @Post('certificates/:kid/compromises')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @RegistrationEndpoint({
    id: 'reportCertificate',
    ja: '証明書の漏えいの届出（それで得たトークンは直ちに無効）',
    en: 'Report a certificate as compromised: what it obtained is dead at once',
  })
  @WithToken()
  @WithKeyProof()
  @ApiCreatedResponse({ type: CompromiseDto })
  async reportCertificate(
    @CurrentCall() call: RegistrationCall,
    @Param('clientId') clientId: string,
    @Param('kid') kid: string,
    @Body() { reason }: CompromiseRequest,
  ): Promise<CompromiseDto> {
    return this.report(call, clientId, { kid, reason });
  }

  /** Asked for by the registration's token and the registered key over the request; people decide. */
  private async add(
    { token, proven, interactionId }: RegistrationCall,
    clientId: string,
    asked: Parameters<RegisteredKeysService['add']>[1],
    reply: FastifyReply,
  ): Promise<void> {
    const registration = valueOf(await this.manage.open(token, clientId));
    const change = valueOf(await this.keys.add(registration, asked, proven, interactionId));
    answerAsked(reply, clientId, change);
  }

  private async end(
    { token, proven, interactionId }: RegistrationCall,
    clientId: string,
    kid: string,
  ): Promise<void> {
    const registration = valueOf(await this.manage.open(token, clientId));
    valueOf(await this.keys.end(registration, kid, proven, interactionId));
  }

  private async report(
    { token, proven, interactionId }: RegistrationCall,
    clientId: string,
    report: { readonly kid: string; readonly reason: string },
  ): Promise<CompromiseDto> {
    const registration = valueOf(await this.manage.open(token, clientId));
    valueOf(await this.keys.reportCompromised(registration, report, proven, interactionId));
    return { kid: report.kid, standing: 'compromised' };
  }

  private async list(
    { token }: RegistrationCall,
    clientId: string,
    isWanted: (key: KeyRecord) => boolean,
  ): Promise<KeyListDto> {
    const { keys } = valueOf(await this.manage.open(token, clientId));
    const now = this.clock.read();
    return { keys: keys.filter(isWanted).map((key) => keyView(key, now)) };
  }
}

function answerAsked(reply: FastifyReply, clientId: string, change: RegistrationChange): void {
  void reply
    .status(202)
    .header('cache-control', 'no-store')
    .header('location', `/register/${clientId}/changes/${change.changeId}`)
    .send(changeView(change));
}

function rotationOf(body: AddKeyRequest | AddCertificateRequest) {
  const { replaces, replaced_until: until, software_statement: softwareStatement } = body;
  return {
    ...(replaces ? { replaces } : {}),
    ...(until ? { replacedUntil: Date.parse(until) } : {}),
    ...(softwareStatement ? { softwareStatement } : {}),
  };
}
