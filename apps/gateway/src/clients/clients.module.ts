import { Module } from '@nestjs/common';
import { BankModule } from '../bank/index.js';
import { ClientsService } from './clients.service.js';
import { ManageRegistrationController } from './http/manage-registration.controller.js';
import { RegisterController } from './http/register.controller.js';
import { RegisteredKeysController } from './http/registered-keys.controller.js';
import { KeyInspector } from './key-inspector.js';
import { KeyProof } from './key-proof.js';
import { ManageRegistrationService } from './manage-registration.service.js';
import { RegisteredKeysService } from './registered-keys.service.js';
import { RegisteredSoftware } from './registered-software.js';
import { RegistrationService } from './registration.service.js';
import { StatementReader } from './statement-reader.js';
import { ChangeStore } from './storage/change.store.pg.js';
import { ClientStore } from './storage/client.store.pg.js';
import { RegistrationLog } from './storage/registration-log.store.pg.js';
import { RegistrationStore } from './storage/registration.store.pg.js';
import { SweepRegistrations } from './sweep-registrations.job.js';
import { TellStanding } from './tell-standing.job.js';

@Module({
  imports: [BankModule],
  controllers: [RegisterController, ManageRegistrationController, RegisteredKeysController],
  providers: [
    ClientStore,
    ClientsService,
    RegistrationStore,
    RegistrationLog,
    ChangeStore,
    StatementReader,
    KeyInspector,
    KeyProof,
    RegistrationService,
    ManageRegistrationService,
    RegisteredKeysService,
    RegisteredSoftware,
    SweepRegistrations,
    TellStanding,
  ],
  exports: [ClientsService, RegisteredSoftware],
})
export class ClientsModule {}
