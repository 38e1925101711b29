import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { BankCodes } from './http/bank-codes.js';
import { OwnBanks } from './http/own-banks.js';
import { ProposalAnswer } from './http/proposal-answer.js';
import { ProposalsController } from './http/proposals.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { StaffGuard } from './http/staff.guard.js';
import { OidcController } from './http/oidc.controller.js';
import { OidcLogin } from './oidc-login.js';
import { OidcAttemptStore } from './storage/oidc-attempt.store.pg.js';
import { ProposalDesk } from './proposal-desk.js';
import { RoleChanges } from './role-changes.js';
import { StaffService } from './staff.service.js';
import { ProposalStore } from './storage/proposal.store.pg.js';
import { StaffStore } from './storage/staff.store.pg.js';

@Module({
  imports: [InstitutionsModule],
  providers: [
    StaffStore,
    ProposalStore,
    StaffService,
    ProposalDesk,
    RoleChanges,
    OidcAttemptStore,
    OidcLogin,
    BankCodes,
    OwnBanks,
    ProposalAnswer,
    StaffGuard,
  ],
  controllers: [SessionsController, OidcController, ProposalsController],
  exports: [StaffService, ProposalDesk, BankCodes, OwnBanks, ProposalAnswer, StaffGuard],
})
export class StaffModule {}
