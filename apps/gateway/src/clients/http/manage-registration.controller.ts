import { Controller, Delete, Get, Header, HttpCode, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { refused } from '#libs/kernel';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../platform/config.js';
import { ManageRegistrationService } from '../manage-registration.service.js';
import {
  CurrentCall,
  RegistrationEndpoint,
  WithKeyProof,
  WithToken,
  type RegistrationCall,
} from './registration-endpoint.js';
import { ChangeDto, ChangeListDto, RegistrationDto } from './registration-answers.dto.js';
import { SoftwareRequest } from './registration.dto.js';
import { valueOf } from './registration.problems.js';
import { changeView, registrationView } from './registration.views.js';
import { sentObject } from './sent-object.js';

/** A registration in the hands of its owner (RFC 7592). */
@Controller('register')
export class ManageRegistrationController {
  constructor(
    @Inject(ManageRegistrationService) private readonly manage: ManageRegistrationService,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Get(':clientId')
  @Header('cache-control', 'no-store')
  @RegistrationEndpoint({ id: 'getRegistration', ja: '登録の照会', en: 'Read a registration' })
  @WithToken()
  @ApiOkResponse({ type: RegistrationDto })
  async get(
    @CurrentCall() { token }: RegistrationCall,
    @Param('clientId') clientId: string,
  ): Promise<Record<string, unknown>> {
    const registration = valueOf(await this.manage.open(token, clientId));
    return registrationView(registration, this.config.publicOrigin, token);
  }

  @Put(':clientId')
  @RegistrationEndpoint({
    id: 'updateRegistration',
    ja: '登録の更新（鍵とリダイレクト URI は鍵による証明と銀行の承認が必要）',
    en: 'Update a registration; keys and redirect URIs need a Key-Proof and the approval of the bank',
  })
  @WithToken()
  @WithKeyProof(false)
  @ApiBody({ type: SoftwareRequest })
  @ApiOkResponse({ type: RegistrationDto })
  @ApiAcceptedResponse({ type: RegistrationDto, description: 'Waits for the bank' })
  async put(
    @CurrentCall() { token, proven, interactionId }: RegistrationCall,
    @Param('clientId') clientId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const known = valueOf(await this.manage.open(token, clientId));
    const request = { ...proven, body: sentObject(proven.body) };
    const { registration, change } = valueOf(
      await this.manage.update(known, request, interactionId),
    );
    const view = registrationView(registration, this.config.publicOrigin, token);
    void reply.header('cache-control', 'no-store');
    if (!change) return void reply.status(200).send(view);
    void reply
      .status(202)
      .header('location', `/register/${clientId}/changes/${change.changeId}`)
      .send({ ...view, pending_change: changeView(change) });
  }

  @Delete(':clientId')
  @HttpCode(204)
  @RegistrationEndpoint({
    id: 'deleteRegistration',
    ja: '登録の削除（有効な鍵がある間は鍵による証明が必要。同意はすべて終了）',
    en: 'Delete a registration and end its consents; needs a Key-Proof while a key is good',
  })
  @WithToken()
  @WithKeyProof(false)
  @ApiNoContentResponse()
  async delete(
    @CurrentCall() { token, proven, interactionId }: RegistrationCall,
    @Param('clientId') clientId: string,
  ): Promise<void> {
    const known = valueOf(await this.manage.open(token, clientId));
    valueOf(await this.manage.delete(known, known.clientId, proven, interactionId));
  }

  /** For whoever kept the token and lost the id (users.md B 8): the proof names the software id instead. */
  @Delete()
  @HttpCode(204)
  @RegistrationEndpoint({
    id: 'deleteRegistrationOfToken',
    ja: '登録の削除（クライアント ID なし。証明の iss と sub はソフトウェア ID）',
    en: 'Delete the registration that the token belongs to; the Key-Proof names the software id',
  })
  @WithToken()
  @WithKeyProof(false)
  @ApiNoContentResponse()
  async deleteByToken(
    @CurrentCall() { token, proven, interactionId }: RegistrationCall,
  ): Promise<void> {
    const known = valueOf(await this.manage.open(token));
    const subject = known.softwareId ?? known.clientId;
    valueOf(await this.manage.delete(known, subject, proven, interactionId));
  }

  @Get(':clientId/changes')
  @Header('cache-control', 'no-store')
  @RegistrationEndpoint({
    id: 'listChanges',
    ja: '変更申請の一覧',
    en: 'Changes that were asked for',
  })
  @WithToken()
  @ApiOkResponse({ type: ChangeListDto })
  async changes(
    @CurrentCall() { token }: RegistrationCall,
    @Param('clientId') clientId: string,
  ): Promise<ChangeListDto> {
    const { clientId: own } = valueOf(await this.manage.open(token, clientId));
    return { changes: (await this.manage.changesOf(own)).map(changeView) };
  }

  @Get(':clientId/changes/:changeId')
  @Header('cache-control', 'no-store')
  @RegistrationEndpoint({ id: 'getChange', ja: '変更申請の状態', en: 'State of a change' })
  @WithToken()
  @ApiOkResponse({ type: ChangeDto })
  async change(
    @CurrentCall() { token }: RegistrationCall,
    @Param('clientId') clientId: string,
    @Param('changeId') changeId: string,
  ): Promise<ChangeDto> {
    const { clientId: own } = valueOf(await this.manage.open(token, clientId));
    const change = await this.manage.changeOf(own, changeId);
    return change ? changeView(change) : valueOf<never>(refused('change_not_found'));
  }
}
