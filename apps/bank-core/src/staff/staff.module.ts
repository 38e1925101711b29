import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { BankCodes } from './http/bank-codes.js';
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
    ProposalAnswer,
    StaffGuard,
  ],
  controllers: [SessionsController, OidcController, ProposalsController],
  exports: [StaffService, ProposalDesk, BankCodes, ProposalAnswer, StaffGuard],
})
export class StaffModule {}
