import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AgreementsModule } from '../agreements/index.js';
import { ConsentsModule } from '../consents/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { HoldersModule } from '../holders/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { TransfersModule } from '../transfers/index.js';
import { Asking } from './asking.js';
import { Endings } from './endings.js';
import { ExpireApprovalsJob } from './expire-approvals.job.js';
import { HandOver } from './hand-over.js';
import { AccountsController } from './http/accounts.controller.js';
import { AssetsController } from './http/assets/assets.controller.js';
import { ConsentController } from './http/consent.controller.js';
import { EnterController } from './http/enter.controller.js';
import { InstitutionController } from './http/institution.controller.js';
import { OpenApprovalController } from './http/internal/open-approval.controller.js';
import { TakeResultController } from './http/internal/take-result.controller.js';
import { LeaveController } from './http/leave.controller.js';
import { LoginController } from './http/login.controller.js';
import { PageDesk } from './http/page-desk.js';
import { TransferController } from './http/transfer.controller.js';
import { UnknownPageController } from './http/unknown-page.controller.js';
import { InformationFlow } from './information-flow.js';
import { PageFlow } from './page-flow.js';
import { ApprovalStore } from './storage/approval.store.pg.js';
import { TransferFlow } from './transfer-flow.js';
import { WhoIsWho } from './who-is-who.js';

@Module({
  imports: [
    RecordsModule,
    InstitutionsModule,
    AccountsModule,
    AgreementsModule,
    HoldersModule,
    CredentialsModule,
    ConsentsModule,
    TransfersModule,
  ],
  controllers: [
    OpenApprovalController,
    TakeResultController,
    EnterController,
    InstitutionController,
    LoginController,
    AccountsController,
    ConsentController,
    TransferController,
    LeaveController,
    AssetsController,
    UnknownPageController,
  ],
  providers: [
    ApprovalStore,
    Asking,
    Endings,
    HandOver,
    PageFlow,
    InformationFlow,
    TransferFlow,
    WhoIsWho,
    PageDesk,
    ExpireApprovalsJob,
  ],
})
export class ApprovalsModule {}
