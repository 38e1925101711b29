import { Module } from '@nestjs/common';
import { AuthorizationModule } from '../authorization/index.js';
import { BankModule } from '../bank/index.js';
import { GrantsModule } from '../grants/index.js';
import { ConsentPages } from './consent-pages.js';
import { GetConsentController } from './http/get-consent.controller.js';
import { ListConsentAccountsController } from './http/list-consent-accounts.controller.js';
import { ListConsentHistoryController } from './http/list-consent-history.controller.js';
import { ListConsentsController } from './http/list-consents.controller.js';
import { RevokeConsentController } from './http/revoke-consent.controller.js';

@Module({
  imports: [BankModule, GrantsModule, AuthorizationModule],
  controllers: [
    ListConsentsController,
    GetConsentController,
    RevokeConsentController,
    ListConsentAccountsController,
    ListConsentHistoryController,
  ],
  providers: [ConsentPages],
})
export class ConsentsModule {}
