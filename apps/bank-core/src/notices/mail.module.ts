import { Module, type OnApplicationShutdown, Inject } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';
import { StaffModule } from '../staff/index.js';
import { DeliverNoticesJob } from './deliver-notices.job.js';
import { MAIL_TRANSPORT, type MailTransport } from './domain/mail-transport.js';
import { MailboxController } from './http/mailbox.controller.js';
import { MailboxDoor } from './http/mailbox-door.js';
import { Mailbox } from './mailbox.js';
import { SmtpTransport } from './smtp-transport.js';
import { MailboxStore } from './storage/mailbox.store.pg.js';

/** The server's part: it delivers, to a mail server or to the letter box. */
@Module({
  imports: [InstitutionsModule, StaffModule],
  controllers: [MailboxController],
  providers: [
    MailboxStore,
    Mailbox,
    MailboxDoor,
    {
      provide: MAIL_TRANSPORT,
      inject: [BANK_CONFIG, MailboxStore],
      useFactory: ({ mail }: Pick<BankConfig, 'mail'>, mailbox: MailboxStore): MailTransport =>
        mail ? new SmtpTransport(mail.url, mail.from, mail.mayBePlain) : mailbox,
    },
    DeliverNoticesJob,
  ],
})
export class MailModule implements OnApplicationShutdown {
  constructor(@Inject(MAIL_TRANSPORT) private readonly transport: MailTransport) {}

  onApplicationShutdown(): void {
    if (this.transport instanceof SmtpTransport) this.transport.close();
  }
}
