import { Module } from '@nestjs/common';
import { AgreementsService } from './agreements.service.js';
import { AgreementStore } from './storage/agreement.store.pg.js';

@Module({ providers: [AgreementStore, AgreementsService], exports: [AgreementsService] })
export class AgreementsModule {}
